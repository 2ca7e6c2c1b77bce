package io.netyard.it.oracle;

import java.util.List;

/// A switch with ports `p0`, `p1` … in the namespace [SideBySide#THEIRS].
interface OracleSwitch extends AutoCloseable {
    /// Which switch it is.
    Oracle kind();

    /// Takes the interfaces that are there as its ports.
    ///
    /// @param ports how many
    void open(int ports);

    /// Gives each port its role and forgets all addresses.
    void configure(List<PortRole> roles);

    /// Forgets what it keeps of decisions besides the addresses, so that the next frame is judged anew.
    default void settle() {}

    /// Whether a frame may cost it others that come at the same time, so that it has to come alone.
    default boolean wantsAlone(TestFrame frame) {
        return false;
    }

    /// Whether all frames sent so far have been decided on.
    ///
    /// @param frames how many were sent since it was opened
    boolean hasTaken(long frames);

    @Override
    void close();
}
