package io.netyard.linux;

import com.sun.jna.LastErrorException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;

/// The one thread that changes its network namespace. A platform thread that runs nothing but system calls:
/// a virtual thread would take its carrier along, a pool thread would pass the namespace on to the threads
/// that it starts.
///
/// A task that cannot come back to the thread's own namespace ends the thread, and the next task gets a new
/// one.
final class NamespaceThread {
    /// Not `/proc/self`: that names the first thread of the process, which no Java thread is.
    static final String OWN_NAMESPACE = "/proc/thread-self/ns/net";

    private static final LinkedBlockingQueue<FutureTask<?>> TASKS = new LinkedBlockingQueue<>();
    private static boolean running;

    private NamespaceThread() {}

    /// Runs a task inside a namespace and waits for it.
    static <T> T call(int namespace, NamespaceTask<T> task) {
        return submit(() -> {
            try {
                LibC.setns(namespace, LibC.CLONE_NEWNET);
            } catch (LastErrorException failure) {
                throw new LinuxException("enter a network namespace", failure.getErrorCode());
            }
            return task.run();
        });
    }

    /// Runs a task that may leave the thread's namespace; the thread is back in its own before the next
    /// task.
    static <T> T submit(NamespaceTask<T> task) {
        FutureTask<T> future = new FutureTask<>(task::run);
        synchronized (TASKS) {
            TASKS.add(future);
            if (!running) {
                running = true;
                Thread.ofPlatform().daemon().name("netyard-namespaces").start(NamespaceThread::work);
            }
        }
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return future.get();
                } catch (InterruptedException _) {
                    // A task is a few system calls that do not block; leaving now would lose what it
                    // opened.
                    interrupted = true;
                }
            }
        } catch (ExecutionException failure) {
            throw rethrow(failure);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static RuntimeException rethrow(ExecutionException failure) {
        return switch (failure.getCause()) {
            case Error error -> throw error;
            case RuntimeException cause -> cause;
            case null, default -> new IllegalStateException(failure);
        };
    }

    private static void work() {
        try (FileDescriptor home = FileDescriptor.open(OWN_NAMESPACE, 0, 0)) {
            boolean isHome = true;
            while (isHome) {
                FutureTask<?> task = TASKS.take();
                // The result is handed over only after the way back, so that a caller never sees a thread
                // that is away.
                task.run();
                isHome = goHome(home);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            retire();
        }
    }

    private static boolean goHome(FileDescriptor home) {
        try {
            LibC.setns(home.number(), LibC.CLONE_NEWNET);
            return true;
        } catch (LastErrorException _) {
            return false;
        }
    }

    private static void retire() {
        synchronized (TASKS) {
            running = false;
            if (!TASKS.isEmpty()) {
                running = true;
                Thread.ofPlatform().daemon().name("netyard-namespaces").start(NamespaceThread::work);
            }
        }
    }
}
