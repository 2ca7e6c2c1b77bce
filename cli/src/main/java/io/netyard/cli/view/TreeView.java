package io.netyard.cli.view;

import io.netyard.topology.state.TreeState;
import java.io.PrintWriter;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/// Spanning trees as the bridges of a node see them.
public final class TreeView {
    private final List<TreeState> trees;

    public TreeView(List<TreeState> trees) {
        this.trees = List.copyOf(trees);
    }

    /// Prints who is the root and what each port is.
    public void print(PrintWriter out) {
        for (TreeState tree : trees) {
            out.println();
            out.println("spanning tree of " + tree.name() + " of " + tree.node() + ", bridge " + tree.bridge());
            out.println(
                    tree.rootPort().isEmpty()
                            ? "  it is the root"
                            : "  root " + tree.root() + " by port "
                                    + tree.rootPort().get() + ", cost " + tree.rootCost());
            out.println("  max age " + tree.maxAge() + " s, forward delay " + tree.forwardDelay() + " s, hello "
                    + tree.hello() + " s" + (tree.settled() ? "" : "; it has not settled yet"));
            Table table = new Table("PORT", "ROLE", "STATE", "COST", "DESIGNATED BRIDGE", "PROTOCOL");
            for (TreeState.Port port : tree.ports()) {
                table.row(
                        port.name(),
                        port.role(),
                        port.state(),
                        String.valueOf(port.cost()),
                        port.designatedBridge(),
                        port.protocol());
            }
            table.print(out);
        }
    }

    /// Writes `"trees": […]`.
    public void write(JsonGenerator json) {
        JsonView.objects(json, "trees", trees, tree -> {
            json.writeStringProperty("node", tree.node());
            json.writeStringProperty("name", tree.name());
            json.writeStringProperty("bridge", tree.bridge());
            json.writeStringProperty("root", tree.root());
            json.writeNumberProperty("root-cost", tree.rootCost());
            tree.rootPort().ifPresent(port -> json.writeStringProperty("root-port", port));
            json.writeNumberProperty("max-age", tree.maxAge());
            json.writeNumberProperty("forward-delay", tree.forwardDelay());
            json.writeNumberProperty("hello", tree.hello());
            json.writeBooleanProperty("settled", tree.settled());
            JsonView.objects(json, "ports", tree.ports(), port -> write(port, json));
        });
    }

    private static void write(TreeState.Port port, JsonGenerator json) {
        json.writeStringProperty("name", port.name());
        json.writeStringProperty("role", port.role());
        json.writeStringProperty("state", port.state());
        json.writeNumberProperty("cost", port.cost());
        json.writeStringProperty("designated-bridge", port.designatedBridge());
        json.writeStringProperty("protocol", port.protocol());
    }
}
