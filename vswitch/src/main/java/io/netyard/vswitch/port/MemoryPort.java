package io.netyard.vswitch.port;

import io.netyard.vlan.VlanTag;
import io.netyard.vlan.frame.Memory;
import io.netyard.vlan.frame.MemoryBlock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A port without a device: frames are put in as bytes, and those that are sent through it can be taken
/// out. For tests and demonstrations; it allocates. For one thread, that of the loop where there is one.
public final class MemoryPort implements Port {
    private static final int SLOTS = Burst.CAPACITY;

    private final String name;
    private final PortCapabilities capabilities;
    private final PortCounters counters = new PortCounters();
    private final int slotLength;
    private final MemoryBlock slots;
    private final Burst burst = new Burst(SLOTS);
    private final List<MemoryFrame> sent = new ArrayList<>();
    private @Nullable PortContext context;

    /// A port with frames of up to its MTU, or of up to 64 KiB if it takes segments to cut.
    public MemoryPort(String name, PortCapabilities capabilities) {
        this.name = name;
        this.capabilities = capabilities;
        int longest = (capabilities.offloads() & ~Offload.CHECKSUM) == 0 ? capabilities.mtu() + 64 : 66_000;
        this.slotLength = (HEAD_ROOM + longest + 63) & -64;
        this.slots = new MemoryBlock((long) slotLength * SLOTS);
    }

    /// Lets frames come in, as one burst or, if there are too many, several.
    ///
    /// @throws IllegalStateException if the port is not attached
    /// @throws IllegalArgumentException if a frame is longer than the port's memory allows
    public void receive(List<MemoryFrame> frames) {
        PortContext receiver = context;
        if (receiver == null) {
            throw new IllegalStateException("port " + name + " is not attached");
        }
        for (MemoryFrame frame : frames) {
            if (frame.bytes().length > slotLength - HEAD_ROOM) {
                throw new IllegalArgumentException(
                        "a frame of " + frame.bytes().length + " bytes is too long for port " + name);
            }
            long address = slots.address() + (long) burst.size() * slotLength + HEAD_ROOM;
            Memory.copy(frame.bytes(), address);
            burst.add(address, frame.bytes().length, frame.offload(), frame.tag(), frame.peer());
            if (burst.isFull()) {
                deliver(receiver);
            }
        }
        deliver(receiver);
    }

    /// Lets one complete frame come in.
    public void receive(byte[] frame) {
        receive(List.of(new MemoryFrame(frame)));
    }

    private void deliver(PortContext receiver) {
        if (!burst.isEmpty()) {
            receiver.receive(burst);
            burst.clear();
        }
    }

    /// The frames sent since the last call, in their order.
    public List<MemoryFrame> takeSent() {
        List<MemoryFrame> taken = List.copyOf(sent);
        sent.clear();
        return taken;
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
        context = to;
    }

    @Override
    public int transmit(Burst frames) {
        for (int at = 0; at < frames.size(); at++) {
            byte[] bytes = Memory.toBytes(frames.address(at), frames.length(at));
            sent.add(new MemoryFrame(bytes, frames.offload(at), VlanTag.NONE, frames.peer(at)));
        }
        return frames.size();
    }

    @Override
    public void detach() {
        context = null;
        slots.close();
    }
}
