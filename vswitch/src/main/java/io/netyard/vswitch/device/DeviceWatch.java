package io.netyard.vswitch.device;

import io.netty.util.concurrent.Future;
import io.netyard.vswitch.port.PortContext;
import io.netyard.vswitch.port.ReadableDescriptor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Looks after a socket on a device from a loop: its reading is called for by the descriptor; that the
/// device went away is not, so it is looked for twice a second. To be used on the loop's thread.
final class DeviceWatch implements AutoCloseable {
    private static final int CHECK_MILLISECONDS = 500;

    private @Nullable ReadableDescriptor readable;
    private @Nullable Future<?> checking;

    /// Begins.
    ///
    /// @param descriptor of the socket, which stays the caller's
    /// @param reading see [ReadableDescriptor#watch]
    /// @param check looks whether the device is still there
    /// @throws RuntimeException if the loop does not take them; what it took is ended by [#close()]
    void start(int descriptor, PortContext context, Runnable reading, Runnable check) {
        readable = ReadableDescriptor.watch(descriptor, context, reading);
        checking = context.loop()
                .scheduleWithFixedDelay(check, CHECK_MILLISECONDS, CHECK_MILLISECONDS, TimeUnit.MILLISECONDS);
    }

    /// Whether it has begun and not ended.
    boolean isOpen() {
        return readable != null;
    }

    /// Ends both; neither is called again. Does nothing the second time.
    @Override
    public void close() {
        Future<?> cancelling = checking;
        checking = null;
        if (cancelling != null) {
            cancelling.cancel(false);
        }
        ReadableDescriptor closing = readable;
        readable = null;
        if (closing != null) {
            closing.close();
        }
    }
}
