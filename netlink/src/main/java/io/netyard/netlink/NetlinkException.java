package io.netyard.netlink;

import io.netyard.linux.Errno;
import java.util.Optional;

/// A request that the kernel refused, or did not answer.
public final class NetlinkException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final Errno errno;
    private final transient Optional<String> kernelMessage;
    private final transient Optional<String> attributePath;

    NetlinkException(String operation, Errno errno, Optional<String> kernelMessage, Optional<String> attributePath) {
        super(operation
                + ": "
                + kernelMessage.orElse(errno.text())
                + attributePath.map(path -> " (" + path + ")").orElse("")
                + " ["
                + errno
                + "]");
        this.errno = errno;
        this.kernelMessage = kernelMessage;
        this.attributePath = attributePath;
    }

    /// The error number; [Errno#ETIMEDOUT] if no answer came in time.
    public Errno errno() {
        return errno;
    }

    /// What the kernel said of it, if it said anything.
    public Optional<String> kernelMessage() {
        return kernelMessage;
    }

    /// The attribute that the kernel complains about: `.linkinfo.data.id`.
    public Optional<String> attributePath() {
        return attributePath;
    }
}
