package io.netyard.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
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
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
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
@Tag("long")
class CrashIT {
    private static final boolean FULL = "full".equals(System.getProperty("netyard.ring"));
    private static final int EVERY = Integer.getInteger("netyard.crash.every", FULL ? 12 : 1);
    private static final int PAIRS = Integer.getInteger("netyard.crash.pairs", FULL ? 4 : 60);
    private static final int WORKERS = FULL ? 1 : 2;
    private static final Pattern OF_USER_SWITCHES = Pattern.compile("(switches|daemon|tap)[.].*");
    private static final int LAST_POINTS_OF_A_RUN = 12;

    @TempDir
    Path folder = Path.of("");

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

    private List<CrashVictim> victims(boolean withUserSwitch) throws IOException {
        List<CrashVictim> victims = new ArrayList<>();
        for (int at = 0; at < WORKERS; at++) {
            victims.add(
                    new CrashVictim(new CrashLab((withUserSwitch ? "usher" : "crash") + at, withUserSwitch), folder));
        }
        return victims;
    }

    private void sweep(String name, String failpoint) throws Exception {
        sweep(victims(false), name, failpoint, _ -> true, name);
    }

    /// Of a lab with a switch in user space, the points where this switch is spoken to: the others are
    /// those of labs without.
    private void sweepUserSwitch(String name, String failpoint) throws Exception {
        Predicate<String> speaksToIt = OF_USER_SWITCHES.asMatchPredicate();
        sweep(victims(true), name, failpoint, speaksToIt, name + " with a user switch");
    }

    private static void sweep(
            List<CrashVictim> victims, String name, String failpoint, Predicate<String> wanted, String title)
            throws Exception {
        List<String> points = victims.getFirst().points(name, failpoint);
        int first = name.equals("rollback") ? points.indexOf("apply.verify") + 2 : 1;
        List<Integer> chosen = IntStream.rangeClosed(first, points.size())
                .filter(point -> wanted.test(points.get(point - 1)))
                .boxed()
                .toList();
        each(victims, chosen, (victim, point) -> victim.kill(name, failpoint, point));
        report(title, named(chosen, points));
    }

    /// Of the points where the daemon makes or removes one more of the same, every fourth.
    private void sweepDaemon(String name) throws Exception {
        List<CrashVictim> victims = victims(true);
        List<String> points = victims.getFirst().pointsOfDaemon(name);
        int before = name.equals("apply")
                ? 0
                : victims.getFirst().pointsOfDaemon("apply").size();
        List<Integer> chosen = IntStream.rangeClosed(before + 1, points.size())
                .filter(point -> !points.get(point - 1).startsWith("rack.") || point % 4 == 0)
                .boxed()
                .toList();
        each(victims, chosen, (victim, point) -> victim.killDaemon(name, point));
        report("daemon during " + name, named(chosen, points));
    }

    private static List<String> named(List<Integer> chosen, List<String> points) {
        return chosen.stream().map(point -> points.get(point - 1)).toList();
    }

    /// What is done to a lab at a point.
    private interface Blow {
        void strike(CrashVictim victim, int point);
    }

    private static void each(List<CrashVictim> victims, List<Integer> points, Blow blow) throws Exception {
        List<Callable<Void>> work = new ArrayList<>();
        for (int worker = 0; worker < victims.size(); worker++) {
            int first = worker * EVERY;
            CrashVictim victim = victims.get(worker);
            work.add(() -> {
                for (int at = first; at < points.size(); at += EVERY * WORKERS) {
                    blow.strike(victim, points.get(at));
                }
                return null;
            });
        }
        runAll(work);
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
    @Tag("F01")
    @Tag("F02")
    void userSwitchesKilledAnywhereConverge() throws Exception {
        sweepUserSwitch("apply", "");
        sweepUserSwitch("change", "");
        sweepUserSwitch("restart", "");
        sweepUserSwitch("destroy", "");
    }

    @Test
    @Tag("F03")
    void userSwitchesKilledOnTheWayBackConverge() throws Exception {
        sweepUserSwitch("rollback", "fail:EBUSY@apply.verify#1");
        sweepUserSwitch("recovery", "");
    }

    /// The daemon is killed, not the run that speaks to it.
    @Test
    @Tag("F01")
    @Tag("F02")
    void daemonsKilledAnywhereConverge() throws Exception {
        sweepDaemon("apply");
        sweepDaemon("change");
        sweepDaemon("destroy");
    }

    @Test
    @Tag("F03")
    void runsKilledOneAfterAnotherConverge() throws Exception {
        List<CrashVictim> victims = victims(false);
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
