package io.netyard.topology.apply;

import io.netyard.topology.plan.Plan;
import java.time.Duration;
import java.util.Optional;

/// What an apply did.
///
/// @param plan the changes that were made; empty if the lab was as the file wants it
/// @param duration from the lock to the record
/// @param confirmWithin how long there is to confirm it before it is taken back; empty if it stays
public record ApplyResult(Plan plan, Duration duration, Optional<Duration> confirmWithin) {}
