package io.netyard.linux;

import com.sun.jna.LastErrorException;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.stream.Collectors;

/// Takes from processes what they do not need.
public final class Confinement {
    private static final int PR_SET_DUMPABLE = 4;
    private static final int PR_CAPBSET_READ = 23;
    private static final int PR_CAPBSET_DROP = 24;
    private static final int PR_SET_NO_NEW_PRIVS = 38;
    private static final int MOST_CAPABILITIES = 64;
    private static final int OWNER_ONLY = 077;

    private Confinement() {}

    /// Starts a process that has at most these capabilities, and that no program it may run gives more
    /// (`no_new_privs`). Without the right to give capabilities up (`CAP_SETPCAP`) it keeps those of the
    /// caller.
    ///
    /// Capabilities belong to threads, and a new process takes those of the thread that starts it: this is
    /// done on a thread of its own, which ends with it.
    public static Process start(ProcessBuilder builder, Set<Capability> kept) throws IOException {
        FutureTask<Process> task = new FutureTask<>(() -> {
            confineThread(kept.stream().map(Capability::number).collect(Collectors.toSet()));
            return builder.start();
        });
        Thread.ofPlatform().name("netyard-start").start(task);
        try {
            return task.get();
        } catch (ExecutionException failure) {
            switch (failure.getCause()) {
                case IOException cause -> throw cause;
                case RuntimeException cause -> throw cause;
                case null, default -> throw new IllegalStateException(failure);
            }
        } catch (InterruptedException failure) {
            Thread.currentThread().interrupt();
            throw new IOException(
                    "interrupted while starting " + builder.command().getFirst(), failure);
        }
    }

    private static void confineThread(Set<Integer> kept) {
        try {
            for (int number = 0; number < MOST_CAPABILITIES && isKnown(number); number++) {
                if (!kept.contains(number) && !giveUp(number)) {
                    break;
                }
            }
            LibC.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
        } catch (LastErrorException failure) {
            throw new LinuxException("give up capabilities", failure.getErrorCode());
        }
    }

    private static boolean isKnown(int number) {
        try {
            LibC.prctl(PR_CAPBSET_READ, number, 0, 0, 0);
            return true;
        } catch (LastErrorException failure) {
            if (failure.getErrorCode() == Errno.EINVAL.number()) {
                return false;
            }
            throw failure;
        }
    }

    private static boolean giveUp(int number) {
        try {
            LibC.prctl(PR_CAPBSET_DROP, number, 0, 0, 0);
            return true;
        } catch (LastErrorException failure) {
            if (failure.getErrorCode() == Errno.EPERM.number()) {
                return false;
            }
            throw failure;
        }
    }

    /// Keeps others from this process: no debugger, no core dump, no look into its memory
    /// (`PR_SET_DUMPABLE`), and files that it makes are its owner's alone (`umask 077`).
    public static void hideThisProcess() {
        try {
            LibC.umask(OWNER_ONLY);
            LibC.prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
        } catch (LastErrorException failure) {
            throw new LinuxException("hide this process", failure.getErrorCode());
        }
    }
}
