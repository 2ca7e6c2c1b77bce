package io.netyard.linux;

import com.sun.jna.LastErrorException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// An open network namespace: a descriptor that keeps it alive. Owned by whoever opened it.
///
/// A namespace lives as long as a process, an open descriptor, a bind mount or a socket in it does.
public final class NetworkNamespace implements AutoCloseable {
    /// `NS_GET_NSTYPE`, `_IO(0xb7, 0x3)`.
    private static final long NS_GET_NSTYPE = 0xb703;

    private static final long MS_BIND = 0x1000;
    private static final int MNT_DETACH = 2;
    private static final byte[] NO_TYPE = LibC.string("none");

    /// What open(2) says where no namespace is mounted: nothing is there, or a link, or a socket (`ENXIO`).
    private static final Set<Errno> MEANS_ABSENT =
            EnumSet.of(Errno.ENOENT, Errno.ENOTDIR, Errno.ELOOP, Errno.EINVAL, Errno.ENXIO, Errno.ENODEV);

    private final FileDescriptor descriptor;

    NetworkNamespace(FileDescriptor descriptor) {
        this.descriptor = descriptor;
    }

    /// Makes a new namespace (`unshare --net`). It is gone when this value and everything in it is closed,
    /// unless it is bound to a path.
    public static NetworkNamespace create() {
        Failpoint.pass("namespace.make");
        return NamespaceThread.submit(() -> {
            try {
                LibC.unshare(LibC.CLONE_NEWNET);
            } catch (LastErrorException failure) {
                throw new LinuxException("make a network namespace", failure.getErrorCode());
            }
            return new NetworkNamespace(FileDescriptor.open(NamespaceThread.OWN_NAMESPACE, 0, 0));
        });
    }

    /// Opens the namespace that is mounted at a path, as `ip netns` names them.
    ///
    /// @throws LinuxException if there is none: `EINVAL` where the path is something else, a plain file, a
    ///     FIFO, a symbolic link or a namespace of another type
    public static NetworkNamespace open(Path path) {
        FileDescriptor opened = FileDescriptor.open(path.toString(), LibC.O_NOFOLLOW | LibC.O_NONBLOCK, 0);
        if (!isNetworkNamespace(opened)) {
            opened.close();
            throw new LinuxException(path + " is not a network namespace", Errno.EINVAL);
        }
        return new NetworkNamespace(opened);
    }

    /// Opens the namespace at a path; empty if nothing is there, or something else.
    ///
    /// @throws LinuxException if nobody can tell, such as where descriptors or memory run out (`EMFILE`,
    ///     `ENFILE`, `ENOMEM`)
    public static Optional<NetworkNamespace> find(Path path) {
        try {
            return Optional.of(open(path));
        } catch (LinuxException failure) {
            if (MEANS_ABSENT.contains(failure.errno())) {
                return Optional.empty();
            }
            throw failure;
        }
    }

    /// Opens the namespace that this process was started in.
    public static NetworkNamespace current() {
        return NamespaceThread.submit(
                () -> new NetworkNamespace(FileDescriptor.open(NamespaceThread.OWN_NAMESPACE, 0, 0)));
    }

    /// Opens the namespace that a process lives in.
    ///
    /// @throws LinuxException if there is no such process, or we may not look
    public static NetworkNamespace ofProcess(long pid) {
        return new NetworkNamespace(FileDescriptor.open("/proc/" + pid + "/ns/net", 0, 0));
    }

    private static boolean isNetworkNamespace(FileDescriptor opened) {
        try {
            return LibC.ioctl(opened.number(), NS_GET_NSTYPE, 0) == LibC.CLONE_NEWNET;
        } catch (LastErrorException _) {
            return false;
        }
    }

    /// The descriptor, for requests that name a namespace by it (`IFLA_NET_NS_FD`).
    public FileDescriptor descriptor() {
        return descriptor;
    }

    /// What tells it from all other namespaces that exist at the same time.
    public FileIdentity identity() {
        return descriptor.identity();
    }

    /// Gives the namespace a name in the file system, as `ip netns add` does: an empty file, and a bind
    /// mount over it.
    ///
    /// @throws LinuxException with `EEXIST` if the path is taken; then nothing was changed
    public void bindTo(Path path) {
        Failpoint.pass("namespace.name");
        FileDescriptor.open(path.toString(), LibC.O_CREAT | LibC.O_EXCL, 0).close();
        byte[] source = LibC.string("/proc/thread-self/fd/" + descriptor.number());
        try {
            Failpoint.pass("namespace.mount");
            LibC.mount(source, LibC.string(path.toString()), NO_TYPE, MS_BIND, 0);
        } catch (LinuxException failure) {
            removeHusk(path);
            throw failure;
        } catch (LastErrorException failure) {
            removeHusk(path);
            throw new LinuxException("mount a network namespace at " + path, failure.getErrorCode());
        }
        Failpoint.pass("namespace.mounted");
    }

    /// Takes a name away from the namespace that has it: the bind mount and the file. The namespace itself
    /// lives on while something else holds it.
    ///
    /// @param expected the namespace; whatever else is there is left alone
    /// @return whether it was there
    public static boolean unbind(Path path, FileIdentity expected) {
        try (NetworkNamespace found = find(path).orElse(null)) {
            if (found == null || !found.identity().equals(expected)) {
                return false;
            }
            Failpoint.pass("namespace.unmount");
            // By the descriptor: a mount that somebody put there meanwhile is another one.
            LibC.umount2(LibC.string("/proc/thread-self/fd/" + found.descriptor.number()), MNT_DETACH);
        } catch (LastErrorException failure) {
            throw new LinuxException("unmount " + path, failure.getErrorCode());
        }
        removeHusk(path);
        return true;
    }

    /// Takes a name away whatever namespace has it (`ip netns delete`). Absent is success.
    public static void unbind(Path path) {
        try (NetworkNamespace found = find(path).orElse(null)) {
            if (found != null) {
                unbind(path, found.identity());
            }
        }
        removeHusk(path);
    }

    /// Removes what a kill between making the file of a name and mounting over it leaves behind: an empty
    /// file. Absent is success, and anything else stays: a file with content, a mount, a link.
    public static void removeHusk(Path path) {
        Failpoint.pass("namespace.unlink");
        if (!isHusk(path)) {
            return;
        }
        try {
            LibC.unlink(LibC.string(path.toString()));
        } catch (LastErrorException failure) {
            Errno errno = Errno.of(failure.getErrorCode());
            // Busy is what somebody mounted over meanwhile.
            if (errno != Errno.ENOENT && errno != Errno.EBUSY) {
                throw new LinuxException("remove " + path, failure.getErrorCode());
            }
        }
    }

    /// Whether an empty file is at a path where a namespace could be: a name that was never mounted, or no
    /// longer is.
    ///
    /// @throws LinuxException if nobody can tell
    public static boolean isHusk(Path path) {
        try {
            BasicFileAttributes file = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (!file.isRegularFile() || file.size() != 0) {
                return false;
            }
        } catch (IOException _) {
            return false;
        }
        try (NetworkNamespace mounted = find(path).orElse(null)) {
            return mounted == null;
        }
    }

    /// Makes system calls inside the namespace, on the one namespace thread, and waits for them.
    public <T> T call(NamespaceTask<T> task) {
        return NamespaceThread.call(descriptor.number(), task);
    }

    /// Runs work on the one namespace thread, in this process's own namespace, and waits for it. What goes
    /// through many namespaces is faster inside: each [#call] of it is two system calls, and no other
    /// thread is woken for it.
    public static <T> T visit(Supplier<T> work) {
        return NamespaceThread.submit(work::get);
    }

    /// Opens a socket in the namespace. It stays there, whichever thread uses it.
    ///
    /// @param family `AF_…`
    /// @param type `SOCK_…`; close-on-exec and non-blocking are added
    /// @param protocol as of socket(2), in the byte order that the family wants
    public Socket socket(int family, int type, int protocol) {
        return call(() -> Socket.open(family, type, protocol));
    }

    @Override
    public void close() {
        descriptor.close();
    }

    @Override
    public String toString() {
        return "network namespace " + identity().inode();
    }
}
