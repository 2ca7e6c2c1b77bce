/// Topology files: YAML text → [io.netyard.topology.model.Topology], or all diagnostics at once.
///
/// The text becomes a located tree ([YamlTree]); ranges in it are expanded ([Ranges]); [TopologyReader]
/// makes the model after the declarations of [FileFormat], from which the JSON Schema is made too;
/// [TopologyLint] checks what no single key can tell. May depend on `topology.model`, and alone knows
/// Jackson's YAML parser. Used from any thread, no state is shared.
@NullMarked
package io.netyard.topology.yaml;

import org.jspecify.annotations.NullMarked;
