package io.netyard.linux;

import com.sun.jna.LastErrorException;
import io.netyard.net.InterfaceName;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// What netdevice(7) tells of an interface through any socket of its namespace.
final class Interface {
    private static final int SIOCGIFINDEX = 0x8933;
    private static final int SIOCGIFMTU = 0x8921;
    private static final int SIOCGIFFLAGS = 0x8913;
    private static final int SIOCETHTOOL = 0x8946;
    private static final int IFF_RUNNING = 0x40;
    private static final int ETHTOOL_GSET = 1;
    private static final int ETHTOOL_CMD = 44;
    private static final int ETHTOOL_SPEED = 12;
    private static final int ETHTOOL_SPEED_HIGH = 28;
    private static final int IFREQ = 40;
    private static final int IFREQ_VALUE = 16;

    private Interface() {}

    /// The index of an interface by its name.
    static int index(Socket socket, InterfaceName name) {
        return ask(socket, name, SIOCGIFINDEX);
    }

    /// The MTU of an interface in bytes.
    static int mtu(Socket socket, InterfaceName name) {
        return ask(socket, name, SIOCGIFMTU);
    }

    /// Whether it is up and its other end can hear it (`IFF_RUNNING`). One that is gone is not.
    static boolean isRunning(Socket socket, InterfaceName name) {
        try {
            return (ask(socket, name, SIOCGIFFLAGS) & IFF_RUNNING) != 0;
        } catch (LinuxException _) {
            return false;
        }
    }

    /// The speed that its driver tells, in 10^6 bits a second; 0 if it tells none (`ETHTOOL_GSET`, the one
    /// form of the question that needs no attempts).
    static int megabits(Socket socket, InterfaceName name) {
        ByteBuffer answer = LibC.memory(ETHTOOL_CMD);
        answer.putInt(0, ETHTOOL_GSET);
        ByteBuffer request = LibC.memory(IFREQ);
        request.put(0, name.toString().getBytes(StandardCharsets.UTF_8));
        request.putLong(IFREQ_VALUE, LibC.address(answer));
        try {
            LibC.ioctl(socket.descriptor().number(), SIOCETHTOOL, LibC.address(request));
        } catch (LastErrorException _) {
            return 0;
        } finally {
            Reference.reachabilityFence(request);
        }
        int speed = Short.toUnsignedInt(answer.getShort(ETHTOOL_SPEED)) | answer.getShort(ETHTOOL_SPEED_HIGH) << 16;
        return Math.max(0, speed);
    }

    private static int ask(Socket socket, InterfaceName name, int what) {
        ByteBuffer request = LibC.memory(IFREQ);
        request.put(0, name.toString().getBytes(StandardCharsets.UTF_8));
        try {
            LibC.ioctl(socket.descriptor().number(), what, LibC.address(request));
        } catch (LastErrorException failure) {
            throw new LinuxException("look up interface " + name, failure.getErrorCode());
        }
        return request.getInt(IFREQ_VALUE);
    }
}
