package io.netyard.topology.apply;

import io.netyard.topology.plan.Plan;
import java.time.Duration;

/// What an apply did.
///
/// @param plan the changes that were made; empty if the lab was as the file wants it
/// @param duration from the lock to the record
public record ApplyResult(Plan plan, Duration duration) {}
