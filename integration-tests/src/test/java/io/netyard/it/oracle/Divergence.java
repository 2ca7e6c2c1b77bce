package io.netyard.it.oracle;

import static io.netyard.it.oracle.Oracle.BRIDGE;
import static io.netyard.it.oracle.Oracle.OPEN_VSWITCH;

import io.netyard.vlan.VlanTag;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/// Where a switch may do something else than Netyard's, and the clause of IEEE 802.1Q-2022 that allows or
/// asks for what Netyard does. Decision 10 has the same cases in a table.
enum Divergence {
    /// The bridge knows no ports that admit untagged frames alone.
    OWN_TAG_ON_ACCESS_PORT("access port receives a frame tagged with its own VLAN", "6.9", BRIDGE) {
        @Override
        boolean explains(Comparison comparison) {
            return isOwnTag(comparison.frame(), comparison.ingress());
        }
    },

    /// What it learned from those.
    LEARNED_FROM_OWN_TAG("address learned from a frame that is discarded here", "8.7", BRIDGE) {
        @Override
        boolean explains(Comparison comparison) {
            return comparison.lessons().stream()
                    .anyMatch(lesson -> isOwnTag(lesson, comparison.roles().get(lesson.port())));
        }
    },

    /// The bridge sends 00 on while it has no spanning tree of its own, and between service tags what table
    /// 8-2 leaves to customers.
    RESERVED_ADDRESS("01-80-C2-00-00-00 to 0F", "8.6.3", BRIDGE) {
        @Override
        boolean explains(Comparison comparison) {
            int forwarded = comparison.ingress().isService() ? FORWARDED_BY_PROVIDERS : 1;
            return isReserved(comparison.frame())
                    && (forwarded >> (comparison.frame().destination() & 0xf) & 1) == 1;
        }
    },

    /// The bridge looks at nothing else of a frame that asks for a pause.
    LEARNED_FROM_PAUSE("address learned from such a frame", "8.6", BRIDGE) {
        @Override
        boolean explains(Comparison comparison) {
            return comparison.lessons().stream().anyMatch(lesson -> lesson.destination() == RESERVED + 1);
        }
    },

    /// The bridge allows for a tag whether there is one or not.
    BEYOND_MTU("frame longer than the MTU of the port that it leaves by", "6.5.8", BRIDGE) {
        @Override
        boolean explains(Comparison comparison) {
            return comparison.theirs().containsAll(comparison.ours())
                    && comparison.theirs().stream()
                            .filter(copy -> !comparison.ours().contains(copy))
                            .allMatch(copy -> (copy.length() - 3) / 2 > mtu(copy) + 14);
        }
    },

    /// Open vSwitch takes customer and service tags for the same.
    OTHER_TYPE_OF_TAG("tag of another type than the port's", "6.9", OPEN_VSWITCH) {
        @Override
        boolean explains(Comparison comparison) {
            return isOfOtherType(comparison.frame(), comparison.ingress());
        }
    },

    /// Open vSwitch loses one of them, or both.
    PRIORITY_TAG_AMONG_TWO("one of two tags is a priority tag", "6.9", OPEN_VSWITCH) {
        @Override
        boolean explains(Comparison comparison) {
            List<Integer> tags = comparison.frame().tags();
            return tags.size() > 1
                    && tags.subList(0, 2).stream().anyMatch(tag -> VlanTag.vid(tag) == VlanTag.PRIORITY_VID);
        }
    },

    /// Open vSwitch takes both tags away from a frame for a known station, and floods no such frame there.
    TAG_LEFT_ON_ACCESS_PORT("frame with a second tag leaves by an access port", "8.6.4", OPEN_VSWITCH) {
        @Override
        boolean explains(Comparison comparison) {
            List<String> ours = elsewhere(comparison, comparison.ours());
            return comparison.frame().tags().size() > 1
                    && ours.size() < comparison.ours().size()
                    && isSameButDropEligible(ours, elsewhere(comparison, comparison.theirs()));
        }

        private List<String> elsewhere(Comparison comparison, List<String> copies) {
            return copies.stream()
                    .filter(copy -> !(comparison.egress(copy) instanceof PortRole.Access))
                    .toList();
        }
    },

    /// Open vSwitch takes it for a tag of the customer's.
    SERVICE_TAG_ON_TUNNEL("customer sends a service tag", "15.3", OPEN_VSWITCH) {
        @Override
        boolean explains(Comparison comparison) {
            return isServiceTagOnTunnel(comparison.frame(), comparison.ingress());
        }
    },

    /// A packet socket sends one customer tag more than the MTU allows, and no other; Netyard's TAP port
    /// does.
    TAGS_BEYOND_MTU("full frame leaves with a service tag or with two tags", "6.5.8", OPEN_VSWITCH, BRIDGE) {
        @Override
        boolean explains(Comparison comparison) {
            List<String> shorter = comparison.ours().stream()
                    .filter(copy -> !isBeyondMtu(copy))
                    .toList();
            return shorter.size() < comparison.ours().size() && isSameButDropEligible(shorter, comparison.theirs());
        }
    },

    /// Open vSwitch looks at the destination before it learns.
    LEARNED_FROM_RESERVED("address learned from such a frame", "8.6", OPEN_VSWITCH) {
        @Override
        boolean explains(Comparison comparison) {
            return comparison.lessons().stream().anyMatch(Divergence::isReserved);
        }
    },

    /// As it was classified, so it was learned.
    LEARNED_IN_ANOTHER_VLAN("address learned from a frame with such a tag", "8.7", OPEN_VSWITCH) {
        @Override
        boolean explains(Comparison comparison) {
            return comparison.lessons().stream().anyMatch(lesson -> {
                PortRole ingress = comparison.roles().get(lesson.port());
                return isOfOtherType(lesson, ingress) || isServiceTagOnTunnel(lesson, ingress);
            });
        }
    },

    /// Open vSwitch has another use for the bit.
    DROP_ELIGIBLE("drop eligible indicator of a frame that leaves tagged", "6.9.3", OPEN_VSWITCH) {
        @Override
        boolean explains(Comparison comparison) {
            return VlanTag.dei(comparison.frame().outerTag()) == 1
                    && isSameButDropEligible(comparison.ours(), comparison.theirs());
        }
    },

    /// Open vSwitch sends such frames on and does not learn from them.
    SOURCE_OF_NO_STATION("source is a group address or zero", "8.7", OPEN_VSWITCH) {
        @Override
        boolean explains(Comparison comparison) {
            long source = comparison.frame().source();
            return source == 0 || (source >>> 40 & 1) == 1;
        }
    };

    private static boolean isReserved(TestFrame frame) {
        return frame.destination() >>> 4 == RESERVED >>> 4;
    }

    private static boolean isOwnTag(TestFrame frame, PortRole ingress) {
        int tag = frame.outerTag();
        return ingress.trunked().isEmpty()
                && VlanTag.tpid(tag) == ingress.rules().tpid()
                && ingress.untagged().stream().anyMatch(own -> own.value() == VlanTag.vid(tag));
    }

    private static boolean isOfOtherType(TestFrame frame, PortRole ingress) {
        int type = VlanTag.tpid(frame.outerTag());
        return (type == VlanTag.C_TAG || type == VlanTag.S_TAG)
                && type != ingress.rules().tpid();
    }

    private static boolean isServiceTagOnTunnel(TestFrame frame, PortRole ingress) {
        return ingress instanceof PortRole.Tunnel && VlanTag.tpid(frame.outerTag()) == VlanTag.S_TAG;
    }

    private static boolean isBeyondMtu(String copy) {
        int octets = (copy.length() - 3) / 2;
        boolean isCustomers = copy.startsWith("8100", TYPE_AT);
        return octets > mtu(copy) + 14 + (isCustomers ? VlanTag.LENGTH : 0);
    }

    private static int mtu(String copy) {
        return SideBySide.MTUS.get(copy.charAt(1) - '0');
    }

    private static boolean isSameButDropEligible(List<String> ours, List<String> theirs) {
        return ours.size() == theirs.size()
                && IntStream.range(0, ours.size())
                        .allMatch(at -> ours.get(at).equals(theirs.get(at))
                                || withoutDropEligible(ours.get(at)).equals(theirs.get(at)));
    }

    /// With the bit cleared in the outer tag of `PORT HEX`.
    private static String withoutDropEligible(String outcome) {
        if (!outcome.startsWith("8100", TYPE_AT) && !outcome.startsWith("88a8", TYPE_AT)) {
            return outcome;
        }
        int at = TYPE_AT + 4;
        int digit = Character.digit(outcome.charAt(at), 16) & ~1;
        return outcome.substring(0, at) + Character.forDigit(digit, 16) + outcome.substring(at + 1);
    }

    /// Where the type of the outer tag stands in `pN HEX`.
    private static final int TYPE_AT = 3 + 24;

    /// 00, 0B, 0C, 0D and 0F, which are not in table 8-2.
    private static final int FORWARDED_BY_PROVIDERS = 0xb801;

    private static final long RESERVED = 0x0180_c200_0000L;

    private final String situation;
    private final String clause;
    private final Set<Oracle> oracles;

    Divergence(String situation, String clause, Oracle... oracles) {
        this.situation = situation;
        this.clause = clause;
        this.oracles = Set.of(oracles);
    }

    /// The first cell of its row in decision 10.
    String situation() {
        return situation;
    }

    /// The last cell.
    String clause() {
        return clause;
    }

    boolean concerns(Oracle oracle) {
        return oracles.contains(oracle);
    }

    /// Whether a frame is of the kind that may be treated differently.
    abstract boolean explains(Comparison comparison);
}
