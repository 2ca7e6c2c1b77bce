package io.netyard.vswitch.pipeline;

import io.netyard.net.MacAddress;
import io.netyard.net.VlanId;
import io.netyard.vlan.VlanTag;
import io.netyard.vswitch.mac.Learning;
import java.util.List;
import java.util.Optional;

/// What a switch did with one frame, and why.
///
/// @param number counts the frames that were logged, from 1
/// @param port where it came in
/// @param length its bytes, without a tag that the device took out
/// @param source from whom; none if it is too short to tell, as below
/// @param destination to whom
/// @param tag its outer tag, see [VlanTag]
/// @param vlan the VLAN that it belongs to; none if it was dropped before that was known, or in a hub
/// @param learning what became of its source address
/// @param lookUp what looking its destination up came to
/// @param sent where it went to, in that order; a port that cannot take it may still drop it
/// @param dropped why it went nowhere
public record Decision(
        long number,
        String port,
        int length,
        Optional<MacAddress> source,
        Optional<MacAddress> destination,
        int tag,
        Optional<VlanId> vlan,
        Optional<Learning> learning,
        Optional<Destination> lookUp,
        List<Sent> sent,
        Optional<DropReason> dropped) {

    /// A port that the frame was sent to.
    ///
    /// @param port its name
    /// @param tag the outer tag that the frame left with, or [VlanTag#NONE]
    public record Sent(String port, int tag) {}

    /// One line: `7 p1 02:00:00:00:00:01 > ff:ff:ff:ff:ff:ff 60 bytes, untagged, vlan 10, source new;
    /// everybody, flooded; p2 untagged, p9 802.1Q vlan 10`.
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        text.append(number).append(' ').append(port).append(' ');
        source.ifPresent(from -> text.append(from).append(" > "));
        destination.ifPresent(to -> text.append(to).append(' '));
        text.append(length).append(" bytes, ").append(tagText(tag));
        vlan.ifPresent(id -> text.append(", vlan ").append(id));
        learning.ifPresent(what -> text.append(", source ").append(learningText(what)));
        lookUp.ifPresent(what -> text.append("; ").append(what.text()));
        String separator = "; ";
        for (Sent each : sent) {
            text.append(separator).append(each.port()).append(' ').append(tagText(each.tag()));
            separator = ", ";
        }
        dropped.ifPresent(why -> text.append("; dropped: ").append(why.text()));
        return text.toString();
    }

    private static String tagText(int tag) {
        return tag == VlanTag.NONE ? "untagged" : VlanTag.toString(tag);
    }

    private static String learningText(Learning learning) {
        return switch (learning) {
            case NEW -> "new";
            case KNOWN -> "known";
            case MOVED -> "moved";
            case STATIC -> "static";
            case REFUSED -> "not learned: the table is full";
        };
    }
}
