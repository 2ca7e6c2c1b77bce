package io.netyard.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.netyard.linux.NetworkNamespace;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.nio.channels.SocketChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// Compares the machine before and after each test on a kernel: nothing may be left behind. Namespaces go
/// some time after the last that holds them, so it waits for that, with a bound.
public final class LeakOracle implements BeforeEachCallback, AfterEachCallback {
    private static final ExtensionContext.Namespace STORE = ExtensionContext.Namespace.create(LeakOracle.class);
    private static final int MOST_TRIES = 50;

    /// Interfaces that modules of the kernel put into every namespace when they are loaded.
    private static final Set<String> OF_MODULES =
            Set.of("gre0", "gretap0", "erspan0", "ip6gre0", "ip6tnl0", "sit0", "tunl0");

    private record Snapshot(Set<String> found) {}

    @Override
    public void beforeEach(ExtensionContext context) throws Exception {
        if (concerns(context)) {
            warmUpOnce(context.getRoot().getStore(STORE));
            context.getStore(STORE).put("before", new Snapshot(snapshot()));
        }
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        if (!concerns(context)) {
            return;
        }
        Set<String> before =
                context.getStore(STORE).get("before", Snapshot.class).found();
        Set<String> left = new TreeSet<>();
        for (int attempt = 0; attempt < MOST_TRIES; attempt++) {
            left = snapshot();
            left.removeAll(before);
            if (left.isEmpty()) {
                return;
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
        assertThat(left).as("left behind by " + context.getDisplayName()).isEmpty();
    }

    private static boolean concerns(ExtensionContext context) {
        return context.getRequiredTestClass().getSimpleName().endsWith("IT")
                && System.getProperty("netyard.ring") != null;
    }

    /// What the JVM opens once, it keeps: the descriptors of a first connection are not a leak.
    private static void warmUpOnce(ExtensionContext.Store store) throws Exception {
        if (store.get("warm") != null) {
            return;
        }
        store.put("warm", true);
        try (NetworkNamespace here = NetworkNamespace.current()) {
            here.identity();
            Transfer.run(here, here, "127.0.0.1", 1);
        }
        SocketChannel.open(StandardProtocolFamily.UNIX).close();
    }

    private static Set<String> snapshot() throws IOException {
        Set<String> found = new TreeSet<>();
        for (String line : Files.readAllLines(Path.of("/proc/thread-self/net/dev"))) {
            String name =
                    line.contains(":") ? line.substring(0, line.indexOf(':')).strip() : "";
            if (!name.isEmpty() && !OF_MODULES.contains(name)) {
                found.add("interface " + name);
            }
        }
        for (String line : Files.readAllLines(Path.of("/proc/self/mountinfo"))) {
            if (line.contains(" - nsfs ")) {
                found.add("mount " + line.split(" ")[4]);
            }
        }
        addFiles(found, Path.of("/run/netns"));
        addFiles(found, Path.of("/run/netyard"));
        ProcessHandle.current().descendants().forEach(process -> found.add("process " + process.pid()));
        for (Path thread : list(Path.of("/proc/self/task"), "*")) {
            addLink(found, "a thread in network namespace ", thread.resolve("ns/net"));
        }
        for (Path descriptor : list(Path.of("/proc/self/fd"), "*")) {
            try {
                String target = Files.readSymbolicLink(descriptor).toString();
                if (target.startsWith("net:") || target.startsWith("socket:")) {
                    found.add("open " + target);
                }
            } catch (IOException _) {
                // The descriptor of the listing itself.
            }
        }
        return found;
    }

    private static void addFiles(Set<String> found, Path folder) throws IOException {
        list(folder, "*").forEach(file -> found.add("file " + file));
    }

    private static void addLink(Set<String> found, String what, Path link) {
        try {
            found.add(what + Files.readSymbolicLink(link));
        } catch (IOException _) {
            // The process ended meanwhile.
        }
    }

    private static List<Path> list(Path folder, String glob) throws IOException {
        List<Path> files = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder, glob)) {
                stream.forEach(files::add);
            }
        }
        return files;
    }
}
