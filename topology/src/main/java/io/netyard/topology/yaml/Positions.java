package io.netyard.topology.yaml;

import io.netyard.topology.model.CableEnd;
import io.netyard.topology.model.Diagnostic.Position;
import io.netyard.topology.model.NodeName;
import java.util.HashMap;
import java.util.Map;

/// Where the pieces of a topology stand in its file.
final class Positions {
    private final Map<Object, Position> positions = new HashMap<>();
    private final Position start;

    Positions(Position start) {
        this.start = start;
    }

    /// What a position is of, where no value of the model names it.
    record Place(NodeName node, String kind, String key) {}

    void put(Object what, Position position) {
        positions.putIfAbsent(what, position);
    }

    /// The position of something; the start of the file if it is not known.
    Position of(Object what) {
        return positions.getOrDefault(what, start);
    }

    /// The position of an interface: where it is listed, else where its cable is, else its node.
    Position of(CableEnd end) {
        Position listed = positions.get(end);
        return listed != null ? listed : of(end.node());
    }
}
