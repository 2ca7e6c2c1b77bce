package io.netyard.cli.doctor;

import io.netyard.linux.Processes;

/// What this process holds at a moment.
///
/// @param descriptors open files and sockets
/// @param threads of Java, without those with which the JVM waits for processes, which stay a minute
/// @param residentBytes memory, after a collection of garbage
public record Holdings(long descriptors, long threads, long residentBytes) {
    /// Looks now.
    static Holdings now() {
        System.gc();
        return new Holdings(Processes.ownDescriptors(), countThreads(), Processes.ownResidentBytes());
    }

    private static long countThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !thread.getName().startsWith("process reaper"))
                .count();
    }
}
