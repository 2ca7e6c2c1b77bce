package io.netyard.vswitch.pipeline;

import io.netyard.vlan.VlanTag;
import io.netyard.vlan.frame.EthernetHeader;
import io.netyard.vlan.frame.InternetChecksum;
import io.netyard.vlan.frame.Memory;
import io.netyard.vswitch.port.Offload;

/// Cuts the segments that a sender left to the device, and completes checksums (linux/virtio_net.h,
/// "Generic segmentation offload"; RFC 9293 section 3.1 for TCP, RFC 768 for UDP). One object, opened for
/// each frame.
final class Segmentation {
    private static final int IPV4_LENGTH = 2;
    private static final int IPV4_ID = 4;
    private static final int IPV4_FRAGMENT = 6;
    private static final int IPV4_PROTOCOL = 9;
    private static final int IPV4_CHECKSUM = 10;
    private static final int IPV4_SOURCE = 12;
    private static final int IPV4_HEADER = 20;
    private static final int IPV4_FRAGMENT_MASK = 0x3fff;
    private static final int IPV6_LENGTH = 4;
    private static final int IPV6_NEXT = 6;
    private static final int IPV6_SOURCE = 8;
    private static final int IPV6_HEADER = 40;
    private static final int TCP = 6;
    private static final int UDP = 17;
    private static final int TCP_SEQUENCE = 4;
    private static final int TCP_DATA_OFFSET = 12;
    private static final int TCP_FLAGS = 13;
    private static final int TCP_CHECKSUM = 16;
    private static final int TCP_HEADER = 20;
    private static final int TCP_FIN_PSH = 0x09;
    private static final int TCP_CWR = 0x80;
    private static final int UDP_LENGTH = 4;
    private static final int UDP_CHECKSUM = 6;
    private static final int UDP_HEADER = 8;
    private static final int MAX_TAGS = 9;
    private static final int MAX_EXTENSIONS = 8;

    private long frame;
    private int network;
    private int transport;
    private int headers;
    private int payload;
    private int size;
    private int count;
    private boolean isIpv4;
    private boolean isTcp;

    /// Bytes after the Ethernet header and all its tags.
    static int payloadLength(long frame, int length) {
        return length - networkOffset(frame, length);
    }

    /// Stores the checksum that is missing in a frame.
    ///
    /// @return false if it does not lie in the frame
    static boolean complete(long frame, int length, long offload) {
        int start = Offload.checksumStart(offload);
        int offset = Offload.checksumOffset(offload);
        if (start < EthernetHeader.LENGTH || start + offset + 2 > length) {
            return false;
        }
        if (offset == SctpChecksum.OFFSET && isSctp(frame, length)) {
            if (start + offset + Integer.BYTES > length) {
                return false;
            }
            SctpChecksum.store(frame + start, length - start);
            return true;
        }
        long sum = InternetChecksum.sum(frame + start, length - start);
        int checksum = offset == UDP_CHECKSUM ? InternetChecksum.ofUdp(sum) : InternetChecksum.of(sum);
        Memory.putShort(frame + start + offset, checksum);
        return true;
    }

    private static boolean isSctp(long frame, int length) {
        int at = networkOffset(frame, length);
        if (at + IPV4_HEADER > length) {
            return false;
        }
        boolean isIpv4 = Memory.getByte(frame + at) >>> 4 == 4;
        return Memory.getByte(frame + at + (isIpv4 ? IPV4_PROTOCOL : IPV6_NEXT)) == SctpChecksum.PROTOCOL;
    }

    /// Takes a frame to cut.
    ///
    /// @return false if its headers are not what its offload says
    boolean open(long address, int length, long offload) {
        int kinds = Offload.kinds(offload);
        frame = address;
        network = networkOffset(address, length);
        isTcp = (kinds & Offload.UDP) == 0;
        isIpv4 = network < length && Memory.getByte(address + network) >>> 4 == 4;
        size = Offload.segmentSize(offload);
        if (size == 0 || !readNetwork(length) || (kinds & Offload.TCP4) != 0 && !isIpv4) {
            return false;
        }
        int needed = isTcp ? TCP_HEADER : UDP_HEADER;
        int end = networkEnd();
        if (transport + needed > end || end > length || (kinds & Offload.TCP6) != 0 && isIpv4) {
            return false;
        }
        headers = transport + (isTcp ? (Memory.getByte(address + transport + TCP_DATA_OFFSET) >>> 4) * 4 : UDP_HEADER);
        payload = end - headers;
        count = Math.max(1, (payload + size - 1) / size);
        return headers >= transport + needed && payload >= 0 && (!partial(kinds) || agrees(offload));
    }

    private static boolean partial(int kinds) {
        return (kinds & Offload.CHECKSUM) != 0;
    }

    private boolean agrees(long offload) {
        return Offload.checksumStart(offload) == transport
                && Offload.checksumOffset(offload) == (isTcp ? TCP_CHECKSUM : UDP_CHECKSUM);
    }

    /// How many segments there are.
    int count() {
        return count;
    }

    /// Bytes of the longest segment after its Ethernet header and tags.
    int largestPacket() {
        return headers - network + Math.min(size, payload);
    }

    /// Bytes of a segment's frame.
    ///
    /// @param segment 0 to [#count] - 1
    int length(int segment) {
        return headers + Math.min(size, payload - segment * size);
    }

    /// Writes a complete segment.
    void write(int segment, long to) {
        int length = length(segment);
        Memory.copy(frame, to, headers);
        Memory.copy(frame + headers + (long) segment * size, to + headers, length - headers);
        writeNetwork(segment, to, length);
        if (isTcp) {
            writeTcp(segment, to, length);
        } else {
            writeUdp(to, length);
        }
    }

    private void writeNetwork(int segment, long to, int length) {
        long ip = to + network;
        if (!isIpv4) {
            Memory.putShort(ip + IPV6_LENGTH, length - network - IPV6_HEADER);
            return;
        }
        Memory.putShort(ip + IPV4_LENGTH, length - network);
        Memory.putShort(ip + IPV4_ID, Memory.getShort(ip + IPV4_ID) + segment);
        Memory.putShort(ip + IPV4_CHECKSUM, 0);
        Memory.putShort(ip + IPV4_CHECKSUM, InternetChecksum.of(InternetChecksum.sum(ip, ipv4HeaderLength(ip))));
    }

    private void writeTcp(int segment, long to, int length) {
        long tcp = to + transport;
        Memory.putInt(tcp + TCP_SEQUENCE, Memory.getInt(tcp + TCP_SEQUENCE) + segment * size);
        int flags = Memory.getByte(tcp + TCP_FLAGS);
        if (segment < count - 1) {
            flags &= ~TCP_FIN_PSH;
        }
        if (segment > 0) {
            flags &= ~TCP_CWR;
        }
        Memory.putByte(tcp + TCP_FLAGS, flags);
        Memory.putShort(tcp + TCP_CHECKSUM, 0);
        Memory.putShort(tcp + TCP_CHECKSUM, InternetChecksum.of(transportSum(to, length, TCP)));
    }

    private void writeUdp(long to, int length) {
        long udp = to + transport;
        Memory.putShort(udp + UDP_LENGTH, length - transport);
        Memory.putShort(udp + UDP_CHECKSUM, 0);
        Memory.putShort(udp + UDP_CHECKSUM, InternetChecksum.ofUdp(transportSum(to, length, UDP)));
    }

    /// Pseudo header and segment.
    private long transportSum(long to, int length, int protocol) {
        long ip = to + network;
        long addresses =
                isIpv4 ? InternetChecksum.sum(ip + IPV4_SOURCE, 8) : InternetChecksum.sum(ip + IPV6_SOURCE, 32);
        int segment = length - transport;
        return addresses + protocol + segment + InternetChecksum.sum(to + transport, segment);
    }

    private boolean readNetwork(int length) {
        if (isIpv4) {
            return readIpv4(length);
        }
        return network + IPV6_HEADER <= length && Memory.getByte(frame + network) >>> 4 == 6 && readIpv6(length);
    }

    private boolean readIpv4(int length) {
        long ip = frame + network;
        if (network + IPV4_HEADER > length) {
            return false;
        }
        int header = ipv4HeaderLength(ip);
        transport = network + header;
        return header >= IPV4_HEADER
                && transport <= length
                && Memory.getByte(ip + IPV4_PROTOCOL) == (isTcp ? TCP : UDP)
                && (Memory.getShort(ip + IPV4_FRAGMENT) & IPV4_FRAGMENT_MASK) == 0;
    }

    /// Walks the extension headers (RFC 8200 section 4).
    private boolean readIpv6(int length) {
        int next = Memory.getByte(frame + network + IPV6_NEXT);
        int at = network + IPV6_HEADER;
        for (int walked = 0; isExtension(next); walked++) {
            if (walked == MAX_EXTENSIONS || at + 8 > length) {
                return false;
            }
            next = Memory.getByte(frame + at);
            at += 8 + 8 * Memory.getByte(frame + at + 1);
        }
        transport = at;
        return next == (isTcp ? TCP : UDP) && at <= length;
    }

    /// Hop-by-hop, routing or destination options.
    private static boolean isExtension(int next) {
        return next == 0 || next == 43 || next == 60;
    }

    private int networkEnd() {
        long ip = frame + network;
        return isIpv4
                ? network + Memory.getShort(ip + IPV4_LENGTH)
                : network + IPV6_HEADER + Memory.getShort(ip + IPV6_LENGTH);
    }

    private static int ipv4HeaderLength(long ip) {
        return (Memory.getByte(ip) & 0xf) * 4;
    }

    /// Where the packet begins, behind up to nine tags.
    private static int networkOffset(long frame, int length) {
        int at = EthernetHeader.TYPE;
        for (int tags = 0; tags < MAX_TAGS && at + 2 + VlanTag.LENGTH <= length; tags++) {
            if (!VlanTag.isTpid(Memory.getShort(frame + at))) {
                break;
            }
            at += VlanTag.LENGTH;
        }
        return at + 2;
    }
}
