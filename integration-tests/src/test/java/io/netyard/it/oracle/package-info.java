/// Switches that nobody here wrote as oracles of Netyard's: same ports, same frames, same result, port by
/// port and octet by octet. Where two switches differ, [io.netyard.it.oracle.Divergence] says by which
/// clause they may; decision 10 has the same list for people.
///
/// May depend on everything, as tests do. For the thread of a test alone.
@NullMarked
package io.netyard.it.oracle;

import org.jspecify.annotations.NullMarked;
