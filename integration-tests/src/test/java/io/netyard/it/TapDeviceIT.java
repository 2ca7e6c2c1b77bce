package io.netyard.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netyard.linux.Errno;
import io.netyard.linux.LinuxException;
import io.netyard.linux.NetworkNamespace;
import io.netyard.linux.Socket;
import io.netyard.linux.TapDevice;
import io.netyard.linux.TapDevice.Options;
import io.netyard.linux.TapOffload;
import io.netyard.net.InterfaceName;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A TAP device in the namespace `tap`, and this test as a host at its other end.
///
/// ```text
///   kernel of namespace tap ── t0 10.0.0.1/24 ══ this test 10.0.0.2, 02:00:00:00:00:02
/// ```
@Timeout(60)
class TapDeviceIT {
    private static final InterfaceName T0 = new InterfaceName("t0");
    private static final Duration SOON = Duration.ofSeconds(5);

    /// An ARP request (RFC 826): who has 10.0.0.1, tell 10.0.0.2 at 02:00:00:00:00:02.
    private static final byte[] WHO_HAS = HexFormat.of()
            .parseHex("ffffffffffff" + "020000000002" + "0806"
                    + "0001" + "0800" + "06" + "04" + "0001"
                    + "020000000002" + "0a000002" + "000000000000" + "0a000001");

    private NetworkNamespace namespace = NetworkNamespace.current();
    private final ByteBuffer frame = Socket.buffer(70_000);

    @BeforeEach
    void open() {
        namespace.close();
        Tool.run("ip", "netns", "add", "tap");
        namespace = NetworkNamespace.open(Path.of("/run/netns/tap"));
    }

    @AfterEach
    void delete() {
        namespace.close();
        Tool.run("ip", "netns", "delete", "tap");
    }

    private static void up() {
        Tool.in("tap", "sysctl", "-qw", "net.ipv6.conf.t0.disable_ipv6=1");
        Tool.in("tap", "ip", "link", "set", "t0", "up");
        Tool.in("tap", "ip", "address", "add", "10.0.0.1/24", "dev", "t0");
    }

    /// Writes a frame and reads the first that comes.
    private byte[] exchange(TapDevice device, byte[] sent) {
        frame.clear().put(sent).flip();
        assertThat(device.write(frame)).isTrue();
        assertThat(device.await(SOON)).isTrue();
        byte[] read = new byte[device.read(frame.clear())];
        frame.get(0, read);
        return read;
    }

    private static void assertIsAnswer(byte[] answer, int from) {
        String hex = HexFormat.of().formatHex(answer, from, answer.length);
        assertThat(hex)
                .startsWith("020000000002")
                .contains("08060001080006040002")
                .contains("0a000001020000000002");
    }

    @Test
    void carriesFramesBothWays() {
        try (TapDevice device = TapDevice.create(namespace, T0, Options.PLAIN)) {
            up();
            assertThat(device.read(frame)).isEqualTo(-1);
            assertIsAnswer(exchange(device, WHO_HAS), 0);
            assertThat(Tool.in("tap", "ip", "-s", "-j", "link", "show", "t0")).contains("\"packets\":1");
        }
        assertThat(Tool.in("tap", "ip", "-br", "link")).doesNotContain("t0");
    }

    @Test
    void putsAHeaderInFrontOfFramesAndTakesOver() {
        for (int header : new int[] {10, 12}) {
            Options options = new Options(header, EnumSet.complementOf(EnumSet.of(TapOffload.USO4, TapOffload.USO6)));
            try (TapDevice device = TapDevice.create(namespace, T0, options)) {
                up();
                byte[] sent = new byte[header + WHO_HAS.length];
                System.arraycopy(WHO_HAS, 0, sent, header, WHO_HAS.length);
                assertIsAnswer(exchange(device, sent), header);
                assertThat(Tool.in("tap", "ip", "-d", "link", "show", "t0")).contains("tun type tap", "vnet_hdr on");
            }
        }
    }

    @Test
    void staysWhenItIsToldToAndIsTakenUpAgain() {
        try (TapDevice device = TapDevice.create(namespace, T0, Options.PLAIN)) {
            device.persist(true);
        }
        assertThat(Tool.in("tap", "ip", "-d", "link", "show", "t0")).contains("persist on");
        assertRefused(Errno.EBUSY, () -> TapDevice.create(namespace, T0, Options.PLAIN));
        try (TapDevice device = TapDevice.attach(namespace, T0, Options.PLAIN)) {
            assertRefused(Errno.EBUSY, () -> TapDevice.attach(namespace, T0, Options.PLAIN));
            device.persist(false);
        }
        assertThat(Tool.in("tap", "ip", "-br", "link")).doesNotContain("t0");
    }

    @Test
    void knowsItsNameAndItsNamespace() {
        try (TapDevice device = TapDevice.create(namespace, T0, Options.PLAIN)) {
            Tool.in("tap", "ip", "link", "set", "t0", "name", "uplink");
            assertThat(device.name()).isEqualTo(new InterfaceName("uplink"));
            try (NetworkNamespace where = device.namespace()) {
                assertThat(where.identity()).isEqualTo(namespace.identity());
            }
        }
    }

    @Test
    @Tag("F41")
    void saysThatItIsDownOrGone() {
        try (TapDevice device = TapDevice.create(namespace, T0, Options.PLAIN)) {
            frame.clear().put(WHO_HAS).flip();
            assertRefused(Errno.EIO, () -> device.write(frame));
            Tool.in("tap", "ip", "link", "delete", "t0");
            assertRefused(Errno.EBADFD, () -> device.read(frame.clear()));
        }
    }

    @Test
    void refusesOffloadsThatNothingWouldTellOf() {
        assertThatThrownBy(() -> new Options(0, Set.of(TapOffload.CHECKSUM)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Options(11, Set.of())).isInstanceOf(IllegalArgumentException.class);
        assertRefused(Errno.EINVAL, () -> TapDevice.create(namespace, T0, new Options(10, Set.of(TapOffload.TSO4))));
        assertThat(Tool.in("tap", "ip", "-br", "link")).doesNotContain("t0");
    }

    private static void assertRefused(Errno errno, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOf(LinuxException.class)
                .extracting(failure -> ((LinuxException) failure).errno())
                .isEqualTo(errno);
    }
}
