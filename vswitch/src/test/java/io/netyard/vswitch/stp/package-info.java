@NullMarked
package io.netyard.vswitch.stp;

import org.jspecify.annotations.NullMarked;
