package io.netyard.it;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/// What this process holds at a moment.
///
/// @param heap bytes of live objects, after a collection
/// @param resident bytes in memory, the heap's free part included
/// @param mappings of memory, files and rings
/// @param descriptors open
/// @param threads alive
record Footprint(long heap, long resident, long mappings, long descriptors, long threads) {
    private static final int PAGE = 4096;
    private static final int COLLECTIONS = 3;

    /// Looks now. Collects garbage, which takes a moment.
    static Footprint now() throws IOException {
        for (int collection = 0; collection < COLLECTIONS; collection++) {
            System.gc();
        }
        long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        long resident =
                Long.parseLong(Files.readString(Path.of("/proc/self/statm")).split(" ")[1]) * PAGE;
        return new Footprint(
                heap, resident, Files.readAllLines(Path.of("/proc/self/maps")).size(), entries("fd"), entries("task"));
    }

    private static long entries(String folder) throws IOException {
        try (Stream<Path> files = Files.list(Path.of("/proc/self", folder))) {
            return files.count();
        }
    }

    @Override
    public String toString() {
        return "heap %.1f MiB, resident %.1f MiB, %d mappings, %d descriptors, %d threads"
                .formatted(mebi(heap), mebi(resident), mappings, descriptors, threads);
    }

    static double mebi(long bytes) {
        return bytes / 1024.0 / 1024.0;
    }
}
