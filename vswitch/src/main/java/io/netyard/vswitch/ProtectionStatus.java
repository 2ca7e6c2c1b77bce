package io.netyard.vswitch;

import io.netyard.vswitch.loop.LoopDetector;
import io.netyard.vswitch.stp.TreeStatus;
import java.util.Map;
import java.util.Optional;

/// What keeps frames from going in circles, and what it found.
///
/// @param tree the spanning tree, if there is one
/// @param treePorts its ports by name
/// @param loops ports that are or were blocked because of a loop, by name
/// @param isSettled whether every port forwards or is blocked for good, as far as this switch can tell
public record ProtectionStatus(
        Optional<TreeStatus> tree,
        Map<String, TreeStatus.Port> treePorts,
        Map<String, LoopDetector.PortStatus> loops,
        boolean isSettled) {
    static final ProtectionStatus NONE = new ProtectionStatus(Optional.empty(), Map.of(), Map.of(), true);

    public ProtectionStatus {
        treePorts = Map.copyOf(treePorts);
        loops = Map.copyOf(loops);
    }
}
