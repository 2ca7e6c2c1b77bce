package io.netyard.vswitch.pcap;

import io.netty.util.concurrent.Future;
import io.netyard.vlan.VlanTag;
import io.netyard.vlan.frame.Memory;
import io.netyard.vlan.frame.MemoryBlock;
import io.netyard.vswitch.port.Burst;
import io.netyard.vswitch.port.Offload;
import io.netyard.vswitch.port.Port;
import io.netyard.vswitch.port.PortCapabilities;
import io.netyard.vswitch.port.PortContext;
import io.netyard.vswitch.port.PortCounters;
import io.netyard.vswitch.wrap.FrameObserver;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A port with files behind it: frames of one come in, frames that are sent are written to the other.
/// Frames that the capture cut off, and those longer than an Ethernet frame gets, are left out and counted
/// as receive errors. A file that turns out to be damaged ends the port as a device that vanishes does.
public final class PcapPort implements Port {
    private static final int LONGEST = 65_549 + 8;
    private static final int SLOTS = 16;
    private static final int SLOT = (HEAD_ROOM + LONGEST + 63) & -64;

    /// How fast the frames of a file come in.
    public enum Pace {
        /// With the gaps that they were captured with; one that is older than the frame before comes with
        /// it.
        AS_RECORDED,
        /// Without gaps; other ports of the loop get their turns.
        AS_FAST_AS_POSSIBLE
    }

    private final String name;
    private final @Nullable PcapReader reader;
    private final Pace pace;
    private final @Nullable Capture sent;
    private final PortCapabilities capabilities;
    private final PortCounters counters = new PortCounters();
    private final MemoryBlock slots = new MemoryBlock((long) SLOTS * SLOT);
    private final Burst burst = new Burst(SLOTS);
    private final CompletableFuture<Void> finished = new CompletableFuture<>();
    private @Nullable PcapFrame following;
    private @Nullable Future<?> waiting;
    private long recordedFirst;
    private long startedAt;
    private boolean isAttached;

    private PcapPort(String name, @Nullable PcapReader reader, Pace pace, @Nullable Capture sent) {
        this.name = name;
        this.reader = reader;
        this.pace = pace;
        this.sent = sent;
        this.capabilities = PortCapabilities.PLAIN;
        if (reader == null) {
            finished.complete(null);
        }
    }

    /// Opens the files. The port owns them until it is detached, attached or not.
    ///
    /// @param from the file whose frames come in once it is attached (pcap or pcapng), empty for none
    /// @param to the file that takes what is sent (pcapng), in the place of one that is there, empty for
    ///     none
    /// @throws PcapException if one of them cannot be opened
    public static PcapPort open(String name, Optional<Path> from, Pace pace, Optional<Path> to) {
        PcapReader reader = from.map(PcapReader::open).orElse(null);
        try {
            Capture sent =
                    to.map(file -> Capture.start(file, "", Capture.WHOLE)).orElse(null);
            return new PcapPort(name, reader, pace, sent);
        } catch (PcapException refused) {
            if (reader != null) {
                reader.close();
            }
            throw refused;
        }
    }

    /// Done when the last frame of the file came in; fails if the file is damaged; cancelled if the port is
    /// detached before.
    public java.util.concurrent.Future<Void> finished() {
        return finished;
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
        isAttached = true;
        PcapReader source = reader;
        if (source != null) {
            context.loop().execute(() -> play(source, context));
        }
    }

    /// Lets the frames come in that are due, at most a burst of them.
    private void play(PcapReader source, PortContext context) {
        waiting = null;
        if (!isAttached) {
            return;
        }
        try {
            long wait = fill(source);
            if (!burst.isEmpty()) {
                context.receive(burst);
                burst.clear();
            }
            if (wait >= 0 && isAttached) {
                waiting = context.loop().schedule(() -> play(source, context), wait, TimeUnit.NANOSECONDS);
            } else if (wait < 0) {
                finished.complete(null);
            }
        } catch (PcapException damaged) {
            finished.completeExceptionally(damaged);
            context.failed(damaged);
        }
    }

    /// Collects frames that are due.
    ///
    /// @return nanoseconds until there is more to do, negative at the end of the file
    private long fill(PcapReader source) {
        for (int taken = 0; taken < SLOTS; taken++) {
            PcapFrame next = following == null ? source.next().orElse(null) : following;
            following = null;
            if (next == null) {
                return -1;
            }
            long wait = untilDue(next);
            if (wait > 0) {
                following = next;
                return wait;
            }
            add(next);
        }
        return 0;
    }

    private long untilDue(PcapFrame next) {
        if (pace == Pace.AS_FAST_AS_POSSIBLE) {
            return 0;
        }
        if (startedAt == 0) {
            startedAt = System.nanoTime();
            recordedFirst = next.nanoseconds();
        }
        return next.nanoseconds() - recordedFirst - (System.nanoTime() - startedAt);
    }

    private void add(PcapFrame frame) {
        if (frame.isTruncated() || frame.bytes().length > LONGEST) {
            counters.addReceiveErrors(1);
            return;
        }
        long address = slots.address() + (long) burst.size() * SLOT + HEAD_ROOM;
        Memory.copy(frame.bytes(), address);
        burst.add(address, frame.bytes().length, Offload.NONE, VlanTag.NONE, 0);
    }

    @Override
    public int transmit(Burst frames) {
        Capture to = sent;
        if (!isAttached) {
            return 0;
        }
        if (to != null) {
            for (int at = 0; at < frames.size(); at++) {
                to.frame(
                        name,
                        FrameObserver.Direction.OUT,
                        frames.address(at),
                        frames.length(at),
                        frames.offload(at),
                        frames.tag(at));
            }
            if (to.failure().isPresent()) {
                counters.addTransmitErrors(frames.size());
                return 0;
            }
        }
        return frames.size();
    }

    @Override
    public void detach() {
        isAttached = false;
        Future<?> cancelling = waiting;
        waiting = null;
        if (cancelling != null) {
            cancelling.cancel(false);
        }
        finished.cancel(false);
        if (reader != null) {
            reader.close();
        }
        if (sent != null) {
            sent.close();
        }
        slots.close();
    }
}
