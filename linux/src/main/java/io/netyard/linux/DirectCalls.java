package io.netyard.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/// The system calls that the data path makes for every burst, through `java.lang.foreign`: they allocate
/// nothing, and a failure is a negative errno as in the kernel, not an exception. Everything else goes
/// through [LibC] (docs/adr has the figures).
///
/// One instance per thread at a time: it holds the place that errno is taken to.
final class DirectCalls {
    private static final Linker LINKER = Linker.nativeLinker();
    private static final MethodHandle SENDMMSG =
            handle("sendmmsg", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_INT));
    private static final MethodHandle SENDTO = handle(
            "sendto", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_INT));
    private static final MethodHandle RECVFROM = handle(
            "recvfrom",
            FunctionDescriptor.of(JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_LONG));
    private static final MethodHandle READ =
            handle("read", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_LONG));
    private static final MethodHandle WRITE =
            handle("write", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_LONG));

    private final MemorySegment errno = Arena.ofAuto().allocate(Linker.Option.captureStateLayout());

    @SuppressWarnings("restricted")
    private static MethodHandle handle(String name, FunctionDescriptor type) {
        return LINKER.downcallHandle(
                LINKER.defaultLookup().findOrThrow(name), type, Linker.Option.captureCallState("errno"));
    }

    /// sendmmsg(2).
    ///
    /// @return messages sent, at least 1, or the negative errno of the first
    int sendmmsg(int fd, long vector, int count, int flags) {
        try {
            int sent = (int) SENDMMSG.invokeExact(errno, fd, vector, count, flags);
            return sent < 0 ? -failure() : sent;
        } catch (Throwable failure) {
            throw impossible(failure);
        }
    }

    /// sendto(2) to wherever the socket is bound to.
    ///
    /// @return bytes sent, or a negative errno
    long sendto(int fd, long buffer, long length, int flags) {
        try {
            long sent = (long) SENDTO.invokeExact(errno, fd, buffer, length, flags, 0L, 0);
            return sent < 0 ? -failure() : sent;
        } catch (Throwable failure) {
            throw impossible(failure);
        }
    }

    /// recvfrom(2), without the sender's address.
    ///
    /// @return bytes received, or a negative errno
    long recvfrom(int fd, long buffer, long length, int flags) {
        try {
            long received = (long) RECVFROM.invokeExact(errno, fd, buffer, length, flags, 0L, 0L);
            return received < 0 ? -failure() : received;
        } catch (Throwable failure) {
            throw impossible(failure);
        }
    }

    /// read(2).
    ///
    /// @return bytes read, or a negative errno
    long read(int fd, long buffer, long length) {
        try {
            long read = (long) READ.invokeExact(errno, fd, buffer, length);
            return read < 0 ? -failure() : read;
        } catch (Throwable failure) {
            throw impossible(failure);
        }
    }

    /// write(2).
    ///
    /// @return bytes written, or a negative errno
    long write(int fd, long buffer, long length) {
        try {
            long written = (long) WRITE.invokeExact(errno, fd, buffer, length);
            return written < 0 ? -failure() : written;
        } catch (Throwable failure) {
            throw impossible(failure);
        }
    }

    private int failure() {
        return errno.get(JAVA_INT, 0);
    }

    private static IllegalStateException impossible(Throwable failure) {
        if (failure instanceof Error error) {
            throw error;
        }
        return new IllegalStateException(failure);
    }
}
