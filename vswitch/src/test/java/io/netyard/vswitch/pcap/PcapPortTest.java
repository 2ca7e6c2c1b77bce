package io.netyard.vswitch.pcap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.channel.IoEventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netyard.vlan.PortVlans;
import io.netyard.vswitch.VirtualSwitch;
import io.netyard.vswitch.pcap.PcapPort.Pace;
import io.netyard.vswitch.pipeline.PortSettings;
import io.netyard.vswitch.port.MemoryFrame;
import io.netyard.vswitch.port.MemoryPort;
import io.netyard.vswitch.port.PortCapabilities;
import io.netyard.vswitch.wrap.ObservedPort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Files at a switch: `in.pcapng -> from - switch - to -> out.pcapng`.
@Timeout(60)
class PcapPortTest {
    private static final PortSettings PLAIN = new PortSettings(PortVlans.transparent());

    @TempDir
    Path folder = Path.of("");

    private final MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final IoEventLoop loop = group.next();
    private final BlockingQueue<String> failures = new LinkedBlockingQueue<>();
    private final VirtualSwitch forwarder =
            new VirtualSwitch(loop, 1024, (port, cause) -> failures.add(port + ": " + cause.getMessage()));

    @AfterEach
    void stop() {
        forwarder.close().syncUninterruptibly();
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }

    private static List<byte[]> broadcasts(int count) {
        return Fixture.frames(count, 7).stream()
                .peek(frame -> Arrays.fill(frame, 0, 6, (byte) 0xff))
                .toList();
    }

    private Path in(List<byte[]> frames) throws IOException {
        Path file = folder.resolve("in.pcapng");
        Fixture.write(file, frames);
        return file;
    }

    private PcapPort replay(Path file, Pace pace) {
        return PcapPort.open("from", Optional.of(file), pace, Optional.empty());
    }

    @Test
    void replaysAFileThroughASwitchIntoAnother() throws Exception {
        List<byte[]> frames = broadcasts(500);
        Path out = folder.resolve("out.pcapng");
        PcapPort to = PcapPort.open("to", Optional.empty(), Pace.AS_RECORDED, Optional.of(out));
        PcapPort from = replay(in(frames), Pace.AS_FAST_AS_POSSIBLE);
        forwarder.attach(to, PLAIN).sync();
        forwarder.attach(from, PLAIN).sync();
        from.finished().get(10, TimeUnit.SECONDS);
        assertThat(to.finished()).isDone();
        forwarder.detach("to").sync();
        assertThat(Fixture.bytes(Fixture.read(out)))
                .usingElementComparator(Arrays::compare)
                .containsExactlyElementsOf(frames);
        assertThat(failures).isEmpty();
    }

    @Test
    void keepsThePaceOfTheRecording() throws Exception {
        forwarder.attach(new MemoryPort("to", PortCapabilities.PLAIN), PLAIN).sync();
        PcapPort from = replay(in(broadcasts(101)), Pace.AS_RECORDED);
        long start = System.nanoTime();
        forwarder.attach(from, PLAIN).sync();
        from.finished().get(30, TimeUnit.SECONDS);
        assertThat(System.nanoTime() - start).as("100 gaps of a millisecond").isGreaterThanOrEqualTo(100_000_000);
    }

    @Test
    void endsAsADeviceThatVanishesWhenTheFileIsDamaged() throws Exception {
        Path file = in(broadcasts(3));
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length - 10));
        PcapPort from = replay(file, Pace.AS_FAST_AS_POSSIBLE);
        forwarder.attach(from, PLAIN).sync();
        assertThatThrownBy(() -> from.finished().get(10, TimeUnit.SECONDS)).hasMessageContaining("truncated");
        assertThat(failures.poll(10, TimeUnit.SECONDS)).startsWith("from: cannot read frames from " + file);
    }

    @Test
    void canBeDetachedInTheMiddle() throws Exception {
        PcapPort from = replay(in(broadcasts(20_000)), Pace.AS_RECORDED);
        forwarder.attach(from, PLAIN).sync();
        forwarder.detach("from").sync();
        assertThat(from.finished().isCancelled()).isTrue();
        assertThat(failures).isEmpty();
    }

    @Test
    void capturesWhatGoesThroughAnotherPortFromNowOnUntilToldNotTo() throws Exception {
        MemoryPort device = new MemoryPort("p1", PortCapabilities.PLAIN);
        ObservedPort watched = new ObservedPort(device);
        forwarder.attach(watched, PLAIN).sync();
        List<byte[]> frames = broadcasts(3);
        Path file = folder.resolve("captured.pcapng");
        Capture capture = Capture.start(file, "", Capture.WHOLE);
        loop.submit(() -> {
                    device.receive(frames.get(0));
                    watched.observe(capture);
                    device.receive(List.of(new MemoryFrame(frames.get(1))));
                    watched.ignore();
                    device.receive(frames.get(2));
                    capture.close();
                })
                .sync();
        assertThat(Fixture.bytes(Fixture.read(file)))
                .usingElementComparator(Arrays::compare)
                .containsExactly(frames.get(1));
    }
}
