package io.netyard.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netyard.linux.Capability;
import io.netyard.linux.FileLock;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the processes that Netyard starts have: the daemon of a lab, and commands in nodes.
///
/// ```text
/// h1:eth0 --- s1:p1 (user) p2 --- h2:eth0
/// ```
class ConfinementIT {
    private static final String LAB = """
            lab: confined
            nodes:
              h1..2: { interfaces: { eth0: { address: 10.0.0.1..2/24 } } }
              s1: { kind: switch, driver: user }
            links:
              - h1..2:eth0 -- s1:p1..2
            checks:
              - h1 reaches h2
            """;
    private static final Path SOCKET = Path.of("/run/netyard/confined/daemon.sock");

    @TempDir
    Path folder = Path.of("");

    @BeforeEach
    void apply() throws IOException {
        Path file = Files.writeString(folder.resolve("lab.yaml"), LAB);
        Netyard.Outcome outcome =
                Launcher.shell("exec 7</etc/passwd 8>>" + folder + "/open; CANARY=sings ./netyard apply " + file);
        assertThat(outcome.code()).as(outcome.out() + outcome.err()).isZero();
    }

    @AfterEach
    void destroy() {
        Tool.run("chmod", "700", "/run/netyard", "/run/netyard/confined");
        assertThat(Netyard.run("destroy", "confined").code()).isZero();
    }

    private static Path daemon() throws IOException {
        return Path.of("/proc", FileLock.signature(SOCKET.resolveSibling("daemon.lock")));
    }

    private static String status(Path process, String field) throws IOException {
        try (Stream<String> lines = Files.lines(process.resolve("status"))) {
            return lines.filter(line -> line.startsWith(field + ":"))
                    .map(line -> line.substring(field.length() + 1).strip())
                    .findFirst()
                    .orElseThrow();
        }
    }

    /// Of every thread: capabilities are a thread's.
    @Test
    void theDaemonHasTheCapabilitiesThatItNeedsAndNoMore() throws IOException {
        long needed = Stream.of(
                        Capability.NET_ADMIN, Capability.NET_RAW, Capability.SYS_ADMIN, Capability.DAC_READ_SEARCH)
                .mapToLong(capability -> 1L << capability.number())
                .sum();
        for (Path thread : list(daemon().resolve("task"))) {
            for (String field : List.of("CapPrm", "CapEff", "CapBnd")) {
                assertThat(Long.parseLong(status(thread, field), 16) & ~needed)
                        .as("%s of %s", field, status(thread, "Name"))
                        .isZero();
            }
            assertThat(status(thread, "NoNewPrivs")).isEqualTo("1");
        }
        assertThat(status(daemon(), "Umask")).isEqualTo("0077");
        assertThat(Netyard.run("check", "confined").code()).isZero();
    }

    @Test
    @Tag("F51")
    void theDaemonHasNoEnvironmentButTheFolderOfLabs() throws IOException {
        String environment = Files.readString(daemon().resolve("environ"));
        assertThat(environment.split("\0"))
                .allMatch(variable -> variable.isEmpty() || variable.startsWith("NETYARD_RUN="));
    }

    @Test
    @Tag("F51")
    void theDaemonTakesNoDebuggerAndWritesNoStatistics() throws IOException {
        assertThat(Files.readString(daemon().resolve("cmdline")))
                .contains("-XX:+DisableAttachMechanism", "-XX:-UsePerfData");
        Netyard.Outcome core =
                Launcher.shell("setpriv --bounding-set=-all --inh-caps=-all cat " + daemon() + "/environ");
        assertThat(core.code())
                .as("root without CAP_SYS_PTRACE looks into the daemon")
                .isNotZero();
    }

    @Test
    @Tag("F49")
    void theDaemonInheritsNoDescriptors() throws IOException {
        for (Path descriptor : list(daemon().resolve("fd"))) {
            assertThat(Files.readSymbolicLink(descriptor).toString())
                    .isNotEqualTo("/etc/passwd")
                    .isNotEqualTo(folder.resolve("open").toString());
        }
    }

    @Test
    @Tag("F51")
    void theDaemonLoadsLibrariesOnlyFromTheInstallation() throws IOException {
        Path home = Netyard.home().toRealPath();
        Path java = Path.of(System.getProperty("java.home")).toRealPath();
        Set<String> loaded = new TreeSet<>();
        for (String line : Files.readAllLines(daemon().resolve("maps"))) {
            if (line.contains(".so")) {
                loaded.add(line.substring(line.indexOf('/')));
            }
        }
        assertThat(loaded)
                .anyMatch(path -> path.startsWith(home + "/cli/target/dist/native/libnetty"))
                .allMatch(path -> path.startsWith(home + "/cli/target/dist/native/")
                        || path.startsWith(java + "/")
                        || path.startsWith("/usr/lib")
                        || path.startsWith("/lib"));
    }

    /// The folder keeps others out; should it not, the daemon looks who asks.
    @Test
    void theDaemonServesItsOwnUserAlone() throws IOException {
        assumeTrue(
                Files.isExecutable(Path.of("/usr/bin/perl")), "perl asks the daemon as another user, and is not here");
        String ask = """
                chmod 755 /run/netyard /run/netyard/confined; chmod 666 %1$s
                cat > %2$s/ask <<'END'
                use Socket; socket(S, AF_UNIX, SOCK_STREAM, 0) or die; connect(S, sockaddr_un("%1$s")) or die;
                $SIG{PIPE} = "IGNORE"; syswrite S, '{"version":1,"do":"READ","resources":[]}'; shutdown(S, 1); print <S>;
                END
                chmod 755 %2$s; $AS perl %2$s/ask
                """.formatted(SOCKET, folder);
        assertThat(Launcher.shell("AS=; " + ask).out()).contains("\"version\":1");
        Netyard.Outcome other = Launcher.shell("AS='setpriv --reuid=65534 --regid=65534 --clear-groups'; " + ask);
        assertThat(other.out()).isEmpty();
        assertThat(Launcher.shell("AS=; " + ask).out()).contains("\"version\":1");
    }

    @Test
    @Tag("F49")
    void aCommandInANodeGetsThreeDescriptorsAndACleanEnvironment() {
        String look = "i=0; while [ $i -lt 100 ]; do if [ -e /proc/self/fd/$i ]; then echo $i; fi; i=$((i + 1)); done";
        Netyard.Outcome outcome = Launcher.shell(
                "exec 7</etc/passwd 8>>" + folder + "/open; ./netyard exec confined h1 -- sh -c '" + look + "'");
        assertThat(outcome.out().lines()).containsExactly("0", "1", "2");
        Netyard.Outcome environment =
                Launcher.shell("JAVA_TOOL_OPTIONS=x LD_LIBRARY_PATH=/x MINE=yes ./netyard exec confined h1 -- env");
        assertThat(environment.out()).contains("MINE=yes").doesNotContain("JAVA_TOOL_OPTIONS", "LD_LIBRARY_PATH");
    }

    private static List<Path> list(Path folder) throws IOException {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
            stream.forEach(files::add);
        }
        return files;
    }
}
