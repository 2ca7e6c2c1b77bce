package io.netyard.vswitch.port;

/// How the line behind a port is.
///
/// @param up whether frames pass: the device is up and has a carrier (`IFF_RUNNING`)
/// @param megabits its speed in 10^6 bits a second, 0 if the device does not say
public record LineState(boolean up, int megabits) {
    /// Up, at a speed that nobody knows.
    public static final LineState UP = new LineState(true, 0);

    /// Down.
    public static final LineState DOWN = new LineState(false, 0);
}
