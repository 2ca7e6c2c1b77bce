package io.netyard.netlink.message;

/// Bytes from the kernel that are no netlink message, with what is wrong and where.
public final class MalformedMessageException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /// @param message what is wrong
    public MalformedMessageException(String message) {
        super(message);
    }
}
