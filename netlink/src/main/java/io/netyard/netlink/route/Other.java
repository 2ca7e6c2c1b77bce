package io.netyard.netlink.route;

import io.netyard.netlink.message.AttributeSet;
import io.netyard.netlink.message.Attributes;

/// A kind that is not declared here. Its attributes are kept as they came.
///
/// @param kind the kernel's name of it
/// @param data its attributes, without names
public record Other(String kind, Attributes data) implements LinkKind {
    @Override
    public Other withData(Attributes changed) {
        return new Other(kind, changed);
    }

    @Override
    public AttributeSet attributeSet() {
        return Kinds.NO_ATTRIBUTES;
    }
}
