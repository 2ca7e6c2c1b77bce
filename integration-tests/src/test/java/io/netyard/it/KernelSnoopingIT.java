package io.netyard.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.IoEventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netyard.linux.MessageVector;
import io.netyard.linux.NetworkNamespace;
import io.netyard.linux.PacketOptions;
import io.netyard.linux.PacketRing;
import io.netyard.linux.PacketSocket;
import io.netyard.linux.Pause;
import io.netyard.net.InterfaceName;
import io.netyard.vlan.PortVlans;
import io.netyard.vlan.frame.Memory;
import io.netyard.vlan.frame.MemoryBlock;
import io.netyard.vswitch.VirtualSwitch;
import io.netyard.vswitch.pipeline.PortSettings;
import io.netyard.vswitch.pipeline.RelaySettings;
import io.netyard.vswitch.port.MemoryPort;
import io.netyard.vswitch.port.PortCapabilities;
import io.netyard.vswitch.snooping.SnoopingSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The same frames into the kernel's bridge with snooping and into Netyard's switch: the same ports.
///
/// ```text
///   f0 === b0 \\
///   ...        bridge, in a namespace        a switch with memory ports
///   f4 === b4 /
/// ```
@Timeout(60)
class KernelSnoopingIT {
    private static final String NODE = "snooping";
    private static final int PORTS = 5;
    private static final int ROUTER = 4;
    private static final int RING = 1 << 20;
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(10);
    private static final Duration POLL = Duration.ofMillis(1);

    /// After it, nobody answers a query any more.
    private static final Duration ANSWER_TIME = Duration.ofMillis(500);

    /// After it, who has not answered a query about a group is not in it.
    private static final Duration LAST_MEMBER_TIME = Duration.ofSeconds(1);

    private static final byte[] MARK =
            HexFormat.of().parseHex("ffffffffffff" + "0200000000ff" + "88b5" + "00".repeat(46));

    /// Frames from hosts 10.0.0.N and a router, for groups 239.0.0.N; and the same of IPv6. Times to answer
    /// are 0.1 s.
    private enum Frame {
        DATA1("01005e0000010200000000010800" + "45000020000000000111c0cb0a000001ef00000113881388000c000064617461"),
        DATA2("01005e0000020200000000010800" + "45000020000000000111c0ca0a000001ef00000213881388000c000064617461"),
        DATA3("01005e0000030200000000010800" + "45000020000000000111c0c90a000001ef00000313881388000c000064617461"),
        LINK("01005e0000050200000000010800" + "45000020000000000111cfc70a000001e000000513881388000c000064617461"),
        QUERY("01005e0000010200000000fe0800" + "4600002000000000010239d90a0000fee0000001940400001101eefe00000000"),
        QUERY1("01005e0000010200000000fe0800" + "460000200000000001022ad90a0000feef000001940400001101fffcef000001"),
        V1_REPORT2("01005e0000020200000000030800" + "460000200000000001022bd30a000003ef000002940400001200fefcef000002"),
        V2_REPORT1("01005e0000010200000000020800" + "460000200000000001022bd50a000002ef000001940400001600fafdef000001"),
        V3_JOIN3("01005e0000160200000000040800"
                + "460000280000000001023ab60a000004e0000016940400002200eafa0000000104000000"
                + "ef000003"),
        V3_LEAVE3("01005e0000160200000000040800"
                + "460000280000000001023ab60a000004e0000016940400002200ebfa0000000103000000"
                + "ef000003"),
        V2_LEAVE1("01005e0000020200000000020800" + "460000200000000001023ad40a000002e0000002940400001700f9fdef000001"),
        DAMAGED("01005e0000090200000000020800" + "460000200000000001022bcd0a000002ef000009940400001600faf5ef000008"),
        PIM("01005e00000d0200000000050800" + "4500001e000000000167cf670a000005e000000d2000df93000100020069"),
        NO_IP("01005e0000010200000000010806"
                + "000000000000000000000000000000000000000000000000000000000000000000000000"
                + "00000000000000000000"),
        DATA6_1("33330000000102000000000186dd"
                + "60000000000c1108fd000000000000000000000000000001ff0500000000000000000000"
                + "0000000113881388000c03fb64617461"),
        DATA6_2("33330000000202000000000186dd"
                + "60000000000c1108fd000000000000000000000000000001ff0500000000000000000000"
                + "0000000213881388000c03fa64617461"),
        LINK6("33330000000102000000000186dd"
                + "60000000000c1108fd000000000000000000000000000001ff0200000000000000000000"
                + "0000000113881388000c03fe64617461"),
        MLD_QUERY("3333000000010200000000fe86dd"
                + "6000000000200001fe8000000000000000000000000000feff0200000000000000000000"
                + "000000013a0005020000010082007ec60064000000000000000000000000000000000000"),
        MLD_QUERY1("3333000000010200000000fe86dd"
                + "6000000000200001fe8000000000000000000000000000feff0500000000000000000000"
                + "000000013a0005020000010082007fbc00640000ff050000000000000000000000000001"),
        MLD_REPORT1("33330000000102000000000286dd"
                + "6000000000200001fe800000000000000000000000000002ff0500000000000000000000"
                + "000000013a000502000001008300801c00000000ff050000000000000000000000000001"),
        MLD2_JOIN2("33330000001602000000000386dd"
                + "6000000000240001fe800000000000000000000000000003ff0200000000000000000000"
                + "000000163a000502000001008f0070030000000104000000ff0500000000000000000000"
                + "00000002"),
        MLD_DONE1("33330000000202000000000286dd"
                + "6000000000200001fe800000000000000000000000000002ff0200000000000000000000"
                + "000000023a0005020000010084007f1e00000000ff050000000000000000000000000001");

        private final byte[] bytes;

        Frame(String hex) {
            this.bytes = HexFormat.of().parseHex(hex);
        }
    }

    /// What the kernel sends to all ports, and Netyard to routers alone (RFC 4541 section 2.1.1, point 1).
    private static final Set<Frame> FLOODED_BY_THE_KERNEL =
            Set.of(Frame.V3_JOIN3, Frame.V3_LEAVE3, Frame.V2_LEAVE1, Frame.MLD2_JOIN2, Frame.MLD_DONE1);

    private final NetworkNamespace namespace = NetworkNamespace.current();
    private final MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
    private final IoEventLoop loop = group.next();
    private final VirtualSwitch ours = new VirtualSwitch(loop, 1024, (port, cause) -> {
        throw new IllegalStateException(port, cause);
    });
    private final List<MemoryPort> ourPorts = new ArrayList<>();
    private final List<PacketSocket> theirPorts = new ArrayList<>();
    private final MemoryBlock memory = new MemoryBlock(2048);
    private final MessageVector vector = new MessageVector(1);

    @BeforeEach
    void setUp() {
        Tool.run("sh", "-c", "echo 1 >/proc/sys/net/ipv6/conf/default/disable_ipv6");
        Tool.run("ip", "netns", "add", NODE);
        Tool.in(NODE, "sh", "-c", "echo 1 >/proc/sys/net/ipv6/conf/default/disable_ipv6");
        Tool.run(("ip -n " + NODE + " link add name br0 type bridge mcast_snooping 1 mcast_querier 0").split(" "));
        Tool.run("ip", "-n", NODE, "link", "set", "br0", "up");
        ours.configure(RelaySettings.DEFAULT.withSnooping(SnoopingSettings.ON)).syncUninterruptibly();
        PacketOptions options = new PacketOptions(PacketOptions.Delivery.IMMEDIATE, false, false, 0, RING);
        for (int port = 0; port < PORTS; port++) {
            Tool.run(("ip link add name f" + port + " type veth peer name b" + port + " netns " + NODE).split(" "));
            Tool.run("ip", "-n", NODE, "link", "set", "b" + port, "master", "br0", "up");
            Tool.run("ip", "link", "set", "f" + port, "up");
            theirPorts.add(PacketSocket.open(namespace, new InterfaceName("f" + port), options));
            MemoryPort own = new MemoryPort("p" + port, PortCapabilities.PLAIN);
            ourPorts.add(own);
            ours.attach(own, new PortSettings(PortVlans.transparent())).syncUninterruptibly();
        }
        awaitForwarding();
    }

    /// Until the bridge has seen carriers everywhere.
    private void awaitForwarding() {
        long deadline = System.nanoTime() + PATIENCE;
        while (theirs(0, Frame.NO_IP).size() < PORTS - 1) {
            assertThat(System.nanoTime()).as("the bridge does not forward").isLessThan(deadline);
        }
    }

    @AfterEach
    void takeAway() {
        theirPorts.forEach(PacketSocket::close);
        ours.close().syncUninterruptibly();
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
        vector.close();
        memory.close();
        for (int port = 0; port < PORTS; port++) {
            Tool.run("ip", "link", "del", "f" + port);
        }
        Tool.run("ip", "netns", "del", NODE);
        namespace.close();
    }

    /// Sends a frame into both, and says where it came out.
    private void expect(int from, Frame frame, Integer... ports) {
        Set<Integer> wanted = new TreeSet<>(List.of(ports));
        assertThat(ours(from, frame)).as("ours, " + frame + " from " + from).isEqualTo(wanted);
        Set<Integer> theirs = theirs(from, frame);
        if (FLOODED_BY_THE_KERNEL.contains(frame)) {
            assertThat(theirs).as("theirs, " + frame).containsAll(wanted).hasSize(PORTS - 1);
        } else {
            assertThat(theirs).as("theirs, " + frame + " from " + from).isEqualTo(wanted);
        }
    }

    private Set<Integer> ours(int from, Frame frame) {
        return loop.submit(() -> {
                    ourPorts.get(from).receive(frame.bytes);
                    Set<Integer> to = new TreeSet<>();
                    for (int port = 0; port < PORTS; port++) {
                        if (!ourPorts.get(port).takeSent().isEmpty()) {
                            to.add(port);
                        }
                    }
                    return to;
                })
                .syncUninterruptibly()
                .getNow();
    }

    /// A broadcast marks the end: what came before it is all there is.
    private Set<Integer> theirs(int from, Frame frame) {
        send(from, frame.bytes);
        send(from, MARK);
        Set<Integer> to = new TreeSet<>();
        for (int port = 0; port < PORTS; port++) {
            if (port != from && sees(theirPorts.get(port).ring(), frame)) {
                to.add(port);
            }
        }
        return to;
    }

    private void send(int from, byte[] frame) {
        Memory.copy(frame, memory.address());
        vector.add(memory.address(), frame.length);
        assertThat(theirPorts.get(from).send(vector)).isOne();
    }

    private static boolean sees(PacketRing ring, Frame frame) {
        boolean seen = false;
        long deadline = System.nanoTime() + PATIENCE;
        while (System.nanoTime() < deadline) {
            while (ring.next()) {
                byte[] bytes = Memory.toBytes(ring.address(), ring.length());
                ring.release();
                if (Arrays.equals(bytes, MARK)) {
                    return seen;
                }
                seen |= Arrays.equals(bytes, frame.bytes);
            }
            Pause.of(POLL);
        }
        return seen;
    }

    @Test
    void igmpNarrowsAsInTheKernel() {
        expect(0, Frame.DATA1, 1, 2, 3, 4);
        expect(1, Frame.V2_REPORT1, 0, 2, 3, 4);
        expect(ROUTER, Frame.QUERY, 0, 1, 2, 3);
        Pause.of(ANSWER_TIME);
        expect(0, Frame.DATA1, 1, ROUTER);
        expect(0, Frame.DATA2, ROUTER);
        expect(0, Frame.LINK, 1, 2, 3, 4);
        expect(0, Frame.NO_IP, 1, 2, 3, 4);
        expect(2, Frame.V1_REPORT2, ROUTER);
        expect(0, Frame.DATA2, 2, ROUTER);
        expect(2, Frame.V2_REPORT1, ROUTER);
        expect(0, Frame.DATA1, 1, 2, ROUTER);
        expect(1, Frame.DATA1, 2, ROUTER);
        expect(ROUTER, Frame.DATA1, 1, 2);
        expect(3, Frame.V3_JOIN3, ROUTER);
        expect(0, Frame.DATA3, 3, ROUTER);
        expect(1, Frame.DAMAGED);
    }

    @Test
    void aQueryForOneGroupDoesNotNarrowTheOthersAsInTheKernel() {
        expect(ROUTER, Frame.QUERY1, 0, 1, 2, 3);
        expect(ROUTER, Frame.MLD_QUERY1, 0, 1, 2, 3);
        Pause.of(ANSWER_TIME);
        expect(0, Frame.DATA2, 1, 2, 3, 4);
        expect(0, Frame.DATA6_2, 1, 2, 3, 4);
    }

    @Test
    void igmpForgetsAsInTheKernel() {
        expect(1, Frame.V2_REPORT1, 0, 2, 3, 4);
        expect(2, Frame.V2_REPORT1, 0, 1, 3, 4);
        expect(ROUTER, Frame.QUERY, 0, 1, 2, 3);
        Pause.of(ANSWER_TIME);
        expect(3, Frame.V3_JOIN3, ROUTER);
        expect(3, Frame.V3_LEAVE3, ROUTER);
        expect(1, Frame.V2_LEAVE1, ROUTER);
        expect(0, Frame.DATA1, 1, 2, ROUTER);
        expect(ROUTER, Frame.QUERY1, 0, 1, 2, 3);
        expect(2, Frame.V2_REPORT1, ROUTER);
        Pause.of(LAST_MEMBER_TIME);
        expect(0, Frame.DATA1, 2, ROUTER);
        expect(3, Frame.PIM, 0, 1, 2, 4);
        expect(0, Frame.DATA2, 3, ROUTER);
    }

    @Test
    void mldNarrowsAsInTheKernel() {
        expect(0, Frame.DATA6_1, 1, 2, 3, 4);
        expect(1, Frame.MLD_REPORT1, 0, 2, 3, 4);
        expect(ROUTER, Frame.MLD_QUERY, 0, 1, 2, 3);
        Pause.of(ANSWER_TIME);
        expect(0, Frame.DATA6_1, 1, ROUTER);
        expect(0, Frame.DATA6_2, ROUTER);
        expect(0, Frame.LINK6, 1, 2, 3, 4);
        expect(2, Frame.MLD2_JOIN2, ROUTER);
        expect(0, Frame.DATA6_2, 2, ROUTER);
        expect(1, Frame.MLD_DONE1, ROUTER);
        expect(ROUTER, Frame.MLD_QUERY1, 0, 1, 2, 3);
        Pause.of(LAST_MEMBER_TIME);
        expect(0, Frame.DATA6_1, ROUTER);
        expect(0, Frame.DATA1, 1, 2, 3, 4);
    }
}
