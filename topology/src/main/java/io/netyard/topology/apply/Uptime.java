package io.netyard.topology.apply;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;

/// How long the machine has been up (`CLOCK_BOOTTIME`): a clock that all processes share and nobody sets.
final class Uptime {
    private static final Path FILE = Path.of("/proc/uptime");

    private Uptime() {}

    static long milliseconds() {
        try {
            String seconds = Files.readString(FILE).split(" ", 2)[0];
            return new BigDecimal(seconds).movePointRight(3).longValue();
        } catch (IOException failure) {
            throw new UncheckedIOException("read " + FILE, failure);
        }
    }
}
