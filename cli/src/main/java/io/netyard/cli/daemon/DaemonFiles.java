package io.netyard.cli.daemon;

import io.netyard.linux.FileLock;
import io.netyard.linux.Processes;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;

/// Where a lab's daemon has its files: in the lab's folder, which its owner alone can enter.
///
/// @param folder `/run/netyard/LAB`
public record DaemonFiles(Path folder) {
    /// The socket on which it takes requests.
    Path socket() {
        return folder.resolve("daemon.sock");
    }

    /// Locked as long as it lives.
    public Path lock() {
        return folder.resolve("daemon.lock");
    }

    /// Whether the folder is a lab's: the lock of runs lies there until the lab is gone.
    boolean areOfLab() {
        return Files.exists(folder.resolve("lock"));
    }

    /// What tells the socket from others that have its name before or after; empty if there is none.
    Optional<Object> socketKey() throws IOException {
        try {
            return Optional.ofNullable(
                    Files.readAttributes(socket(), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                            .fileKey());
        } catch (NoSuchFileException _) {
            return Optional.empty();
        }
    }

    /// Removes the folder if nothing is in it, as where a daemon that starts makes it again: the libraries
    /// that it loads make the folder that they may write to.
    void deleteEmptyFolder() throws IOException {
        try {
            Files.deleteIfExists(folder);
        } catch (DirectoryNotEmptyException _) {
            // It is that of a lab.
        }
    }

    /// Whether one lives.
    boolean isLocked() {
        return FileLock.isHeld(lock());
    }

    /// Writes into the lock that this process has it, for [#owner].
    static void sign(FileLock lock) {
        long self = ProcessHandle.current().pid();
        lock.sign(self + "\n" + Processes.startOf(self).orElse(""));
    }

    /// The daemon that has signed the lock. Not the one that ended without taking its name away, even if
    /// another process has its number by now.
    Optional<ProcessHandle> owner() {
        List<String> lines = FileLock.signatureLines(lock());
        if (lines.size() < 2 || !lines.getFirst().matches("\\d{1,18}")) {
            return Optional.empty();
        }
        long pid = Long.parseLong(lines.getFirst());
        return Processes.startOf(pid).filter(lines.get(1)::equals).flatMap(_ -> ProcessHandle.of(pid));
    }

    /// What it has to say.
    Path log() {
        return folder.resolve("daemon.log");
    }
}
