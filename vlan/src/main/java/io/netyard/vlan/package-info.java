/// 802.1Q and 802.1ad in the data path: the tag, pushing, popping and translating it, and which VLANs a
/// port is a member of.
///
/// May depend on `net` and `vlan.frame`. Tags are numbers and frames are addresses, so that nothing is
/// allocated per frame; frames that break a rule are answered with a verdict, never with an exception.
/// Thread rule: values are immutable; frames belong to one thread at a time.
@NullMarked
package io.netyard.vlan;

import org.jspecify.annotations.NullMarked;
