package io.netyard.it.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netyard.it.Tool;
import io.netyard.linux.NamespaceFolder;
import io.netyard.linux.NetworkNamespace;
import io.netyard.linux.PacketOptions;
import io.netyard.net.InterfaceName;
import io.netyard.vswitch.VirtualSwitch;
import io.netyard.vswitch.device.PacketPort;
import io.netyard.vswitch.device.TapPort;
import io.netyard.vswitch.pipeline.PortSettings;
import io.netyard.vswitch.pipeline.RelaySnapshot.PortSnapshot;
import io.netyard.vswitch.port.Port;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// A switch of Netyard's and another one with the same ports. The last port of ours is a TAP device, the
/// others are veth pairs.
///
/// ```text
///            t0 === p0                          o0 === p0
/// stations   ...        theirs: the oracle      ...        ours: Netyard      (namespaces)
///            t4 === p4                          o4 --- TAP
/// ```
final class SideBySide implements AutoCloseable {
    static final String STATIONS = "stations";
    static final String THEIRS = "theirs";
    static final String OURS = "ours";

    /// MTUs of the ports, in bytes: one takes less than the others.
    static final List<Integer> MTUS = List.of(1500, 1400, 1500, 1500, 1500);

    private static final int LESSONS = 2;
    private static final int QUESTIONS = 40;

    /// Frames of each round.
    static final int CASES_IN_A_ROUND = LESSONS * RandomTraffic.STATIONS + QUESTIONS;

    private static final int MOST_SHOWN = 12;

    private final MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
    private final List<Throwable> failures = new ArrayList<>();
    private final VirtualSwitch netyard =
            new VirtualSwitch(group.next(), VirtualSwitch.DEFAULT_ADDRESSES, (port, cause) -> failures.add(cause));
    private final OracleSwitch oracle;
    private final Side ours;
    private final Side theirs;
    private final Patience patience;
    private final List<Comparison> comparisons = new ArrayList<>();

    /// How long to wait for frames.
    ///
    /// @param quiet milliseconds without a frame after which none is expected any more
    /// @param most milliseconds to wait for one that the other switch has sent
    record Patience(int quiet, int most) {}

    /// Opens both switches. The namespaces are there already, see [#makeNamespaces].
    SideBySide(OracleSwitch oracle, Patience patience) {
        this.oracle = oracle;
        this.patience = patience;
        List<String> toUs = names("o");
        try (NetworkNamespace stations = open(STATIONS);
                NetworkNamespace own = open(OURS)) {
            for (int port = 0; port < MTUS.size(); port++) {
                layCable(THEIRS, "t" + port, port);
                Port opened = port == MTUS.size() - 1 ? tap(stations, port) : packet(own, port);
                netyard.attach(opened, new PortSettings(new PortRole.Plain().rules()))
                        .syncUninterruptibly();
            }
            oracle.open(MTUS.size());
            ours = new Side(stations, toUs);
            theirs = new Side(stations, names("t"));
        }
    }

    private static List<String> names(String prefix) {
        return IntStream.range(0, MTUS.size()).mapToObj(port -> prefix + port).toList();
    }

    /// Makes the namespaces, silent ones.
    static void makeNamespaces() {
        for (String name : List.of(STATIONS, THEIRS, OURS)) {
            Tool.run("ip", "netns", "add", name);
            Tool.in(name, "sysctl", "-qw", "net.ipv6.conf.all.disable_ipv6=1", "net.ipv6.conf.default.disable_ipv6=1");
        }
    }

    /// Removes the namespaces and all that is in them.
    static void removeNamespaces() {
        for (String name : List.of(STATIONS, THEIRS, OURS)) {
            Tool.run("ip", "netns", "del", name);
        }
    }

    private static NetworkNamespace open(String name) {
        return NetworkNamespace.open(NamespaceFolder.DEFAULT.resolve(name));
    }

    private static Port tap(NetworkNamespace stations, int port) {
        Port opened = TapPort.create("p" + port, stations, new InterfaceName("o" + port), true, MTUS.get(port));
        Tool.run("ip", "-n", STATIONS, "link", "set", "o" + port, "up");
        return opened;
    }

    private static Port packet(NetworkNamespace own, int port) {
        layCable(OURS, "o" + port, port);
        return PacketPort.open("p" + port, own, new InterfaceName("p" + port), PacketOptions.immediate());
    }

    private static void layCable(String to, String station, int port) {
        String mtu = " mtu " + MTUS.get(port);
        String veth = "link add name " + station + mtu + " type veth peer name p" + port + mtu + " netns " + to;
        Tool.run(("ip -n " + STATIONS + " " + veth).split(" "));
        Tool.run("ip", "-n", STATIONS, "link", "set", station, "up");
        Tool.run("ip", "-n", to, "link", "set", "p" + port, "up");
    }

    /// Configures both switches anew, and compares what they do: two lessons, then questions.
    void round(RandomTraffic traffic, List<PortRole> roles) {
        for (int port = 0; port < roles.size(); port++) {
            netyard.configure("p" + port, new PortSettings(roles.get(port).rules()))
                    .syncUninterruptibly();
        }
        netyard.forgetLearned().syncUninterruptibly();
        oracle.configure(roles);
        List<TestFrame> lessons = new ArrayList<>();
        for (int lesson = 0; lesson < LESSONS; lesson++) {
            List<TestFrame> frames = traffic.lesson();
            play(frames, roles, List.copyOf(lessons));
            lessons.addAll(frames);
        }
        play(traffic.questions(QUESTIONS), roles, lessons);
        if (!failures.isEmpty()) {
            throw new AssertionError("a port failed", failures.getFirst());
        }
    }

    private void play(List<TestFrame> frames, List<PortRole> roles, List<TestFrame> lessons) {
        oracle.settle();
        for (TestFrame frame : frames) {
            boolean alone = oracle.wantsAlone(frame);
            if (alone) {
                awaitDecisions();
            }
            theirs.send(frame);
            ours.send(frame);
            if (alone) {
                awaitDecisions();
            }
        }
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(patience.most);
        List<Comparison> compared = List.of();
        boolean waiting = true;
        while (waiting) {
            collectUntilQuiet();
            compared =
                    frames.stream().map(frame -> compare(frame, roles, lessons)).toList();
            boolean decided = haveTaken();
            boolean explained = compared.stream().allMatch(Comparison::isExplained);
            waiting = !(decided && explained) && System.nanoTime() < deadline;
        }
        comparisons.addAll(compared);
    }

    private Comparison compare(TestFrame frame, List<PortRole> roles, List<TestFrame> lessons) {
        return new Comparison(oracle.kind(), frame, roles, lessons, ours.outcome(frame), theirs.outcome(frame));
    }

    private void awaitDecisions() {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(patience.most);
        while (!haveTaken() && System.nanoTime() < deadline) {
            pause(1);
        }
    }

    private boolean haveTaken() {
        long received = netyard.snapshot().syncUninterruptibly().getNow().ports().stream()
                .mapToLong(PortSnapshot::receivedFrames)
                .sum();
        return received >= ours.sent() && oracle.hasTaken(theirs.sent());
    }

    private void collectUntilQuiet() {
        long quietSince = System.nanoTime();
        while (System.nanoTime() - quietSince < TimeUnit.MILLISECONDS.toNanos(patience.quiet)) {
            boolean found = ours.collect();
            found |= theirs.collect();
            if (found) {
                quietSince = System.nanoTime();
            } else {
                pause(1);
            }
        }
    }

    /// Prints what was compared, and fails if the switches differed without a clause.
    ///
    /// @param least cases there have to be
    void judge(int least) {
        Map<Divergence, Long> differences = comparisons.stream()
                .filter(each -> !each.isSame())
                .flatMap(each -> each.divergence().stream())
                .collect(Collectors.groupingBy(each -> each, TreeMap::new, Collectors.counting()));
        List<Comparison> wrong =
                comparisons.stream().filter(each -> !each.isExplained()).toList();
        long sent = comparisons.stream().filter(each -> !each.ours().isEmpty()).count();
        System.out.println("against " + oracle.kind() + ": " + comparisons.size() + " frames, " + sent
                + " of them sent on; " + wrong.size() + " differ without a clause; with one: " + differences);
        wrong.stream().limit(MOST_SHOWN).forEach(each -> System.out.println(each.describe()));
        assertThat(wrong.size())
                .as("frames that the switches treat differently without a clause")
                .isZero();
        assertThat(comparisons).hasSizeGreaterThanOrEqualTo(least);
        assertThat(sent).as("frames sent on").isGreaterThan(least / 3);
    }

    static void pause(int milliseconds) {
        try {
            TimeUnit.MILLISECONDS.sleep(milliseconds);
        } catch (InterruptedException failure) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(failure);
        }
    }

    @Override
    public void close() {
        ours.close();
        theirs.close();
        oracle.close();
        netyard.close().syncUninterruptibly();
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }
}
