package io.netyard.cli.doctor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/// What this process holds at a moment.
///
/// @param descriptors open files and sockets
/// @param threads of the JVM and its own
/// @param residentBytes memory, after a collection of garbage
public record Holdings(long descriptors, long threads, long residentBytes) {
    private static final int PAGE = 4096;

    /// Looks now.
    static Holdings now() {
        System.gc();
        try {
            long pages =
                    Long.parseLong(Files.readString(Path.of("/proc/self/statm")).split(" ")[1]);
            return new Holdings(entries("fd"), entries("task"), pages * PAGE);
        } catch (IOException failure) {
            throw new UncheckedIOException("look at /proc/self", failure);
        }
    }

    private static long entries(String folder) throws IOException {
        try (Stream<Path> files = Files.list(Path.of("/proc/self", folder))) {
            return files.count();
        }
    }
}
