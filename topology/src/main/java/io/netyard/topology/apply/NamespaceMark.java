package io.netyard.topology.apply;

import io.netyard.linux.LinuxException;
import io.netyard.linux.NetworkNamespace;
import io.netyard.net.InterfaceName;
import io.netyard.netlink.NetlinkException;
import io.netyard.netlink.message.Attributes;
import io.netyard.netlink.route.LinkAttributes;
import io.netyard.netlink.route.RouteClient;
import io.netyard.netlink.route.RouteRequest;
import io.netyard.topology.compile.LabIdentity;
import io.netyard.topology.model.LabName;
import java.nio.file.Path;
import java.util.Optional;

/// What every namespace of ours carries from before it has a name, so that it is known without a record:
/// the alias of its loopback device, `netyard LAB NODE FOLDER`.
///
/// @param lab the lab's name
/// @param node the node's
/// @param run where labs of its kind have their folders, an absolute path
record NamespaceMark(String lab, String node, Path run) {
    /// The longest path of a run folder, in bytes: an alias has at most 255 (`IFALIASZ`), of which the
    /// names of lab and node may take 55.
    static final int LONGEST_RUN = 190;

    private static final InterfaceName LOOPBACK = new InterfaceName("lo");
    private static final int LOOPBACK_INDEX = 1;
    private static final int WORDS = 4;

    /// Marks a namespace.
    void put(RouteClient client) {
        set(client, "netyard " + lab + " " + node + " " + run);
    }

    /// Takes the mark away.
    static void remove(RouteClient client) {
        set(client, "");
    }

    private static void set(RouteClient client, String alias) {
        client.execute(
                RouteRequest.SetLink.attributes(LOOPBACK_INDEX, Attributes.EMPTY.with(LinkAttributes.IFALIAS, alias)));
    }

    /// The mark that a namespace carries; empty if it carries none.
    static Optional<NamespaceMark> of(NetworkNamespace namespace) {
        try (RouteClient client = RouteClient.in(namespace)) {
            return read(client);
        } catch (LinuxException failure) {
            if (failure.errno().isShortage()) {
                throw failure;
            }
            // It is going, or we may not look: then nothing is known of it.
            return Optional.empty();
        } catch (NetlinkException _) {
            return Optional.empty();
        }
    }

    private static Optional<NamespaceMark> read(RouteClient client) {
        return client.link(LOOPBACK)
                .flatMap(link -> link.attributes().get(LinkAttributes.IFALIAS))
                .map(alias -> alias.split(" ", WORDS))
                .filter(words -> words.length == WORDS && words[0].equals("netyard") && LabName.isValid(words[1]))
                .map(words -> new NamespaceMark(words[1], words[2], Path.of(words[3])));
    }

    private boolean isOfSameNode(NamespaceMark other) {
        return lab.equals(other.lab) && node.equals(other.node);
    }

    /// Whether a namespace carries the mark of this node, or at least interfaces with the number of this
    /// lab.
    boolean isIn(RouteClient client) {
        int group = LabIdentity.group(lab);
        return read(client).filter(this::isOfSameNode).isPresent()
                || client.links().stream()
                        .anyMatch(link -> link.attributes()
                                .get(LinkAttributes.GROUP)
                                .filter(number -> number == group)
                                .isPresent());
    }
}
