package io.netyard.cli.daemon;

import io.netyard.linux.Capability;
import io.netyard.linux.Confinement;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// This program again, in a process that outlives the one that starts it: no terminal, no input, hardly an
/// environment, and what it has to say in a file.
///
/// @param folder the lab's
/// @param log what it prints is added to this file
/// @param options of the JVM, besides those that all such processes have
/// @param more capabilities, besides those that all such processes have
public record OwnProcess(Path folder, Path log, List<String> options, Set<Capability> more) {
    /// To attach to TAP devices, to open packet sockets, to enter namespaces; and to load its own classes
    /// where they lie in a home that only its owner may enter.
    private static final Set<Capability> NEEDED =
            EnumSet.of(Capability.NET_ADMIN, Capability.NET_RAW, Capability.SYS_ADMIN, Capability.DAC_READ_SEARCH);

    /// What it gets of the environment: the folder of the labs.
    private static final Set<String> VARIABLES = Set.of("NETYARD_RUN");

    private static final Set<StandardOpenOption> LOG_OPTIONS =
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

    /// Starts a command.
    public Process start(String... arguments) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command(List.of(arguments)));
        builder.directory(new File("/"));
        builder.environment().keySet().retainAll(VARIABLES);
        builder.redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
        builder.redirectErrorStream(true);
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        Files.newByteChannel(log, LOG_OPTIONS, PosixFilePermissions.asFileAttribute(OWNER_ONLY))
                .close();
        EnumSet<Capability> kept = EnumSet.copyOf(NEEDED);
        kept.addAll(more);
        return Confinement.start(builder, kept);
    }

    private List<String> command(List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:-UsePerfData", "-Xlog:disable"));
        command.addAll(List.of("-XX:+DisableAttachMechanism", "-XX:+ExitOnOutOfMemoryError"));
        command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
        String libraries = System.getProperty("jna.boot.library.path");
        if (libraries != null) {
            Path shared = Path.of(libraries).toAbsolutePath();
            command.addAll(List.of(
                    "-Djna.nounpack=true", "-Djna.boot.library.path=" + shared, "-Djava.library.path=" + shared));
            // Beside the libraries in a distribution. Where it does not fit the JVM, the start takes
            // longer.
            command.add("-XX:AOTCache=" + shared.resolveSibling("daemon.aot"));
        }
        command.add("-Djava.io.tmpdir=" + folder);
        command.addAll(options);
        command.addAll(List.of("-cp", classPath(), "io.netyard.cli.Main"));
        command.addAll(arguments);
        return command;
    }

    /// The process runs in another folder, so relative entries are made absolute.
    private static String classPath() {
        List<String> entries = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            entries.add(Path.of(entry).toAbsolutePath().toString());
        }
        return String.join(File.pathSeparator, entries);
    }
}
