package io.netyard.it.oracle;

import io.netyard.vlan.VlanTag;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;

/// Random frames that are what they say: with up to four tags, an IP packet, or a frame in VXLAN or NVGRE.
final class FrameMaker {
    private static final int[] TYPES = {VlanTag.C_TAG, VlanTag.C_TAG, VlanTag.S_TAG, VlanTag.QINQ_9100};
    private static final int ROOM = 1024;
    private static final int EXPERIMENTAL = 0x88b5;
    private static final int ANY_PROTOCOL = 253;
    private static final int UDP = 17;
    private static final int GRE = 47;
    private static final int VXLAN_PORT = 4789;

    private final Random random;

    FrameMaker(Random random) {
        this.random = random;
    }

    /// The next frame.
    byte[] frame() {
        return frame(true);
    }

    private byte[] frame(boolean mayTunnel) {
        ByteBuffer frame = ByteBuffer.allocate(ROOM);
        frame.putShort((short) 0x0200).putInt(random.nextInt());
        frame.putShort((short) 0x0200).putInt(random.nextInt());
        int type = VlanTag.C_TAG;
        for (int tags = Math.max(0, random.nextInt(7) - 2); tags > 0; tags--) {
            // Wireshark has other fields for a service tag in a service tag.
            type = type == VlanTag.S_TAG ? VlanTag.C_TAG : TYPES[random.nextInt(TYPES.length)];
            frame.putShort((short) type).putShort((short) random.nextInt());
        }
        switch (random.nextInt(mayTunnel ? 6 : 3)) {
            case 0 -> frame.putShort((short) EXPERIMENTAL).put(bytes(46));
            case 1 -> putIpv4(frame, ANY_PROTOCOL, bytes(26));
            case 2 -> putIpv6(frame, bytes(26));
            case 3 -> putIpv4(frame, GRE, nvgre());
            default -> putIpv4(frame, UDP, vxlan());
        }
        return Arrays.copyOf(frame.array(), frame.position());
    }

    private void putIpv4(ByteBuffer frame, int protocol, byte[] payload) {
        frame.putShort((short) 0x0800).put((byte) 0x45).put((byte) random.nextInt());
        frame.putShort((short) (20 + payload.length)).putInt(0x4000);
        frame.put((byte) (1 + random.nextInt(255))).put((byte) protocol).putShort((short) 0);
        frame.putInt(0xc0000201).putInt(0xc0000202).put(payload);
    }

    private void putIpv6(ByteBuffer frame, byte[] payload) {
        frame.putShort((short) 0x86dd).putInt(0x60000000 | random.nextInt(0x0fffffff));
        frame.putShort((short) payload.length).put((byte) ANY_PROTOCOL).put((byte) random.nextInt());
        frame.putLong(0xfd00L << 48)
                .putLong(1)
                .putLong(0xfd00L << 48)
                .putLong(2)
                .put(payload);
    }

    private byte[] vxlan() {
        byte[] inner = frame(false);
        ByteBuffer packet = ByteBuffer.allocate(16 + inner.length);
        packet.putShort((short) 0xc001).putShort((short) VXLAN_PORT);
        packet.putShort((short) packet.capacity()).putShort((short) 0);
        return packet.putInt(0x08000000)
                .putInt(random.nextInt() & ~0xff)
                .put(inner)
                .array();
    }

    private byte[] nvgre() {
        byte[] inner = frame(false);
        return ByteBuffer.allocate(8 + inner.length)
                .putInt(0x20006558)
                .putInt(random.nextInt())
                .put(inner)
                .array();
    }

    private byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }
}
