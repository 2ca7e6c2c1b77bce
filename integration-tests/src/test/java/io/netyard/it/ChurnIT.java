package io.netyard.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.netyard.topology.apply.Labs;
import io.netyard.topology.apply.Progress;
import io.netyard.topology.observe.UserSwitches;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Labs that come and go fast, and many at once.
class ChurnIT {
    private static final boolean FULL = "full".equals(System.getProperty("netyard.ring"));
    private static final int TURNS = Integer.getInteger("netyard.churn.turns", FULL ? 5 : 200);
    private static final int ROUNDS = Integer.getInteger("netyard.churn.rounds", FULL ? 1 : 4);
    private static final int LABS = FULL ? 2 : 8;

    @TempDir
    Path folder = Path.of("");

    @Test
    @Tag("F30")
    void destroyFollowedAtOnceByApplyNeverCollides() {
        Labs labs = Labs.ofThisMachine(UserSwitches.NOWHERE);
        CrashLab lab = new CrashLab("churn");
        for (int turn = 0; turn < TURNS; turn++) {
            labs.apply(CrashLab.source(turn % 2 == 0 ? lab.before() : lab.after()), Progress.SILENT);
            assertThat(labs.destroy("churn")).isPresent();
        }
        System.out.println("churn: " + TURNS + " times apply and destroy without a collision");
    }

    /// Each round, every lab does in a process of its own what a die says; then each is what it should be.
    @Test
    @Tag("F05")
    void labsThatComeAndGoTogetherDoNotMeet() throws Exception {
        Random random = new Random(8);
        String[] wanted = new String[LABS];
        for (int round = 0; round < ROUNDS; round++) {
            List<Process> processes = new ArrayList<>();
            for (int at = 0; at < LABS; at++) {
                processes.add(start(at, random.nextInt(3), wanted));
            }
            for (int at = 0; at < LABS; at++) {
                assertThat(processes.get(at).waitFor())
                        .as(Files.readString(folder.resolve(at + ".log")))
                        .isZero();
            }
            assertAsWanted(wanted);
        }
        for (int at = 0; at < LABS; at++) {
            Netyard.run("destroy", name(at));
        }
        System.out.println("churn: " + LABS + " labs at once, " + ROUNDS + " rounds");
    }

    private static String name(int at) {
        return "meet" + at;
    }

    private Process start(int at, int die, String[] wanted) throws IOException {
        CrashLab lab = new CrashLab(name(at));
        Path log = folder.resolve(at + ".log");
        if (die == 0) {
            wanted[at] = null;
            return KilledNetyard.start("off", log, "destroy", name(at));
        }
        wanted[at] = die == 1 ? lab.before() : lab.after();
        Path file = Files.writeString(folder.resolve(name(at) + ".yaml"), wanted[at]);
        return KilledNetyard.start("off", log, "apply", file.toString());
    }

    private static void assertAsWanted(String[] wanted) {
        Labs labs = Labs.ofThisMachine(UserSwitches.NOWHERE);
        for (int at = 0; at < LABS; at++) {
            String prefix = name(at) + ".";
            if (wanted[at] == null) {
                assertThat(Path.of("/run/netns"))
                        .isDirectoryNotContaining(
                                file -> file.getFileName().toString().startsWith(prefix));
            } else {
                assertThat(labs.plan(CrashLab.source(wanted[at])).changes())
                        .as(prefix)
                        .isEmpty();
            }
        }
    }
}
