package io.netyard.vswitch.device;

import io.netyard.linux.Errno;
import io.netyard.linux.LinuxException;
import io.netyard.linux.MessageVector;
import io.netyard.linux.NetworkNamespace;
import io.netyard.linux.PacketOptions;
import io.netyard.linux.PacketRing;
import io.netyard.linux.PacketSocket;
import io.netyard.net.InterfaceName;
import io.netyard.vswitch.port.Burst;
import io.netyard.vswitch.port.LineState;
import io.netyard.vswitch.port.MissingChecksum;
import io.netyard.vswitch.port.Offload;
import io.netyard.vswitch.port.Port;
import io.netyard.vswitch.port.PortCapabilities;
import io.netyard.vswitch.port.PortContext;
import io.netyard.vswitch.port.PortCounters;

/// A port on an interface of any kind, through a packet socket: frames are read where the kernel put them,
/// in the receive ring, and sent from there, 64 in a system call. With offloads, GSO frames and partial
/// checksums pass.
public final class PacketPort implements Port {
    /// Bursts taken in one turn of the loop, so that one port does not keep the others waiting.
    private static final int BURSTS_PER_TURN = 16;

    private final String name;
    private final PacketSocket socket;
    private final boolean offloads;
    private final PortCounters counters = new PortCounters();
    private final TransmitErrors errors = new TransmitErrors(counters);
    private final MessageVector vector = new MessageVector(Burst.CAPACITY);
    private final Burst burst = new Burst();
    private final DeviceWatch watch = new DeviceWatch();
    private PortCapabilities capabilities;
    private LineState line = LineState.DOWN;

    private PacketPort(String name, PacketSocket socket) {
        this.name = name;
        this.socket = socket;
        this.offloads = socket.options().offloads();
        this.capabilities = new PortCapabilities(offloads ? KernelOffloads.AVAILABLE : 0, false, mtu(socket));
    }

    /// Opens an interface. The port owns the socket until it is detached, attached or not.
    ///
    /// @param name of the port
    /// @param namespace in which the interface is; not needed any more afterwards
    /// @param device the interface; it should carry no address
    /// @throws LinuxException if there is no such interface, or no permission
    public static PacketPort open(
            String name, NetworkNamespace namespace, InterfaceName device, PacketOptions options) {
        if (PacketRing.headRoom(options) < HEAD_ROOM) {
            throw new IllegalArgumentException("a port needs " + HEAD_ROOM + " bytes before a frame");
        }
        return new PacketPort(name, PacketSocket.open(namespace, device, options));
    }

    @Override
    public String name() {
        return name;
    }

    private static int mtu(PacketSocket socket) {
        return Math.clamp(socket.mtu(), PortCapabilities.MIN_MTU, PortCapabilities.MAX_MTU);
    }

    @Override
    public PortCapabilities capabilities() {
        try {
            int mtu = mtu(socket);
            if (mtu != capabilities.mtu()) {
                capabilities = capabilities.withMtu(mtu);
            }
        } catch (LinuxException _) {
            // The device is gone, which the watch tells in a moment.
        }
        return capabilities;
    }

    @Override
    public PortCounters counters() {
        return counters;
    }

    @Override
    public void attach(PortContext context) {
        try {
            watch.start(socket.descriptor(), context, () -> read(context), () -> checkDevice(context));
        } catch (RuntimeException failure) {
            detach();
            throw failure;
        }
    }

    private void read(PortContext context) {
        PacketRing ring = socket.ring();
        boolean found = false;
        for (int turn = 0; turn < BURSTS_PER_TURN && fill(ring); turn++) {
            found = true;
            if (!burst.isEmpty()) {
                context.receive(burst);
                burst.clear();
            }
            if (!watch.isOpen()) {
                return;
            }
            ring.release();
        }
        if (!found) {
            // What the loop called for is an error: taken, it does not call again.
            socket.takeError();
        }
    }

    /// Collects a burst.
    ///
    /// @return whether there was a frame, good or bad
    private boolean fill(PacketRing ring) {
        boolean found = false;
        while (!burst.isFull() && ring.next()) {
            found = true;
            long address = ring.address();
            long offload = offloads
                    ? Offload.readVirtio(address - Offload.VIRTIO_LENGTH)
                    : MissingChecksum.find(address, ring.length());
            if (offload == Offload.UNKNOWN || ring.isTruncated()) {
                counters.addReceiveErrors(1);
            } else {
                burst.add(address, ring.length(), offload, ring.tag(), 0);
            }
        }
        return found;
    }

    /// A device that is down comes up again; one that is gone does not. Only the first of the two is
    /// reported by the kernel, so the second is looked for.
    private void checkDevice(PortContext context) {
        counters.receiveDropsAre(socket.statistics().missed());
        if (!socket.isAttached()) {
            watch.close();
            context.failed(new LinuxException("the device of port " + name + " went away", Errno.ENETDOWN));
        }
    }

    /// The speed is asked for when the line comes up alone: drivers are asked under the lock that all
    /// changes of interfaces wait for.
    @Override
    public LineState line() {
        boolean isUp = socket.isRunning();
        if (isUp != line.up()) {
            line = isUp ? new LineState(true, socket.megabits()) : LineState.DOWN;
        }
        return line;
    }

    @Override
    public int transmit(Burst frames) {
        if (!watch.isOpen()) {
            return 0;
        }
        int sent = 0;
        for (int at = 0; at < frames.size(); at++) {
            long address = frames.address(at);
            if (offloads) {
                long header = address - Offload.VIRTIO_LENGTH;
                Offload.writeVirtio(frames.offload(at), header, address);
                vector.add(header, frames.length(at) + Offload.VIRTIO_LENGTH);
            } else {
                vector.add(address, frames.length(at));
            }
            if (vector.isFull()) {
                sent += flush();
            }
        }
        return vector.count() == 0 ? sent : sent + flush();
    }

    private int flush() {
        int sent = socket.send(vector);
        if (vector.refused() > 0) {
            errors.count(vector.refused(), vector.errno());
        }
        return sent;
    }

    @Override
    public void detach() {
        watch.close();
        socket.close();
        vector.close();
    }
}
