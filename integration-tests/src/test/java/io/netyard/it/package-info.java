/// Tests on real kernels, run as root in a network and mount namespace of their own with an empty `/run`;
/// and the test of the architecture.
@NullMarked
package io.netyard.it;

import org.jspecify.annotations.NullMarked;
