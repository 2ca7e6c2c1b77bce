package io.netyard.linux;

import com.sun.jna.LastErrorException;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// Kernel settings under `/proc/sys`. Those of `net` belong to the namespace of the thread that opens them,
/// so they are read and written inside [NetworkNamespace#call].
public final class Sysctl {
    private static final int MOST_BYTES = 4096;

    private Sysctl() {}

    /// Reads a value (`sysctl -n KEY`), without the line end. In one system call: many settings give all of
    /// their text to the first read and nothing to the next, so that `Files.readString`, which starts with
    /// one byte, sees one digit.
    ///
    /// @param key with dots, as sysctl(8) takes it: `net.ipv6.conf.eth0/10.disable_ipv6` names the
    ///     interface `eth0.10`
    public static String read(String key) {
        ByteBuffer buffer = LibC.memory(MOST_BYTES);
        try (FileDescriptor file = FileDescriptor.open(path(key), 0, 0)) {
            int length = (int) LibC.read(file.number(), LibC.address(buffer), MOST_BYTES);
            byte[] bytes = new byte[length];
            buffer.get(bytes);
            return new String(bytes, StandardCharsets.UTF_8).strip();
        } catch (LastErrorException failure) {
            throw new LinuxException("read " + key, failure.getErrorCode());
        }
    }

    /// Writes a value (`sysctl -w KEY=VALUE`).
    public static void write(String key, String value) {
        Failpoint.pass("sysctl.write");
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        ByteBuffer buffer = LibC.memory(bytes.length);
        buffer.put(bytes);
        try (FileDescriptor file = FileDescriptor.open(path(key), LibC.O_WRONLY, 0)) {
            LibC.write(file.number(), LibC.address(buffer), bytes.length);
        } catch (LastErrorException failure) {
            throw new LinuxException("set " + key + " to " + value, failure.getErrorCode());
        } finally {
            Reference.reachabilityFence(buffer);
        }
    }

    /// Dots and slashes change places, as sysctl(8) has it.
    private static String path(String key) {
        StringBuilder path = new StringBuilder("/proc/sys/");
        for (int at = 0; at < key.length(); at++) {
            char next = key.charAt(at);
            path.append(next == '.' ? '/' : next == '/' ? '.' : next);
        }
        return path.toString();
    }
}
