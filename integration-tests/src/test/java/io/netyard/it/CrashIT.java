package io.netyard.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.netyard.topology.apply.LabSummary;
import io.netyard.topology.apply.Labs;
import io.netyard.topology.apply.Progress;
import io.netyard.topology.model.Topology;
import io.netyard.topology.observe.UserSwitches;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/// `kill -9` at every point of apply, change, destroy, rollback and recovery: the next run converges,
/// destroy leaves nothing, and what is somebody else's stays as it was.
///
/// The property `netyard.crash.every` says which share of the points is tried: 1 all, 3 every third.
@TestMethodOrder(MethodOrderer.MethodName.class)
class CrashIT {
    private static final boolean FULL = "full".equals(System.getProperty("netyard.ring"));
    private static final int EVERY = Integer.getInteger("netyard.crash.every", FULL ? 12 : 1);
    private static final int PAIRS = Integer.getInteger("netyard.crash.pairs", FULL ? 4 : 60);
    private static final int WORKERS = FULL ? 1 : 2;
    private static final int LAST_POINTS_OF_A_RUN = 12;

    @TempDir
    Path folder = Path.of("");

    private final Labs labs = Labs.ofThisMachine(UserSwitches.NOWHERE);
    private ForeignObjects foreign = new ForeignObjects();

    @BeforeEach
    void look() {
        assertThat(foreign.changed()).isEmpty();
    }

    @AfterEach
    void tidyUp() {
        assertThat(foreign.changed()).isEmpty();
        foreign.close();
    }

    /// One lab that a worker kills again and again.
    private final class Victim {
        private final CrashLab lab;
        private final Path before;
        private final Path after;
        private final Path log;

        Victim(String name) throws IOException {
            lab = new CrashLab(name);
            before = Files.writeString(folder.resolve(name + "-before.yaml"), lab.before());
            after = Files.writeString(folder.resolve(name + "-after.yaml"), lab.after());
            log = folder.resolve(name + ".log");
        }

        private String[] command(String scenario) {
            return switch (scenario) {
                case "apply" -> new String[] {"apply", before.toString()};
                case "change", "rollback" -> new String[] {"apply", after.toString()};
                case "back" -> new String[] {"apply", before.toString()};
                case "destroy" -> new String[] {"destroy", lab.name()};
                default -> new String[] {"recover", lab.name()};
            };
        }

        private void prepare(String scenario) {
            if (!scenario.equals("apply")) {
                String text = scenario.equals("back") ? lab.after() : lab.before();
                labs.apply(CrashLab.source(text), Progress.SILENT);
            }
            if (scenario.equals("recovery")) {
                int code = KilledNetyard.run("kill@apply.verify#1", log, "apply", after.toString());
                assertThat(code).isEqualTo(KilledNetyard.KILLED);
            }
        }

        /// The points that a scenario passes.
        List<String> points(String scenario, String failpoint) {
            prepare(scenario);
            List<String> points = KilledNetyard.points(folder, failpoint, command(scenario));
            labs.destroy(lab.name());
            assertGone();
            return points;
        }

        /// Kills at one point, and looks whether the lab can be had, or taken away, after that.
        void kill(String scenario, String failpoint, int point) {
            prepare(scenario);
            int code = KilledNetyard.run(failpoint + ";kill@#" + point, log, command(scenario));
            assertThat(code).as("%s killed at point %d", scenario, point).isEqualTo(KilledNetyard.KILLED);
            converge(point);
        }

        /// Kills a run, and the run after it.
        void killTwice(int first, int second, String next) {
            prepare("change");
            KilledNetyard.run("kill@#" + first, log, command("change"));
            KilledNetyard.run("kill@#" + second, log, command(next));
            converge(first + second);
        }

        private void converge(int turn) {
            assertThat(labs.list())
                    .allSatisfy(each -> assertThat(each.problem()).isEmpty());
            switch (turn % 3) {
                case 0 -> converge(lab.before());
                case 1 -> converge(lab.after());
                default -> {
                    labs.recover(lab.name(), CrashIT::topology, true);
                    assertThat(labs.recover(lab.name(), CrashIT::topology, true).repair())
                            .isEmpty();
                    if (!labs.list().stream()
                            .filter(each -> each.lab().equals(lab.name()))
                            .toList()
                            .isEmpty()) {
                        LabSummary.AppliedFile file = labs.appliedFile(lab.name());
                        assertThat(labs.plan(CrashLab.source(file.text())).changes())
                                .isEmpty();
                    }
                }
            }
            labs.destroy(lab.name());
            assertGone();
        }

        private void converge(String text) {
            Labs.Source goal = CrashLab.source(text);
            labs.apply(goal, Progress.SILENT);
            assertThat(labs.plan(goal).changes()).isEmpty();
        }

        private void assertGone() {
            assertThat(Path.of("/run/netyard", lab.name())).doesNotExist();
            assertThat(Path.of("/run/netns"))
                    .isDirectoryNotContaining(
                            file -> file.getFileName().toString().startsWith(lab.name() + "."));
        }
    }

    private static Topology topology(LabSummary.AppliedFile file) {
        return CrashLab.source(file.text()).topology();
    }

    private List<Victim> victims() throws IOException {
        List<Victim> victims = new ArrayList<>();
        for (int at = 0; at < WORKERS; at++) {
            victims.add(new Victim("crash" + at));
        }
        return victims;
    }

    private void sweep(String name, String failpoint) throws Exception {
        List<Victim> victims = victims();
        List<String> points = victims.getFirst().points(name, failpoint);
        int first = name.equals("rollback") ? points.indexOf("apply.verify") + 2 : 1;
        List<Callable<Void>> work = new ArrayList<>();
        for (int at = 0; at < victims.size(); at++) {
            int worker = at;
            work.add(() -> {
                for (int point = first + worker * EVERY; point <= points.size(); point += EVERY * WORKERS) {
                    victims.get(worker).kill(name, failpoint, point);
                }
                return null;
            });
        }
        runAll(work);
        report(name, points.subList(first - 1, points.size()));
    }

    private static void runAll(List<Callable<Void>> work) throws InterruptedException, ExecutionException {
        try (ExecutorService workers = Executors.newFixedThreadPool(work.size())) {
            for (Future<Void> done : workers.invokeAll(work)) {
                done.get();
            }
        }
    }

    private static void report(String name, List<String> points) {
        Map<String, Integer> kinds = new TreeMap<>();
        points.forEach(point -> kinds.merge(point.replaceAll("\\..*", ""), 1, Integer::sum));
        int tried = (points.size() + EVERY - 1) / EVERY;
        System.out.println("crash: " + name + ": " + points.size() + " points " + kinds + ", killed at " + tried
                + ": all converged, nothing left, nothing foreign changed");
    }

    @Test
    @Tag("F01")
    void applyKilledAnywhereConverges() throws Exception {
        sweep("apply", "");
    }

    @Test
    @Tag("F01")
    void changeKilledAnywhereConverges() throws Exception {
        sweep("change", "");
    }

    @Test
    @Tag("F01")
    void changeBackKilledAnywhereConverges() throws Exception {
        sweep("back", "");
    }

    @Test
    @Tag("F02")
    void destroyKilledAnywhereConverges() throws Exception {
        sweep("destroy", "");
    }

    @Test
    @Tag("F03")
    void rollbackKilledAnywhereConverges() throws Exception {
        sweep("rollback", "fail:EBUSY@apply.verify#1");
    }

    @Test
    @Tag("F03")
    void recoveryKilledAnywhereConverges() throws Exception {
        sweep("recovery", "");
    }

    @Test
    @Tag("F03")
    void runsKilledOneAfterAnotherConverge() throws Exception {
        List<Victim> victims = victims();
        int change = victims.getFirst().points("change", "").size();
        int next = change - LAST_POINTS_OF_A_RUN;
        Random random = new Random(4);
        List<int[]> pairs = new ArrayList<>();
        for (int at = 0; at < PAIRS; at++) {
            pairs.add(new int[] {1 + random.nextInt(change), 1 + random.nextInt(next), random.nextInt(3)});
        }
        List<Callable<Void>> work = new ArrayList<>();
        for (int at = 0; at < victims.size(); at++) {
            int worker = at;
            work.add(() -> {
                for (int pair = worker; pair < PAIRS; pair += WORKERS) {
                    String then = List.of("recovery", "change", "destroy").get(pairs.get(pair)[2]);
                    victims.get(worker).killTwice(pairs.get(pair)[0], pairs.get(pair)[1], then);
                }
                return null;
            });
        }
        runAll(work);
        System.out.println("crash: two in a row: " + PAIRS + " random pairs: all converged");
    }
}
