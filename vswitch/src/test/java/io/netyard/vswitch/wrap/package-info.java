@NullMarked
package io.netyard.vswitch.wrap;

import org.jspecify.annotations.NullMarked;
