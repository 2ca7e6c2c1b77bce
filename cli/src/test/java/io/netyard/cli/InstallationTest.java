package io.netyard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.netyard.cli.Installation.Access;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Which files root may load code from.
@Tag("F51")
class InstallationTest {
    private static final int ROOT = 0;
    private static final int ALICE = 1000;
    private static final int BOB = 1001;

    @Test
    void rootAndTheOwnerOfTheProjectAreTrusted() {
        assertThat(new Access(ROOT, ROOT, 0755).objection(ROOT)).isEmpty();
        assertThat(new Access(ROOT, ROOT, 0644).objection(ALICE)).isEmpty();
        assertThat(new Access(ALICE, ALICE, 0644).objection(ALICE)).isEmpty();
        assertThat(new Access(BOB, BOB, 0644).objection(ALICE)).contains("belongs to the user 1001");
        assertThat(new Access(ALICE, ALICE, 0644).objection(ROOT)).contains("belongs to the user 1000");
    }

    @Test
    void nobodyElseMayWrite() {
        assertThat(new Access(ROOT, ROOT, 0666).objection(ROOT)).contains("may be written by everybody");
        assertThat(new Access(ALICE, BOB, 0664).objection(ALICE)).contains("may be written by the group 1001");
    }

    @Test
    void anOwnersOwnGroupMayWrite() {
        assertThat(new Access(ALICE, ALICE, 0664).objection(ALICE)).isEmpty();
        assertThat(new Access(ROOT, ROOT, 0775).objection(ROOT)).isEmpty();
    }

    @Test
    void theStartUpCacheOfTheDaemonCounts(@TempDir Path home) throws IOException {
        Path cache = Files.createDirectories(home.resolve("cli/target/dist")).resolve("daemon.aot");
        Files.setPosixFilePermissions(Files.createFile(cache), PosixFilePermissions.fromString("rw-rw-rw-"));
        assertThat(new Installation(home).firstObjection().orElseThrow())
                .startsWith(cache + " may be written by everybody");
    }

    @Test
    void theFileIsNamed(@TempDir Path home) throws IOException {
        Path library =
                Files.createDirectories(home.resolve("cli/target/dist/native")).resolve("libjnidispatch.so");
        Files.createFile(library);
        assertThat(new Installation(home).firstObjection()).isEmpty();
        Files.setPosixFilePermissions(library, PosixFilePermissions.fromString("rw-rw-rw-"));
        assertThat(new Installation(home).firstObjection().orElseThrow())
                .startsWith(library + " may be written by everybody")
                .contains("chmod go-w");
    }
}
