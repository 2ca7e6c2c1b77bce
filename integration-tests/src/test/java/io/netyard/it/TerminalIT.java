package io.netyard.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Test;

/// Colours on a terminal, and on nothing else.
class TerminalIT {
    private static final String ESCAPE = "\033[";
    private static final String PLAN = "./netyard plan examples/two-hosts.yaml";

    @Test
    void coloursAreForTerminalsAlone() {
        assumeTrue(Launcher.shell("command -v script").code() == 0, "script, which makes a terminal, is not installed");
        assertThat(Launcher.shell("TERM=xterm script -qec '" + PLAN + "' /dev/null")
                        .out())
                .contains(ESCAPE + "32m+" + ESCAPE + "0m node");
        assertThat(Launcher.shell("TERM=xterm NO_COLOR=1 script -qec '" + PLAN + "' /dev/null")
                        .out())
                .contains("  + node")
                .doesNotContain(ESCAPE);
        assertThat(Launcher.shell(PLAN).out()).contains("  + node").doesNotContain(ESCAPE);
    }
}
