package io.netyard.topology.apply;

import io.netyard.topology.model.Topology;
import io.netyard.topology.plan.Plan;
import io.netyard.topology.state.NetworkState;

/// How a lab stands.
///
/// @param topology what it was applied from
/// @param observed what the kernels hold
/// @param drift what an apply would do
/// @param interrupted whether the last run did not come to its end
public record LabStatus(Topology topology, NetworkState observed, Plan drift, boolean interrupted) {}
