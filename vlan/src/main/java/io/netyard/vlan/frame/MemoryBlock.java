package io.netyard.vlan.frame;

import java.lang.foreign.Arena;

/// A piece of native memory of its own, zeroed, aligned to a cache line. Closing it frees it; using its
/// address afterwards ends the process. Any thread may close it.
public final class MemoryBlock implements AutoCloseable {
    private static final long CACHE_LINE = 64;

    private final Arena arena = Arena.ofShared();
    private final long address;
    private final long length;

    /// Takes memory from the system.
    ///
    /// @param length bytes, at least 1
    public MemoryBlock(long length) {
        this.address = arena.allocate(length, CACHE_LINE).address();
        this.length = length;
    }

    /// Where it begins.
    public long address() {
        return address;
    }

    /// Bytes that it has.
    public long length() {
        return length;
    }

    @Override
    public void close() {
        if (arena.scope().isAlive()) {
            arena.close();
        }
    }
}
