package io.netyard.it;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netyard.linux.Errno;
import io.netyard.linux.LinuxException;
import io.netyard.linux.MessageVector;
import io.netyard.linux.NetworkNamespace;
import io.netyard.linux.PacketOptions;
import io.netyard.linux.PacketRing;
import io.netyard.linux.PacketSocket;
import io.netyard.net.InterfaceName;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Packet sockets and their rings.
///
/// ```text
/// left ======= right     a veth pair in one namespace; one socket on each end
/// ```
@Timeout(20)
class PacketSocketIT {
    private static final int HEADER = PacketSocket.VIRTIO_HEADER;
    private static final String ADDRESSES = "020000000002020000000001";

    private final NetworkNamespace namespace = NetworkNamespace.current();

    @BeforeEach
    void layTheCable() {
        Tool.run("sh", "-c", "echo 1 >/proc/sys/net/ipv6/conf/default/disable_ipv6");
        Tool.run(
                "ip", "link", "add", "name", "left", "mtu", "9000", "type", "veth", "peer", "name", "right", "mtu",
                "9000");
        Tool.run("ip", "link", "set", "left", "up");
        Tool.run("ip", "link", "set", "right", "up");
        awaitTheCable();
    }

    /// Until then the kernel drops what is sent, without a word.
    private static void awaitTheCable() {
        String[] states = {"sh", "-c", "until ip -br link show left | grep -qw UP; do sleep 0.01; done"};
        Tool.run(states);
    }

    @AfterEach
    void takeItAway() {
        Tool.run("sh", "-c", "ip link del left 2>/dev/null; true");
        namespace.close();
    }

    private PacketSocket open(String name, PacketOptions options) {
        return PacketSocket.open(namespace, new InterfaceName(name), options);
    }

    private static PacketOptions options(PacketOptions.Delivery delivery) {
        return delivery == PacketOptions.Delivery.BLOCKS ? PacketOptions.blocks() : PacketOptions.immediate();
    }

    @SuppressWarnings("restricted")
    private static byte[] bytes(long address, int length) {
        return MemorySegment.ofAddress(address).reinterpret(length).toArray(JAVA_BYTE);
    }

    /// Sends frames, each until it is taken: the kernel's own queue may be full of other people's frames.
    private static void send(PacketSocket socket, List<byte[]> frames) {
        try (Arena arena = Arena.ofConfined();
                MessageVector vector = new MessageVector(1)) {
            for (byte[] frame : frames) {
                MemorySegment memory = arena.allocate(HEADER + frame.length);
                MemorySegment.copy(frame, 0, memory, JAVA_BYTE, HEADER, frame.length);
                do {
                    vector.add(memory.address(), HEADER + frame.length);
                } while (socket.send(vector) == 0 && Errno.of(vector.errno()) == Errno.ENOBUFS);
                assertThat(vector.errno()).isZero();
            }
        }
    }

    /// The next frames as hexadecimal digits, a tag that was taken out in brackets before them.
    private static List<String> receive(PacketRing ring, int count) throws InterruptedException {
        List<String> frames = new ArrayList<>();
        while (frames.size() < count) {
            while (ring.next()) {
                assertThat(ring.isTruncated()).isFalse();
                String tag = ring.tag() == 0 ? "" : "[" + HexFormat.of().toHexDigits(ring.tag()) + "]";
                frames.add(tag + HexFormat.of().formatHex(bytes(ring.address(), ring.length())));
                ring.release();
            }
            TimeUnit.MILLISECONDS.sleep(1);
        }
        return frames;
    }

    private static byte[] frame(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    @ParameterizedTest
    @EnumSource
    void passesFramesByteByByte(PacketOptions.Delivery delivery) throws InterruptedException {
        Random random = new Random(7);
        try (PacketSocket a = open("left", options(delivery));
                PacketSocket b = open("right", options(delivery))) {
            // More than a ring holds, so that it goes round.
            for (int round = 0; round < 100; round++) {
                List<byte[]> frames = new ArrayList<>();
                for (int index = 0; index < 64; index++) {
                    byte[] frame = new byte[60 + random.nextInt(8940)];
                    random.nextBytes(frame);
                    System.arraycopy(frame(ADDRESSES + "88b5"), 0, frame, 0, 14);
                    frames.add(frame);
                }
                send(a, frames);
                assertThat(receive(b.ring(), 64))
                        .isEqualTo(
                                frames.stream().map(HexFormat.of()::formatHex).toList());
            }
            assertThat(a.ring().next()).as("a sees what it sent itself").isFalse();
            assertThat(b.statistics()).isEqualTo(new PacketSocket.Statistics(6400, 0));
        }
    }

    @ParameterizedTest
    @EnumSource
    void tellsOfTheTagThatTheKernelTakesOut(PacketOptions.Delivery delivery) throws InterruptedException {
        String payload = "00".repeat(46);
        try (PacketSocket a = open("left", options(delivery));
                PacketSocket b = open("right", options(delivery))) {
            send(
                    a,
                    List.of(
                            frame(ADDRESSES + "8100" + "6064" + "88b5" + payload),
                            frame(ADDRESSES + "88a8" + "0007" + "8100" + "6064" + "88b5" + payload),
                            frame(ADDRESSES + "8100" + "0000" + "88b5" + payload)));
            assertThat(receive(b.ring(), 3))
                    .containsExactly(
                            "[81006064]" + ADDRESSES + "88b5" + payload,
                            "[88a80007]" + ADDRESSES + "8100" + "6064" + "88b5" + payload,
                            "[81000000]" + ADDRESSES + "88b5" + payload);
        }
    }

    @ParameterizedTest
    @EnumSource
    @Tag("F41")
    void keepsLargeFramesAndTheirTagsTogetherWhenTheInterfaceGoesDownInBetween(PacketOptions.Delivery delivery)
            throws InterruptedException {
        try (PacketSocket a = open("left", options(delivery));
                PacketSocket b = open("right", options(delivery))) {
            send(a, List.of(large(1), large(2), large(3)));
            Tool.run("ip", "link", "set", "right", "down");
            Tool.run("ip", "link", "set", "right", "up");
            awaitTheCable();
            send(a, List.of(large(4), large(5), large(6)));
            List<String> expected = new ArrayList<>();
            for (int vlan = 1; vlan <= 6; vlan++) {
                String hex = HexFormat.of().formatHex(large(vlan));
                expected.add("[" + hex.substring(24, 32) + "]" + hex.substring(0, 24) + hex.substring(32));
            }
            assertThat(receive(b.ring(), 6)).isEqualTo(expected);
            assertThat(b.ring().next()).isFalse();
        }
    }

    /// A frame that no slot has room for, which tells its VLAN in its tag and behind it.
    private static byte[] large(int vlan) {
        String number = HexFormat.of().toHexDigits((short) vlan);
        return frame(ADDRESSES + "8100" + number + "88b5" + number.repeat(2000));
    }

    @ParameterizedTest
    @EnumSource
    void leavesOutAFrameThatTheDeviceRefuses(PacketOptions.Delivery delivery) throws InterruptedException {
        try (PacketSocket a = open("left", options(delivery));
                PacketSocket b = open("right", options(delivery));
                MessageVector vector = new MessageVector(8);
                Arena arena = Arena.ofConfined()) {
            MemorySegment memory = arena.allocate(HEADER + 10_000);
            vector.add(memory.address(), HEADER + 60);
            vector.add(memory.address(), HEADER + 10_000);
            vector.add(memory.address(), HEADER + 61);
            assertThat(a.send(vector)).isEqualTo(2);
            assertThat(vector.refused()).isEqualTo(1);
            assertThat(Errno.of(vector.errno())).isEqualTo(Errno.EMSGSIZE);
            assertThat(receive(b.ring(), 2)).containsExactly("00".repeat(60), "00".repeat(61));
        }
    }

    @ParameterizedTest
    @EnumSource
    @Tag("F41")
    void tellsThatItsInterfaceWentAway(PacketOptions.Delivery delivery) {
        try (PacketSocket a = open("left", options(delivery))) {
            assertThat(a.takeError()).isZero();
            Tool.run("ip", "link", "set", "left", "down");
            assertThat(Errno.of(a.takeError())).isEqualTo(Errno.ENETDOWN);
            assertThat(a.isAttached()).isTrue();
            Tool.run("ip", "link", "del", "left");
            assertThat(a.isAttached()).isFalse();
        }
        assertThatThrownBy(() -> open("left", options(delivery)))
                .isInstanceOf(LinuxException.class)
                .hasMessageContaining("look up interface left")
                .hasMessageContaining("ENODEV");
    }

    @ParameterizedTest
    @EnumSource
    void givesItsMemoryBack(PacketOptions.Delivery delivery) throws IOException {
        for (int round = 0; round < 20; round++) {
            open("left", options(delivery)).close();
        }
        assertThat(Files.readAllLines(Path.of("/proc/self/maps"))).noneMatch(line -> line.contains("socket:"));
    }
}
