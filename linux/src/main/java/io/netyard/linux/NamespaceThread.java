package io.netyard.linux;

import com.sun.jna.LastErrorException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;

/// The one thread that changes its network namespace. A platform thread that, while it is away, runs
/// nothing but system calls: a virtual thread would take its carrier along, a pool thread would pass the
/// namespace on to the threads that it starts.
///
/// A task that cannot come back to the thread's own namespace ends the thread, and the next task gets a new
/// one.
final class NamespaceThread extends Thread {
    /// Not `/proc/self`: that names the first thread of the process, which no Java thread is.
    static final String OWN_NAMESPACE = "/proc/thread-self/ns/net";

    private static final LinkedBlockingQueue<FutureTask<?>> TASKS = new LinkedBlockingQueue<>();
    private static final FileDescriptor HOME = FileDescriptor.open(OWN_NAMESPACE, 0, 0);
    private static boolean running;

    private NamespaceThread() {
        super("netyard-namespaces");
        setDaemon(true);
    }

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

    /// Runs a task that may leave the thread's namespace, and waits for it; the thread is back in its own
    /// before anything else runs on it. A task of this thread may call this too.
    static <T> T submit(NamespaceTask<T> task) {
        if (Thread.currentThread() instanceof NamespaceThread) {
            return runWithin(task);
        }
        FutureTask<T> future = new FutureTask<>(task::run);
        synchronized (TASKS) {
            TASKS.add(future);
            if (!running) {
                running = true;
                new NamespaceThread().start();
            }
        }
        return await(future);
    }

    private static <T> T runWithin(NamespaceTask<T> task) {
        T result;
        try {
            result = task.run();
        } catch (RuntimeException failure) {
            goHome();
            throw failure;
        }
        if (!goHome()) {
            throw new LinuxException("come back from a network namespace", Errno.EPERM);
        }
        return result;
    }

    private static <T> T await(FutureTask<T> future) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return future.get();
                } catch (InterruptedException _) {
                    // Leaving now would lose what the task opens.
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

    @Override
    public void run() {
        try {
            do {
                TASKS.take().run();
            } while (goHome());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            retire();
        }
    }

    private static boolean goHome() {
        try {
            LibC.setns(HOME.number(), LibC.CLONE_NEWNET);
            return true;
        } catch (LastErrorException _) {
            return false;
        }
    }

    private static void retire() {
        synchronized (TASKS) {
            running = !TASKS.isEmpty();
            if (running) {
                new NamespaceThread().start();
            }
        }
    }
}
