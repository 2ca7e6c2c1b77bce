package io.netyard.netlink.message;

/// A constant that the kernel knows by a number.
public interface NumberedConstant {
    /// The number.
    int number();
}
