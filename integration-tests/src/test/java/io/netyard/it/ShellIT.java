package io.netyard.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// Shells in a node, on a terminal: they say where they are, and read what their user has written for them.
class ShellIT {
    @TempDir
    Path home = Path.of("");

    @RegisterExtension
    private final AppliedLab lab = new AppliedLab();

    @BeforeEach
    void apply() throws IOException {
        assumeTrue(Launcher.shell("command -v script").code() == 0, "script, which makes a terminal, is not installed");
        lab.apply("lab: prompt\nnodes: { h1: {} }\n");
    }

    /// What a shell shows that is told to say whether the user's file was read, and to end.
    private String terminal(String shell) {
        assumeTrue(Launcher.shell("command -v " + shell).code() == 0, shell + " is not installed");
        return Launcher.shell("(sleep 1; printf 'echo read-$mine\\nexit\\n') | HOME=" + home
                        + " TERM=dumb SHELL=$(command -v " + shell
                        + ") script -qec './netyard shell prompt h1' /dev/null")
                .out();
    }

    @Test
    void bashNamesTheNodeBeforeTheUsersPrompt() throws IOException {
        Files.writeString(home.resolve(".bashrc"), "PS1='own> '\nmine=yes\n");
        assertThat(terminal("bash")).contains("prompt:h1 own> ").contains("read-yes");
    }

    @Test
    void zshNamesTheNodeBeforeTheUsersPrompt() throws IOException {
        Files.writeString(home.resolve(".zshenv"), "mine=y\n");
        Files.writeString(home.resolve(".zshrc"), "PROMPT='own> '\nmine+=es\n");
        assertThat(terminal("zsh")).contains("prompt:h1 own> ").contains("read-yes");
    }

    @Test
    void shNamesTheNode() {
        assertThat(terminal("sh")).contains("prompt:h1# ");
    }
}
