package io.netyard.it;

import io.netyard.linux.Processes;
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
    private static final int COLLECTIONS = 3;

    /// Looks now. Collects garbage, which takes a moment.
    static Footprint now() throws IOException {
        for (int collection = 0; collection < COLLECTIONS; collection++) {
            System.gc();
        }
        long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        long mappings = Files.readAllLines(Path.of("/proc/self/maps")).size();
        try (Stream<Path> threads = Files.list(Path.of("/proc/self/task"))) {
            return new Footprint(
                    heap, Processes.ownResidentBytes(), mappings, Processes.ownDescriptors(), threads.count());
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
