package io.netyard.cli.daemon;

import io.netyard.linux.Capability;
import io.netyard.linux.Confinement;
import io.netyard.topology.observe.UserSwitchException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;

/// Starts the daemon of a lab: this program again, in a process that stays.
final class DaemonStart {
    private static final Duration START = Duration.ofSeconds(60);

    /// To attach to TAP devices, to open packet sockets, to enter namespaces; and to load its own classes
    /// where they lie in a home that only its owner may enter.
    private static final Set<Capability> NEEDED =
            EnumSet.of(Capability.NET_ADMIN, Capability.NET_RAW, Capability.SYS_ADMIN, Capability.DAC_READ_SEARCH);

    /// What the daemon gets of the environment: the folder of the labs.
    private static final Set<String> VARIABLES = Set.of("NETYARD_RUN");

    private static final String COMPILER = "NETYARD_COMPILER";

    private static final Set<StandardOpenOption> LOG_OPTIONS =
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

    private final String lab;
    private final DaemonFiles files;

    DaemonStart(String lab, DaemonFiles files) {
        this.lab = lab;
        this.files = files;
    }

    /// Starts it and waits until it is ready.
    ///
    /// @param isReady whether it answers
    void run(BooleanSupplier isReady) {
        Process process = start();
        long end = System.nanoTime() + START.toNanos();
        while (!isReady.getAsBoolean()) {
            if (!process.isAlive()) {
                throw new UserSwitchException(
                        "the daemon that runs switches in user space did not start: " + lastWords());
            }
            if (System.nanoTime() > end) {
                process.destroyForcibly();
                throw new UserSwitchException("the daemon that runs switches in user space was not ready within "
                        + START.toSeconds() + " s: " + lastWords());
            }
            DaemonSwitches.pause();
        }
    }

    private Process start() {
        ProcessBuilder builder = new ProcessBuilder(command());
        builder.directory(new File("/"));
        builder.environment().keySet().retainAll(VARIABLES);
        builder.redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
        builder.redirectErrorStream(true);
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(files.log().toFile()));
        try {
            Files.newByteChannel(files.log(), LOG_OPTIONS, PosixFilePermissions.asFileAttribute(OWNER_ONLY))
                    .close();
            return Confinement.start(builder, NEEDED);
        } catch (IOException failure) {
            throw new UserSwitchException(
                    "the daemon that runs switches in user space did not start: " + failure.getMessage(), failure);
        }
    }

    private List<String> command() {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:+UseSerialGC", "-Xmx512m", "-XX:-UsePerfData", "-Xlog:disable"));
        command.addAll(List.of("-XX:+DisableAttachMechanism", "-XX:+ExitOnOutOfMemoryError"));
        if ("c1".equals(System.getenv(COMPILER))) {
            command.add("-XX:TieredStopAtLevel=1");
        }
        command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
        String libraries = System.getProperty("jna.boot.library.path");
        if (libraries != null) {
            Path folder = Path.of(libraries).toAbsolutePath();
            command.addAll(List.of(
                    "-Djna.nounpack=true", "-Djna.boot.library.path=" + folder, "-Djava.library.path=" + folder));
        }
        command.add("-XX:ErrorFile=" + files.folder().resolve("daemon-crash.log"));
        // Where Netty unpacks its native library where the distribution does not have it; it is removed
        // once it is loaded.
        command.add("-Dio.netty.native.workdir=" + files.folder());
        command.add("-Djava.io.tmpdir=" + files.folder());
        command.addAll(List.of("-cp", classPath(), "io.netyard.cli.Main", "daemon", lab));
        return command;
    }

    /// The daemon runs in another folder, so relative entries are made absolute.
    private static String classPath() {
        List<String> entries = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            entries.add(Path.of(entry).toAbsolutePath().toString());
        }
        return String.join(File.pathSeparator, entries);
    }

    private String lastWords() {
        try {
            List<String> lines = Files.readAllLines(files.log());
            return lines.isEmpty() ? "it said nothing" : lines.getLast();
        } catch (IOException failure) {
            return "and " + files.log() + " cannot be read: " + failure.getMessage();
        }
    }
}
