package io.netyard.vswitch.snooping;

import static io.netyard.vswitch.snooping.GroupFrames.IS_EXCLUDE;
import static org.assertj.core.api.Assertions.assertThat;

import io.netyard.net.MacAddress;
import io.netyard.net.VlanId;
import io.netyard.vlan.VlanSet;
import io.netyard.vlan.frame.Memory;
import io.netyard.vswitch.pipeline.GuardedMemory;
import io.netyard.vswitch.snooping.GroupFrames.Entry;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Messages of any kind, each ending where memory ends. Whoever reads behind the end ends the process;
/// whoever throws, or allocates, fails the test.
class SnoopingFuzzTest {
    private static final int FRAMES = 2_000_000;
    private static final int WARM_UP = 400_000;
    private static final int PORTS = 16;
    private static final List<String> SOURCES = List.of("10.1.1.1", "10.1.1.2", "10.1.1.3");
    private static final List<String> SOURCES6 = List.of("fd00::1", "fd00::2");
    private static final List<byte[]> VALID = List.of(
            GroupFrames.v1Report("10.0.0.1", "239.1.2.3"),
            GroupFrames.v2Report("10.0.0.1", "239.1.2.3"),
            GroupFrames.v2Leave("10.0.0.1", "239.1.2.3"),
            GroupFrames.v2Query("10.0.0.9", "0.0.0.0", 100),
            GroupFrames.v3Query("10.0.0.9", "239.1.2.3", 10, false, "10.1.1.1", "10.1.1.2"),
            GroupFrames.v3Report(
                    "10.0.0.1", new Entry(IS_EXCLUDE, "239.1.2.3", SOURCES), new Entry(IS_EXCLUDE, "239.1.2.4")),
            GroupFrames.mldV1Report("fe80::1", "ff05::1"),
            GroupFrames.mldDone("fe80::1", "ff05::1"),
            GroupFrames.mldV1Query("fe80::9", "::", 1000),
            GroupFrames.mldV2Query("fe80::9", "ff05::1", 1000, false, "fd00::1"),
            GroupFrames.mldV2Report(
                    "fe80::1", new Entry(IS_EXCLUDE, "ff05::1", SOURCES6), new Entry(IS_EXCLUDE, "ff05::2")),
            GroupFrames.pimHello("10.0.0.9"),
            GroupFrames.pimHello6("fe80::9"),
            GroupFrames.data("10.0.0.1", "239.1.2.3"),
            GroupFrames.data("fd00::1", "ff05::1"));

    private static final VlanSet VLANS = VlanSet.of(new VlanId(1), new VlanId(2));

    private final SplittableRandom random = new SplittableRandom(11);
    private final GuardedMemory memory = new GuardedMemory(1 << 16);
    private final MulticastSnooping snooping =
            new MulticastSnooping(256, SnoopingSettings.querying(MacAddress.parse("02:00:00:00:00:09")), 5);
    private final QueryOutlet nowhere = new QueryOutlet() {
        @Override
        public VlanSet vlans() {
            return VLANS;
        }

        @Override
        public void send(int vid, int port, long frame, int length) {
            // Nobody reads it.
        }
    };
    private long nanos;
    private long narrow;

    @AfterEach
    void close() {
        snooping.close();
        memory.close();
    }

    @Test
    void learnsNothingFromMessagesThatAreCutOff() {
        for (byte[] frame : VALID) {
            for (int length = 14; length < frame.length; length++) {
                receive(Arrays.copyOf(frame, length), length);
            }
        }
        SnoopingSnapshot shown = snooping.snapshot(nanos, Integer::toString);
        assertThat(shown.members()).isEmpty();
        assertThat(shown.routers()).isEmpty();
        assertThat(shown.queriers()).isEmpty();
    }

    @Test
    void takesMessagesOfAnyKindWithoutAllocating() {
        for (int frame = 0; frame < WARM_UP; frame++) {
            takeOne();
        }
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int frame = 0; frame < FRAMES; frame++) {
            takeOne();
        }
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertThat(allocated).as("allocated by " + FRAMES + " frames").isLessThan(1 << 20);
        SnoopingSnapshot shown = snooping.snapshot(nanos, Integer::toString);
        assertThat(shown.members()).hasSizeBetween(100, 256);
        assertThat(shown.evictions()).isPositive();
        assertThat(shown.damaged()).isPositive();
        assertThat(narrow).isPositive();
    }

    private void takeOne() {
        nanos += 1_000_000;
        if (random.nextInt(1000) == 0) {
            snooping.tick(nanos, nowhere);
        }
        byte[] valid = VALID.get(random.nextInt(VALID.size()));
        int length = random.nextInt(8) == 0 ? 14 + random.nextInt(valid.length - 13) : valid.length;
        put(valid, length);
        long frame = memory.end() - length;
        for (int changes = random.nextInt(4); changes > 0 && length > 14; changes--) {
            Memory.putByte(frame + 14 + random.nextInt(length - 14), random.nextInt(256));
        }
        if (random.nextBoolean()) {
            repair(frame, length);
        }
        int vid = 1 + random.nextInt(3);
        int port = random.nextInt(PORTS);
        if (snooping.receive(vid, port, frame, length, 14, nanos).isNarrow()) {
            narrow++;
        }
    }

    /// Makes checksums of IGMP right again, so that what is wrong behind them is read.
    private void repair(long frame, int length) {
        long ip = frame + 14;
        if (length < 46 || Memory.getShort(frame + 12) != 0x0800 || Memory.getByte(ip) != 0x46) {
            return;
        }
        int total = Memory.getShort(ip + 2);
        if (total <= length - 14 && total >= 32) {
            Memory.putShort(ip + 10, 0);
            Memory.putShort(ip + 10, checksum(ip, 24));
            Memory.putShort(ip + 26, 0);
            Memory.putShort(ip + 26, checksum(ip + 24, total - 24));
        }
    }

    private static int checksum(long address, int length) {
        long sum = 0;
        for (int at = 0; at < length; at++) {
            sum += (long) Memory.getByte(address + at) << (at % 2 == 0 ? 8 : 0);
        }
        sum = (sum & 0xffff) + (sum >> 16);
        return (int) ~((sum & 0xffff) + (sum >> 16)) & 0xffff;
    }

    private Verdict receive(byte[] frame, int length) {
        put(frame, length);
        return snooping.receive(1, 1, memory.end() - length, length, 14, nanos);
    }

    private void put(byte[] bytes, int length) {
        long frame = memory.end() - length;
        for (int at = 0; at < length; at++) {
            Memory.putByte(frame + at, bytes[at]);
        }
    }
}
