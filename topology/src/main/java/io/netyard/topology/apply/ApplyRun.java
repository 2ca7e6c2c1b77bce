package io.netyard.topology.apply;

import io.netyard.linux.Failpoint;
import io.netyard.topology.apply.LabException.Reason;
import io.netyard.topology.apply.LabSite.Observation;
import io.netyard.topology.plan.Plan;
import io.netyard.topology.state.NetworkState;
import io.netyard.topology.state.Resource;
import java.time.Duration;
import java.util.Optional;

/// One run that makes a lab what is desired, under the lab's lock. Used once.
///
/// 1. read the record and the kernels, plan, look whether the plan can be carried out: nothing is touched
/// 2. record what is about to be done, on disk for good
/// 3. act, read back, compare; on any failure go back to what was read in 1, and compare
/// 4. record what was done
///
/// Killed anywhere, it leaves a record from which the next run finds what is there: no step is ever
/// repeated or taken back blindly, all is read from the kernels again.
final class ApplyRun {
    /// A kernel may do more than it was asked, such as removing a secondary address along with its primary.
    /// What is left to do after a plan is planned again, this often at most.
    private static final int MOST_ROUNDS = 3;

    private final LabSite site;
    private final NetworkState desired;
    private final LabSummary.AppliedFile file;
    private final ApplyOptions options;
    private final Progress progress;
    private final StopWatch watch;
    private final long start = System.nanoTime();

    ApplyRun(LabSite site, NetworkState desired, LabSummary.AppliedFile file, ApplyOptions options, Progress progress) {
        this.site = site;
        this.desired = desired;
        this.file = file;
        this.options = options;
        this.progress = progress;
        this.watch = new StopWatch(options.timeout(), options.interrupted());
    }

    /// @param before the record; empty if there is no lab yet
    /// @throws LabException if it cannot be done; then the lab is as it was, unless the message says not
    ApplyResult run(Optional<LabRecord> before) {
        LabRecord old = before.orElseGet(() -> LabRecord.none(site.lab()));
        progress.step("reading " + site.lab());
        try (NodeKernels kernels = site.open(before, LabSite.nodes(desired))) {
            Observation observed = site.observe(desired, kernels);
            Plan plan = Plan.between(desired, observed.state());
            boolean asks = options.confirmation().isPresent() && !plan.isEmpty();
            long deadline = asks ? deadline() : 0;
            LabRecord pending = old.pending(LabSite.nodes(desired), file, deadline);
            if (!plan.isEmpty()) {
                observed.requireRoomFor(plan);
                new Preflight(site.paths().folder()).check(plan);
                requireWayBack(pending);
                watch.check();
                site.folder().write(pending);
                change(before, observed.state(), plan, kernels, pending);
            }
            kernels.removeHusks();
            finish(
                    before,
                    plan,
                    asks
                            ? pending.unconfirmed(kernels.identities(), deadline())
                            : pending.committed(kernels.identities()));
            return new ApplyResult(
                    plan,
                    Duration.ofNanos(System.nanoTime() - start),
                    options.confirmation().filter(_ -> asks).map(ApplyOptions.Confirmation::within));
        }
    }

    private static void requireWayBack(LabRecord pending) {
        if (pending.waitsForConfirmation() && pending.hasNoWayBack()) {
            throw new LabException(
                    Reason.FAILED,
                    "nobody knows which file the lab " + pending.lab() + " was applied from, so that it could not be"
                            + " taken back: apply its file once without asking for a confirmation");
        }
    }

    private long deadline() {
        return Uptime.milliseconds()
                + options.confirmation().orElseThrow().within().toMillis();
    }

    private void finish(Optional<LabRecord> before, Plan plan, LabRecord done) {
        if (desired.resources(Resource.UserSwitch.class).isEmpty()) {
            site.switches().stop();
        }
        if (plan.isEmpty() && before.equals(Optional.of(done))) {
            return;
        }
        try {
            Failpoint.pass("apply.commit");
            site.folder().write(done);
        } catch (RuntimeException failure) {
            throw new LabException(
                    Reason.FAILED,
                    "the lab is as the file wants it, but that could not be recorded: " + failure.getMessage()
                            + "; run netyard apply " + site.lab() + " again",
                    failure);
        }
    }

    private void change(
            Optional<LabRecord> before, NetworkState observed, Plan plan, NodeKernels kernels, LabRecord pending) {
        try {
            if (pending.waitsForConfirmation()) {
                options.confirmation().orElseThrow().guard().run();
            }
            progress.step("making " + plan.changes().size() + " changes");
            converge(desired, observed, plan, kernels, watch);
        } catch (RuntimeException failure) {
            throw options.keep() ? kept(pending, failure) : takenBack(before, observed, kernels, failure);
        }
    }

    private LabException kept(LabRecord pending, RuntimeException failure) {
        if (pending.waitsForConfirmation()) {
            // Nobody shall take back what was asked to be kept.
            site.folder().write(pending.withoutDeadline());
        }
        return new LabException(
                reason(failure),
                failure.getMessage() + "; what was done is kept: netyard recover " + site.lab()
                        + " takes it back, netyard apply goes on",
                failure);
    }

    private LabException takenBack(
            Optional<LabRecord> before, NetworkState observed, NodeKernels kernels, RuntimeException failure) {
        progress.step("taking back what was done");
        try {
            kernels.bringBack();
            Observation now = site.observe(observed, kernels);
            converge(observed, now.state(), Plan.between(observed, now.state()), kernels, StopWatch.NEVER);
            kernels.removeHusks();
            if (before.isPresent()) {
                site.folder().write(before.get().with(kernels.identities()));
            } else {
                site.switches().stop();
                site.folder().delete();
            }
        } catch (RuntimeException second) {
            failure.addSuppressed(second);
            return new LabException(
                    Reason.FAILED,
                    failure.getMessage() + "; taking back what was done failed too (" + second.getMessage()
                            + "): run netyard recover " + site.lab(),
                    failure);
        }
        return new LabException(reason(failure), failure.getMessage() + "; nothing was changed", failure);
    }

    /// What ends this run may have ended a process that it was starting first.
    private Reason reason(RuntimeException failure) {
        Reason reason = failure instanceof LabException lab ? lab.reason() : Reason.FAILED;
        return reason == Reason.FAILED && options.interrupted().getAsBoolean() ? Reason.INTERRUPTED : reason;
    }

    /// Executes a plan and verifies that it led to what is desired.
    private void converge(NetworkState wanted, NetworkState observed, Plan plan, NodeKernels kernels, StopWatch stop) {
        NetworkState now = observed;
        Plan next = plan;
        for (int round = 1; !next.isEmpty(); round++) {
            if (round > MOST_ROUNDS) {
                throw new LabException(
                        Reason.FAILED,
                        "the kernel accepted everything, and yet "
                                + next.changes().getFirst().id() + " is not as wanted");
            }
            new Executor(kernels, site.switches(), now, stop).execute(next);
            Failpoint.pass("apply.verify");
            Observation after = site.observe(wanted, kernels);
            now = after.state();
            next = Plan.between(wanted, now);
            after.requireRoomFor(next);
        }
        new Settling(kernels, now).await();
        new TreeSettling(kernels, site.switches(), now).await(stop);
        stop.check();
        kernels.removeSetAside();
    }
}
