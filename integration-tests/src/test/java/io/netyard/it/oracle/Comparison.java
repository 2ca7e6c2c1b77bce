package io.netyard.it.oracle;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What two switches did with a frame.
///
/// @param oracle the other switch
/// @param frame the frame
/// @param roles of the ports
/// @param lessons the frames from which the switches could learn before
/// @param ours for each copy the port and the octets
/// @param theirs the same of the oracle
record Comparison(
        Oracle oracle,
        TestFrame frame,
        List<PortRole> roles,
        List<TestFrame> lessons,
        List<String> ours,
        List<String> theirs) {
    Comparison {
        lessons = lessons.stream()
                .filter(lesson -> lesson.source() == frame.destination())
                .toList();
    }

    boolean isSame() {
        return ours.equals(theirs);
    }

    /// Whether there is no difference, or one that may be.
    boolean isExplained() {
        return isSame() || divergence().isPresent();
    }

    /// The clause by which they may differ.
    Optional<Divergence> divergence() {
        return Stream.of(Divergence.values())
                .filter(each -> each.concerns(oracle) && each.explains(this))
                .findFirst();
    }

    /// The role of the port that the frame came in by.
    PortRole ingress() {
        return roles.get(frame.port());
    }

    /// The role of the port that a copy left by.
    PortRole egress(String copy) {
        return roles.get(copy.charAt(1) - '0');
    }

    /// Everything, to find out why.
    String describe() {
        return frame + "\n  roles   " + roles + "\n  learned " + lessons + "\n  ours    " + shortened(ours)
                + "\n  theirs  " + shortened(theirs);
    }

    private static List<String> shortened(List<String> outcome) {
        return outcome.stream()
                .map(each -> (each.length() - 3) / 2 + " " + each.substring(0, Math.min(75, each.length())))
                .toList();
    }
}
