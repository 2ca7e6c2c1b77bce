package io.netyard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MainTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        return Main.run(arguments, new PrintWriter(out), new PrintWriter(err));
    }

    @Test
    void helpListsCommandsAndExitCodes() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString())
                .contains("validate", "apply", "destroy", "69", "this kernel lacks what the lab needs");
    }

    @ParameterizedTest
    @CsvSource({"aply, netyard apply", "lst, netyard list", "delete, netyard destroy", "status, netyard show"})
    void suggestsTheNearestCommand(String wrong, String suggestion) {
        assertThat(run(wrong)).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains(suggestion);
    }

    @Test
    void helpOfACommandIsThereInBothOrders() {
        assertThat(run("help", "plan")).isZero();
        assertThat(run("plan", "--help")).isZero();
        String twice = out.toString();
        assertThat(twice).startsWith("Usage: netyard plan");
        assertThat(twice.substring(0, twice.length() / 2)).isEqualTo(twice.substring(twice.length() / 2));
    }

    @Test
    void helpOfWhatIsNoCommandIsWrongUsage() {
        assertThat(run("help", "aply")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("netyard apply");
        assertThat(run("help")).isZero();
    }

    @Test
    void whatIsMissingIsShownInItsPlace() {
        assertThat(run("exec", "h1", "ls")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("LAB NODE CMD");
    }

    @Test
    void validatesSeveralFiles(@TempDir Path folder) throws IOException {
        Path good = Files.writeString(folder.resolve("good.yaml"), "lab: x\nnodes: { h1: {} }\n");
        Path bad = Files.writeString(folder.resolve("bad.yaml"), "lab: x\nnodes: { h1: { knd: host } }\n");
        assertThat(run("validate", good.toString(), bad.toString())).isEqualTo(ExitCode.BAD_FILE);
        assertThat(out.toString()).isEqualTo("x: 1 node, 0 links, 0 checks; no errors\n");
        assertThat(err.toString()).contains("did you mean 'kind'?");
    }

    @Test
    void missingAndUnknownArgumentsAreWrongUsage() {
        assertThat(run()).isEqualTo(ExitCode.USAGE);
        assertThat(run("apply")).isEqualTo(ExitCode.USAGE);
        assertThat(run("list", "--jsn")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("--json");
    }

    @Test
    void pointsAtMistakesInAFile(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("lab.yaml"), "lab: x\nnodes: {}\nlnks: []\n");
        assertThat(run("validate", file.toString())).isEqualTo(ExitCode.BAD_FILE);
        assertThat(err.toString())
                .contains("lab.yaml:3:1: error: the file has no key 'lnks'")
                .contains("    lnks: []\n    ^\n    did you mean 'links'?\n1 error; nothing was changed");
    }

    @Test
    void sayJsonWithItsVersion(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("lab.yaml"), "lab: x\nnodes: { h1: {} }\n");
        assertThat(run("validate", "--json", file.toString())).isZero();
        assertThat(out.toString()).startsWith("{\"format\":1,\"valid\":true,");
    }

    @Test
    void printsASchemaAndACompletionScript() {
        assertThat(run("schema")).isZero();
        assertThat(out.toString()).contains("draft/2020-12");
        assertThat(run("completion")).isZero();
        assertThat(out.toString()).contains("complete -F _netyard netyard");
    }
}
