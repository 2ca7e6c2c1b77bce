package io.netyard.topology.check;

import io.netyard.topology.model.Check;
import java.time.Duration;

/// How a check came out.
///
/// @param passed whether it is true of the lab
/// @param reason what was seen, in a sentence
/// @param duration how long it took
public record CheckResult(Check check, boolean passed, String reason, Duration duration) {}
