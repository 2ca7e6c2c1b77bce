package io.netyard.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netyard.linux.LinuxException;
import io.netyard.linux.NamespaceFolder;
import io.netyard.linux.NetworkNamespace;
import io.netyard.linux.Sysctl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.io.TempDirFactory;

/// Network namespaces as values, and the thread that enters them.
class NetworkNamespaceIT {
    /// In `/run`, which is memory of the ring's own: a FIFO cannot be made on every file system.
    @TempDir(factory = InRun.class)
    Path folder = Path.of("");

    static final class InRun implements TempDirFactory {
        @Override
        public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext context) throws IOException {
            return Files.createTempDirectory(Path.of("/run"), "netyard-test");
        }
    }

    @Test
    void keepsItsIdentityUnderItsName() {
        NamespaceFolder.prepare(NamespaceFolder.DEFAULT);
        Path name = NamespaceFolder.DEFAULT.resolve("identity");
        try (NetworkNamespace made = NetworkNamespace.create()) {
            made.bindTo(name);
            try (NetworkNamespace opened = NetworkNamespace.open(name)) {
                assertThat(opened.identity()).isEqualTo(made.identity());
            }
            assertThat(Tool.run("ip", "netns", "list")).contains("identity");
            assertThatThrownBy(() -> made.bindTo(name))
                    .isInstanceOf(LinuxException.class)
                    .hasMessageContaining("EEXIST");
        }
        NetworkNamespace.unbind(name);
        NetworkNamespace.unbind(name);
        assertThat(name).doesNotExist();
    }

    @Test
    @Timeout(10)
    @Tag("F24")
    void refusesWhatIsNoNetworkNamespace() throws IOException {
        Path plain = Files.writeString(folder.resolve("plain"), "");
        Path fifo = folder.resolve("fifo");
        Tool.run("mkfifo", fifo.toString());
        Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("/proc/1/ns/net"));
        for (Path path : List.of(plain, fifo, link, Path.of("/proc/1/ns/uts"))) {
            assertThatThrownBy(() -> NetworkNamespace.open(path))
                    .as(path.toString())
                    .isInstanceOf(LinuxException.class);
        }
        assertThat(NetworkNamespace.find(folder.resolve("absent"))).isEmpty();
    }

    @Test
    void writesSysctlsInItsOwnNamespaceAlone() {
        String key = "net.ipv4.conf.lo.forwarding";
        String ours = Sysctl.read(key);
        try (NetworkNamespace namespace = NetworkNamespace.create()) {
            namespace.call(() -> {
                Sysctl.write(key, ours.equals("1") ? "0" : "1");
                return key;
            });
            assertThat(namespace.<String>call(() -> Sysctl.read(key))).isNotEqualTo(ours);
            assertThat(Sysctl.read(key)).isEqualTo(ours);
        }
    }

    @Test
    void leavesAllOtherThreadsWhereTheyAre() throws Exception {
        Path own = Path.of("/proc/thread-self/ns/net");
        String home = Files.readSymbolicLink(own).toString();
        List<Future<String>> seen = new ArrayList<>();
        try (NetworkNamespace namespace = NetworkNamespace.create();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int number = 0; number < 64; number++) {
                seen.add(threads.submit(() -> {
                    namespace.call(() -> Sysctl.read("net.ipv4.ip_forward"));
                    return Files.readSymbolicLink(own).toString();
                }));
            }
            for (Future<String> each : seen) {
                assertThat(each.get()).isEqualTo(home);
            }
        }
    }
}
