package io.netyard.vswitch.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.netyard.net.IpAddress;
import io.netyard.net.VlanId;
import io.netyard.vlan.PortVlans;
import io.netyard.vlan.VlanSet;
import io.netyard.vlan.VlanTag;
import io.netyard.vlan.frame.Memory;
import io.netyard.vswitch.port.Burst;
import io.netyard.vswitch.port.Offload;
import io.netyard.vswitch.port.Port;
import io.netyard.vswitch.port.PortCapabilities;
import io.netyard.vswitch.tunnel.Datagrams;
import io.netyard.vswitch.tunnel.SinkUnderlay;
import io.netyard.vswitch.tunnel.TunnelEndpoint;
import io.netyard.vxlan.OuterFields;
import io.netyard.vxlan.TunnelHeader;
import io.netyard.vxlan.VtepTable;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Frames of any kind, each ending where memory ends, through parser, pipeline and tunnel. Whoever reads
/// behind the end ends the process; whoever throws, or allocates, fails the test.
class FuzzTest {
    private static final int FRAMES = 10_000_000;
    /// Until the compiler has seen every path.
    private static final int WARM_UP = 1_000_000;
    private static final int LONGEST = 9_000;
    private static final VlanId TEN = new VlanId(10);
    private static final VlanId TWENTY = new VlanId(20);
    private static final String STATIONS = "020000000002" + "020000000001";
    private static final String IPV4_TCP = "0800" + "450000320001400040060000" + "0a0000010a000002"
            + "04d20050000000010000000150180200" + "00000000" + "61".repeat(40);
    private static final String IPV6_UDP = "86dd" + "6000000000201140" + "fd00" + "00".repeat(13) + "01" + "fd00"
            + "00".repeat(13) + "02" + "04d2003500200000" + "62".repeat(40);
    private static final String IPV6_OPTIONS = "86dd" + "6000000000280040" + "fd00" + "00".repeat(13) + "01" + "fd00"
            + "00".repeat(13) + "02" + "2b00010400000000" + "0600010400000000" + "04d20050" + "00".repeat(36);
    private static final List<String> VALID = List.of(
            STATIONS + IPV4_TCP,
            STATIONS + IPV6_UDP,
            STATIONS + IPV6_OPTIONS,
            STATIONS + "8100000a" + IPV4_TCP,
            STATIONS + "8100e014" + IPV6_UDP,
            STATIONS + "88a8000a" + "8100000a" + IPV4_TCP,
            STATIONS + "8100000a".repeat(9) + IPV4_TCP,
            "ffffffffffff" + "020000000003" + "0806" + "0001080006040001" + "00".repeat(38),
            "01005e000001" + "020000000004" + IPV4_TCP,
            "0180c2000000" + "020000000005" + "0026424203" + "00".repeat(50));
    private static final String TUNNELLED = "0800000000138800";

    private final SplittableRandom random = new SplittableRandom(42);
    private final GuardedMemory memory = new GuardedMemory(1 << 17);
    private final List<String> failures = new ArrayList<>();
    private final MacRelay relay = new MacRelay(4096, 1, (port, cause) -> failures.add(port + ": " + cause));
    private final List<ReadingPort> ports = new ArrayList<>();
    private final List<MacRelay.Ingress> ways = new ArrayList<>();
    private final ReadingUnderlay underlay = new ReadingUnderlay();
    private final Burst burst = new Burst(1);
    private final Datagrams datagrams = new Datagrams();
    private final List<byte[]> valid = new ArrayList<>();
    private long now;

    @BeforeEach
    void setUp() {
        int all = PortCapabilities.ALL_OFFLOADS;
        add("access", PortCapabilities.PLAIN, PortVlans.access(TEN));
        add("trunk", new PortCapabilities(all, false, 1500), PortVlans.trunk(VlanSet.of(TEN, TWENTY)));
        add("native", new PortCapabilities(0, true, 9000), PortVlans.trunkNativeUntagged(VlanSet.all(), TEN));
        add("tunnel", PortCapabilities.PLAIN, PortVlans.tunnel(TEN));
        add("provider", new PortCapabilities(Offload.CHECKSUM, false, 1500), provider());
        VtepTable remotes = new VtepTable(16, true);
        remotes.flood(List.of(IpAddress.parse("192.0.2.1"), IpAddress.parse("192.0.2.2")));
        OuterFields inherit = new OuterFields(OptionalInt.empty(), OptionalInt.empty());
        Port vxlan = new TunnelEndpoint(TunnelHeader.VXLAN, underlay).port("vxlan", 5000, remotes, inherit);
        relay.add(vxlan, new PortSettings(PortVlans.access(TEN)), now);
        vxlan.attach(new IngressContext(relay.ingress("vxlan")));
        VALID.forEach(hex -> valid.add(HexFormat.of().parseHex(hex)));
    }

    private static PortVlans provider() {
        return PortVlans.trunk(VlanSet.of(TEN, TWENTY)).withTpid(VlanTag.S_TAG);
    }

    private void add(String name, PortCapabilities capabilities, PortVlans vlans) {
        ReadingPort port = new ReadingPort(name, capabilities);
        relay.add(port, new PortSettings(vlans), now);
        ports.add(port);
        ways.add(relay.ingress(name));
    }

    @AfterEach
    void close() {
        relay.close();
        memory.close();
        assertThat(failures).isEmpty();
    }

    @Test
    @Tag("F39")
    void passesEveryLengthOfTruncatedValidFrames() {
        int frames = 0;
        for (byte[] frame : valid) {
            for (int length = 0; length <= 128; length++) {
                for (int way = 0; way < ways.size(); way++) {
                    put(frame, Math.min(length, frame.length));
                    receive(way, Math.min(length, frame.length), Offload.NONE, VlanTag.NONE);
                    frames++;
                }
                byte[] tunnelled =
                        HexFormat.of().parseHex(TUNNELLED + HexFormat.of().formatHex(frame));
                put(tunnelled, Math.min(length, tunnelled.length));
                receiveDatagram(Math.min(length, tunnelled.length));
            }
        }
        assertThat(frames).isEqualTo(10 * 129 * 5);
        assertThat(sentBytes()).isPositive();
    }

    @Test
    @Tag("F39")
    void passesTenMillionFramesOfAnyKind() {
        for (int frame = 0; frame < WARM_UP; frame++) {
            passOne();
        }
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int frame = 0; frame < FRAMES; frame++) {
            passOne();
        }
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertThat(allocated).as("allocated by 10 million frames").isLessThan(1 << 20);
        assertThat(relay.snapshot(now).addresses()).hasSizeLessThanOrEqualTo(4096);
        assertThat(sentBytes()).isGreaterThan(FRAMES);
    }

    private void passOne() {
        now += 1_000;
        byte[] template = valid.get(random.nextInt(valid.size()));
        int length = length(template);
        fill(template, length);
        int kind = random.nextInt(16);
        if (kind == 0 && length >= 8) {
            Memory.putLong(memory.end() - length, 0x0800_0000_0013_8800L);
            receiveDatagram(length);
        } else {
            int tag = random.nextInt(4) == 0 ? VlanTag.of(VlanTag.C_TAG, random.nextInt(0x10000)) : VlanTag.NONE;
            receive(random.nextInt(ways.size()), length, kind < 4 ? offload(length) : Offload.NONE, tag);
        }
    }

    private int length(byte[] template) {
        return switch (random.nextInt(64)) {
            case 0 -> random.nextInt(LONGEST);
            case 1, 2, 3, 4 -> random.nextInt(template.length);
            default -> template.length;
        };
    }

    /// A valid frame with up to three bytes changed, and whatever was there before behind it.
    private void fill(byte[] template, int length) {
        long frame = memory.end() - length;
        put(template, Math.min(length, template.length));
        if (length > template.length) {
            Memory.copy(memory.end() - template.length, frame, template.length);
        }
        for (int changes = random.nextInt(4); changes > 0 && length > 0; changes--) {
            int at = random.nextInt(Math.min(length, 64));
            Memory.putByte(frame + at, random.nextInt(256));
        }
    }

    private long offload(int length) {
        int kinds = random.nextInt(32);
        boolean isLikely = random.nextBoolean();
        int start = isLikely ? 34 + 4 * random.nextInt(2) : random.nextInt(length + 20);
        int offset = isLikely ? 16 : random.nextInt(0x10000);
        return Offload.of(kinds, random.nextInt(2000), start, offset);
    }

    private void put(byte[] bytes, int length) {
        long frame = memory.end() - length;
        for (int at = 0; at < length; at++) {
            Memory.putByte(frame + at, bytes[at]);
        }
    }

    private void receive(int way, int length, long offload, int tag) {
        burst.clear();
        burst.add(memory.end() - length, length, offload, tag, 0);
        ways.get(way).receive(burst, now);
    }

    private void receiveDatagram(int length) {
        datagrams.clear();
        datagrams.addReceived(
                memory.end() - length,
                length,
                0,
                VtepTable.mapped(0x0a000000 + random.nextInt(20)),
                random.nextInt(256),
                random.nextInt(4) == 0 ? random.nextLong() & (1L << 56) - 1 : Offload.NONE);
        underlay.receive(datagrams);
    }

    private long sentBytes() {
        long sum = underlay.bytes;
        for (ReadingPort port : ports) {
            sum += port.bytes;
        }
        return sum;
    }

    /// Reads every byte that it is given.
    private static final class ReadingPort extends SinkPort {
        private long bytes;

        ReadingPort(String name, PortCapabilities capabilities) {
            super(name, capabilities);
        }

        @Override
        public int transmit(Burst burst) {
            for (int at = 0; at < burst.size(); at++) {
                int length = burst.length(at);
                if (length < 14
                        || !Offload.fits(burst.offload(at), capabilities().offloads())) {
                    throw new IllegalStateException("not to be sent by " + name());
                }
                bytes += read(burst.address(at), length);
            }
            return burst.size();
        }
    }

    private static int read(long address, int length) {
        int zeros = 0;
        for (int at = 0; at < length; at++) {
            zeros += Memory.getByte(address + at) == 0 ? 1 : 0;
        }
        return length + (zeros >>> 31);
    }

    private static final class ReadingUnderlay extends SinkUnderlay {
        private long bytes;

        ReadingUnderlay() {
            super(false);
        }

        @Override
        public int send(Datagrams datagrams) {
            for (int at = 0; at < datagrams.size(); at++) {
                bytes += read(datagrams.address(at), datagrams.length(at));
            }
            return datagrams.size();
        }
    }
}
