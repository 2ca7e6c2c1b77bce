package io.netyard.it;

import java.util.ArrayList;
import java.util.List;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/// Prints what a ring ran: the kernel, each failure, each skip with its reason, and a last line with the
/// counts. A skip without a reason counts as a failure.
public final class RingReport implements TestExecutionListener {
    private final List<String> skips = new ArrayList<>();
    private int passed;
    private int failed;

    @Override
    public void executionSkipped(TestIdentifier test, String reason) {
        skip(test, reason);
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
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
        System.out.println(passed + " passed, " + failed + " failed, " + skips.size() + " skipped");
    }
}
