package io.netyard.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// An environment that would make root's Netyard load other code, or lay its files open: a canary in each
/// variable, which must not sing.
@Tag("F51")
class EnvironmentIT {
    private static final String LAB = """
            lab: canary
            nodes:
              h1..2: { interfaces: { eth0: { address: 10.0.0.1..2/24 } } }
              s1: { kind: switch, driver: user }
            links:
              - h1..2:eth0 -- s1:p1..2
            """;

    @TempDir
    Path folder = Path.of("");

    @BeforeAll
    static void onlyOnce() {
        assumeTrue(
                !"full".equals(System.getProperty("netyard.ring")),
                "the environment is the same on every kernel; the ring of this kernel tries it");
    }

    private static Netyard.Outcome succeeds(String lines) {
        Netyard.Outcome outcome = Launcher.shell(lines);
        assertThat(outcome.code()).as(outcome.out() + outcome.err()).isZero();
        return outcome;
    }

    /// A JVM that reads the option does not start: there is no such option.
    @ParameterizedTest
    @ValueSource(strings = {"JAVA_TOOL_OPTIONS", "_JAVA_OPTIONS", "JDK_JAVA_OPTIONS"})
    void optionsOfTheJvmAreNotTaken(String variable) {
        Netyard.Outcome outcome = succeeds(variable + "=-XX:CanaryOption ./netyard list --json");
        assertThat(outcome.err()).isEmpty();
    }

    /// A JVM that looks there finds classes and libraries that are none.
    @ParameterizedTest
    @ValueSource(strings = {"CLASSPATH", "LD_LIBRARY_PATH"})
    void codeIsNotLoadedFromElsewhere(String variable) throws IOException {
        Path main = Files.createDirectories(folder.resolve("io/netyard/cli")).resolve("Main.class");
        Files.writeString(main, "canary");
        for (String library : List.of(
                "libjvm.so",
                "libjli.so",
                "libjnidispatch.so",
                "libnetty_transport_native_epoll_x86_64.so",
                "libz.so.1")) {
            Files.writeString(folder.resolve(library), "canary");
        }
        Path file = Files.writeString(folder.resolve("lab.yaml"), LAB);
        succeeds(variable + "=" + folder + " ./netyard apply " + file + " && ./netyard destroy canary");
    }

    /// The shell that runs the launcher complains of the library that is none; nothing after it does.
    @Test
    void librariesAreNotLoadedBeforehand() {
        Netyard.Outcome outcome = succeeds("LD_PRELOAD=" + folder + "/canary.so ./netyard list --json");
        assertThat(outcome.err().lines().filter(line -> line.contains("canary.so")))
                .hasSizeLessThanOrEqualTo(1);
    }

    @Test
    void nothingIsUnpackedWhereOthersChoose() throws IOException {
        Path nest = Files.createDirectory(folder.resolve("nest"));
        Path file = Files.writeString(folder.resolve("lab.yaml"), LAB);
        Set<Path> before = list(Path.of("/tmp"));
        String canaries = "export XDG_CACHE_HOME=" + nest + " TMPDIR=" + nest + " HOME=" + nest + "; ";
        succeeds(canaries + "./netyard apply " + file + " && ./netyard check " + file + " && ./netyard destroy canary");
        assertThat(list(nest)).isEmpty();
        assertThat(list(Path.of("/tmp")).stream()
                        .filter(each -> !before.contains(each))
                        .map(each -> each.getFileName().toString()))
                .noneMatch(
                        name -> name.startsWith("jna") || name.startsWith("libnetty") || name.startsWith(".java_pid"));
    }

    private static Set<Path> list(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.collect(Collectors.toSet());
        }
    }

    @Test
    void filesAreTheirOwnersAloneWhateverTheUmask() throws IOException {
        Path file = Files.writeString(folder.resolve("lab.yaml"), LAB);
        succeeds("umask 0; ./netyard apply " + file);
        try {
            List<Path> open = new ArrayList<>(whatOthersMayWrite(Path.of("/run/netyard")));
            open.addAll(whatOthersMayWrite(Path.of("/run/netns")));
            assertThat(open).isEmpty();
            assertThat(Files.getPosixFilePermissions(Path.of("/run/netyard/canary")))
                    .isEqualTo(PosixFilePermissions.fromString("rwx------"));
            assertThat(Files.getPosixFilePermissions(Path.of("/run/netyard/canary/daemon.sock")))
                    .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        } finally {
            succeeds("./netyard destroy canary");
        }
    }

    private static List<Path> whatOthersMayWrite(Path root) throws IOException {
        List<Path> found = new ArrayList<>();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            private FileVisitResult look(Path file) throws IOException {
                Set<PosixFilePermission> mode = Files.getPosixFilePermissions(file);
                if (mode.contains(PosixFilePermission.GROUP_WRITE) || mode.contains(PosixFilePermission.OTHERS_WRITE)) {
                    found.add(file);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                return look(folder);
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                return look(file);
            }
        });
        return found;
    }

    /// A copy of the launcher whose native library everybody may write.
    @Test
    void rootLoadsNothingThatOthersMayChange() {
        String copy = folder + "/copy";
        succeeds("mkdir -p " + copy + "/cli/target && cp -a netyard .mvn " + copy + " && cp -a cli/target/dist " + copy
                + "/cli/target && " + copy + "/netyard list --json");
        String library = copy + "/cli/target/dist/native/libjnidispatch.so";
        Netyard.Outcome refused = Launcher.shell("chmod o+w " + library + " && " + copy + "/netyard list --json");
        assertThat(refused.code()).isEqualTo(77);
        assertThat(refused.err()).contains("netyard: " + library + " may be written by everybody");
        Netyard.Outcome foreign =
                Launcher.shell("chmod o-w " + library + " && chown 65534 " + library + " && " + copy + "/netyard list");
        assertThat(foreign.code()).isEqualTo(77);
        assertThat(foreign.err()).contains(library + " belongs to the user 65534");
    }
}
