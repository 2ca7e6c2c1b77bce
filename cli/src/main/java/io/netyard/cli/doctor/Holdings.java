package io.netyard.cli.doctor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/// What this process holds at a moment.
///
/// @param descriptors open files and sockets
/// @param threads of Java, without those with which the JVM waits for processes, which stay a minute
/// @param residentBytes memory, after a collection of garbage
public record Holdings(long descriptors, long threads, long residentBytes) {
    private static final int PAGE = 4096;

    /// Looks now.
    static Holdings now() {
        System.gc();
        try {
            long pages =
                    Long.parseLong(Files.readString(Path.of("/proc/self/statm")).split(" ")[1]);
            return new Holdings(countDescriptors(), countThreads(), pages * PAGE);
        } catch (IOException failure) {
            throw new UncheckedIOException("look at /proc/self", failure);
        }
    }

    private static long countDescriptors() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
            return files.count();
        }
    }

    private static long countThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !thread.getName().startsWith("process reaper"))
                .count();
    }
}
