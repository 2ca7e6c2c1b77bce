package io.netyard.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.netyard.linux.Processes;
import java.io.BufferedReader;
import org.junit.jupiter.api.Test;

/// Whether processes run.
class ProcessesIT {
    @Test
    void tellsOneThatHasEndedFromOneThatRuns() throws Exception {
        // The child ends; its parent, by then another program, never asks about it.
        Process parent = new ProcessBuilder("sh", "-c", "true & echo $!; exec sleep 20").start();
        try (BufferedReader said = parent.inputReader()) {
            long child = Long.parseLong(said.readLine());
            for (int tries = 0; tries < 500 && Processes.isRunning(child); tries++) {
                Thread.sleep(10);
            }
            assertThat(Processes.isRunning(child)).isFalse();
            assertThat(Processes.isRunning(parent.pid())).isTrue();
        } finally {
            parent.destroy();
        }
        parent.waitFor();
        assertThat(Processes.isRunning(parent.pid())).isFalse();
    }
}
