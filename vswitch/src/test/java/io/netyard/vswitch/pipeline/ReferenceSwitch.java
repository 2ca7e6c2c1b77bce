package io.netyard.vswitch.pipeline;

import io.netyard.net.VlanId;
import io.netyard.vlan.FrameTypes;
import io.netyard.vlan.PortVlans;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Optional;

/// The switch that one would write for clarity alone: maps, copies, exceptions. It is what the real one is
/// compared with. Clauses are those of IEEE 802.1Q-2022.
final class ReferenceSwitch {
    record Sent(String port, byte[] frame) {}

    record Station(int vid, long mac) {}

    record Place(String port, long second) {}

    /// An outer tag taken apart.
    record Tag(int priority, int vid) {}

    static final class Dropped extends Exception {
        private static final long serialVersionUID = 1;
        final DropReason reason;

        Dropped(DropReason reason) {
            this.reason = reason;
        }
    }

    final Map<String, PortSettings> ports = new LinkedHashMap<>();
    final Map<Station, Place> table = new HashMap<>();
    int ageing = 300;
    int forwardedReserved;

    /// Where a frame goes to, if it is not dropped.
    List<Sent> receive(String from, byte[] frame, long second) throws Dropped {
        PortSettings port = ports.get(from);
        require(frame.length >= 14, DropReason.RUNT);
        Optional<Tag> tag = tag(frame, port.vlans().tpid());
        byte[] untagged = tag.isPresent() ? join(head(frame), Arrays.copyOfRange(frame, 16, frame.length)) : frame;
        int vid = classify(port.vlans(), tag);

        long source = number(frame, 6, 6);
        require(source != 0 && (frame[6] & 1) == 0, DropReason.INVALID_SOURCE);
        require(port.state() != PortState.DISCARDING, DropReason.NOT_FORWARDING);
        table.put(new Station(vid, source), new Place(from, second));
        require(port.state() == PortState.FORWARDING, DropReason.NOT_FORWARDING);

        long destination = number(frame, 0, 6);
        boolean isReserved = destination >> 4 == 0x0180c200000L;
        require(!isReserved || (forwardedReserved >> (destination & 15) & 1) == 1, DropReason.RESERVED_ADDRESS);
        Place place = table.get(new Station(vid, destination));
        boolean isKnown = place != null && second - place.second < ageing;
        if (isKnown) {
            PortSettings to = ports.get(place.port);
            require(!place.port.equals(from), DropReason.SAME_PORT);
            require(to.state() == PortState.FORWARDING, DropReason.NOT_FORWARDING);
            require(to.vlans().members().contains(vid), DropReason.EGRESS_NOT_A_MEMBER);
            require(!port.isolated() || !to.isolated(), DropReason.ISOLATED);
            require(!sameMesh(port, to), DropReason.SPLIT_HORIZON);
            return List.of(new Sent(place.port, leave(to.vlans(), vid, tag, untagged)));
        }
        List<Sent> flooded = ports.entrySet().stream()
                .filter(to -> !to.getKey().equals(from))
                .filter(to -> to.getValue().state() == PortState.FORWARDING)
                .filter(to -> to.getValue().vlans().members().contains(vid))
                .filter(to -> !(port.isolated() && to.getValue().isolated()))
                .filter(to -> !sameMesh(port, to.getValue()))
                .map(to -> new Sent(to.getKey(), leave(to.getValue().vlans(), vid, tag, untagged)))
                .toList();
        require(!flooded.isEmpty(), DropReason.NO_OTHER_PORT);
        return flooded;
    }

    private static Optional<Tag> tag(byte[] frame, int tpid) throws Dropped {
        if (number(frame, 12, 2) != tpid) {
            return Optional.empty();
        }
        require(frame.length >= 18, DropReason.TRUNCATED_TAG);
        int tci = (int) number(frame, 14, 2);
        return Optional.of(new Tag(tci & 0xf000, tci & 0xfff));
    }

    /// Clauses 6.9 and 8.6.2.
    private static int classify(PortVlans vlans, Optional<Tag> tag) throws Dropped {
        int vid = tag.map(Tag::vid).orElse(0);
        require(vid != 4095, DropReason.RESERVED_VID);
        if (vid == 0) {
            require(
                    vlans.frameTypes() != FrameTypes.TAGGED && vlans.pvid().isPresent(),
                    DropReason.UNTAGGED_NOT_ADMITTED);
            vid = vlans.pvid().get().value();
        } else {
            require(vlans.frameTypes() != FrameTypes.UNTAGGED, DropReason.TAGGED_NOT_ADMITTED);
            VlanId outside = new VlanId(vid);
            vid = vlans.translation().getOrDefault(outside, outside).value();
        }
        require(!vlans.ingressFiltering() || vlans.members().contains(vid), DropReason.NOT_A_MEMBER);
        return vid;
    }

    /// Clauses 8.6.4 and 6.9.
    private static byte[] leave(PortVlans vlans, int vid, Optional<Tag> tag, byte[] untagged) {
        if (vlans.untagged().contains(vid)) {
            return untagged;
        }
        int outside = vlans.translation().entrySet().stream()
                .filter(entry -> entry.getValue().value() == vid)
                .map(Entry::getKey)
                .mapToInt(VlanId::value)
                .findAny()
                .orElse(vid);
        int tci = tag.map(Tag::priority).orElse(0) | outside;
        byte[] bytes = {(byte) (vlans.tpid() >> 8), (byte) vlans.tpid(), (byte) (tci >> 8), (byte) tci};
        return join(head(untagged), bytes, Arrays.copyOfRange(untagged, 12, untagged.length));
    }

    private static boolean sameMesh(PortSettings one, PortSettings other) {
        return one.splitHorizon() != 0 && one.splitHorizon() == other.splitHorizon();
    }

    private static byte[] head(byte[] frame) {
        return Arrays.copyOf(frame, 12);
    }

    static byte[] join(byte[]... parts) {
        byte[] joined = new byte[0];
        for (byte[] part : parts) {
            int at = joined.length;
            joined = Arrays.copyOf(joined, at + part.length);
            System.arraycopy(part, 0, joined, at, part.length);
        }
        return joined;
    }

    private static long number(byte[] bytes, int from, int length) {
        long number = 0;
        for (int at = from; at < from + length; at++) {
            number = number << 8 | bytes[at] & 0xff;
        }
        return number;
    }

    private static void require(boolean condition, DropReason otherwise) throws Dropped {
        if (!condition) {
            throw new Dropped(otherwise);
        }
    }
}
