package io.netyard.topology.apply;

import io.netyard.linux.Failpoint;
import io.netyard.topology.apply.StateFile.OtherFormatException;
import io.netyard.topology.model.LabName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
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
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The folder in which a lab's record and lock lie: `/run/netyard/LAB`, mode 0700. `/run` is a tmpfs, so
/// that record and kernel objects vanish together at reboot.
final class LabFolder {
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");
    private static final String STATE = "state.json";
    private static final String LOCK = "lock";

    /// What may lie in the folder of a lab: the record with its generations, locks, and what processes of
    /// Netyard's leave behind, the native libraries that one was killed over among it.
    private static final Pattern OWN_NAMES = Pattern.compile(
            "state\\.json(\\.1|\\.next)?|lock|guard\\.(lock|log)|daemon\\.(sock|lock|log)|daemon-crash\\.log"
                    + "|libnetty_.*\\.so|jna.*\\.tmp(\\.x)?");

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

    /// The names of the labs that have folders. A folder that holds anything of somebody else's, and no
    /// record, is none.
    static List<String> all(Path run) {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(run)) {
            for (Path folder : folders) {
                String name = folder.getFileName().toString();
                LabFolder found = new LabFolder(run, name);
                if (LabName.isValid(name)
                        && Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
                        && (found.hasRecord() || found.isOwn())) {
                    names.add(name);
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

    /// The folder in which labs have theirs.
    Path run() {
        return run;
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
        return isTrusted(run) && isTrusted(path);
    }

    /// Whether it is as Netyard makes it, open to its owner alone, and holds nothing but Netyard's.
    boolean isOwn() {
        try {
            return isTrusted(path)
                    && Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS)
                            .equals(OWNER_ONLY)
                    && holdsOwnOnly();
        } catch (IOException | LabException _) {
            // It is going, or we may not look, or it is somebody else's.
            return false;
        }
    }

    /// Whether it holds nothing but Netyard's.
    boolean holdsOwnOnly() {
        try (Stream<Path> files = Files.list(path)) {
            return files.allMatch(LabFolder::hasOwnName);
        } catch (IOException | UncheckedIOException _) {
            // See above.
            return false;
        }
    }

    private static boolean hasOwnName(Path file) {
        return OWN_NAMES.matcher(file.getFileName().toString()).matches()
                && !Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS);
    }

    /// Whether there is a record, in whatever state.
    boolean hasRecord() {
        return state().exists();
    }

    /// Makes the folder, open to its owner alone.
    void create() {
        try {
            do {
                Files.createDirectories(run, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
                if (isTrusted(run) && !Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
                    Files.createDirectories(path, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
                }
                // A run that ends may remove it this moment.
            } while (!isTrusted(path));
        } catch (IOException failure) {
            throw cannot("make", path, failure);
        }
    }

    /// What others could have put there, or could change, is not believed.
    ///
    /// @return whether it is there
    private static boolean isTrusted(Path folder) {
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
            return true;
        } catch (NoSuchFileException _) {
            return false;
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
    /// @throws LabException if it cannot be used
    Optional<LabRecord> read() {
        try {
            Optional<LabRecord> found = state().read();
            if (found.isPresent()
                    && !found.get().lab().equals(path.getFileName().toString())) {
                throw new IllegalArgumentException(
                        "it is of the lab " + found.get().lab());
            }
            return found;
        } catch (OtherFormatException other) {
            throw cannotUse(other);
        } catch (IllegalArgumentException failure) {
            throw new LabException(
                    "the record " + path.resolve(STATE) + " cannot be used: " + failure.getMessage()
                            + "; run netyard recover " + path.getFileName(),
                    failure);
        } catch (IOException failure) {
            throw cannot("read", path.resolve(STATE), failure);
        }
    }

    private LabException cannotUse(OtherFormatException other) {
        return new LabException(
                "the record " + path.resolve(STATE) + " cannot be used: " + other.getMessage()
                        + ", or remove the lab with it",
                other);
    }

    /// What is wrong with the record; empty if nothing is.
    ///
    /// @throws LabException if another version of Netyard wrote it, which is no damage
    Optional<String> damage() {
        try {
            return state().damage();
        } catch (OtherFormatException other) {
            throw cannotUse(other);
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

    /// Removes the folder and Netyard's files in it; absent is success. The record goes last but for the
    /// lock, so that until then the lab is known.
    ///
    /// @throws LabException if something of somebody else's lies in the folder, which then stays
    void delete() {
        try {
            List<Path> going = new ArrayList<>(ownFiles());
            going.removeAll(List.of(path.resolve(STATE), lock()));
            going.addAll(List.of(path.resolve(STATE), lock()));
            deleteFiles(going);
            while (!deleteEmpty() && !isOfAnotherRun()) {
                deleteFiles(ownFiles());
            }
        } catch (NoSuchFileException _) {
            // Absent.
        } catch (IOException failure) {
            throw new LabException("the folder " + path + " cannot be removed: " + failure.getMessage(), failure);
        }
    }

    private List<Path> ownFiles() throws IOException {
        try (Stream<Path> files = Files.list(path)) {
            return files.filter(LabFolder::hasOwnName).toList();
        }
    }

    private static void deleteFiles(List<Path> files) throws IOException {
        for (Path file : files) {
            Failpoint.pass("folder.delete");
            Files.deleteIfExists(file);
        }
    }

    private boolean deleteEmpty() throws IOException {
        try {
            Failpoint.pass("folder.remove");
            Files.deleteIfExists(path);
            return true;
        } catch (DirectoryNotEmptyException _) {
            return false;
        }
    }

    /// Whether a run that waited for the lock has it now, and goes on in this folder. If none has, what
    /// came since is of a daemon that has only now started, whose run was killed.
    private boolean isOfAnotherRun() throws IOException {
        try (Stream<Path> files = Files.list(path)) {
            Optional<Path> other = files.filter(file -> !hasOwnName(file)).findFirst();
            if (other.isPresent()) {
                throw new LabException(
                        LabException.Reason.TAKEN,
                        "the folder " + path + " stays, since " + other.get().getFileName()
                                + " in it is not Netyard's: remove it");
            }
        }
        return Files.exists(lock()) || hasRecord();
    }
}
