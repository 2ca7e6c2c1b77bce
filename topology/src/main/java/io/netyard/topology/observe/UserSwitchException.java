package io.netyard.topology.observe;

/// Says why switches in user space cannot be reached, or what they refused, in a sentence.
public final class UserSwitchException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UserSwitchException(String message) {
        super(message);
    }

    public UserSwitchException(String message, Throwable cause) {
        super(message, cause);
    }
}
