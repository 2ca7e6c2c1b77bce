package io.netyard.vswitch.port;

import io.netty.channel.IoEvent;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.unix.FileDescriptor;
import io.netty.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/// A descriptor that an event loop watches for a port. Whatever goes wrong in the port's reading is told to
/// its [PortContext] and never reaches the loop, which would pause for all ports.
public final class ReadableDescriptor implements EpollIoHandle, AutoCloseable {
    private final FileDescriptor descriptor;
    private final PortContext context;
    private final Runnable reading;
    private @Nullable IoRegistration registration;
    private boolean closed;

    private ReadableDescriptor(int number, PortContext context, Runnable reading) {
        this.descriptor = new FileDescriptor(number);
        this.context = context;
        this.reading = reading;
    }

    /// Watches a descriptor until it is closed or its reading fails. To be called on the loop's thread.
    ///
    /// @param number an open descriptor that epoll can watch; it stays the caller's
    /// @param reading called on the loop's thread whenever there is something to read (level-triggered),
    ///     and also on an error or a hang-up, which its reading finds out
    /// @throws IllegalStateException if the loop cannot watch it
    public static ReadableDescriptor watch(int number, PortContext context, Runnable reading) {
        ReadableDescriptor handle = new ReadableDescriptor(number, context, reading);
        Future<IoRegistration> future = context.loop().register(handle);
        if (!future.isDone() || !future.isSuccess()) {
            throw new IllegalStateException("cannot watch descriptor " + number, future.cause());
        }
        IoRegistration registration = future.getNow();
        handle.registration = registration;
        registration.submit(EpollIoOps.EPOLLIN);
        return handle;
    }

    @Override
    public FileDescriptor fd() {
        return descriptor;
    }

    @Override
    @SuppressWarnings("CatchingUnchecked") // whatever a port throws is its own failure
    public void handle(IoRegistration from, IoEvent event) {
        if (closed) {
            return;
        }
        try {
            reading.run();
        } catch (RuntimeException failure) {
            close();
            context.failed(failure);
        }
    }

    /// Stops watching; the descriptor stays open.
    @Override
    public void close() {
        closed = true;
        IoRegistration cancelling = registration;
        registration = null;
        if (cancelling != null) {
            cancelling.cancel();
        }
    }
}
