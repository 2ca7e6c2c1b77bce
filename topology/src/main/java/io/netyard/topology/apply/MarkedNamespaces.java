package io.netyard.topology.apply;

import io.netyard.linux.FileIdentity;
import io.netyard.linux.LinuxException;
import io.netyard.linux.NetworkNamespace;
import io.netyard.linux.Processes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The namespaces of this machine that carry our mark, whatever records say.
final class MarkedNamespaces {
    private final Path folder;

    /// @param folder `/run/netns`
    MarkedNamespaces(Path folder) {
        this.folder = folder;
    }

    /// A namespace that has a name.
    record Named(Path path, FileIdentity identity, NamespaceMark mark) {}

    /// A namespace without a name that processes keep alive.
    record Nameless(List<Processes.Resident> residents, NamespaceMark mark) {}

    /// Those that have names.
    List<Named> named() {
        List<Named> found = new ArrayList<>();
        try (DirectoryStream<Path> names = Files.newDirectoryStream(folder)) {
            for (Path path : names) {
                look(path).ifPresent(found::add);
            }
        } catch (NoSuchFileException | NotDirectoryException _) {
            return List.of();
        } catch (IOException failure) {
            throw new UncheckedIOException("read " + folder, failure);
        }
        return found;
    }

    private static Optional<Named> look(Path path) {
        try (NetworkNamespace namespace = NetworkNamespace.open(path)) {
            return NamespaceMark.of(namespace).map(mark -> new Named(path, namespace.identity(), mark));
        } catch (LinuxException failure) {
            return nothing(failure);
        }
    }

    /// What cannot be looked at is nothing of ours; where nothing more can be opened, nobody knows.
    private static <T> Optional<T> nothing(LinuxException failure) {
        if (failure.errno().isShortage()) {
            throw failure;
        }
        return Optional.empty();
    }

    /// Those that have none, by the processes in them. What those processes see a name for is not among
    /// them: it is of a lab in a mount namespace with another `/run`, such as a container's.
    List<Nameless> nameless() {
        Set<FileIdentity> named =
                Set.copyOf(named().stream().map(Named::identity).toList());
        Map<FileIdentity, List<Processes.Resident>> residents = new HashMap<>();
        for (Processes.Resident resident : Processes.all()) {
            if (!named.contains(resident.namespace())) {
                residents
                        .computeIfAbsent(resident.namespace(), _ -> new ArrayList<>())
                        .add(resident);
            }
        }
        List<Nameless> found = new ArrayList<>();
        residents
                .values()
                .forEach(those -> look(those).filter(this::isNamedNowhere).ifPresent(found::add));
        return found;
    }

    private boolean isNamedNowhere(Nameless found) {
        String name = found.mark().lab() + "." + found.mark().node();
        return found.residents().stream().noneMatch(resident -> {
            Path seen = Path.of("/proc", Long.toString(resident.pid()), "root" + folder.toAbsolutePath(), name);
            try (NetworkNamespace there = NetworkNamespace.open(seen)) {
                return there.identity().equals(resident.namespace());
            } catch (LinuxException failure) {
                return nothing(failure).isPresent();
            }
        });
    }

    private static Optional<Nameless> look(List<Processes.Resident> residents) {
        try (NetworkNamespace namespace =
                NetworkNamespace.ofProcess(residents.getFirst().pid())) {
            return NamespaceMark.of(namespace).map(mark -> new Nameless(residents, mark));
        } catch (LinuxException failure) {
            return nothing(failure);
        }
    }
}
