package io.netyard.topology.apply;

import io.netyard.linux.Failpoint;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// The folder in which a lab's record and lock lie: `/run/netyard/LAB`, mode 0700. `/run` is a tmpfs, so
/// that record and kernel objects vanish together at reboot.
final class LabFolder {
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");
    private static final String STATE = "state.json";
    private static final String LOCK = "lock";
    private static final int OTHERS_WRITE = 022;

    private final Path run;
    private final Path path;

    private LabFolder(Path run, String lab) {
        this.run = run;
        this.path = run.resolve(lab);
    }

    /// The folder of a lab under a run folder; it need not exist.
    static LabFolder of(Path run, String lab) {
        return new LabFolder(run, lab);
    }

    /// The names of all folders of labs.
    static List<String> all(Path run) {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(run)) {
            for (Path folder : folders) {
                if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
                    names.add(folder.getFileName().toString());
                }
            }
        } catch (NoSuchFileException | NotDirectoryException _) {
            return List.of();
        } catch (IOException failure) {
            throw cannot("read", run, failure);
        }
        names.sort(null);
        return names;
    }

    /// Where it is.
    Path path() {
        return path;
    }

    Path lock() {
        return path.resolve(LOCK);
    }

    /// @throws LabException if we may not know
    boolean exists() {
        if (Files.isDirectory(run) && !Files.isExecutable(run)) {
            throw cannot("read", run, new AccessDeniedException(run.toString()));
        }
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        requireOwn(run);
        requireOwn(path);
        return true;
    }

    /// Whether there is a record, in whatever state.
    boolean hasRecord() {
        return state().exists();
    }

    /// Makes the folder, open to its owner alone.
    void create() {
        try {
            Files.createDirectories(run, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
            requireOwn(run);
            if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
                Files.createDirectories(path, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
            }
        } catch (IOException failure) {
            throw cannot("make", path, failure);
        }
        requireOwn(path);
    }

    /// What others could have put there, or could change, is not believed.
    private static void requireOwn(Path folder) {
        try {
            boolean isFolder = Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS);
            int owner = number(folder, "unix:uid");
            int own = number(
                    Path.of("/proc", Long.toString(ProcessHandle.current().pid())), "unix:uid");
            boolean isOpen = (number(folder, "unix:mode") & OTHERS_WRITE) != 0;
            if (isFolder && owner == 0 && own != 0) {
                throw new AccessDeniedException(folder.toString());
            }
            if (!isFolder || owner != own || isOpen) {
                String wrong = !isFolder ? "is no folder" : owner != own ? "belongs to user " + owner : "";
                throw new LabException(
                        LabException.Reason.TAKEN,
                        folder + " " + (wrong.isEmpty() ? "can be written by others" : wrong)
                                + ", so what lies there is not trusted: look at it and remove it");
            }
        } catch (IOException failure) {
            throw cannot("look at", folder, failure);
        }
    }

    private static int number(Path file, String attribute) throws IOException {
        return (Integer) Objects.requireNonNull(Files.getAttribute(file, attribute, LinkOption.NOFOLLOW_LINKS));
    }

    private static LabException cannot(String verb, Path what, IOException failure) {
        return failure instanceof AccessDeniedException
                ? new LabException(
                        LabException.Reason.NO_PERMISSION,
                        verb + " " + what + ": permission denied: labs belong to root; run it as root")
                : new LabException(verb + " " + what + ": " + failure.getMessage(), failure);
    }

    /// The record; empty if there is none.
    ///
    /// @throws LabException if it cannot be read
    Optional<LabRecord> read() {
        try {
            Optional<LabRecord> found = state().read();
            if (found.isPresent()
                    && !found.get().lab().equals(path.getFileName().toString())) {
                throw new IllegalArgumentException(
                        "it is of the lab " + found.get().lab());
            }
            return found;
        } catch (IllegalArgumentException failure) {
            throw new LabException(
                    "the record " + path.resolve(STATE) + " cannot be used: " + failure.getMessage()
                            + "; run netyard recover " + path.getFileName(),
                    failure);
        } catch (IOException failure) {
            throw cannot("read", path.resolve(STATE), failure);
        }
    }

    /// What is wrong with the record; empty if nothing is.
    Optional<String> damage() {
        try {
            return state().damage();
        } catch (IllegalArgumentException failure) {
            return Optional.of(String.valueOf(failure.getMessage()));
        } catch (IOException failure) {
            throw cannot("read", path.resolve(STATE), failure);
        }
    }

    /// The record that was written before the last one; empty if there is none that can be used.
    Optional<LabRecord> readPrevious() {
        try {
            return state().readPrevious();
        } catch (IOException failure) {
            throw cannot("read", path.resolve(STATE), failure);
        }
    }

    private StateFile state() {
        return new StateFile(path.resolve(STATE));
    }

    /// Writes the record so that whatever happens either the old or the new one is there, whole.
    void write(LabRecord labRecord) {
        try {
            state().write(labRecord);
        } catch (IOException failure) {
            throw new LabException(
                    "the record " + path.resolve(STATE) + " cannot be written: " + failure.getMessage(), failure);
        }
    }

    /// Removes the folder and the files in it, which are all Netyard's; absent is success. The record goes
    /// last but for the lock, so that until then the lab is known.
    void delete() {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(path)) {
            List<Path> going = new ArrayList<>();
            files.forEach(going::add);
            going.remove(path.resolve(STATE));
            going.remove(lock());
            going.add(path.resolve(STATE));
            going.add(lock());
            for (Path file : going) {
                Failpoint.pass("folder.delete");
                Files.deleteIfExists(file);
            }
            Failpoint.pass("folder.remove");
            Files.deleteIfExists(path);
        } catch (NoSuchFileException _) {
            // Absent.
        } catch (IOException failure) {
            throw new LabException("the folder " + path + " cannot be removed: " + failure.getMessage(), failure);
        }
    }
}
