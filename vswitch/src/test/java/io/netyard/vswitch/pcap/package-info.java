@NullMarked
package io.netyard.vswitch.pcap;

import org.jspecify.annotations.NullMarked;
