package io.netyard.vswitch.loop;

import io.netyard.vlan.frame.EthernetHeader;
import java.nio.ByteBuffer;
import java.util.Optional;

/// A frame that is sent to see whether it comes back. Every switch and hub floods it, and every station
/// ignores it, in network byte order:
///
/// ```text
///   0  destination 03-4E-45-54-59-44, a group that nobody joins
///   6  source: 02 and the lowest 5 bytes of the switch's number
///  12  EtherType 88B5, for local experiments (IEEE 802-2014 clause 9.2.4)
///  14  6C 6F 6F 70 ("loop")
///  18  number of the switch, drawn by lot at its start (8)
///  26  number of the port that it left by (2)
///  28  number of the VLAN that it was sent in (2)
///  30  round (4)
///  34  1 if the switch is about to block a port, else 0
///  35  zeros up to 60
/// ```
///
/// @param sender number of the switch
/// @param port the port that it left by, 1 to 65,535
/// @param vlan the VLAN that it was sent in
/// @param round counts the sender's rounds of probes
/// @param claims whether the sender saw a loop and is about to block a port
public record Probe(long sender, int port, int vlan, int round, boolean claims) {
    /// The address that probes are sent to.
    public static final long GROUP = 0x034e_4554_5944L;

    private static final int TYPE = 0x88b5;
    private static final int MARK = 0x6c6f_6f70;
    private static final int LOCAL = 0x02;

    /// Reads a frame; empty if it is no probe.
    static Optional<Probe> read(byte[] frame) {
        if (frame.length < EthernetHeader.SHORTEST_FRAME) {
            return Optional.empty();
        }
        ByteBuffer bytes = ByteBuffer.wrap(frame);
        if (Short.toUnsignedInt(bytes.getShort(12)) != TYPE || bytes.getInt(14) != MARK) {
            return Optional.empty();
        }
        return Optional.of(new Probe(
                bytes.getLong(18),
                Short.toUnsignedInt(bytes.getShort(26)),
                Short.toUnsignedInt(bytes.getShort(28)),
                bytes.getInt(30),
                bytes.get(34) != 0));
    }

    /// Writes a frame without a tag.
    byte[] write() {
        ByteBuffer bytes = ByteBuffer.allocate(EthernetHeader.SHORTEST_FRAME);
        bytes.putLong(0, GROUP << 16 | LOCAL << 8 | sender >>> 32 & 0xff);
        bytes.putInt(8, (int) sender);
        bytes.putShort(12, (short) TYPE);
        bytes.putInt(14, MARK);
        bytes.putLong(18, sender);
        bytes.putShort(26, (short) port);
        bytes.putShort(28, (short) vlan);
        bytes.putInt(30, round);
        bytes.put(34, (byte) (claims ? 1 : 0));
        return bytes.array();
    }
}
