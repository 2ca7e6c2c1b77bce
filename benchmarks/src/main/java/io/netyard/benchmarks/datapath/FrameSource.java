package io.netyard.benchmarks.datapath;

import io.netyard.vlan.VlanTag;
import io.netyard.vlan.frame.Memory;
import io.netyard.vlan.frame.MemoryBlock;
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

    /// The address of a station on the far side.
    ///
    /// @param station 0 to their number - 1
    static long farStation(int station) {
        return STATIONS | 1L << 32 | spread(station);
    }

    /// So that neighbours in time are not neighbours in a table.
    private static long spread(int station) {
        return station * 2_654_435_761L & 0xffff_ffffL;
    }

    /// The next burst.
    Burst next() {
        burst.clear();
        for (int at = 0; at < BURST; at++) {
            long frame = block.address() + (long) slot * SLOT + Port.HEAD_ROOM;
            write(frame);
            burst.add(frame, isTagged ? LENGTH + VlanTag.LENGTH : LENGTH);
            slot = slot + 1 & SLOTS - 1;
            station = station + 1 == stations ? 0 : station + 1;
        }
        return burst;
    }

    private void write(long frame) {
        long destination = farStation(station);
        long source = STATIONS | spread(station);
        Memory.putLong(frame, destination << 16 | source >>> 32);
        Memory.putLong(frame + 8, source << 32 | third);
        if (isTagged) {
            Memory.putInt(frame + 16, 0x0800_4500);
        }
    }

    @Override
    public void close() {
        block.close();
    }
}
