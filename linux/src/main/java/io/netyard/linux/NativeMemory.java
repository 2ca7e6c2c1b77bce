package io.netyard.linux;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import com.sun.jna.LastErrorException;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;

/// Memory by its address, as the kernel's rings hand it out: no object per access, and **no check**. An
/// address that is not in memory that the caller holds ends the process. Numbers are in the byte order of
/// the machine.
public final class NativeMemory implements AutoCloseable {
    private static final int PROT_READ_WRITE = 3;
    private static final int MAP_SHARED = 1;
    private static final int MAP_PRIVATE_ANONYMOUS = 0x22;
    private static final int MAP_POPULATE = 0x8000;

    private static final MemorySegment ALL = all();
    private static final VarHandle INT = JAVA_INT.varHandle().withInvokeExactBehavior();

    private final long size;
    private long address;

    private NativeMemory(long address, long size) {
        this.address = address;
        this.size = size;
    }

    @SuppressWarnings("restricted")
    private static MemorySegment all() {
        return MemorySegment.NULL.reinterpret(Long.MAX_VALUE);
    }

    /// Maps a part of what a descriptor stands for, shared with the kernel, its pages present.
    static NativeMemory map(int descriptor, long offset, long size) {
        return mmap(size, MAP_SHARED | MAP_POPULATE, descriptor, offset);
    }

    /// Maps zeroed memory, its pages present.
    static NativeMemory allocate(long size) {
        return mmap(size, MAP_PRIVATE_ANONYMOUS | MAP_POPULATE, -1, 0);
    }

    /// Maps zeroed memory of which each page is taken when it is first used.
    public static NativeMemory reserve(long size) {
        return mmap(size, MAP_PRIVATE_ANONYMOUS, -1, 0);
    }

    private static NativeMemory mmap(long size, int flags, int descriptor, long offset) {
        try {
            return new NativeMemory(LibC.mmap(0, size, PROT_READ_WRITE, flags, descriptor, offset), size);
        } catch (LastErrorException failure) {
            throw new LinuxException("map " + size + " bytes of memory", failure.getErrorCode());
        }
    }

    /// Where it begins.
    public long address() {
        return address;
    }

    long size() {
        return size;
    }

    static int getInt(long address) {
        return ALL.get(JAVA_INT, address);
    }

    static void putInt(long address, int value) {
        ALL.set(JAVA_INT, address, value);
    }

    static long getLong(long address) {
        return ALL.get(JAVA_LONG, address);
    }

    static void putLong(long address, long value) {
        ALL.set(JAVA_LONG, address, value);
    }

    /// An unsigned byte.
    static int getByte(long address) {
        return Byte.toUnsignedInt(ALL.get(JAVA_BYTE, address));
    }

    /// An unsigned number of 16 bits, at any address.
    static int getShort(long address) {
        return Short.toUnsignedInt(ALL.get(JAVA_SHORT_UNALIGNED, address));
    }

    static void putShort(long address, int value) {
        ALL.set(JAVA_SHORT_UNALIGNED, address, (short) value);
    }

    /// What another core, or the kernel, released to us: nothing after it is read before it.
    static int getAcquire(long address) {
        return (int) INT.getAcquire(ALL, address);
    }

    /// Hands over what was written and read before.
    static void putRelease(long address, int value) {
        INT.setRelease(ALL, address, value);
    }

    static void copy(long from, long to, long length) {
        MemorySegment.copy(ALL, from, ALL, to, length);
    }

    /// Unmaps it. Touching an address in it afterwards ends the process.
    @Override
    public void close() {
        if (address != 0) {
            long closing = address;
            address = 0;
            try {
                LibC.munmap(closing, size);
            } catch (LastErrorException failure) {
                throw new LinuxException("unmap memory", failure.getErrorCode());
            }
        }
    }
}
