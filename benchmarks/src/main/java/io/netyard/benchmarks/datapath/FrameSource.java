package io.netyard.benchmarks.datapath;

import io.netyard.vlan.VlanTag;
import io.netyard.vlan.frame.Memory;
import io.netyard.vlan.frame.MemoryBlock;
import io.netyard.vswitch.pipeline.MacRelay;
import io.netyard.vswitch.port.Burst;
import io.netyard.vswitch.port.Port;

/// Bursts of 60-byte frames in memory such as a ring of a port has: as many slots as a ring, each with
/// head-room. A switch changes frames where they stand, so that the 16 bytes that it may have changed are
/// written anew for each burst, as the kernel would.
final class FrameSource implements AutoCloseable {
    static final int BURST = 64;

    private static final int SLOTS = 512;
    private static final int SLOT = 320;
    private static final int LENGTH = 60;
    private static final int LEAST_FLOODED = 1000;
    private static final long GROUP = 0x0300_0000_0001L;
    private static final long STATIONS = 0x0200_0000_0000L;

    private final MemoryBlock block = new MemoryBlock((long) SLOTS * SLOT);
    private final Burst burst = new Burst(BURST);
    private final int stations;
    private final boolean isTagged;
    private final long third;
    private int slot;
    private int station;

    /// @param stations how many addresses the frames go to, and come from
    /// @param vlan of the tag that they bear, 0 for none
    FrameSource(int stations, int vlan) {
        this.stations = stations;
        this.isTagged = vlan != 0;
        this.third = isTagged ? VlanTag.of(VlanTag.C_TAG, vlan) & 0xffff_ffffL : 0x0800_4500L;
    }

    private static long nearStation(int station) {
        return STATIONS | spread(station);
    }

    private static long farStation(int station) {
        return STATIONS | 1L << 32 | spread(station);
    }

    /// So that neighbours in time are not neighbours in a table.
    private static long spread(int station) {
        return station * 2_654_435_761L & 0xffff_ffffL;
    }

    /// The next burst of frames, from near stations to far ones.
    Burst next() {
        burst.clear();
        for (int at = 0; at < BURST; at++) {
            add(farStation(station), nearStation(station));
        }
        return burst;
    }

    /// The next burst of frames, from far stations to near ones.
    Burst nextBack() {
        burst.clear();
        for (int at = 0; at < BURST; at++) {
            add(nearStation(station), farStation(station));
        }
        return burst;
    }

    private void add(long destination, long source) {
        long frame = block.address() + (long) slot * SLOT + Port.HEAD_ROOM;
        Memory.putLong(frame, destination << 16 | source >>> 32);
        Memory.putLong(frame + 8, source << 32 | third);
        if (isTagged) {
            Memory.putInt(frame + 16, 0x0800_4500);
        }
        burst.add(frame, isTagged ? LENGTH + VlanTag.LENGTH : LENGTH);
        slot = slot + 1 & SLOTS - 1;
        station = station + 1 == stations ? 0 : station + 1;
    }

    /// Lets a switch know the stations behind a port. Each is heard first with a frame to a group, as most
    /// are in life. There are as many of these for one station as for a thousand, so that the compiler has
    /// seen both ways, flooding and not, in each benchmark: code compiled without the first would be thrown
    /// away with the first broadcast.
    ///
    /// @param peer the remote end point that they are behind, 0 for none
    /// @param near the near ones or the far ones
    void learn(MacRelay.Ingress behind, int tag, int peer, boolean near) {
        long frame = block.address() + Port.HEAD_ROOM;
        Burst one = new Burst(1);
        for (int number = 0; number < Math.max(stations, LEAST_FLOODED); number++) {
            int each = number % stations;
            long source = near ? nearStation(each) : farStation(each);
            Memory.putLong(frame, GROUP << 16 | source >>> 32);
            Memory.putLong(frame + 8, source << 32 | 0x0800_4500L);
            one.clear();
            one.add(frame, LENGTH, 0, tag, peer);
            behind.receive(one, 0);
        }
    }

    @Override
    public void close() {
        block.close();
    }
}
