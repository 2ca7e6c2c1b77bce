package io.netyard.vswitch.snooping;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;

/// Snooping as one would write it for clarity alone: maps and times. What frames say is told it in words,
/// so that it has no parser either.
final class ReferenceSnooping {
    private record Group(int vid, String address) {}

    private record Family(int vid, boolean isIpv6) {}

    private record Querier(long until, long answered) {}

    private final Map<Group, Map<Integer, Long>> members = new HashMap<>();
    private final Map<Family, Map<Integer, Long>> routers = new HashMap<>();
    private final Map<Family, Querier> queriers = new HashMap<>();
    long now;

    private static Family family(int vid, String address) {
        return new Family(vid, address.contains(":"));
    }

    private static boolean isLinkLocal(String group) {
        return group.startsWith("224.0.0.") || group.startsWith("ff02:");
    }

    /// @param group 0.0.0.0 or :: for a general one
    String query(int vid, int port, String group, int responseTime, boolean endsMemberships) {
        Family family = family(vid, group);
        router(family, port);
        boolean isPresent = queriers.containsKey(family) && queriers.get(family).until > now;
        long answered = isPresent ? queriers.get(family).answered : now + responseTime;
        if (isPresent || group.equals("0.0.0.0") || group.equals("::")) {
            queriers.put(family, new Querier(now + 255_000, answered));
        }
        if (endsMemberships) {
            members.getOrDefault(new Group(vid, group), new HashMap<>())
                    .replaceAll((_, end) -> Math.min(end, now + 2L * responseTime));
        }
        return "QUERY";
    }

    String hello(int vid, int port, boolean isIpv6) {
        router(new Family(vid, isIpv6), port);
        return "FLOOD";
    }

    private void router(Family family, int port) {
        routers.computeIfAbsent(family, _ -> new HashMap<>()).put(port, now + 255_000);
    }

    String join(int vid, int port, String group) {
        if (!isLinkLocal(group)) {
            members.computeIfAbsent(new Group(vid, group), _ -> new HashMap<>()).put(port, now + 260_000);
        }
        return report(family(vid, group));
    }

    String leave(int vid, String group) {
        return report(family(vid, group));
    }

    private String report(Family family) {
        return isNarrow(family) ? "REPORT" + list(present(routers.get(family))) : "FLOOD";
    }

    String data(int vid, String group) {
        Family family = family(vid, group);
        if (isLinkLocal(group) || !isNarrow(family)) {
            return "FLOOD";
        }
        TreeSet<Integer> to = present(members.get(new Group(vid, group)));
        String verdict = to.isEmpty() ? "UNREGISTERED" : "MEMBERS";
        to.addAll(present(routers.get(family)));
        return verdict + list(to);
    }

    private boolean isNarrow(Family family) {
        Querier querier = queriers.get(family);
        return querier != null && querier.until > now && querier.answered <= now;
    }

    private TreeSet<Integer> present(Map<Integer, Long> ends) {
        TreeSet<Integer> present = new TreeSet<>();
        if (ends != null) {
            ends.forEach((port, end) -> {
                if (end > now) {
                    present.add(port);
                }
            });
        }
        return present;
    }

    private static String list(TreeSet<Integer> ports) {
        StringBuilder text = new StringBuilder();
        ports.forEach(port -> text.append(' ').append(port));
        return text.toString();
    }
}
