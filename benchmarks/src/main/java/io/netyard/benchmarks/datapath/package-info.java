/// What the data path costs in process, without any kernel: per frame, on one core.
///
/// May depend on the modules that are measured. Thread rule: JMH's.
@NullMarked
package io.netyard.benchmarks.datapath;

import org.jspecify.annotations.NullMarked;
