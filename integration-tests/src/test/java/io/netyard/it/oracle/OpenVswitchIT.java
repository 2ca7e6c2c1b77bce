package io.netyard.it.oracle;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Netyard's switch against Open vSwitch.
@Timeout(180)
class OpenVswitchIT {
    private static final int ROUNDS = 60;

    @TempDir
    Path folder = Path.of("");

    @BeforeEach
    void makeNamespaces() {
        assumeTrue(OpenVswitch.isInstalled(), "Open vSwitch is not installed");
        SideBySide.makeNamespaces();
    }

    @AfterEach
    void removeNamespaces() {
        if (OpenVswitch.isInstalled()) {
            SideBySide.removeNamespaces();
        }
    }

    @Test
    void doesWhatOpenVswitchDoes() {
        RandomTraffic traffic = new RandomTraffic(20261121, SideBySide.MTUS);
        try (SideBySide both = new SideBySide(new OpenVswitch(folder), new SideBySide.Patience(4, 1000))) {
            for (int round = 0; round < ROUNDS; round++) {
                both.round(traffic, traffic.nextRoles());
            }
            both.judge(ROUNDS * SideBySide.CASES_IN_A_ROUND);
        }
    }
}
