package io.netyard.it;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/// Prints what a ring ran: the kernel, each failure, each skip with its reason, the classes that took most
/// of the time, and a last line with the counts. A skip without a reason counts as a failure.
public final class RingReport implements TestExecutionListener {
    private static final int SLOWEST = 12;

    private final List<String> skips = new ArrayList<>();
    private final Map<String, Long> starts = new HashMap<>();
    private final Map<String, Duration> times = new HashMap<>();
    private int passed;
    private int failed;

    @Override
    public void executionSkipped(TestIdentifier test, String reason) {
        skip(test, reason);
    }

    @Override
    public void executionStarted(TestIdentifier test) {
        starts.put(test.getUniqueId(), System.nanoTime());
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        if (test.getSource().orElse(null) instanceof ClassSource source) {
            long start = starts.getOrDefault(test.getUniqueId(), System.nanoTime());
            times.put(source.getClassName().replaceAll(".*\\.", ""), Duration.ofNanos(System.nanoTime() - start));
        }
        switch (result.getStatus()) {
            case SUCCESSFUL -> passed += test.isTest() ? 1 : 0;
            case FAILED -> {
                failed++;
                System.out.println(
                        "FAILED " + name(test) + ": " + result.getThrowable().orElse(null));
            }
            case ABORTED ->
                skip(test, result.getThrowable().map(Throwable::getMessage).orElse(""));
        }
    }

    private void skip(TestIdentifier test, String reason) {
        if (reason == null || reason.isBlank()) {
            failed++;
            System.out.println("FAILED " + name(test) + ": skipped without a reason");
        } else {
            skips.add(name(test) + ": " + reason.replace("Assumption failed: ", ""));
        }
    }

    private static String name(TestIdentifier test) {
        return test.getUniqueId().replaceAll(".*?\\[class:(?:[^\\]]*\\.)?([^\\]]+)\\].*", "$1") + " "
                + test.getDisplayName();
    }

    @Override
    public void testPlanExecutionFinished(TestPlan plan) {
        System.out.println(
                "ring " + System.getProperty("netyard.ring", "?") + ": Linux " + System.getProperty("os.version"));
        skips.forEach(skip -> System.out.println("skipped " + skip));
        System.out.println("the slowest: "
                + times.entrySet().stream()
                        .sorted(Map.Entry.<String, Duration>comparingByValue().reversed())
                        .limit(SLOWEST)
                        .map(time -> time.getKey() + " " + time.getValue().toSeconds() + " s")
                        .collect(Collectors.joining(", ")));
        System.out.println(passed + " passed, " + failed + " failed, " + skips.size() + " skipped");
    }
}
