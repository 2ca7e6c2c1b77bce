package io.netyard.linux;

import com.sun.jna.LastErrorException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/// The folder in which namespaces have their names, `/run/netns`.
public final class NamespaceFolder {
    /// Where `ip netns` looks.
    public static final Path DEFAULT = Path.of("/run/netns");

    private static final long MS_BIND = 0x1000;
    private static final long MS_REC = 0x4000;
    private static final long MS_SHARED = 0x100000;
    private static final byte[] NO_SOURCE = LibC.string("");
    private static final byte[] NO_TYPE = LibC.string("none");

    private NamespaceFolder() {}

    /// Makes the folder a shared mount point, as `ip netns add` does, so that names made in one mount
    /// namespace are seen, and can be removed, in the others. Processes that do it at the same time wait
    /// for each other: mounts that are stacked on one another multiply.
    public static void prepare(Path folder) {
        try {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        } catch (IOException failure) {
            throw new UncheckedIOException("make " + folder, failure);
        }
        try (FileLock _ = FileLock.ofFolder(folder)) {
            if (!share(folder)) {
                mount(folder.toString(), folder, MS_BIND | MS_REC);
                mount("", folder, MS_SHARED | MS_REC);
            }
        }
    }

    /// Returns false if the folder is no mount point yet.
    private static boolean share(Path folder) {
        try {
            LibC.mount(NO_SOURCE, LibC.string(folder.toString()), NO_TYPE, MS_SHARED | MS_REC, 0);
            return true;
        } catch (LastErrorException failure) {
            if (failure.getErrorCode() == Errno.EINVAL.number()) {
                return false;
            }
            throw new LinuxException("share the mounts of " + folder, failure.getErrorCode());
        }
    }

    private static void mount(String source, Path target, long flags) {
        try {
            LibC.mount(LibC.string(source), LibC.string(target.toString()), NO_TYPE, flags, 0);
        } catch (LastErrorException failure) {
            throw new LinuxException("make " + target + " a mount point", failure.getErrorCode());
        }
    }
}
