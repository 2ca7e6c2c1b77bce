package io.netyard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManPagesTest {
    /// Started by other commands, not by people.
    private static final List<String> HIDDEN = List.of("daemon", "guard");

    @Test
    void everyCommandHasAPage(@TempDir Path folder) throws IOException {
        List<Path> pages = ManPages.write(folder, "1.2.3");
        assertThat(pages).hasSize(1 + Main.allCommands().getSubcommands().size() - HIDDEN.size());
        HIDDEN.forEach(command ->
                assertThat(folder.resolve("netyard-" + command + ".1")).doesNotExist());
        String apply = Files.readString(folder.resolve("netyard-apply.1"));
        assertThat(apply)
                .contains(".SH NAME\nnetyard\\-apply \\- Make the lab what its file says, and verify it\n")
                .contains(".TP\n.B \\-\\-json\n")
                .contains("65", "the topology file has errors");
        assertThat(Files.readString(folder.resolve("netyard.1"))).contains(".BR netyard\\-completion (1)");
    }
}
