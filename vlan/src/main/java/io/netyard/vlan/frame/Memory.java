package io.netyard.vlan.frame;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/// Native memory by address, any alignment. Numbers are in network byte order unless a name says `Native`.
///
/// All access goes through one constant segment that spans the address space: the compiler folds its bounds
/// and its liveness away, which leaves the single load or store. An address that is not mapped ends the
/// process.
public final class Memory {
    private static final MemorySegment ALL = everything();
    private static final ValueLayout.OfByte BYTE = ValueLayout.JAVA_BYTE;
    private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfShort NATIVE_SHORT = ValueLayout.JAVA_SHORT_UNALIGNED;
    private static final ValueLayout.OfInt NATIVE_INT = ValueLayout.JAVA_INT_UNALIGNED;
    private static final ValueLayout.OfLong NATIVE_LONG = ValueLayout.JAVA_LONG_UNALIGNED;

    private Memory() {}

    @SuppressWarnings("restricted")
    private static MemorySegment everything() {
        return MemorySegment.NULL.reinterpret(Long.MAX_VALUE);
    }

    /// The byte, 0 to 255.
    public static int getByte(long address) {
        return ALL.get(BYTE, address) & 0xff;
    }

    /// Two bytes, 0 to 65,535.
    public static int getShort(long address) {
        return ALL.get(SHORT, address) & 0xffff;
    }

    /// Four bytes.
    public static int getInt(long address) {
        return ALL.get(INT, address);
    }

    /// Eight bytes.
    public static long getLong(long address) {
        return ALL.get(LONG, address);
    }

    /// Two bytes in the order of this machine, 0 to 65,535.
    public static int getNativeShort(long address) {
        return ALL.get(NATIVE_SHORT, address) & 0xffff;
    }

    /// Four bytes in the order of this machine.
    public static int getNativeInt(long address) {
        return ALL.get(NATIVE_INT, address);
    }

    /// Eight bytes in the order of this machine.
    public static long getNativeLong(long address) {
        return ALL.get(NATIVE_LONG, address);
    }

    /// Stores the lowest 8 bits of a value.
    public static void putByte(long address, int value) {
        ALL.set(BYTE, address, (byte) value);
    }

    /// Stores the lowest 16 bits of a value.
    public static void putShort(long address, int value) {
        ALL.set(SHORT, address, (short) value);
    }

    /// Stores four bytes.
    public static void putInt(long address, int value) {
        ALL.set(INT, address, value);
    }

    /// Stores eight bytes.
    public static void putLong(long address, long value) {
        ALL.set(LONG, address, value);
    }

    /// Stores the lowest 16 bits of a value in the order of this machine.
    public static void putNativeShort(long address, int value) {
        ALL.set(NATIVE_SHORT, address, (short) value);
    }

    /// Stores four bytes in the order of this machine.
    public static void putNativeInt(long address, int value) {
        ALL.set(NATIVE_INT, address, value);
    }

    /// Stores eight bytes in the order of this machine.
    public static void putNativeLong(long address, long value) {
        ALL.set(NATIVE_LONG, address, value);
    }

    /// Copies bytes; the two places may overlap.
    public static void copy(long from, long to, long length) {
        MemorySegment.copy(ALL, from, ALL, to, length);
    }

    /// Copies a whole array to an address.
    public static void copy(byte[] from, long to) {
        MemorySegment.copy(from, 0, ALL, BYTE, to, from.length);
    }

    /// Copies bytes into an array.
    ///
    /// @param at where they go in the array
    public static void copy(long from, byte[] to, int at, int length) {
        MemorySegment.copy(ALL, BYTE, from, to, at, length);
    }

    /// Sets a few bytes to zero.
    public static void clear(long address, long length) {
        for (long at = address; at < address + length; at++) {
            ALL.set(BYTE, at, (byte) 0);
        }
    }

    /// A copy of the bytes at an address.
    public static byte[] toBytes(long address, int length) {
        byte[] bytes = new byte[length];
        MemorySegment.copy(ALL, BYTE, address, bytes, 0, length);
        return bytes;
    }
}
