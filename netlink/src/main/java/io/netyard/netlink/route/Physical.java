package io.netyard.netlink.route;

import io.netyard.netlink.message.AttributeSet;
import io.netyard.netlink.message.Attributes;

/// A device without a kind: `lo`, or hardware. It is there with its namespace and cannot be made.
///
/// @param data its attributes
public record Physical(Attributes data) implements LinkKind {

    @Override
    public String kind() {
        return "";
    }

    @Override
    public Physical withData(Attributes changed) {
        return new Physical(changed);
    }

    @Override
    public AttributeSet attributeSet() {
        return Kinds.NO_ATTRIBUTES;
    }
}
