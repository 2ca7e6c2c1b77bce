package io.netyard.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Completion in a real bash, with a lab that is applied.
class CompletionIT {
    @BeforeEach
    void apply() {
        assertThat(Netyard.run(
                                "apply",
                                Netyard.home()
                                        .resolve("examples/two-hosts.yaml")
                                        .toString())
                        .code())
                .isZero();
    }

    @AfterEach
    void destroy() {
        Netyard.run("destroy", "two-hosts");
    }

    /// What bash offers for the last word.
    private static List<String> complete(String... words) {
        String line = "source <(./netyard completion)\n"
                + "function=$(complete -p netyard | sed 's/.*-F \\([^ ]*\\) .*/\\1/')\n"
                + "COMP_WORDS=(" + quoted(words) + ")\n"
                + "COMP_CWORD=" + (words.length - 1) + "\n"
                + "$function\n"
                + "printf '%s\\n' \"${COMPREPLY[@]}\"\n";
        Netyard.Outcome outcome = Launcher.shell(line);
        assertThat(outcome.err()).isEmpty();
        return outcome.out().lines().filter(word -> !word.isEmpty()).toList();
    }

    private static String quoted(String... words) {
        return "'" + String.join("' '", words) + "'";
    }

    @Test
    void completesCommandsAndOptions() {
        assertThat(complete("netyard", "")).contains("apply", "destroy", "completion");
        assertThat(complete("netyard", "de")).containsExactly("destroy");
        assertThat(complete("netyard", "da")).isEmpty();
        assertThat(complete("netyard", "gu")).isEmpty();
        assertThat(complete("netyard", "--v")).containsExactly("--version");
        assertThat(complete("netyard", "plan", "--e")).containsExactly("--exit-code");
    }

    @Test
    void completesLabsAndTheirNodes() {
        assertThat(complete("netyard", "show", "tw")).containsExactly("two-hosts");
        assertThat(complete("netyard", "shell", "")).containsExactly("two-hosts");
        assertThat(complete("netyard", "exec", "two-hosts", "")).containsExactly("h1", "h2");
        assertThat(complete("netyard", "show", "--json", "two-hosts", "h1")).containsExactly("h1");
        assertThat(complete("netyard", "exec", "$(id)", "")).isEmpty();
    }

    @Test
    void completesInZshToo() {
        assumeTrue(Launcher.shell("command -v zsh").code() == 0, "zsh is not installed");
        String prelude = "zsh -f -c 'autoload -U +X compinit && compinit -u; source <(./netyard completion); ";
        // zsh itself picks those that start like the word.
        assertThat(Launcher.shell(prelude + "COMP_WORDS=(netyard de); COMP_CWORD=1; compgen -F _netyard -- de'")
                        .out())
                .contains("destroy\n");
        assertThat(Launcher.shell(prelude
                                + "COMP_WORDS=(netyard apply examples/two); COMP_CWORD=2; compgen -F _netyard -- e'")
                        .out())
                .contains("two-hosts\n", "examples/two-hosts.yaml\n");
        assertThat(Launcher.shell(prelude
                                + "COMP_WORDS=(netyard exec two-hosts h); COMP_CWORD=3; compgen -F _netyard -- h'")
                        .out())
                .isEqualTo("h1\nh2\n");
    }

    @Test
    void completesFilesAndCommands() {
        assertThat(complete("netyard", "apply", "examples/two-")).containsExactly("examples/two-hosts.yaml");
        assertThat(complete("netyard", "destroy", "exam")).containsExactly("examples");
        assertThat(complete("netyard", "check", "--csv", "READ")).containsExactly("README.md");
        assertThat(complete("netyard", "check", "--csv", "=", "READ")).containsExactly("README.md");
        assertThat(complete("netyard", "apply", "--confirm-within", "")).isEmpty();
        assertThat(complete("netyard", "apply", "--timeout", "=", "")).isEmpty();
        Launcher.shell("echo > completed.yml");
        assertThat(complete("netyard", "apply", "comp")).containsExactly("completed.yml");
        Launcher.shell("rm completed.yml");
        assertThat(complete("netyard", "check", "--csv", "x", "two-")).containsExactly("two-hosts");
        assertThat(complete("netyard", "validate", "examples/qinq.yaml", "examples/vxlan-i"))
                .containsExactly("examples/vxlan-ipv6.yaml");
        assertThat(complete("netyard", "exec", "two-hosts", "h1", "true", "READ"))
                .contains("README.md");
        assertThat(complete("netyard", "exec", "two-hosts", "h1", "mkdi")).contains("mkdir");
    }
}
