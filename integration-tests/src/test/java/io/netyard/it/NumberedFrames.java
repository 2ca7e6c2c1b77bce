package io.netyard.it;

import io.netyard.linux.MessageVector;
import io.netyard.linux.NetworkNamespace;
import io.netyard.linux.PacketOptions;
import io.netyard.linux.PacketRing;
import io.netyard.linux.PacketSocket;
import io.netyard.net.InterfaceName;
import io.netyard.vlan.frame.Memory;
import io.netyard.vlan.frame.MemoryBlock;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;

/// Frames with numbers from one station to another, a thousand in a second, and who of them arrives. For
/// one thread at a time.
final class NumberedFrames implements AutoCloseable {
    private static final InterfaceName ETH0 = new InterfaceName("eth0");
    private static final int LENGTH = 200;
    private static final int NUMBER_AT = 20;
    private static final int AT_ONCE = 4;
    private static final long LAST_NANOSECONDS = 5_000_000_000L;

    private final PacketSocket sender;
    private final PacketSocket receiver;
    private final MemoryBlock memory = new MemoryBlock(LENGTH);
    private final MessageVector vector = new MessageVector(1);
    private int sent;
    private int arrived;
    private int disorder;

    /// Opens both stations' `eth0`, and teaches the switch between them where they are.
    NumberedFrames(NetworkNamespace from, NetworkNamespace to) {
        PacketOptions options = PacketOptions.immediate().withOffloads(false);
        this.sender = PacketSocket.open(from, ETH0, options);
        this.receiver = PacketSocket.open(to, ETH0, options);
        Memory.copy(HexFormat.of().parseHex("020000000001" + "020000000002" + "88b5"), memory.address());
        send(receiver);
        Memory.copy(HexFormat.of().parseHex("020000000002" + "020000000001" + "88b5"), memory.address());
    }

    private void send(PacketSocket socket) {
        do {
            vector.add(memory.address(), LENGTH);
        } while (socket.send(vector) == 0);
    }

    /// Sends some, takes what arrived, and waits a moment.
    void sendSome() throws InterruptedException {
        for (int frame = 0; frame < AT_ONCE; frame++) {
            Memory.putInt(memory.address() + NUMBER_AT, ++sent);
            send(sender);
        }
        take();
        TimeUnit.MILLISECONDS.sleep(AT_ONCE);
    }

    private void take() {
        PacketRing ring = receiver.ring();
        while (ring.next()) {
            boolean isOurs = ring.length() == LENGTH && Memory.getInt(ring.address() + 2) == 2;
            int number = Memory.getInt(ring.address() + NUMBER_AT);
            ring.release();
            if (isOurs) {
                disorder += number == arrived + 1 ? 0 : 1;
                arrived++;
            }
        }
    }

    /// Waits until all that were sent have arrived, or are not expected any more.
    void awaitLast() throws InterruptedException {
        long deadline = System.nanoTime() + LAST_NANOSECONDS;
        while (arrived < sent && System.nanoTime() < deadline) {
            take();
            TimeUnit.MILLISECONDS.sleep(1);
        }
    }

    /// Frames sent.
    int sent() {
        return sent;
    }

    /// Frames that arrived.
    int arrived() {
        return arrived;
    }

    /// Frames that did not arrive, arrived twice, or in another order.
    int lost() {
        return Math.abs(sent - arrived) + disorder;
    }

    @Override
    public void close() {
        sender.close();
        receiver.close();
        memory.close();
        vector.close();
    }
}
