package io.netyard.linux;

import com.sun.jna.LastErrorException;
import java.nio.ByteBuffer;
import java.time.Duration;

/// Waits until one of a few descriptors can be read (poll(2)). Used by one thread at a time.
///
/// ```text
/// pollfd   0 fd s32   4 events s16   6 revents s16
/// ```
final class Poll {
    private static final short POLLIN = 1;
    private static final int ENTRY = 8;

    private final ByteBuffer entries;
    private final long address;

    /// @param most descriptors to wait for
    Poll(int most) {
        entries = LibC.memory(most * ENTRY);
        address = LibC.address(entries);
    }

    /// Waits; a signal does not end it.
    ///
    /// @param limit rounded up to milliseconds; zero looks and does not wait
    /// @return whether one of them can be read, or was found broken; false when the time is over
    boolean await(Duration limit, FileDescriptor... descriptors) {
        for (int at = 0; at < descriptors.length; at++) {
            entries.putInt(at * ENTRY, descriptors[at].number());
            entries.putShort(at * ENTRY + 4, POLLIN);
        }
        long deadline = System.nanoTime() + limit.toNanos();
        while (true) {
            long left = Math.max(0, deadline - System.nanoTime());
            int milliseconds = (int) Math.min(Integer.MAX_VALUE, (left + 999_999) / 1_000_000);
            try {
                if (LibC.poll(address, descriptors.length, milliseconds) > 0) {
                    return true;
                }
                if (left == 0) {
                    return false;
                }
            } catch (LastErrorException failure) {
                if (failure.getErrorCode() != Errno.EINTR.number()) {
                    throw new LinuxException("poll", failure.getErrorCode());
                }
            }
        }
    }
}
