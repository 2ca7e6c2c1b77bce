package io.netyard.vswitch.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.netty.channel.IoEventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.unix.FileDescriptor;
import io.netyard.vlan.VlanTag;
import io.netyard.vlan.frame.Memory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PortTest {
    private static final byte[] FRAME = new byte[60];

    @Test
    void givesTheFramesOfAMemoryPortInBursts() {
        MemoryPort port = new MemoryPort("p1", PortCapabilities.PLAIN);
        List<Integer> sizes = new ArrayList<>();
        List<MemoryFrame> received = new ArrayList<>();
        port.attach(new TestContext() {
            @Override
            public void receive(Burst burst) {
                sizes.add(burst.size());
                for (int at = 0; at < burst.size(); at++) {
                    Memory.clear(burst.address(at) - Port.HEAD_ROOM, Port.HEAD_ROOM);
                    byte[] bytes = Memory.toBytes(burst.address(at), burst.length(at));
                    received.add(new MemoryFrame(bytes, burst.offload(at), burst.tag(at), burst.peer(at)));
                }
            }
        });
        List<MemoryFrame> frames = new ArrayList<>();
        for (int at = 0; at < 70; at++) {
            FRAME[0] = (byte) at;
            frames.add(
                    new MemoryFrame(FRAME, Offload.of(Offload.CHECKSUM, 0, 34, 6), VlanTag.of(VlanTag.C_TAG, at), at));
        }
        port.receive(frames);
        port.receive(new byte[1514]);
        port.detach();

        assertThat(sizes).containsExactly(64, 6, 1);
        assertThat(received.subList(0, 70)).isEqualTo(frames);
    }

    @Test
    void refusesFramesWhileNotAttached() {
        MemoryPort port = new MemoryPort("p1", PortCapabilities.PLAIN);
        assertThatIllegalStateException().isThrownBy(() -> port.receive(FRAME));
        port.detach();
        port.detach();
    }

    @Test
    void refusesCapabilitiesThatContradictEachOther() {
        assertThatIllegalArgumentException().isThrownBy(() -> new PortCapabilities(Offload.TCP4, false, 1500));
        assertThatIllegalArgumentException().isThrownBy(() -> new PortCapabilities(Offload.ECN, false, 1500));
        assertThatIllegalArgumentException().isThrownBy(() -> PortCapabilities.PLAIN.withMtu(67));
        assertThatIllegalArgumentException().isThrownBy(() -> PortCapabilities.PLAIN.withMtu(65_536));
    }

    @Test
    void tellsThatADescriptorIsReadableAndStopsAtTheFirstFailure() throws Exception {
        MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
        IoEventLoop loop = group.next();
        FileDescriptor[] pipe = FileDescriptor.pipe();
        BlockingQueue<Object> events = new LinkedBlockingQueue<>();
        PortContext context = new TestContext() {
            @Override
            public IoEventLoop loop() {
                return loop;
            }

            @Override
            public void failed(Throwable cause) {
                events.add(cause);
            }
        };
        try {
            loop.submit(() -> ReadableDescriptor.watch(pipe[0].intValue(), context, () -> readOneByte(pipe[0], events)))
                    .sync();
            write(pipe[1], 1);
            assertThat(events.poll(5, TimeUnit.SECONDS)).isEqualTo(1);
            write(pipe[1], 0);
            assertThat(events.poll(5, TimeUnit.SECONDS)).isInstanceOf(IllegalStateException.class);
            write(pipe[1], 2);
            assertThat(events.poll(100, TimeUnit.MILLISECONDS))
                    .as("watched no more")
                    .isNull();
        } finally {
            group.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
            pipe[0].close();
            pipe[1].close();
        }
    }

    private static void write(FileDescriptor descriptor, int value) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocateDirect(1).put(0, (byte) value);
        descriptor.write(bytes, 0, 1);
    }

    private static void readOneByte(FileDescriptor descriptor, BlockingQueue<Object> events) {
        ByteBuffer bytes = ByteBuffer.allocateDirect(1);
        try {
            descriptor.read(bytes, 0, 1);
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
        if (bytes.get(0) == 0) {
            throw new IllegalStateException("read a zero");
        }
        events.add((int) bytes.get(0));
    }

    private abstract static class TestContext implements PortContext {
        @Override
        public IoEventLoop loop() {
            throw new IllegalStateException("no loop here");
        }

        @Override
        public void receive(Burst burst) {
            throw new IllegalStateException("no frames expected");
        }

        @Override
        public void failed(Throwable cause) {
            throw new IllegalStateException(cause);
        }
    }
}
