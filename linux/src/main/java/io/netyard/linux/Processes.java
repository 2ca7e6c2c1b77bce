package io.netyard.linux;

import com.sun.jna.LastErrorException;
import com.sun.jna.StringArray;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Processes and the namespaces that they live in.
public final class Processes {
    private static final long MS_REC = 0x4000;
    private static final long MS_SLAVE = 0x80000;
    private static final long MS_BIND = 0x1000;
    private static final int MNT_DETACH = 2;
    private static final int SIG_SETMASK = 2;
    private static final int SIGNAL_SET_BYTES = 128;
    private static final long CLOSE_RANGE = 436;
    private static final long CLOSE_RANGE_CLOEXEC = 4;
    private static final long LAST_DESCRIPTOR = 0xffff_ffffL;
    private static final long FIOCLEX = 0x5451;
    private static final int FIRST_PRIVATE_DESCRIPTOR = 3;
    private static final int KIBIBYTE = 1024;

    /// `starttime` in `/proc/PID/stat` (proc(5)), counted from the field behind the name.
    private static final int START_TIME = 19;

    /// States of a process that has ended, whether or not its parent knows.
    private static final Set<String> DEAD = Set.of("Z", "X");

    private static final Duration POLL = Duration.ofMillis(1);
    private static final byte[] NO_TYPE = LibC.string("none");

    private Processes() {}

    /// A process that lives in a namespace.
    ///
    /// @param name the first 15 bytes of its command's name
    public record Resident(long pid, String name, FileIdentity namespace) {}

    /// Leaves the session and the terminal of whoever started this process (`setsid`), so that what ends
    /// them does not end it. Does nothing where this process leads a session or a group already.
    public static void leaveSession() {
        try {
            LibC.setsid();
        } catch (LastErrorException failure) {
            if (failure.getErrorCode() != Errno.EPERM.number()) {
                throw new LinuxException("leave the session", failure.getErrorCode());
            }
        }
    }

    /// Whether a process runs. One that has ended, and that its parent has not asked about yet, does not:
    /// in a container nobody may ever ask.
    public static boolean isRunning(long pid) {
        return status(pid).filter(fields -> !DEAD.contains(fields[0])).isPresent();
    }

    /// What `/proc/PID/stat` says behind the name, which stands in parentheses and may hold anything; empty
    /// if there is no such process.
    private static Optional<String[]> status(long pid) {
        try {
            String line = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            return Optional.of(line.substring(line.lastIndexOf(')') + 2).split(" "));
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    /// Waits until a process does not run any more. What is no child of ours, the JVM would look for in
    /// longer and longer steps.
    ///
    /// @return whether it ended: not, if the time went by, or if the thread was interrupted, which it stays
    public static boolean awaitEnd(long pid, Duration atMost) {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (isRunning(pid)) {
            if (System.nanoTime() > deadline || !Pause.of(POLL)) {
                return false;
            }
        }
        return true;
    }

    /// When a process started, in ticks since the machine did. With its number that tells it from any
    /// other, before and after.
    ///
    /// @return empty if there is no such process
    public static Optional<String> startOf(long pid) {
        return status(pid).map(fields -> fields[START_TIME]);
    }

    /// How many files and sockets this process has open, that of the look included.
    public static long ownDescriptors() {
        try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
            return files.count();
        } catch (IOException failure) {
            throw new UncheckedIOException("look at /proc/self/fd", failure);
        }
    }

    /// Bytes of this process that are in memory.
    public static long ownResidentBytes() {
        try {
            return Files.readAllLines(Path.of("/proc/self/status")).stream()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * KIBIBYTE)
                    .findFirst()
                    .orElse(0);
        } catch (IOException failure) {
            throw new UncheckedIOException("read /proc/self/status", failure);
        }
    }

    /// The processes whose first thread lives in one of these network namespaces. Those that end meanwhile
    /// are left out.
    public static List<Resident> in(Set<FileIdentity> namespaces) {
        return residents(namespaces::contains);
    }

    /// All processes that we may look at, by the network namespace of their first thread.
    public static List<Resident> all() {
        return residents(_ -> true);
    }

    private static List<Resident> residents(Predicate<FileIdentity> wanted) {
        List<Resident> residents = new ArrayList<>();
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path process : processes) {
                try (FileDescriptor namespace =
                        FileDescriptor.open(process.resolve("ns/net").toString(), LibC.O_NONBLOCK, 0)) {
                    FileIdentity identity = namespace.identity();
                    if (wanted.test(identity)) {
                        long pid = Long.parseLong(process.getFileName().toString());
                        residents.add(new Resident(
                                pid, Files.readString(process.resolve("comm")).strip(), identity));
                    }
                } catch (LinuxException failure) {
                    // Otherwise it ended, or it belongs to somebody whose processes we may not look at.
                    if (failure.errno().isShortage()) {
                        throw failure;
                    }
                } catch (IOException _) {
                    // It ended.
                }
            }
        } catch (IOException failure) {
            throw new UncheckedIOException("read /proc", failure);
        }
        return residents;
    }

    /// Replaces this process by a command inside a network namespace, as `ip netns exec` does: `/sys` shows
    /// the namespace's devices, and files in `/etc/netns/NAME` take the place of those in `/etc`. The
    /// command gets standard input, output and error, and no other descriptor. Returns only if the command
    /// cannot be run.
    ///
    /// @param name of the namespace, for `/etc/netns/NAME`
    /// @param program path of the executable
    /// @param arguments with the command's own name first
    /// @return why execve(2) refused it
    /// @throws LinuxException if its surroundings cannot be made
    public static Errno replaceBy(
            NetworkNamespace namespace,
            String name,
            Path program,
            List<String> arguments,
            Map<String, String> environment) {
        StringArray argumentArray = new StringArray(arguments.toArray(String[]::new));
        StringArray environmentArray = new StringArray(environment.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .toArray(String[]::new));
        byte[] path = LibC.string(program.toString());
        List<Path> overlays = overlays(name);
        return namespace.call(() -> {
            enterMounts(overlays);
            closeOnExec();
            letSignalsPass();
            try {
                LibC.execve(path, argumentArray, environmentArray);
                throw new IllegalStateException("the process went on after it was replaced");
            } catch (LastErrorException failure) {
                return Errno.of(failure.getErrorCode());
            }
        });
    }

    /// The JVM keeps signals from some of its threads, and a mask survives execve.
    private static void letSignalsPass() {
        ByteBuffer none = LibC.memory(SIGNAL_SET_BYTES);
        try {
            LibC.sigprocmask(SIG_SETMASK, LibC.address(none), 0);
        } catch (LastErrorException failure) {
            throw new LinuxException("let signals pass", failure.getErrorCode());
        } finally {
            Reference.reachabilityFence(none);
        }
    }

    private static void closeOnExec() {
        try {
            LibC.syscall(CLOSE_RANGE, FIRST_PRIVATE_DESCRIPTOR, LAST_DESCRIPTOR, CLOSE_RANGE_CLOEXEC);
        } catch (LastErrorException _) {
            // Linux 5.10 cannot do this without closing them.
            closeEachOnExec();
        }
    }

    private static void closeEachOnExec() {
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
            for (Path descriptor : descriptors) {
                int number = Integer.parseInt(descriptor.getFileName().toString());
                if (number >= FIRST_PRIVATE_DESCRIPTOR) {
                    closeOnExec(number);
                }
            }
        } catch (IOException failure) {
            throw new UncheckedIOException("look at /proc/self/fd", failure);
        }
    }

    private static void closeOnExec(int number) {
        try {
            LibC.ioctl(number, FIOCLEX, 0);
        } catch (LastErrorException failure) {
            // Another thread may have closed it meanwhile.
            if (failure.getErrorCode() != Errno.EBADF.number()) {
                throw new LinuxException("keep descriptor " + number + " to this process", failure.getErrorCode());
            }
        }
    }

    private static List<Path> overlays(String name) {
        List<Path> overlays = new ArrayList<>();
        try (DirectoryStream<Path> files =
                Files.newDirectoryStream(Path.of("/etc/netns").resolve(name))) {
            files.forEach(overlays::add);
        } catch (IOException _) {
            // Most namespaces have none.
        }
        return overlays;
    }

    private static void enterMounts(List<Path> overlays) {
        try {
            LibC.unshare(LibC.CLONE_NEWNS | LibC.CLONE_FS);
            LibC.mount(LibC.string(""), LibC.string("/"), NO_TYPE, MS_SLAVE | MS_REC, 0);
        } catch (LastErrorException failure) {
            throw new LinuxException(
                    "keep the command's mounts to itself (mount --make-rslave /; in a chroot / has to be a mount point)",
                    failure.getErrorCode());
        }
        try {
            LibC.umount2(LibC.string("/sys"), MNT_DETACH);
        } catch (LastErrorException failure) {
            // Nothing is mounted there.
            if (failure.getErrorCode() != Errno.EINVAL.number()) {
                throw new LinuxException("unmount /sys for the command", failure.getErrorCode());
            }
        }
        try {
            LibC.mount(LibC.string("netyard"), LibC.string("/sys"), LibC.string("sysfs"), 0, 0);
            for (Path overlay : overlays) {
                Path target = Path.of("/etc").resolve(overlay.getFileName());
                LibC.mount(LibC.string(overlay.toString()), LibC.string(target.toString()), NO_TYPE, MS_BIND, 0);
            }
        } catch (LastErrorException failure) {
            throw new LinuxException("mount the namespace's /sys and /etc", failure.getErrorCode());
        }
    }
}
