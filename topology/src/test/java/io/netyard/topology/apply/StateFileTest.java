package io.netyard.topology.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.netyard.linux.FileIdentity;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A lab's record on disk: whole or found out, whatever was done to it.
class StateFileTest {
    private static final LabRecord FIRST = new LabRecord(
            "campus",
            LabRecord.Phase.COMMITTED,
            Map.of("h1", new FileIdentity(4, 4026532201L)),
            Set.of(),
            new LabSummary.AppliedFile("campus.yaml", "lab: campus\n"),
            Optional.empty(),
            0);
    private static final LabRecord SECOND =
            FIRST.committed(Map.of("h1", new FileIdentity(4, 4026532201L), "h2", new FileIdentity(4, 4026532202L)));

    @TempDir
    Path folder = Path.of("");

    private Path file = Path.of("");
    private Path previous = Path.of("");

    @BeforeEach
    void chooseTheFile() {
        file = folder.resolve("state.json");
        previous = folder.resolve("state.json.1");
    }

    private StateFile state() {
        return new StateFile(file);
    }

    @Test
    void whatIsWrittenIsRead() throws IOException {
        assertThat(state().exists()).isFalse();
        assertThat(state().read()).isEmpty();
        state().write(FIRST);
        assertThat(state().read()).contains(FIRST);
        assertThat(previous).doesNotExist();
        state().write(SECOND);
        assertThat(state().read()).contains(SECOND);
        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(folder.resolve("state.json.next")).doesNotExist();
    }

    @Test
    @Tag("F22")
    void theGenerationBeforeStandsInForADamagedOne() throws IOException {
        state().write(FIRST);
        state().write(SECOND);
        byte[] whole = Files.readAllBytes(file);
        for (int length = 0; length < whole.length; length++) {
            Files.write(file, java.util.Arrays.copyOf(whole, length));
            assertThat(state().read()).as("cut to %d bytes", length).contains(FIRST.interrupted());
        }
        Files.delete(file);
        assertThat(state().exists()).isTrue();
        assertThat(state().read()).contains(FIRST.interrupted());
    }

    @Test
    @Tag("F22")
    void aDamagedGenerationIsNotKept() throws IOException {
        state().write(FIRST);
        state().write(SECOND);
        Files.writeString(file, "x", StandardOpenOption.APPEND);
        state().write(SECOND);
        assertThat(state().read()).contains(SECOND);
        Files.writeString(file, "x", StandardOpenOption.APPEND);
        assertThat(state().read()).contains(FIRST.interrupted());
    }

    @Test
    @Tag("F22")
    void twoDamagedGenerationsAreRefused() throws IOException {
        state().write(FIRST);
        state().write(SECOND);
        Files.writeString(file, "x", StandardOpenOption.APPEND);
        Files.writeString(previous, "");
        assertThatThrownBy(() -> state().read()).hasMessageContaining("checksum");
    }

    @Test
    @Tag("F26")
    void anotherFormatIsRefusedThoughTheGenerationBeforeIsGood() throws IOException {
        state().write(FIRST);
        state().write(FIRST);
        for (String newer : new String[] {"{\"format\":2}", "{\"format\":4294967297,\"x\":[]}", "{\"format\":0}"}) {
            Files.write(file, Seal.close(newer));
            assertThatThrownBy(() -> state().read()).hasMessageContaining("use the version that wrote it");
        }
    }

    @ParameterizedTest
    @Tag("F22")
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{}",
                "{\"lab\":\"campus\",\"format\":1}",
                "{\"format\":1}",
                "{\"format\":\"1\"}",
                "{\"format\":1e0}",
                "{\"format\":1,\"lab\":7}",
                "{\"format\":1,\"lab\":\"campus\",\"lab\":\"campus\"}",
                "{\"format\":1,\"lab\":\"../etc\",\"phase\":\"committed\",\"file\":[\"\",\"\"]}",
                "{\"format\":1,\"lab\":\"a\",\"phase\":\"done\",\"file\":[\"\",\"\"]}",
                "{\"format\":1,\"lab\":\"a\",\"phase\":\"committed\",\"file\":[\"\",\"\"]}{}",
                "{\"format\":1,\"namespaces\":{\"../../etc\":[1,2]}}",
                "{\"format\":1,\"namespaces\":{\"h1\":[1]}}",
                "{\"format\":1,\"namespaces\":{\"h1\":[1,2,3]}}",
                "{\"format\":1,\"namespaces\":{\"h1\":[1,99999999999999999999]}}",
                "{\"format\":1,\"expected\":[\"h1\",\"h1\"]}",
                "{\"format\":1,\"expected\":[[[[[\"h1\"]]]]]}",
            })
    void whatIsNoRecordIsExplained(String text) {
        Throwable failure = catchThrowable(() -> LabRecordJson.read(text));
        assertThat(failure).isInstanceOf(IllegalArgumentException.class);
        assertThat(failure.getMessage()).isNotBlank();
    }

    @Test
    @Tag("F22")
    void aGibibyteIsRefusedUnread() throws IOException {
        state().write(FIRST);
        try (RandomAccessFile huge = new RandomAccessFile(file.toFile(), "rw")) {
            huge.setLength(1L << 30);
        }
        assertTimeoutPreemptively(
                Duration.ofSeconds(1),
                () -> assertThatThrownBy(() -> state().read()).hasMessageContaining("it has 1073741824 bytes"));
    }

    @Test
    @Tag("F23")
    void whatIsNoPlainFileIsNotFollowed() throws Exception {
        Path target = folder.resolve("target");
        Files.write(target, Seal.close(LabRecordJson.write(FIRST)));
        Files.createSymbolicLink(file, target);
        assertThatThrownBy(() -> state().read()).hasMessageContaining("no plain file");
        Files.delete(file);
        assertThat(new ProcessBuilder("mkfifo", file.toString()).start().waitFor())
                .isZero();
        assertTimeoutPreemptively(
                Duration.ofSeconds(1),
                () -> assertThatThrownBy(() -> state().read()).hasMessageContaining("no plain file"));
        Path next = folder.resolve("state.json.next");
        Path precious = Files.writeString(folder.resolve("precious"), "mine");
        Files.createSymbolicLink(next, precious);
        assertThatThrownBy(() -> state().write(SECOND)).isInstanceOf(IOException.class);
        assertThat(precious).hasContent("mine");
    }

    @Test
    void aRecordOfAnotherLabIsRefused() {
        LabFolder here = LabFolder.of(folder, "campus");
        here.create();
        here.write(LabRecord.none("other"));
        assertThatThrownBy(here::read)
                .isInstanceOf(LabException.class)
                .hasMessageContaining("it is of the lab other")
                .hasMessageContaining(folder.resolve("campus").toString());
    }

    @Test
    void theTextStaysJsonOnItsFirstLine() {
        String text = new String(Seal.close(LabRecordJson.write(FIRST)), StandardCharsets.UTF_8);
        assertThat(text.lines()).hasSize(2);
        assertThat(text.lines().findFirst().orElseThrow())
                .startsWith("{\"format\":1,")
                .endsWith("}");
    }
}
