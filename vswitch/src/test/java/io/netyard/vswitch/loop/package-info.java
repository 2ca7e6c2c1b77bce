@NullMarked
package io.netyard.vswitch.loop;

import org.jspecify.annotations.NullMarked;
