package io.netyard.it.oracle;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netyard.it.oracle.SideBySide.Patience;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Netyard's switch against the bridge of the kernel.
@Timeout(600)
class KernelBridgeIT {
    private static final boolean EMULATED = "full".equals(System.getProperty("netyard.ring"));
    private static final Patience PATIENCE = EMULATED ? new Patience(60, 5000) : new Patience(4, 1000);
    private static final int ROUNDS = 32;
    private static final int PLAIN_ROUNDS = EMULATED ? 4 : ROUNDS;

    @TempDir
    Path folder = Path.of("");

    @BeforeEach
    void makeNamespaces() {
        SideBySide.makeNamespaces();
    }

    @AfterEach
    void removeNamespaces() {
        SideBySide.removeNamespaces();
    }

    @Test
    void passesFramesThroughAsABridgeWithoutVlansDoes() {
        RandomTraffic traffic = new RandomTraffic(3, SideBySide.MTUS);
        try (SideBySide both = new SideBySide(new KernelBridge(folder), PATIENCE)) {
            for (int round = 0; round < PLAIN_ROUNDS; round++) {
                both.round(traffic, traffic.nextPlainRoles());
            }
            both.judge(PLAIN_ROUNDS * SideBySide.CASES_IN_A_ROUND);
        }
    }

    @Test
    void filtersVlansAsTheBridgeDoes() {
        assumeTrue(KernelBridge.filtersVlans(), "the bridge of this kernel does not filter VLANs");
        RandomTraffic traffic = new RandomTraffic(4, SideBySide.MTUS);
        try (SideBySide both = new SideBySide(new KernelBridge(folder), PATIENCE)) {
            for (int round = 0; round < ROUNDS; round++) {
                both.round(traffic, traffic.nextRoles());
            }
            both.judge(ROUNDS * SideBySide.CASES_IN_A_ROUND);
        }
    }
}
