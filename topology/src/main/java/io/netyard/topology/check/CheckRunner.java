package io.netyard.topology.check;

import io.netyard.linux.NetworkNamespace;
import io.netyard.net.IpAddress;
import io.netyard.net.IpPrefix;
import io.netyard.topology.model.Check;
import io.netyard.topology.model.Interface;
import io.netyard.topology.model.Node;
import io.netyard.topology.model.NodeName;
import io.netyard.topology.model.Topology;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/// Runs checks on a running lab, several at a time.
public final class CheckRunner {
    private static final int AT_A_TIME = 16;
    private static final Duration EACH = Duration.ofMillis(500);

    /// The kernel brings new interfaces into service one after the other, which on a busy machine takes
    /// seconds after a lab was made. Whoever answers at once is not kept waiting.
    private static final Duration REACH_LIMIT = Duration.ofSeconds(8);

    private static final Duration SILENCE = Duration.ofSeconds(1);

    private final Topology topology;
    private final Function<String, NetworkNamespace> namespaces;

    /// @param namespaces opens the namespace of a node; what it opens is closed here
    public CheckRunner(Topology topology, Function<String, NetworkNamespace> namespaces) {
        this.topology = topology;
        this.namespaces = namespaces;
    }

    /// Runs all checks; the results are in the order of the file.
    public List<CheckResult> run() {
        List<Future<CheckResult>> running = new ArrayList<>();
        List<CheckResult> results = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(AT_A_TIME)) {
            topology.checks().forEach(check -> running.add(threads.submit(() -> run(check))));
            for (Future<CheckResult> each : running) {
                results.add(each.get());
            }
        } catch (ExecutionException failure) {
            throw failure.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(failure);
        } catch (InterruptedException failure) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while checks ran", failure);
        }
        return results;
    }

    private CheckResult run(Check check) {
        long start = System.nanoTime();
        List<IpAddress> targets = targets(check);
        boolean passed = !targets.isEmpty();
        String reason =
                targets.isEmpty() ? check.from() + " and " + check.to() + " have no address family in common" : "";
        try (NetworkNamespace namespace = namespaces.apply(check.from().value())) {
            for (IpAddress target : targets) {
                Optional<String> failure = probe(check, namespace, target);
                boolean asExpected = failure.isEmpty() == check.expected();
                if (!asExpected || reason.isEmpty()) {
                    reason = failure.orElse(target + " answered");
                }
                if (!asExpected) {
                    passed = false;
                    break;
                }
            }
        }
        return new CheckResult(check, passed, reason, Duration.ofNanos(System.nanoTime() - start));
    }

    private static Optional<String> probe(Check check, NetworkNamespace namespace, IpAddress target) {
        Duration limit = check.expected() ? REACH_LIMIT.plus(EACH.multipliedBy(check.count())) : SILENCE;
        try (Probe probe = new Probe(namespace, target, check.dontFragment())) {
            return probe.reach(check, limit, EACH);
        }
    }

    /// In each family the address that lies nearest: in a subnet that both have, else the first.
    private List<IpAddress> targets(Check check) {
        if (check.to() instanceof Check.OfAddress of) {
            return List.of(of.address());
        }
        List<IpPrefix> from = prefixes(check.from(), Optional.empty());
        List<IpPrefix> to = switch (check.to()) {
            case Check.OfNode of -> prefixes(of.node(), Optional.empty());
            case Check.OfInterface of ->
                prefixes(of.node(), Optional.of(of.interfaceName().value()));
            case Check.OfAddress _ -> List.of();
        };
        List<IpAddress> targets = new ArrayList<>();
        for (Check.Family family : Check.Family.values()) {
            boolean wanted = check.family().isEmpty() || check.family().get() == family;
            boolean hasSource = from.stream().anyMatch(prefix -> family.includes(prefix.address()));
            List<IpPrefix> candidates = to.stream()
                    .filter(prefix -> family.includes(prefix.address()))
                    .toList();
            if (wanted && hasSource && !candidates.isEmpty()) {
                targets.add(candidates.stream()
                        .filter(candidate -> from.stream().anyMatch(own -> own.contains(candidate.address())))
                        .findFirst()
                        .orElse(candidates.getFirst())
                        .address());
            }
        }
        return targets;
    }

    private List<IpPrefix> prefixes(NodeName name, Optional<String> only) {
        List<IpPrefix> prefixes = new ArrayList<>();
        Optional<Node> node = topology.node(name);
        for (Interface each : node.map(Node::interfaces).orElse(List.of())) {
            if (only.isEmpty() || only.get().equals(each.name().value())) {
                each.addresses().stream()
                        .filter(prefix -> !prefix.address().isLinkLocal())
                        .forEach(prefixes::add);
            }
        }
        return prefixes;
    }
}
