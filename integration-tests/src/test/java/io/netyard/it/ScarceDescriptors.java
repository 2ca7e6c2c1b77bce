package io.netyard.it;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;

/// Lets this process open few files more (`RLIMIT_NOFILE`), until it is closed.
final class ScarceDescriptors implements AutoCloseable {
    private static final long SOME = 64;

    private final String limitBefore;

    ScarceDescriptors() {
        limitBefore = limit();
        long highest = 0;
        for (String name : Path.of("/proc/self/fd").toFile().list()) {
            highest = Math.max(highest, Long.parseLong(name));
        }
        set(Long.toString(highest + SOME));
    }

    /// Runs work while so many files can be opened, and no more.
    <T> T with(int free, Supplier<T> work) {
        Deque<FileInputStream> taken = new ArrayDeque<>();
        try {
            fill(taken);
            for (int number = 0; number < free; number++) {
                taken.pop().close();
            }
            return work.get();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } finally {
            taken.forEach(ScarceDescriptors::close);
        }
    }

    private static void fill(Deque<FileInputStream> taken) {
        while (true) {
            try {
                taken.push(new FileInputStream("/dev/null"));
            } catch (IOException _) {
                return;
            }
        }
    }

    private static void close(FileInputStream file) {
        try {
            file.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static String limit() {
        try {
            return Files.readAllLines(Path.of("/proc/self/limits")).stream()
                    .filter(line -> line.startsWith("Max open files"))
                    .map(line -> line.split(" +")[3])
                    .findFirst()
                    .orElseThrow();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static void set(String limit) {
        Tool.run("prlimit", "--pid", Long.toString(ProcessHandle.current().pid()), "--nofile=" + limit + ":");
    }

    @Override
    public void close() {
        set(limitBefore);
    }
}
