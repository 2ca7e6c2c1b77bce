/// Measurements of the control path: JMH benchmarks of what happens in the process, and the part of the
/// provisioning run that needs a JVM. May depend on all other modules but `cli`; nothing depends on it.
/// Each benchmark runs on one thread.
@NullMarked
package io.netyard.benchmarks;

import org.jspecify.annotations.NullMarked;
