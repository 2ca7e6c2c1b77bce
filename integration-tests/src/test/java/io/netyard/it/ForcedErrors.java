package io.netyard.it;

import io.netyard.topology.apply.Labs;
import io.netyard.topology.apply.Progress;
import io.netyard.topology.observe.UserSwitches;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/// Makes an apply fail at every point with every error, in one JVM that was started with failpoints, and
/// compares what the kernel says before and after, fact by fact. Prints what differs.
final class ForcedErrors {
    private static final String PROPERTY = "netyard.failpoint";
    private static final List<String> ERRORS = List.of("ENOBUFS", "ENOMEM", "EBUSY", "EPERM", "EINVAL");

    private final Labs labs = Labs.ofThisMachine(UserSwitches.NOWHERE);
    private final CrashLab lab = new CrashLab("forced");
    private final Labs.Source before = CrashLab.source(lab.before());
    private final Labs.Source after = CrashLab.source(lab.after());
    private final Path folder;
    private Set<String> facts = Set.of();
    private int tries;
    private int run;

    private ForcedErrors(Path folder) {
        this.folder = folder;
    }

    /// @param arguments a folder for scratch files; of the points, try each that is a multiple of this; how
    ///     many random pairs
    public static void main(String[] arguments) throws IOException {
        ForcedErrors errors = new ForcedErrors(Path.of(arguments[0]));
        int every = Integer.parseInt(arguments[1]);
        errors.sweep("make", errors.before, null, every);
        errors.labs.apply(errors.before, Progress.SILENT);
        errors.sweep("change", errors.after, errors.before, every);
        errors.pairs(Integer.parseInt(arguments[2]));
        errors.labs.destroy(errors.lab.name());
        System.out.println("tries " + errors.tries);
    }

    private void sweep(String name, Labs.Source goal, Labs.Source start, int every) throws IOException {
        List<String> points = points(goal, start);
        for (int point = 1; point <= points.size(); point += every) {
            for (String error : ERRORS) {
                fail("fail:" + error + "@#" + point, goal, start);
            }
        }
        System.out.println("forced: " + name + ": " + points.size() + " points, each with " + ERRORS);
    }

    private List<String> points(Labs.Source goal, Labs.Source start) throws IOException {
        Path trace = folder.resolve("trace" + run);
        set("trace:" + trace);
        labs.apply(goal, Progress.SILENT);
        set("off");
        goBack(start);
        return Files.readAllLines(trace);
    }

    /// Two errors in one run: the second meets the way back. What is left then is for recovery.
    private void pairs(int count) throws IOException {
        Random random = new Random(2);
        int points = points(after, before).size();
        for (int pair = 0; pair < count; pair++) {
            int first = 1 + random.nextInt(points);
            int second = first + 1 + random.nextInt(points);
            String error = ERRORS.get(random.nextInt(ERRORS.size()));
            fail("fail:" + error + "@#" + first + ";fail:EIO@#" + second, after, before);
        }
        System.out.println("forced: " + count + " random pairs");
    }

    private void fail(String failpoint, Labs.Source goal, Labs.Source start) {
        tries++;
        set(failpoint);
        String outcome;
        try {
            labs.apply(goal, Progress.SILENT);
            outcome = "done";
        } catch (RuntimeException failure) {
            outcome = String.valueOf(failure.getMessage());
        }
        set("off");
        boolean stays = outcome.equals("done") || outcome.contains("could not be recorded");
        if (stays || outcome.contains("failed too")) {
            if (stays && !labs.plan(goal).isEmpty()) {
                System.out.println("WRONG " + failpoint + " said it is done and is not: " + outcome);
            }
            goBack(start);
        }
        Set<String> now = KernelSnapshot.of("forced");
        if (outcome.contains("namespace.unlink")) {
            // Its name is gone by then, and the kernel counts namespaces on.
            now = withoutNumbers(now);
            facts = withoutNumbers(facts);
        }
        if (!now.equals(facts)) {
            Set<String> gone = new TreeSet<>(facts);
            gone.removeAll(now);
            now.removeAll(facts);
            System.out.println("WRONG " + failpoint + " (" + outcome + ") lost " + gone + " and left " + now);
            goBack(start);
        }
        facts = KernelSnapshot.of("forced");
    }

    private static Set<String> withoutNumbers(Set<String> facts) {
        Set<String> without = new TreeSet<>();
        facts.forEach(fact -> without.add(fact.replaceFirst(" \\d+", "")));
        return without;
    }

    private void goBack(Labs.Source start) {
        if (start == null) {
            labs.destroy(lab.name());
        } else {
            labs.apply(start, Progress.SILENT);
        }
        facts = KernelSnapshot.of("forced");
    }

    private void set(String failpoint) {
        run++;
        System.setProperty(PROPERTY, failpoint + ";" + run);
    }
}
