package io.netyard.vswitch.wrap;

import io.netyard.net.MacAddress;
import io.netyard.vlan.VlanTag;
import io.netyard.vlan.frame.Memory;
import io.netyard.vswitch.port.Offload;
import java.util.HexFormat;
import java.util.function.Consumer;

/// Writes a line for every frame:
///
/// ```text
/// p1 in   02:00:00:00:00:01 > ff:ff:ff:ff:ff:ff  8100 vlan 10 prio 0  0806  60 bytes
/// p2 out  02:00:00:00:00:01 > 02:00:00:00:00:02  0800  29014 bytes, segments of 1448
/// ```
public final class FrameTrace implements FrameObserver {
    private static final int HEADER = 14;
    private static final int MAC_BITS = 48;
    private static final int TYPE_OFFSET = 12;
    private static final int MOST_TAGS = 4;

    private final Consumer<String> lines;

    /// A trace.
    ///
    /// @param lines is given each line, without its end
    public FrameTrace(Consumer<String> lines) {
        this.lines = lines;
    }

    @Override
    public void frame(String port, Direction direction, long address, int length, long offload, int tag) {
        StringBuilder line = new StringBuilder(port).append(direction == Direction.IN ? " in   " : " out  ");
        if (length < HEADER) {
            lines.accept(
                    line.append("cut off  ").append(length).append(" bytes").toString());
            return;
        }
        line.append(mac(Memory.getLong(address + 6) >>> 64 - MAC_BITS))
                .append(" > ")
                .append(mac(Memory.getLong(address) >>> 64 - MAC_BITS));
        if (tag != VlanTag.NONE) {
            append(line, tag);
        }
        int at = TYPE_OFFSET;
        for (int tags = 0;
                tags < MOST_TAGS && VlanTag.isTpid(Memory.getShort(address + at)) && at + 6 <= length;
                tags++) {
            append(line, Memory.getInt(address + at));
            at += VlanTag.LENGTH;
        }
        line.append("  ").append(HexFormat.of().toHexDigits((short) Memory.getShort(address + at)));
        line.append("  ").append(length).append(" bytes");
        if (Offload.isSegmented(offload)) {
            line.append(", segments of ").append(Offload.segmentSize(offload));
        }
        lines.accept(line.toString());
    }

    private static void append(StringBuilder line, int tag) {
        line.append("  ")
                .append(HexFormat.of().toHexDigits((short) (tag >>> 16)))
                .append(" vlan ")
                .append(tag & 0xfff)
                .append(" prio ")
                .append(tag >>> 13 & 7);
    }

    private static MacAddress mac(long bits) {
        return new MacAddress(bits);
    }
}
