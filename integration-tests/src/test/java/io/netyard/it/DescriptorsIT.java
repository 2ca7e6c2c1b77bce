package io.netyard.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.netyard.linux.FileLock;
import io.netyard.linux.NetworkNamespace;
import io.netyard.linux.PacketOptions;
import io.netyard.linux.PacketSocket;
import io.netyard.linux.Socket;
import io.netyard.linux.TapDevice;
import io.netyard.linux.WakeUp;
import io.netyard.linux.XdpSocket;
import io.netyard.net.InterfaceName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Everything that the native layer opens is closed when another program is run (`FD_CLOEXEC`).
@Tag("F49")
class DescriptorsIT {
    private static final long O_CLOEXEC = 02000000;

    @TempDir
    Path folder = Path.of("");

    @Test
    void allThatIsOpenedIsClosedOnExec() throws Exception {
        InterfaceName name = new InterfaceName("t0");
        List<AutoCloseable> opened = new ArrayList<>();
        try (NetworkNamespace namespace = NetworkNamespace.create()) {
            Set<String> before = descriptors();
            opened.add(NetworkNamespace.create());
            opened.add(NetworkNamespace.current());
            opened.add(FileLock.tryLock(folder.resolve("lock")).orElseThrow());
            opened.add(new WakeUp());
            opened.add(namespace.socket(Socket.AF_NETLINK, Socket.SOCK_RAW, 0));
            opened.add(TapDevice.create(namespace, name, TapDevice.Options.PLAIN));
            opened.add(PacketSocket.open(namespace, name, PacketOptions.immediate()));
            opened.add(XdpSocket.open(namespace, name, XdpSocket.Mode.GENERIC));
            Set<String> ours = descriptors();
            ours.removeAll(before);
            assertThat(ours).hasSizeGreaterThanOrEqualTo(opened.size());
            for (String descriptor : ours) {
                assertThat(flags(descriptor) & O_CLOEXEC)
                        .as("flags of %s", Files.readSymbolicLink(Path.of("/proc/self/fd", descriptor)))
                        .isNotZero();
            }
        } finally {
            for (AutoCloseable each : opened.reversed()) {
                each.close();
            }
        }
    }

    /// Without that of the listing, which is closed once the names are taken.
    private static Set<String> descriptors() throws IOException {
        Set<String> names;
        try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
            names = files.map(file -> file.getFileName().toString()).collect(Collectors.toCollection(TreeSet::new));
        }
        names.removeIf(name -> !Files.exists(Path.of("/proc/self/fdinfo", name)));
        return names;
    }

    private static long flags(String descriptor) throws IOException {
        return Files.readAllLines(Path.of("/proc/self/fdinfo", descriptor)).stream()
                .filter(line -> line.startsWith("flags:"))
                .map(line -> Long.parseLong(line.substring("flags:".length()).strip(), 8))
                .findFirst()
                .orElseThrow();
    }
}
