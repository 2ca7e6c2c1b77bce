/// From what a topology file says to what the kernels have to hold: `Topology` → `NetworkState`. Pure.
///
/// May depend on `topology.model` and `topology.state`. Values are immutable, so any thread may use them.
@NullMarked
package io.netyard.topology.compile;

import org.jspecify.annotations.NullMarked;
