package io.netyard.topology.plan;

import io.netyard.topology.state.Resource;
import io.netyard.topology.state.Resource.Link;
import io.netyard.topology.state.Resource.LinkEnd;
import io.netyard.topology.state.Resource.Sysctl;
import io.netyard.topology.state.ResourceId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The order in which resources can be made, and in reverse taken away.
///
/// Stages: namespaces; sysctls of whole namespaces; links by depth, a bridge and a veth being 0, a child
/// one more than its parent; then what lies on links. Within a stage the order of the input stays.
final class Ordering {
    private static final int NAMESPACES = 0;
    private static final int NAMESPACE_SYSCTLS = 1;
    private static final int LINKS = 2;

    /// Deeper stacks of parents than this are not told apart; the kernel allows 8 levels.
    private static final int MOST_DEPTH = 9;

    private static final int BRIDGES_AT_DEPTH_0 = LINKS;
    private static final int CONTENT = LINKS + 1 + MOST_DEPTH + 1;
    private static final int STAGES = CONTENT + 4;

    private Ordering() {}

    /// Each resource after those that it needs.
    static List<Resource> usedFirst(Collection<? extends Resource> resources) {
        List<List<Resource>> stages = new ArrayList<>(STAGES);
        for (int stage = 0; stage < STAGES; stage++) {
            stages.add(new ArrayList<>());
        }
        Map<ResourceId, Link> links = new HashMap<>();
        for (Resource resource : resources) {
            if (resource instanceof Link link && link.parent().isPresent()) {
                links.put(link.id(), link);
            }
        }
        for (Resource resource : resources) {
            stages.get(stage(resource, links)).add(resource);
        }
        List<Resource> ordered = new ArrayList<>(resources.size());
        stages.forEach(ordered::addAll);
        return ordered;
    }

    /// Each resource before those that it needs.
    static List<Resource> usersFirst(Collection<? extends Resource> resources) {
        return usedFirst(resources).reversed();
    }

    private static int stage(Resource resource, Map<ResourceId, Link> children) {
        return switch (resource) {
            case Resource.Namespace _ -> NAMESPACES;
            case Sysctl sysctl -> sysctl.interfaceName().isEmpty() ? NAMESPACE_SYSCTLS : CONTENT;
            case Link link -> linkStage(link, children);
            case Resource.BridgeVlan _, Resource.FdbEntry _, Resource.UserSwitch _ -> CONTENT + 1;
            case Resource.Address _, Resource.UserPort _ -> CONTENT + 2;
            case Resource.Route _ -> CONTENT + 3;
        };
    }

    private static int linkStage(Link link, Map<ResourceId, Link> children) {
        if (link.kind() instanceof io.netyard.netlink.route.Bridge) {
            return BRIDGES_AT_DEPTH_0;
        }
        int depth = 0;
        Link at = link;
        while (at != null && at.parent().isPresent() && depth < MOST_DEPTH) {
            depth++;
            at = children.get(new LinkEnd(at.node(), at.parent().get()).id());
        }
        return LINKS + 1 + depth;
    }
}
