package io.netyard.vswitch.pipeline;

import io.netyard.vlan.VlanTag;
import io.netyard.vlan.frame.EthernetHeader;
import io.netyard.vlan.frame.Memory;
import io.netyard.vswitch.mac.MacTable;
import io.netyard.vswitch.port.Burst;
import io.netyard.vswitch.port.Offload;
import java.util.function.BiConsumer;

/// Stage 6, transmit or drop: does in software what a port cannot do, and queues frames until a burst has
/// been worked through, so that each port is called once for many frames.
final class Transmission implements AutoCloseable {
    private final Scratch scratch = new Scratch(this::sendQueues);
    private final Segmentation segmentation = new Segmentation();
    private final SwitchPort[] queued = new SwitchPort[MacTable.MAX_PORTS];
    private final BiConsumer<SwitchPort, RuntimeException> failed;
    private int queuedCount;

    /// @param failed told of a port that threw; it must not change the switch before the burst is done
    Transmission(BiConsumer<SwitchPort, RuntimeException> failed) {
        this.failed = failed;
    }

    Scratch scratch() {
        return scratch;
    }

    /// How many frames there are in one to cut; 1 if it cannot be cut.
    int segments(FrameInHand frame) {
        return frame.length >= EthernetHeader.LENGTH
                        && frame.length <= FrameInHand.LONGEST
                        && segmentation.open(frame.address, frame.length, frame.offload)
                ? segmentation.count()
                : 1;
    }

    /// Sends a frame by a port and, if it has one, its mirror.
    ///
    /// @param shared whether others get the same bytes, which must stay as they are then
    void send(SwitchPort to, long address, int length, long offload, int peer, boolean shared) {
        if (offload == Offload.NONE && to.egressMirror == null && to.takesAsItIs(length)) {
            queue(to, address, length, Offload.NONE, peer);
        } else {
            sendWithWork(to, address, length, offload, peer, shared);
        }
    }

    /// Sends a frame that is to be mirrored, completed, cut, padded or measured. Apart from [#send], so
    /// that most frames go a short way that the compiler puts into that of the pipeline.
    private void sendWithWork(SwitchPort to, long address, int length, long offload, int peer, boolean shared) {
        SwitchPort mirror = to.egressMirror;
        if (mirror != null) {
            sendAlone(mirror, address, length, offload, 0, true);
            sendAlone(to, address, length, offload, peer, true);
        } else {
            sendAlone(to, address, length, offload, peer, shared);
        }
    }

    private void sendAlone(SwitchPort to, long address, int length, long offload, int peer, boolean shared) {
        if (offload == Offload.NONE) {
            if (isTooLong(to, address, length)) {
                to.drop(DropReason.TOO_LONG, 1);
            } else {
                pad(to, address, length, Offload.NONE, peer);
            }
        } else if (Offload.isSegmented(offload)) {
            sendSegments(to, address, length, offload, peer);
        } else {
            sendPartial(to, address, length, offload, peer, shared);
        }
    }

    private static boolean isTooLong(SwitchPort to, long address, int length) {
        return length - EthernetHeader.LENGTH > to.mtu && Segmentation.payloadLength(address, length) > to.mtu;
    }

    private void sendPartial(SwitchPort to, long address, int length, long offload, int peer, boolean shared) {
        if (isTooLong(to, address, length)) {
            to.drop(DropReason.TOO_LONG, 1);
        } else if (Offload.fits(offload, to.offloads)) {
            pad(to, address, length, offload, peer);
        } else {
            long own = shared ? copy(address, length) : address;
            if (Segmentation.complete(own, length, offload)) {
                pad(to, own, length, Offload.NONE, peer);
            } else {
                to.drop(DropReason.BAD_OFFLOAD, 1);
            }
        }
    }

    private void sendSegments(SwitchPort to, long address, int length, long offload, int peer) {
        Segmentation segments = segmentation;
        if (!segments.open(address, length, offload)) {
            to.drop(DropReason.BAD_OFFLOAD, 1);
        } else if (segments.largestPacket() > to.mtu) {
            to.drop(DropReason.TOO_LONG, segments.count());
        } else if (Offload.fits(offload, to.offloads)) {
            queue(to, address, length, offload, peer);
            to.queuedSegments += segments.count() - 1;
        } else {
            for (int segment = 0; segment < segments.count(); segment++) {
                int segmentLength = segments.length(segment);
                long at = scratch.segment(segmentLength);
                segments.write(segment, at);
                pad(to, at, segmentLength, Offload.NONE, peer);
            }
        }
    }

    private void pad(SwitchPort to, long address, int length, long offload, int peer) {
        if (length >= EthernetHeader.SHORTEST_FRAME || !to.pads) {
            queue(to, address, length, offload, peer);
            return;
        }
        long padded = scratch.segment(EthernetHeader.SHORTEST_FRAME);
        Memory.copy(address, padded, length);
        Memory.clear(padded + length, EthernetHeader.SHORTEST_FRAME - length);
        queue(to, padded, EthernetHeader.SHORTEST_FRAME, offload, peer);
    }

    private long copy(long address, int length) {
        long at = scratch.segment(length);
        Memory.copy(address, at, length);
        return at;
    }

    private void queue(SwitchPort to, long address, int length, long offload, int peer) {
        Burst queue = to.queue;
        queue.add(address, length, offload, VlanTag.NONE, peer);
        if (!to.isQueued) {
            to.isQueued = true;
            queued[queuedCount++] = to;
        }
        if (queue.isFull()) {
            sendQueue(to);
        }
    }

    /// Sends all that is queued, and frees the memory of copies.
    void finish() {
        sendQueues();
        scratch.reset();
    }

    private void sendQueues() {
        for (int at = 0; at < queuedCount; at++) {
            SwitchPort to = queued[at];
            to.isQueued = false;
            if (!to.queue.isEmpty()) {
                sendQueue(to);
            }
        }
        queuedCount = 0;
    }

    private void sendQueue(SwitchPort to) {
        Burst queue = to.queue;
        int sent = 0;
        try {
            sent = to.port.transmit(queue);
        } catch (RuntimeException failure) {
            to.forwards = false;
            failed.accept(to, failure);
        }
        count(to, queue, sent);
        queue.clear();
    }

    /// Counts what a port sent and what it did not. Which frames it did not take is not known: those to cut
    /// and their bytes count by their share.
    private static void count(SwitchPort to, Burst queue, int sent) {
        int size = queue.size();
        long bytes = queue.bytes();
        int frames = size + to.queuedSegments;
        int sentFrames = frames;
        if (sent != size) {
            sentFrames = (int) ((long) frames * sent / size);
            bytes = bytes * sent / size;
            to.drop(DropReason.TRANSMIT_FAILED, frames - sentFrames);
        }
        to.sentFrames += sentFrames;
        to.sentBytes += bytes;
        to.queuedSegments = 0;
    }

    @Override
    public void close() {
        scratch.close();
    }
}
