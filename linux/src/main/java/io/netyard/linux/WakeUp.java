package io.netyard.linux;

import com.sun.jna.LastErrorException;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;

/// Ends the wait of another thread (eventfd(2)): closing a descriptor does not, and a thread that waits in
/// the kernel takes no notice of being interrupted. It stays given once it is given. Owned by whoever made
/// it; given from any thread.
public final class WakeUp implements AutoCloseable {
    private static final int EFD_NONBLOCK = 0x800;
    private static final int EFD_CLOEXEC = 0x80000;

    private final FileDescriptor descriptor;

    /// Not given yet.
    public WakeUp() {
        try {
            descriptor = new FileDescriptor(LibC.eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC));
        } catch (LastErrorException failure) {
            throw new LinuxException("make an eventfd", failure.getErrorCode());
        }
    }

    /// Ends the wait that goes on, and those to come.
    public void give() {
        ByteBuffer one = LibC.memory(Long.BYTES);
        one.putLong(0, 1);
        try {
            LibC.write(descriptor.number(), LibC.address(one), Long.BYTES);
        } catch (LastErrorException failure) {
            throw new LinuxException("write to an eventfd", failure.getErrorCode());
        } finally {
            Reference.reachabilityFence(one);
        }
    }

    FileDescriptor descriptor() {
        return descriptor;
    }

    /// Closes it. No thread may be waiting for it any more.
    @Override
    public void close() {
        descriptor.close();
    }
}
