package io.netyard.it.oracle;

import io.netyard.net.VlanId;
import io.netyard.vlan.VlanTag;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.IntStream;

/// Roles of ports and frames, as a seed gives them.
///
/// Frames come in lessons and questions. Within a lesson, each station speaks once and to nobody whose
/// place is being learned; the askers of questions are never spoken to. So the order in which a switch
/// takes the frames of one lesson, or of one set of questions, does not matter.
final class RandomTraffic {
    /// Stations that speak in each lesson.
    static final int STATIONS = 12;

    private static final long STATION = 0x0200_0000_0100L;
    private static final long ASKER = 0x02fe_0000_0000L;
    private static final long UNKNOWN = 0x02ff_0000_0000L;
    private static final long BROADCAST = 0xffff_ffff_ffffL;
    private static final long[] GROUPS = {
        BROADCAST, 0x0100_5e01_0203L, 0x3333_0000_0102L, 0x0180_c200_0010L, 0x0180_c200_0021L, 0x0300_0000_0001L
    };
    private static final long RESERVED = 0x0180_c200_0000L;
    private static final int[] VIDS = {1, 10, 20, 30, 4094};
    private static final int[] TYPES = {VlanTag.C_TAG, VlanTag.S_TAG, VlanTag.QINQ_9100, VlanTag.QINQ_9200};
    private static final int[] ETHER_TYPES = {0x88b5, 0x0800, 0x86dd, 0x0806, 0x88cc, 0x0040, 0x9999};
    private static final int[] SIZES = {10, 20, 45, 46, 47, 64, 300, 1000, 1398, 1402};
    private static final int HEADER = 14;

    private final Random random;
    private final List<Integer> mtus;
    private int frames;
    private List<PortRole> roles = List.of();

    /// @param mtus of the ports, in bytes
    RandomTraffic(long seed, List<Integer> mtus) {
        this.random = new Random(seed);
        this.mtus = mtus;
    }

    /// A role for each port, for what follows.
    List<PortRole> nextRoles() {
        boolean service = random.nextInt(4) == 0;
        roles = mtus.stream().map(_ -> service ? serviceRole() : role()).toList();
        return roles;
    }

    /// The same for switches that know no VLANs.
    List<PortRole> nextPlainRoles() {
        roles = mtus.stream().<PortRole>map(_ -> new PortRole.Plain()).toList();
        return roles;
    }

    private PortRole role() {
        return switch (random.nextInt(5)) {
            case 0, 1 -> new PortRole.Access(vlan());
            case 2 -> new PortRole.Trunk(vlans());
            case 3 -> new PortRole.NativeTagged(vlans(), vlan());
            default -> new PortRole.NativeUntagged(vlans(), vlan());
        };
    }

    private PortRole serviceRole() {
        return random.nextInt(5) < 3 ? new PortRole.Tunnel(vlan()) : new PortRole.ServiceTrunk(vlans());
    }

    /// Few VLANs, so that ports meet.
    private VlanId vlan() {
        return new VlanId(VIDS[random.nextInt(random.nextBoolean() ? 2 : VIDS.length)]);
    }

    private SortedSet<VlanId> vlans() {
        return new TreeSet<>(List.of(vlan(), vlan(), vlan()));
    }

    /// A frame of each station, at random ports and in random order, to groups and strangers.
    List<TestFrame> lesson() {
        List<Integer> stations =
                new ArrayList<>(IntStream.range(0, STATIONS).boxed().toList());
        Collections.shuffle(stations, random);
        return stations.stream()
                .map(station -> frame(STATION + station, destinationOfALesson()))
                .toList();
    }

    private long destinationOfALesson() {
        return switch (random.nextInt(12)) {
            case 0 -> reserved();
            case 1, 2, 3 -> UNKNOWN + random.nextInt(3);
            default -> group();
        };
    }

    /// Frames of all kinds.
    List<TestFrame> questions(int count) {
        return IntStream.range(0, count)
                .mapToObj(_ -> frame(asker(), destination()))
                .toList();
    }

    private long asker() {
        return switch (random.nextInt(20)) {
            case 0 -> 0;
            case 1 -> 0x0300_0000_0005L;
            default -> ASKER + frames;
        };
    }

    private long destination() {
        return switch (random.nextInt(16)) {
            case 0 -> reserved();
            case 1 -> UNKNOWN + random.nextInt(3);
            case 2, 3, 4 -> group();
            default -> STATION + random.nextInt(STATIONS);
        };
    }

    private long group() {
        return GROUPS[random.nextInt(GROUPS.length)];
    }

    private long reserved() {
        return RESERVED + random.nextInt(16);
    }

    private TestFrame frame(long source, long destination) {
        int port = random.nextInt(roles.size());
        List<Integer> tags = random.nextInt(3) > 0 ? fittingTags(roles.get(port)) : anyTags();
        int room = mtus.get(port) - tagsThatCount(tags) * VlanTag.LENGTH;
        int size = random.nextInt(4) == 0 ? room - random.nextInt(12) : SIZES[random.nextInt(SIZES.length)];
        int payload = Math.min(size, room);
        ByteBuffer frame = ByteBuffer.allocate(HEADER + tags.size() * VlanTag.LENGTH + payload);
        frame.putShort((short) (destination >> 32)).putInt((int) destination);
        frame.putShort((short) (source >> 32)).putInt((int) source);
        tags.forEach(frame::putInt);
        frame.putShort((short) ETHER_TYPES[random.nextInt(ETHER_TYPES.length)]);
        TestFrame.mark(frame, ++frames);
        byte[] rest = new byte[frame.remaining()];
        random.nextBytes(rest);
        frame.put(rest);
        return new TestFrame(frames, port, frame.array());
    }

    /// The kernel lets a packet socket send one customer tag more than the MTU of a device allows.
    private static int tagsThatCount(List<Integer> tags) {
        boolean oneIsFree = !tags.isEmpty() && VlanTag.tpid(tags.getFirst()) == VlanTag.C_TAG;
        return tags.size() - (oneIsFree ? 1 : 0);
    }

    /// Such as the port takes.
    private List<Integer> fittingTags(PortRole role) {
        List<Integer> tags = new ArrayList<>();
        int type = role.isService() ? VlanTag.S_TAG : VlanTag.C_TAG;
        List<VlanId> trunked = List.copyOf(role.trunked());
        boolean untagged = role.untagged().isPresent() && (trunked.isEmpty() || random.nextBoolean());
        if (!untagged) {
            tags.add(tag(type, trunked.get(random.nextInt(trunked.size())).value()));
        } else if (random.nextInt(4) == 0) {
            tags.add(tag(type, VlanTag.PRIORITY_VID));
        }
        if (random.nextInt(4) == 0) {
            tags.add(tag(VlanTag.C_TAG, VIDS[random.nextInt(VIDS.length)]));
        }
        return tags;
    }

    private List<Integer> anyTags() {
        List<Integer> tags = new ArrayList<>();
        for (int count = random.nextInt(4); count > 0; count--) {
            int vid = switch (random.nextInt(8)) {
                case 0 -> VlanTag.PRIORITY_VID;
                case 1 -> VlanTag.RESERVED_VID;
                default -> VIDS[random.nextInt(VIDS.length)];
            };
            tags.add(tag(TYPES[random.nextInt(random.nextBoolean() ? 1 : TYPES.length)], vid));
        }
        return tags;
    }

    private int tag(int type, int vid) {
        return VlanTag.of(type, random.nextInt(8), random.nextInt(4) == 0 ? 1 : 0, vid);
    }
}
