package io.netyard.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Commands in nodes: `netyard exec`.
class ExecIT {
    private static final int CANNOT_BE_RUN = 126;
    private static final int NOT_FOUND = 127;

    @TempDir
    Path folder = Path.of("");

    @BeforeEach
    void apply() throws IOException {
        Path file = Files.writeString(folder.resolve("lab.yaml"), "lab: exec\nnodes: { h1: {} }\n");
        assertThat(Netyard.run("apply", file.toString()).code()).isZero();
    }

    @AfterEach
    void destroy() {
        assertThat(Netyard.run("destroy", "exec").code()).isZero();
    }

    @Test
    void theStatusOfTheCommandPassesThrough() {
        Netyard.Outcome outcome =
                Launcher.run("exec", "exec", "h1", "sh", "-c", "cat /sys/class/net/lo/ifindex; exit 7");
        assertThat(outcome.code()).as(outcome.err()).isEqualTo(7);
        assertThat(outcome.out()).isEqualTo("1\n");
    }

    @Test
    void aCommandThatIsNotThereIsNotFound() {
        assertThat(Launcher.run("exec", "exec", "h1", "no-such-command").code()).isEqualTo(NOT_FOUND);
    }

    @ParameterizedTest
    @CsvSource({"echo no interpreter, ENOEXEC", "#!/no/such/interpreter, ENOENT"})
    void whatTheKernelCannotRunIsNotRunnable(String script, String reason) throws IOException {
        Path file = Files.writeString(folder.resolve("script"), script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        Netyard.Outcome outcome = Launcher.run("exec", "exec", "h1", file.toString());
        assertThat(outcome.code()).as(outcome.err()).isEqualTo(CANNOT_BE_RUN);
        assertThat(outcome.err()).contains(file.toString(), reason);
    }
}
