package io.netyard.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/// Makes of Ctrl-C, of `SIGTERM` and of a terminal that goes away the wish to stop, and lets the run that
/// is asked to stop go back to where it started before the process ends. Signals that follow change
/// nothing.
final class Interruption implements AutoCloseable {
    private static final CountDownLatch ENDED = new CountDownLatch(1);
    private static final AtomicInteger EXIT_CODE = new AtomicInteger(ExitCode.INTERRUPTED);

    private final Thread hook = new Thread(this::stop, "netyard-interruption");
    private volatile boolean wanted;

    private Interruption() {}

    /// Watches until it is closed.
    static Interruption watch() {
        Interruption interruption = new Interruption();
        Runtime.getRuntime().addShutdownHook(interruption.hook);
        return interruption;
    }

    /// Whether somebody wants the run to stop.
    boolean isWanted() {
        return wanted;
    }

    /// The JVM runs this when a signal ends it, and ends when it returns.
    private void stop() {
        wanted = true;
        try {
            ENDED.await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(EXIT_CODE.get());
    }

    /// Everything is done and said: the process may end now.
    static void release(int exitCode) {
        EXIT_CODE.set(exitCode);
        ENDED.countDown();
    }

    @Override
    public void close() {
        if (!wanted) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException _) {
                // A signal came this moment; the process ends with what was done.
            }
        }
    }
}
