package io.netyard.linux;

/// A system call that failed.
public final class LinuxException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final Errno errno;

    /// @param operation what was being done, to what, such as `open /run/netns/h1`
    /// @param number errno
    public LinuxException(String operation, int number) {
        super(operation + ": " + describe(number));
        this.errno = Errno.of(number);
    }

    /// @param operation what was being done, to what
    public LinuxException(String operation, Errno errno) {
        this(operation, errno.number());
    }

    /// Why it failed.
    public Errno errno() {
        return errno;
    }

    private static String describe(int number) {
        Errno errno = Errno.of(number);
        return errno == Errno.UNKNOWN ? "error " + number : errno.text() + " (" + errno + ")";
    }
}
