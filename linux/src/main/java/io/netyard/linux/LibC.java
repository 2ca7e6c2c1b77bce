package io.netyard.linux;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// The C library, mapped directly. Every failing call throws with the errno that it left, taken before
/// other code can change it. Pointers are addresses (`long`), so that a call converts nothing.
final class LibC {
    static final int O_WRONLY = 1;
    static final int O_RDWR = 2;
    static final int O_CREAT = 0x40;
    static final int O_EXCL = 0x80;
    static final int O_NONBLOCK = 0x800;
    static final int O_NOFOLLOW = Constants.ARM64 ? 0x8000 : 0x20000;
    static final int O_CLOEXEC = 0x80000;

    static final int CLONE_FS = 0x200;
    static final int CLONE_NEWNS = 0x20000;
    static final int CLONE_NEWNET = 0x40000000;

    static {
        Native.register(LibC.class, NativeLibrary.getInstance("c", Map.of()));
    }

    private LibC() {}

    static native int open(byte[] path, int flags, int mode) throws LastErrorException;

    static native int close(int fd) throws LastErrorException;

    static native long read(int fd, long buffer, long count) throws LastErrorException;

    static native long write(int fd, long buffer, long count) throws LastErrorException;

    static native int ioctl(int fd, long request, long argument) throws LastErrorException;

    static native int flock(int fd, int operation) throws LastErrorException;

    static native int statx(int fd, byte[] path, int flags, int mask, long buffer) throws LastErrorException;

    static native int ftruncate(int fd, long length) throws LastErrorException;

    static native int unlink(byte[] path) throws LastErrorException;

    static native int socket(int family, int type, int protocol) throws LastErrorException;

    static native int bind(int fd, long address, int length) throws LastErrorException;

    static native int connect(int fd, long address, int length) throws LastErrorException;

    static native int getsockname(int fd, long address, long length) throws LastErrorException;

    static native int setsockopt(int fd, int level, int option, long value, int length) throws LastErrorException;

    static native long sendto(int fd, long buffer, long length, int flags, long address, int addressLength)
            throws LastErrorException;

    static native long recvfrom(int fd, long buffer, long length, int flags, long address, long addressLength)
            throws LastErrorException;

    static native int eventfd(int start, int flags) throws LastErrorException;

    static native int getsockopt(int fd, int level, int option, long value, long length) throws LastErrorException;

    static native long mmap(long address, long size, int protection, int flags, int fd, long offset)
            throws LastErrorException;

    static native int munmap(long address, long size) throws LastErrorException;

    static native long syscall(long number, long first, long second, long third) throws LastErrorException;

    static native int poll(long descriptors, long count, int milliseconds) throws LastErrorException;

    static native int prctl(int option, long first, long second, long third, long fourth) throws LastErrorException;

    static native int umask(int mask) throws LastErrorException;

    static native int setsid() throws LastErrorException;

    static native int raise(int signal) throws LastErrorException;

    static native int unshare(int flags) throws LastErrorException;

    static native int setns(int fd, int type) throws LastErrorException;

    static native int mount(byte[] source, byte[] target, byte[] type, long flags, long data) throws LastErrorException;

    static native int umount2(byte[] target, int flags) throws LastErrorException;

    static native int execve(byte[] path, Pointer arguments, Pointer environment) throws LastErrorException;

    static native int sigprocmask(int how, long set, long old) throws LastErrorException;

    /// A string as C takes it.
    static byte[] string(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return java.util.Arrays.copyOf(bytes, bytes.length + 1);
    }

    /// Memory outside the heap, zeroed, in the byte order of the machine.
    static ByteBuffer memory(int size) {
        return ByteBuffer.allocateDirect(size).order(ByteOrder.nativeOrder());
    }

    /// Where such memory lies; valid as long as the buffer is reachable.
    static long address(ByteBuffer memory) {
        return Pointer.nativeValue(Native.getDirectBufferPointer(memory));
    }

    /// Flags that differ between architectures.
    private static final class Constants {
        static final boolean ARM64 = "aarch64".equals(System.getProperty("os.arch"));
    }
}
