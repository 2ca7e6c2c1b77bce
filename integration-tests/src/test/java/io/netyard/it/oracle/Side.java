package io.netyard.it.oracle;

import io.netyard.linux.MessageVector;
import io.netyard.linux.NetworkNamespace;
import io.netyard.linux.PacketOptions;
import io.netyard.linux.PacketRing;
import io.netyard.linux.PacketSocket;
import io.netyard.net.InterfaceName;
import io.netyard.vlan.VlanTag;
import io.netyard.vlan.frame.Memory;
import io.netyard.vlan.frame.MemoryBlock;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The stations' ends of the cables to one switch: sends frames, and collects what comes out, by frame.
final class Side implements AutoCloseable {
    private static final int RING = 1 << 20;
    private static final int LONGEST = 2048;
    private static final int TAG_AT = 2 * 12;
    private static final List<String> NOTHING = List.of();

    private final List<PacketSocket> sockets = new ArrayList<>();
    private final MemoryBlock memory = new MemoryBlock(LONGEST);
    private final MessageVector vector = new MessageVector(1);
    private final Map<Integer, List<String>> seen = new TreeMap<>();
    private long sent;

    /// Opens the stations' ends.
    ///
    /// @param interfaces their names in the order of the ports
    Side(NetworkNamespace stations, List<String> interfaces) {
        PacketOptions options = new PacketOptions(PacketOptions.Delivery.IMMEDIATE, false, false, 0, RING);
        for (String name : interfaces) {
            sockets.add(PacketSocket.open(stations, new InterfaceName(name), options));
        }
    }

    /// Sends a frame into its port.
    void send(TestFrame frame) {
        Memory.copy(frame.bytes(), memory.address());
        vector.add(memory.address(), frame.bytes().length);
        if (sockets.get(frame.port()).send(vector) != 1) {
            throw new IllegalStateException(frame + " was refused with errno " + vector.errno());
        }
        sent++;
    }

    /// Frames sent.
    long sent() {
        return sent;
    }

    /// Takes what came out since the last call.
    ///
    /// @return whether something came out
    boolean collect() {
        boolean found = false;
        for (int port = 0; port < sockets.size(); port++) {
            PacketRing ring = sockets.get(port).ring();
            while (ring.next()) {
                found = true;
                byte[] bytes = whole(ring);
                int from = port;
                TestFrame.numberIn(bytes).ifPresent(number -> note(number, from, bytes));
                ring.release();
            }
        }
        return found;
    }

    private void note(int number, int port, byte[] bytes) {
        List<String> outcome = seen.computeIfAbsent(number, key -> new ArrayList<>());
        outcome.add("p" + port + " " + HexFormat.of().formatHex(bytes));
        outcome.sort(null);
    }

    /// With the tag that the kernel took out.
    private static byte[] whole(PacketRing ring) {
        byte[] bytes = Memory.toBytes(ring.address(), ring.length());
        if (ring.tag() == VlanTag.NONE) {
            return bytes;
        }
        String hex = HexFormat.of().formatHex(bytes);
        String tag = HexFormat.of().toHexDigits(ring.tag());
        return HexFormat.of().parseHex(hex.substring(0, TAG_AT) + tag + hex.substring(TAG_AT));
    }

    /// What came of a frame: for each copy the port and the octets, in order.
    List<String> outcome(TestFrame frame) {
        return seen.getOrDefault(frame.number(), NOTHING);
    }

    @Override
    public void close() {
        sockets.forEach(PacketSocket::close);
        vector.close();
        memory.close();
    }
}
