package io.netyard.vswitch.stp;

import io.netyard.net.MacAddress;
import io.netyard.vlan.frame.EthernetHeader;
import io.netyard.vswitch.stp.Bpdu.ChangeNotification;
import io.netyard.vswitch.stp.Bpdu.Configuration;
import io.netyard.vswitch.stp.Bpdu.Flags;
import java.nio.ByteBuffer;
import java.util.Optional;

/// BPDUs as Ethernet frames (IEEE 802.1D-2004 clause 9.3), in network byte order:
///
/// ```text
///   0  destination 01-80-C2-00-00-00     22  root: priority, address (8)
///   6  source                            30  cost of the path to it (4)
///  12  length from 14 on (2)             34  bridge: priority, address (8)
///  14  LLC 42 42 03                      42  port: priority, number (2)
///  17  protocol 0 (2)                    44  message age, max age, hello time, forward delay
///  19  version: 0 older, 2 rapid             (2 each, in 1/256 s)
///  20  type                              52  rapid only: length of what version 1 adds, 0
///  21  flags
///
///  type    00 configuration, 02 rapid, 80 notification of a change, which ends after it
///  flags   | 7 acknowledged | 6 agreement | 5 forwarding | 4 learning
///          | 3..2 role: 1 alternate or backup, 2 root, 3 designated | 1 proposal | 0 change |
/// ```
final class BpduFrame {
    /// The address that bridges hear alone (IEEE 802.1Q table 8-1).
    static final long GROUP = 0x0180_c200_0000L;

    private static final int LLC = 14;
    private static final int LLC_BRIDGES = 0x42_42_03;
    private static final int LLC_LENGTH = 3;
    private static final int VERSION = 19;
    private static final int TYPE = 20;
    private static final int FLAGS = 21;
    private static final int ROOT = 22;
    private static final int COST = 30;
    private static final int BRIDGE = 34;
    private static final int PORT = 42;
    private static final int TIMES = 44;
    private static final int NOTIFICATION_END = 21;
    private static final int CONFIGURATION_END = 52;
    private static final int RAPID_END = 53;

    private static final int TYPE_CONFIGURATION = 0;
    private static final int TYPE_RAPID = 2;
    private static final int TYPE_NOTIFICATION = 0x80;
    private static final int RAPID_VERSION = 2;

    private static final int CHANGE = 0x01;
    private static final int PROPOSAL = 0x02;
    private static final int ROLE_SHIFT = 2;
    private static final int LEARNING = 0x10;
    private static final int FORWARDING = 0x20;
    private static final int AGREEMENT = 0x40;
    private static final int ACKNOWLEDGED = 0x80;

    private static final int PARTS_OF_SECOND = 256;

    private BpduFrame() {}

    /// Whether a frame for [#GROUP] is a BPDU, good or bad.
    static boolean isBpdu(byte[] frame) {
        return frame.length >= LLC + LLC_LENGTH && llc(frame) == LLC_BRIDGES;
    }

    private static int llc(byte[] frame) {
        return (frame[LLC] & 0xff) << 16 | (frame[LLC + 1] & 0xff) << 8 | frame[LLC + 2] & 0xff;
    }

    /// Reads a frame. Empty if it is none that counts (clause 9.3.4): too short, of another protocol or an
    /// unknown type, or older than it may be. What is behind the fields of its type is ignored.
    static Optional<Bpdu> read(byte[] frame) {
        if (frame.length < NOTIFICATION_END || !isBpdu(frame)) {
            return Optional.empty();
        }
        ByteBuffer bytes = ByteBuffer.wrap(frame);
        int length = LLC + Short.toUnsignedInt(bytes.getShort(EthernetHeader.TYPE));
        boolean isComplete = length <= frame.length;
        if (!isComplete || bytes.getShort(LLC + LLC_LENGTH) != 0) {
            return Optional.empty();
        }
        return switch (frame[TYPE] & 0xff) {
            case TYPE_NOTIFICATION ->
                length >= NOTIFICATION_END ? Optional.of(new ChangeNotification()) : Optional.empty();
            case TYPE_CONFIGURATION -> length >= CONFIGURATION_END ? configuration(bytes, false) : Optional.empty();
            case TYPE_RAPID ->
                length >= RAPID_END && (frame[VERSION] & 0xff) >= RAPID_VERSION
                        ? configuration(bytes, true)
                        : Optional.empty();
            default -> Optional.empty();
        };
    }

    private static Optional<Bpdu> configuration(ByteBuffer bytes, boolean rapid) {
        int messageAge = Short.toUnsignedInt(bytes.getShort(TIMES));
        if (!rapid && messageAge >= Short.toUnsignedInt(bytes.getShort(TIMES + 2))) {
            return Optional.empty();
        }
        PriorityVector priority = new PriorityVector(
                BridgeId.ofBits(bytes.getLong(ROOT)),
                Integer.toUnsignedLong(bytes.getInt(COST)),
                BridgeId.ofBits(bytes.getLong(BRIDGE)),
                Short.toUnsignedInt(bytes.getShort(PORT)));
        Times times = Times.received(
                seconds(bytes, TIMES), seconds(bytes, TIMES + 2), seconds(bytes, TIMES + 6), seconds(bytes, TIMES + 4));
        int flags = bytes.get(FLAGS) & 0xff;
        return Optional.of(new Configuration(rapid, rapid ? rapidFlags(flags) : olderFlags(flags), priority, times));
    }

    private static int seconds(ByteBuffer bytes, int offset) {
        return (Short.toUnsignedInt(bytes.getShort(offset)) + PARTS_OF_SECOND / 2) / PARTS_OF_SECOND;
    }

    private static Flags olderFlags(int flags) {
        boolean change = (flags & CHANGE) != 0;
        boolean acknowledged = (flags & ACKNOWLEDGED) != 0;
        return new Flags(PortRole.DESIGNATED, change, acknowledged, false, false, false, false);
    }

    /// A role that is unknown counts as that of an older bridge (clause 9.2.9).
    private static Flags rapidFlags(int flags) {
        PortRole role = switch (flags >>> ROLE_SHIFT & 3) {
            case 1 -> PortRole.ALTERNATE;
            case 2 -> PortRole.ROOT;
            default -> PortRole.DESIGNATED;
        };
        return new Flags(
                role,
                (flags & CHANGE) != 0,
                (flags & ACKNOWLEDGED) != 0,
                (flags & PROPOSAL) != 0,
                (flags & LEARNING) != 0,
                (flags & FORWARDING) != 0,
                (flags & AGREEMENT) != 0);
    }

    /// Writes a frame, padded to the shortest of Ethernet.
    static byte[] write(Bpdu bpdu, MacAddress source) {
        ByteBuffer bytes = ByteBuffer.allocate(EthernetHeader.SHORTEST_FRAME);
        bytes.putLong(0, GROUP << 16 | source.value() >>> 32);
        bytes.putInt(8, (int) source.value());
        bytes.putInt(LLC, LLC_BRIDGES << 8);
        switch (bpdu) {
            case ChangeNotification _ -> {
                bytes.putShort(EthernetHeader.TYPE, (short) (NOTIFICATION_END - LLC));
                bytes.put(TYPE, (byte) TYPE_NOTIFICATION);
            }
            case Configuration configuration -> write(configuration, bytes);
        }
        return bytes.array();
    }

    private static void write(Configuration configuration, ByteBuffer bytes) {
        boolean rapid = configuration.rapid();
        bytes.putShort(EthernetHeader.TYPE, (short) ((rapid ? RAPID_END : CONFIGURATION_END) - LLC));
        bytes.put(VERSION, (byte) (rapid ? RAPID_VERSION : 0));
        bytes.put(TYPE, (byte) (rapid ? TYPE_RAPID : TYPE_CONFIGURATION));
        bytes.put(FLAGS, (byte) flags(configuration.flags(), rapid));
        PriorityVector priority = configuration.priority();
        bytes.putLong(ROOT, priority.root().bits());
        bytes.putInt(COST, (int) priority.cost());
        bytes.putLong(BRIDGE, priority.bridge().bits());
        bytes.putShort(PORT, (short) priority.port());
        Times times = configuration.times();
        putSeconds(bytes, TIMES, times.messageAge());
        putSeconds(bytes, TIMES + 2, times.maxAge());
        putSeconds(bytes, TIMES + 4, times.hello());
        putSeconds(bytes, TIMES + 6, times.forwardDelay());
    }

    private static void putSeconds(ByteBuffer bytes, int offset, int seconds) {
        bytes.putShort(offset, (short) (seconds * PARTS_OF_SECOND));
    }

    private static int flags(Flags flags, boolean rapid) {
        int older = (flags.change() ? CHANGE : 0) | (flags.acknowledged() ? ACKNOWLEDGED : 0);
        if (!rapid) {
            return older;
        }
        int role = switch (flags.role()) {
            case DISABLED -> 0;
            case ALTERNATE, BACKUP -> 1;
            case ROOT -> 2;
            case DESIGNATED -> 3;
        };
        return older
                | role << ROLE_SHIFT
                | (flags.proposal() ? PROPOSAL : 0)
                | (flags.learning() ? LEARNING : 0)
                | (flags.forwarding() ? FORWARDING : 0)
                | (flags.agreement() ? AGREEMENT : 0);
    }
}
