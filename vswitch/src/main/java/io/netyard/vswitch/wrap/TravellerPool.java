package io.netyard.vswitch.wrap;

import io.netyard.vswitch.port.Port;
import java.util.ArrayDeque;
import java.util.Deque;

/// Memory for frames under way, in two sizes; what was given back is given out again.
final class TravellerPool {
    private static final int SMALL = 2048;
    private static final int LARGE = 68 << 10;

    private final Deque<Traveller> small = new ArrayDeque<>();
    private final Deque<Traveller> large = new ArrayDeque<>();

    /// A place for a frame and the head-room before it.
    ///
    /// @param length bytes of the frame, up to 66,000
    Traveller take(int length) {
        boolean isSmall = length + Port.HEAD_ROOM <= SMALL;
        Traveller pooled = (isSmall ? small : large).poll();
        return pooled == null ? new Traveller(isSmall ? SMALL : LARGE) : pooled;
    }

    void giveBack(Traveller traveller) {
        (traveller.memory.length() == SMALL ? small : large).push(traveller);
    }

    void close() {
        small.forEach(each -> each.memory.close());
        large.forEach(each -> each.memory.close());
        small.clear();
        large.clear();
    }
}
