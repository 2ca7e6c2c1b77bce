package io.netyard.topology.apply;

import io.netyard.linux.Errno;
import io.netyard.linux.FileLock;
import io.netyard.linux.LinuxException;
import io.netyard.linux.NetworkNamespace;
import io.netyard.linux.Pause;
import io.netyard.topology.apply.LabException.Reason;
import io.netyard.topology.apply.NodeKernels.NamespacePaths;
import io.netyard.topology.compile.LabIdentity;
import io.netyard.topology.observe.NodeKernel;
import io.netyard.topology.observe.Observer;
import io.netyard.topology.observe.UserSwitches;
import io.netyard.topology.plan.Change;
import io.netyard.topology.plan.Plan;
import io.netyard.topology.state.NetworkState;
import io.netyard.topology.state.Resource;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// Where one lab lies on this machine: its folder, its namespaces, its switches in user space.
///
/// @param paths where its namespaces have their names
/// @param switches its switches in user space
record LabSite(String lab, LabFolder folder, NamespacePaths paths, UserSwitches switches) {
    private static final Duration LOCK_POLL = Duration.ofMillis(20);

    /// What is there, and what stands in the way of the lab.
    ///
    /// @param strangers interfaces in the lab's namespaces that are not the lab's
    record Observation(NetworkState state, Set<Resource.LinkEnd> strangers) {
        /// @throws LabException if a plan is to make what somebody else has made under the same name
        void requireRoomFor(Plan plan) {
            for (Change change : plan.changes()) {
                if (change instanceof Change.Create(Resource.Link link) && strangers.contains(link.end())) {
                    throw new LabException(
                            Reason.TAKEN,
                            link.end() + " is there already and not the lab's: rename or delete it (ip netns exec)");
                }
            }
        }
    }

    /// Does something under the lab's lock, which keeps other runs off it. The lab need not exist: a folder
    /// that holds no record afterwards is removed.
    ///
    /// @param patience how long to wait for another run to end
    /// @throws LabException if another run goes on
    <T> T locked(Duration patience, Supplier<T> work) {
        try (FileLock lock = await(patience, this::tryLockInNewFolder)) {
            try {
                return work.get();
            } finally {
                // Where the work has removed the folder, another run may have made it again.
                if (lock.isInPlace() && !folder.hasRecord()) {
                    folder.delete();
                }
            }
        }
    }

    /// Keeps other runs off a lab that exists; empty if another run has just removed it.
    ///
    /// @throws LabException if another run goes on
    Optional<FileLock> lock() {
        try {
            return Optional.of(await(Duration.ZERO, () -> FileLock.tryLock(folder.lock())));
        } catch (LinuxException failure) {
            if (failure.errno() == Errno.ENOENT) {
                return Optional.empty();
            }
            throw failure;
        }
    }

    private Optional<FileLock> tryLockInNewFolder() {
        while (true) {
            folder.create();
            try {
                return FileLock.tryLock(folder.lock());
            } catch (LinuxException failure) {
                // A run that ends may have removed the folder this moment.
                if (failure.errno() != Errno.ENOENT) {
                    throw failure;
                }
            }
        }
    }

    private FileLock await(Duration patience, Supplier<Optional<FileLock>> attempt) {
        long end = System.nanoTime() + patience.toNanos();
        while (true) {
            Optional<FileLock> lock = attempt.get();
            if (lock.isPresent()) {
                lock.get().sign(ownName());
                return lock.get();
            }
            if (System.nanoTime() >= end) {
                String holder = FileLock.signature(folder.lock());
                throw new LabException(
                        Reason.LOCKED,
                        "another netyard is working on the lab " + lab
                                + (holder.isEmpty() ? "" : " (process " + holder + ")")
                                + "; try again when it is done");
            }
            pause();
        }
    }

    /// The record; empty if there is none.
    ///
    /// @throws LabException if it cannot be read
    Optional<LabRecord> read() {
        return folder.exists() ? folder.read() : Optional.empty();
    }

    private static String ownName() {
        ProcessHandle self = ProcessHandle.current();
        return self.pid()
                + self.info().startInstant().map(start -> ", started " + start).orElse("");
    }

    private static void pause() {
        if (!Pause.of(LOCK_POLL)) {
            throw new LabException(Reason.INTERRUPTED, "interrupted while waiting for another netyard");
        }
    }

    /// The namespace of a node if it is the lab's. The caller owns it.
    ///
    /// A recorded number alone proves nothing, since kernels give the number of a namespace that is gone to
    /// the next one; nor does a name. What proves it is our mark inside, beside a record that says that it
    /// was made or about to be.
    ///
    /// @throws LinuxException if nobody can tell what is there
    Optional<NodeKernel> findOwn(LabRecord labRecord, String node) {
        NetworkNamespace namespace = NetworkNamespace.find(paths.of(node)).orElse(null);
        if (namespace == null) {
            return Optional.empty();
        }
        boolean isKnown = namespace.identity().equals(labRecord.namespaces().get(node)) || labRecord.mayHaveMade(node);
        if (!isKnown) {
            namespace.close();
            return Optional.empty();
        }
        NodeKernel kernel = new NodeKernel(node, namespace);
        try {
            if (new NamespaceMark(lab, node, folder.run()).isIn(kernel.client())) {
                return Optional.of(kernel);
            }
        } catch (RuntimeException failure) {
            kernel.close();
            throw failure;
        }
        kernel.close();
        return Optional.empty();
    }

    /// Opens the namespaces of the nodes that are there.
    ///
    /// @throws LabException if the name of one is taken by something that is not the lab's
    NodeKernels open(Optional<LabRecord> labRecord, List<String> wanted) {
        NodeKernels kernels = new NodeKernels(paths, folder.run());
        Set<String> nodes = new LinkedHashSet<>(wanted);
        labRecord.ifPresent(found -> nodes.addAll(found.nodes()));
        LabRecord known = labRecord.orElseGet(() -> LabRecord.none(lab));
        List<String> taken = new ArrayList<>();
        try {
            for (String node : nodes) {
                Optional<NodeKernel> own = findOwn(known, node);
                if (own.isPresent()) {
                    kernels.add(own.get());
                } else if (known.mayHaveHusk(node) && NetworkNamespace.isHusk(paths.of(node))) {
                    kernels.addHusk(node);
                } else if (wanted.contains(node) && Files.exists(paths.of(node), LinkOption.NOFOLLOW_LINKS)) {
                    taken.add(paths.of(node).toString());
                }
            }
            if (!taken.isEmpty()) {
                throw new LabException(Reason.TAKEN, describe(taken));
            }
            return kernels;
        } catch (RuntimeException failure) {
            kernels.close();
            throw failure;
        }
    }

    /// Why a node cannot be opened that the record names.
    String whyNotOpen(String node) {
        return Files.exists(paths.of(node), LinkOption.NOFOLLOW_LINKS)
                ? paths.of(node) + " is not, or not any more, of this lab: remove it (ip netns delete " + lab + "."
                        + node + "), and netyard apply makes it again"
                : "the namespace of " + node + " is gone; netyard apply makes it again";
    }

    /// What to say where the process is gone that ran switches in user space.
    String deathOfSwitches() {
        return "the process that ran its switches in user space is gone: netyard apply " + lab + " brings it back";
    }

    private String describe(List<String> taken) {
        return String.join(", ", taken) + (taken.size() == 1 ? " is" : " are")
                + " not of this lab: remove it (ip netns delete) or choose another lab name; if it was left by an"
                + " earlier lab of this name, netyard orphans lists it";
    }

    /// Reads what is there.
    Observation observe(NetworkState desired, NodeKernels kernels) {
        kernels.forgetNameless(LabIdentity.group(lab));
        Observer observer = new Observer(LabIdentity.group(lab), desired);
        NetworkState state = observer.observe(kernels.all(), switches);
        return new Observation(state, new HashSet<>(observer.strangers()));
    }

    /// The nodes of a state.
    static List<String> nodes(NetworkState state) {
        return state.resources(Resource.Namespace.class).stream()
                .map(Resource.Namespace::node)
                .toList();
    }
}
