package io.netyard.cli.daemon;

import io.netyard.linux.FileLock;
import java.nio.file.Path;

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

    /// Whether one lives.
    boolean isLocked() {
        return FileLock.isHeld(lock());
    }

    /// What it has to say.
    Path log() {
        return folder.resolve("daemon.log");
    }
}
