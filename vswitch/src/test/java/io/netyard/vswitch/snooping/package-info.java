@NullMarked
package io.netyard.vswitch.snooping;

import org.jspecify.annotations.NullMarked;
