package io.netyard.topology.apply;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The folder in which a lab's record and lock lie: `/run/netyard/LAB`, mode 0700. `/run` is a tmpfs, so
/// that record and kernel objects vanish together at reboot.
final class LabFolder {
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");
    private static final String STATE = "state.json";
    private static final String LOCK = "lock";

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

    /// The names of all labs that have a folder.
    static List<String> labs(Path run) {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(run)) {
            for (Path folder : folders) {
                if (new StateFile(folder.resolve(STATE)).exists()) {
                    names.add(folder.getFileName().toString());
                }
            }
        } catch (NoSuchFileException _) {
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
        return Files.isDirectory(path);
    }

    /// Makes the folder, open to its owner alone.
    void create() {
        try {
            Files.createDirectories(run, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
            Files.createDirectories(path, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        } catch (IOException failure) {
            throw cannot("make", path, failure);
        }
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
        Path file = path.resolve(STATE);
        try {
            Optional<LabRecord> found = new StateFile(file).read();
            if (found.isPresent()
                    && !found.get().lab().equals(path.getFileName().toString())) {
                throw new IllegalArgumentException(
                        "it is of the lab " + found.get().lab());
            }
            return found;
        } catch (IllegalArgumentException failure) {
            throw new LabException(
                    "the record " + file + " cannot be used: " + failure.getMessage()
                            + "; without it nobody knows what is the lab's: remove its namespaces and the folder "
                            + path
                            + " by hand",
                    failure);
        } catch (IOException failure) {
            throw cannot("read", file, failure);
        }
    }

    /// Writes the record so that whatever happens either the old or the new one is there, whole.
    void write(LabRecord labRecord) {
        Path file = path.resolve(STATE);
        try {
            new StateFile(file).write(labRecord);
        } catch (IOException failure) {
            throw new LabException("the record " + file + " cannot be written: " + failure.getMessage(), failure);
        }
    }

    /// Removes the folder and the files in it, which are all Netyard's; absent is success.
    void delete() {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(path)) {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(path);
        } catch (NoSuchFileException _) {
            // Absent.
        } catch (IOException failure) {
            throw new LabException("the folder " + path + " cannot be removed: " + failure.getMessage(), failure);
        }
    }
}
