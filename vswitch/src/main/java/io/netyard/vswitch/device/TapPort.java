package io.netyard.vswitch.device;

import io.netyard.linux.Errno;
import io.netyard.linux.LinuxException;
import io.netyard.linux.NativeMemory;
import io.netyard.linux.NetworkNamespace;
import io.netyard.linux.TapDevice;
import io.netyard.linux.TapOffload;
import io.netyard.net.InterfaceName;
import io.netyard.vlan.frame.EthernetHeader;
import io.netyard.vswitch.port.Burst;
import io.netyard.vswitch.port.Offload;
import io.netyard.vswitch.port.Port;
import io.netyard.vswitch.port.PortCapabilities;
import io.netyard.vswitch.port.PortContext;
import io.netyard.vswitch.port.PortCounters;
import io.netyard.vswitch.port.ReadableDescriptor;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A port that is the other end of a TAP device: what its namespace sends out of the device comes in here.
/// With offloads, GSO frames and partial checksums pass. The kernel hands over one frame in a system call.
public final class TapPort implements Port {
    /// Bursts taken in one turn of the loop, so that one port does not keep the others waiting.
    private static final int BURSTS_PER_TURN = 4;

    private static final int LARGEST_FRAME = 65_549;
    private static final int TAGS = 8;
    private static final int CACHE_LINE = 64;

    private final String name;
    private final TapDevice device;
    private final boolean offloads;
    private final int header;
    private final PortCapabilities capabilities;
    private final PortCounters counters = new PortCounters();
    private final TransmitErrors errors = new TransmitErrors(counters);
    private final int slotLength;
    private final NativeMemory slots;
    private final Burst burst = new Burst();
    private @Nullable ReadableDescriptor readable;

    private TapPort(String name, TapDevice device, boolean offloads, int mtu) {
        this.name = name;
        this.device = device;
        this.offloads = offloads;
        this.header = offloads ? Offload.VIRTIO_LENGTH : 0;
        this.capabilities = new PortCapabilities(offloads ? KernelOffloads.AVAILABLE : 0, false, mtu);
        int longest = offloads ? LARGEST_FRAME : mtu + EthernetHeader.LENGTH + TAGS;
        this.slotLength = (HEAD_ROOM + longest + TAGS + CACHE_LINE) & -CACHE_LINE;
        this.slots = NativeMemory.reserve((long) Burst.CAPACITY * slotLength);
    }

    /// Makes a TAP device. The port owns it until it is detached, attached or not, and it goes then.
    ///
    /// @param name of the port
    /// @param namespace in which the device appears; not needed any more afterwards
    /// @param device its name there; it comes down, with a random address
    /// @param offloads whether segments and checksums may be left undone on both ways
    /// @param mtu what the device's MTU is or will be set to, in bytes
    /// @throws LinuxException with `EBUSY` if the name is taken
    public static TapPort create(
            String name, NetworkNamespace namespace, InterfaceName device, boolean offloads, int mtu) {
        return new TapPort(name, TapDevice.create(namespace, device, options(offloads)), offloads, mtu);
    }

    /// Takes the other end of a TAP device that stays when the port is detached.
    ///
    /// @param mtu what the device's MTU is, in bytes
    /// @throws LinuxException with `EBUSY` if a program has it already
    public static TapPort attach(
            String name, NetworkNamespace namespace, InterfaceName device, boolean offloads, int mtu) {
        return new TapPort(name, TapDevice.attach(namespace, device, options(offloads)), offloads, mtu);
    }

    private static TapDevice.Options options(boolean offloads) {
        return offloads ? new TapDevice.Options(Offload.VIRTIO_LENGTH, wanted()) : TapDevice.Options.PLAIN;
    }

    private static Set<TapOffload> wanted() {
        EnumSet<TapOffload> offloads = EnumSet.allOf(TapOffload.class);
        if ((KernelOffloads.AVAILABLE & Offload.UDP) == 0) {
            offloads.removeAll(Set.of(TapOffload.USO4, TapOffload.USO6));
        }
        return offloads;
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
    public void attach(PortContext context) {
        try {
            readable = ReadableDescriptor.watch(device.descriptor().number(), context, () -> read(context));
        } catch (RuntimeException failure) {
            detach();
            throw failure;
        }
    }

    private void read(PortContext context) {
        for (int turn = 0; turn < BURSTS_PER_TURN && readable != null; turn++) {
            boolean more = fill();
            if (!burst.isEmpty()) {
                context.receive(burst);
                burst.clear();
            }
            if (!more) {
                return;
            }
        }
    }

    /// Collects a burst.
    ///
    /// @return whether there may be more
    private boolean fill() {
        while (!burst.isFull()) {
            long address = slots.address() + (long) burst.size() * slotLength + HEAD_ROOM;
            int room = slotLength - HEAD_ROOM + header;
            int bytes = device.read(address - header, room);
            if (bytes < 0) {
                checkDevice(-bytes);
                return false;
            }
            long offload = offloads ? Offload.readVirtio(address - header) : Offload.NONE;
            boolean isCut = bytes == room;
            if (offload == Offload.UNKNOWN || bytes <= header || isCut) {
                counters.addReceiveErrors(1);
            } else {
                burst.add(address, bytes - header, offload, 0, 0);
            }
        }
        return true;
    }

    private void checkDevice(int errno) {
        if (errno != Errno.EAGAIN.number()) {
            throw new LinuxException("the device of port " + name + " went away", errno);
        }
    }

    @Override
    public int transmit(Burst frames) {
        if (readable == null) {
            return 0;
        }
        int sent = 0;
        for (int at = 0; at < frames.size(); at++) {
            long address = frames.address(at);
            if (offloads) {
                Offload.writeVirtio(frames.offload(at), address - header, address);
            }
            int bytes = device.write(address - header, frames.length(at) + header);
            if (bytes < 0) {
                errors.count(1, -bytes);
            } else {
                sent++;
            }
        }
        return sent;
    }

    @Override
    public void detach() {
        ReadableDescriptor closing = readable;
        readable = null;
        if (closing != null) {
            closing.close();
        }
        device.close();
        slots.close();
    }
}
