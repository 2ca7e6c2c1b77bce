package io.netyard.linux;

import com.sun.jna.LastErrorException;
import io.netyard.net.InterfaceName;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// What netdevice(7) tells of an interface through any socket of its namespace.
final class Interface {
    private static final int SIOCGIFINDEX = 0x8933;
    private static final int SIOCGIFMTU = 0x8921;
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
