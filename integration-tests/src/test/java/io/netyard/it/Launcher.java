package io.netyard.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// Runs `./netyard` as people do: the launcher, in a process of its own.
final class Launcher {
    private Launcher() {}

    static Netyard.Outcome run(String... arguments) {
        List<String> command = new ArrayList<>(List.of("./netyard"));
        command.addAll(List.of(arguments));
        return process(command);
    }

    /// As a user without rights.
    static Netyard.Outcome runAsNobody(String... arguments) {
        List<String> command = new ArrayList<>(
                List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--inh-caps=-all", "./netyard"));
        command.addAll(List.of(arguments));
        return process(command);
    }

    /// Runs lines of shell in the folder of the project.
    static Netyard.Outcome shell(String lines) {
        return process(List.of("bash", "-c", lines));
    }

    private static Netyard.Outcome process(List<String> command) {
        try {
            Process process = new ProcessBuilder(command)
                    .directory(Netyard.home().toFile())
                    .start();
            process.getOutputStream().close();
            CompletableFuture<String> err = CompletableFuture.supplyAsync(() -> read(process.getErrorStream()));
            String out = read(process.getInputStream());
            return new Netyard.Outcome(process.waitFor(), out, err.join());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException failure) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(failure);
        }
    }

    private static String read(java.io.InputStream stream) {
        try {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
