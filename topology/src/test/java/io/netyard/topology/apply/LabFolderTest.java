package io.netyard.topology.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Which folders are those of labs, and what is removed from them.
class LabFolderTest {
    @TempDir
    Path folder = Path.of("");

    private Path run = Path.of("");

    @BeforeEach
    void chooseTheFolder() {
        run = folder.resolve("run");
    }

    private LabFolder made(String lab) {
        LabFolder made = LabFolder.of(run, lab);
        made.create();
        return made;
    }

    private Path with(String name, String file) throws IOException {
        return Files.writeString(made(name).path().resolve(file), "mine");
    }

    @Test
    @Tag("F23")
    void foldersOfOthersAreNoLabs() throws IOException {
        with(".ssh", "lock");
        with("photos", "cat.png");
        Files.setPosixFilePermissions(made("empty").path(), PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.createDirectory(made("nested").path().resolve("lock"));
        with("left", "lock");
        with("noted", "notes");
        LabFolder.of(run, "noted").write(LabRecord.none("noted"));
        assertThat(LabFolder.all(run)).containsExactly("left", "noted");
    }

    @Test
    @Tag("F23")
    void whatIsNotNetyardsStaysAndIsNamed() throws IOException {
        LabFolder noted = made("noted");
        noted.write(LabRecord.none("noted"));
        Path notes = with("noted", "notes");
        with("noted", "daemon.log");
        assertThatThrownBy(noted::delete).isInstanceOf(LabException.class).hasMessageContaining("notes in it is not");
        assertThat(notes).hasContent("mine");
        assertThat(noted.path()).isDirectoryNotContaining(file -> !file.equals(notes));
        Files.delete(notes);
        noted.delete();
        noted.delete();
        assertThat(noted.path()).doesNotExist();
        assertThat(noted.exists()).isFalse();
    }

    @Test
    @Tag("F26")
    void aRecordOfAnotherFormatIsNoDamage() throws IOException {
        LabFolder campus = made("campus");
        String text = LabRecordJson.write(LabRecord.none("campus")).replace("\"format\":1", "\"format\":2");
        Files.writeString(campus.path().resolve("state.json"), new String(Seal.close(text), StandardCharsets.UTF_8));
        assertThatThrownBy(campus::damage)
                .isInstanceOf(LabException.class)
                .hasMessageContaining("use the version that wrote it");
        assertThatThrownBy(campus::read).isInstanceOf(LabException.class).hasMessageNotContaining("netyard recover");
    }
}
