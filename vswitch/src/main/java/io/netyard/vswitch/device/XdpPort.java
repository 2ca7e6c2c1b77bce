package io.netyard.vswitch.device;

import io.netty.util.concurrent.Future;
import io.netyard.linux.Errno;
import io.netyard.linux.LinuxException;
import io.netyard.linux.NetworkNamespace;
import io.netyard.linux.XdpSocket;
import io.netyard.net.InterfaceName;
import io.netyard.vlan.VlanTag;
import io.netyard.vswitch.port.Burst;
import io.netyard.vswitch.port.MissingChecksum;
import io.netyard.vswitch.port.Port;
import io.netyard.vswitch.port.PortCapabilities;
import io.netyard.vswitch.port.PortContext;
import io.netyard.vswitch.port.PortCounters;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A port on an interface through AF_XDP: its frames come here and nowhere else. Without offloads; a
/// checksum that a sender on this machine left out is found by [MissingChecksum], and segments have to be
/// cut at the other end, see [XdpSocket].
public final class XdpPort implements Port {
    /// Bursts taken in one turn of the loop, so that one port does not keep the others waiting.
    private static final int BURSTS_PER_TURN = 16;

    private static final int HEADER_AND_TAGS = 22;
    private static final int RETRY_MILLISECONDS = 1;

    private final String name;
    private final XdpSocket socket;
    private final PortCapabilities capabilities;
    private final PortCounters counters = new PortCounters();
    private final Burst burst = new Burst();
    private final DeviceWatch watch = new DeviceWatch();
    private @Nullable PortContext context;
    private @Nullable Future<?> waiting;

    private XdpPort(String name, XdpSocket socket) {
        this.name = name;
        this.socket = socket;
        int mtu = Math.min(socket.mtu(), XdpSocket.LONGEST_FRAME - HEADER_AND_TAGS);
        this.capabilities = PortCapabilities.PLAIN.withMtu(mtu);
    }

    /// Opens an interface. The port owns the socket until it is detached, attached or not.
    ///
    /// @param name of the port
    /// @param namespace in which the interface is; not needed any more afterwards
    /// @throws LinuxException if there is no such interface, it has an XDP program, or no permission
    public static XdpPort open(String name, NetworkNamespace namespace, InterfaceName device, XdpSocket.Mode mode) {
        return new XdpPort(name, XdpSocket.open(namespace, device, mode));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public PortCapabilities capabilities() {
        return capabilities;
    }

    @Override
    public PortCounters counters() {
        return counters;
    }

    @Override
    public void attach(PortContext to) {
        try {
            watch.start(socket.descriptor(), to, () -> read(to), () -> checkDevice(to));
            context = to;
        } catch (RuntimeException failure) {
            detach();
            throw failure;
        }
    }

    private void read(PortContext to) {
        for (int turn = 0; turn < BURSTS_PER_TURN && fill(); turn++) {
            to.receive(burst);
            burst.clear();
            if (!watch.isOpen()) {
                return;
            }
            socket.release();
        }
    }

    private boolean fill() {
        while (!burst.isFull() && socket.next()) {
            long offload = MissingChecksum.find(socket.address(), socket.length());
            burst.add(socket.address(), socket.length(), offload, VlanTag.NONE, 0);
        }
        return !burst.isEmpty();
    }

    /// Looks whether the device is still there: the socket does not call for that.
    private void checkDevice(PortContext to) {
        counters.receiveDropsAre(socket.missed());
        int error = socket.takeError();
        if (error != 0) {
            watch.close();
            to.failed(new LinuxException("the device of port " + name + " went away", error));
        }
    }

    @Override
    public int transmit(Burst frames) {
        if (!watch.isOpen()) {
            return 0;
        }
        int queued = 0;
        for (int at = 0; at < frames.size(); at++) {
            if (frames.length(at) > XdpSocket.LONGEST_FRAME) {
                counters.addTransmitErrors(1);
            } else if (socket.queue(frames.address(at), frames.length(at))) {
                queued++;
            } else {
                counters.addTransmitDrops(1);
            }
        }
        flush();
        return queued;
    }

    /// What the kernel does not take now waits in the ring, and would wait for the next burst.
    private void flush() {
        int errno = socket.flush();
        PortContext attached = context;
        boolean mayGoLater = errno == Errno.EAGAIN.number() || errno == Errno.ENOBUFS.number();
        if (mayGoLater && attached != null && waiting == null) {
            waiting = attached.loop().schedule(this::flushAgain, RETRY_MILLISECONDS, TimeUnit.MILLISECONDS);
        }
    }

    private void flushAgain() {
        waiting = null;
        if (watch.isOpen()) {
            flush();
        }
    }

    @Override
    public void detach() {
        watch.close();
        socket.close();
    }
}
