package io.netyard.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.netyard.linux.MessageVector;
import io.netyard.linux.PacketOptions;
import io.netyard.linux.PacketSocket;
import io.netyard.net.InterfaceName;
import io.netyard.vlan.frame.Memory;
import io.netyard.vlan.frame.MemoryBlock;
import io.netyard.vswitch.port.Port;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Ports on devices, two of them joined by a patch cable.
///
/// ```text
/// h1:eth0 === left --- patch --- right === h2:eth0
/// ```
@Timeout(90)
class PortsIT {
    private static final int HEADER = PacketSocket.VIRTIO_HEADER;

    @RegisterExtension
    private final Hosts hosts = Hosts.named("h1", "h2", "switch")
            .with("net.ipv6.conf.default.accept_dad=0", "net.ipv6.conf.default.router_solicitations=0");

    @BeforeEach
    void silenceTheSwitch() {
        Tool.in("switch", "sysctl", "-qw", "net.ipv6.conf.default.disable_ipv6=1");
    }

    private Port left(PortKind kind) {
        return kind.open("left", "h1", hosts.get("h1"), hosts.get("switch"));
    }

    private Port right(PortKind kind) {
        return kind.open("right", "h2", hosts.get("h2"), hosts.get("switch"));
    }

    private static void address(String host, String address) {
        Tool.run("ip", "-n", host, "address", "add", address, "dev", "eth0", "nodad");
    }

    static Stream<Arguments> pairs() {
        return Stream.of(PortKind.values())
                .flatMap(left -> Stream.of(PortKind.values())
                        .filter(right -> left.hasOffloads() && right.hasOffloads())
                        .map(right -> arguments(left, right)));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void carriesTcpWithWhateverThePeersLeaveUndone(PortKind one, PortKind other) throws Exception {
        try (Patch patch = new Patch(left(one), right(other))) {
            address("h1", "10.0.0.1/24");
            address("h2", "fd00::2/64");
            address("h2", "10.0.0.2/24");
            address("h1", "fd00::1/64");
            assertThat(Transfer.run(hosts.get("h1"), hosts.get("h2"), "10.0.0.2", 32))
                    .isEqualTo(Transfer.checksum(32));
            assertThat(Transfer.run(hosts.get("h2"), hosts.get("h1"), "fd00::1", 32))
                    .isEqualTo(Transfer.checksum(32));
            assertThat(patch.failures).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void passesFramesByteByByte(PortKind kind) throws Exception {
        Random random = new Random(11);
        InterfaceName eth0 = new InterfaceName("eth0");
        try (Patch patch = new Patch(left(kind), right(kind));
                PacketSocket sender = PacketSocket.open(hosts.get("h1"), eth0, PacketOptions.immediate());
                PacketSocket receiver = PacketSocket.open(hosts.get("h2"), eth0, PacketOptions.immediate())) {
            awaitCarrier();
            for (int round = 0; round < 200; round++) {
                byte[] frame = new byte[60 + random.nextInt(1450)];
                random.nextBytes(frame);
                String tag = new String[] {"88b5", "8100606488b5", "88a80fa08100606488b5", "8100000088b5"}[round % 4];
                byte[] head = HexFormat.of().parseHex("020000000002" + "020000000001" + tag);
                System.arraycopy(head, 0, frame, 0, head.length);
                send(sender, frame);
                assertThat(receive(receiver)).isEqualTo(HexFormat.of().formatHex(frame));
            }
            assertThat(patch.failures).isEmpty();
        }
    }

    private static void awaitCarrier() {
        for (String host : new String[] {"h1", "h2"}) {
            Tool.in(host, "sh", "-c", "until ip link show eth0 | grep -q LOWER_UP; do sleep 0.01; done; sleep 0.05");
        }
    }

    private static void send(PacketSocket socket, byte[] frame) {
        try (MemoryBlock memory = new MemoryBlock(HEADER + frame.length);
                MessageVector vector = new MessageVector(1)) {
            Memory.copy(frame, memory.address() + HEADER);
            do {
                vector.add(memory.address(), HEADER + frame.length);
            } while (socket.send(vector) == 0);
        }
    }

    /// The next frame with an EtherType of ours, its tag put back.
    private static String receive(PacketSocket socket) throws InterruptedException {
        while (true) {
            while (socket.ring().next()) {
                int tag = socket.ring().tag();
                String bytes = HexFormat.of()
                        .formatHex(Memory.toBytes(
                                socket.ring().address(), socket.ring().length()));
                socket.ring().release();
                String whole = tag == 0
                        ? bytes
                        : bytes.substring(0, 24) + HexFormat.of().toHexDigits(tag) + bytes.substring(24);
                if (whole.startsWith("020000000002")) {
                    return whole;
                }
            }
            TimeUnit.MICROSECONDS.sleep(100);
        }
    }

    @ParameterizedTest
    @EnumSource
    @Tag("F41")
    void tellsThatItsDeviceWentAwayAndLeavesTheOtherPortAlone(PortKind kind) throws Exception {
        Port left = left(kind);
        Port right = right(PortKind.PACKET_IMMEDIATE);
        try (Patch patch = new Patch(left, right)) {
            Tool.run("ip", "-n", "h1", "link", "del", "eth0");
            while (patch.failures.isEmpty()) {
                TimeUnit.MILLISECONDS.sleep(1);
            }
            assertThat(patch.failures)
                    .singleElement()
                    .satisfies(
                            failure -> assertThat(failure).hasMessageContaining("the device of port left went away"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void givesItsMemoryAndDescriptorsBack(PortKind kind) throws IOException {
        openAndDetach(kind);
        long before = descriptors();
        for (int round = 0; round < 5; round++) {
            openAndDetach(kind);
        }
        assertThat(descriptors()).isEqualTo(before);
        assertThat(Files.readAllLines(Path.of("/proc/self/maps"))).noneMatch(line -> line.contains("socket:"));
    }

    private void openAndDetach(PortKind kind) {
        Port port = left(kind);
        port.detach();
        port.detach();
        Tool.run("sh", "-c", "ip -n h1 link del eth0 2>/dev/null; true");
    }

    /// Descriptors of the kinds that ports open.
    private static long descriptors() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
            return files.filter(PortsIT::isOfAPort).count();
        }
    }

    private static boolean isOfAPort(Path file) {
        try {
            String target = Files.readSymbolicLink(file).toString();
            return target.startsWith("socket:") || target.startsWith("anon_inode:") || target.equals("/dev/net/tun");
        } catch (IOException _) {
            return false;
        }
    }
}
