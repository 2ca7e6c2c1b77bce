package io.netyard.vswitch.port;

import io.netyard.vlan.VlanTag;
import io.netyard.vlan.frame.EthernetHeader;
import io.netyard.vlan.frame.InternetChecksum;
import io.netyard.vlan.frame.Memory;

/// Finds out from a frame alone that its sender left the checksum of TCP or UDP to a device, for ports to
/// which the kernel does not tell it.
///
/// Linux leaves the sum P of the pseudo header in the checksum's place then (`CHECKSUM_PARTIAL`), so a
/// frame with that number there is taken for unfinished. A finished frame has it there by chance, once in
/// 65,536: its checksum ~(P + D), D being the sum of what the checksum covers besides, is P then. Finishing
/// it again stores ~(P + D), which is the number that is there. So valid frames stay as they are, and a
/// damaged one gets through as it does with any checksum of 16 bits: once in 65,536.
public final class MissingChecksum {
    private static final int MAX_TAGS = 2;
    private static final int IPV4_HEADER = 20;
    private static final int IPV4_LENGTH = 2;
    private static final int IPV4_FRAGMENT = 6;
    private static final int IPV4_FRAGMENT_MASK = 0x3fff;
    private static final int IPV4_PROTOCOL = 9;
    private static final int IPV4_SOURCE = 12;
    private static final int IPV6_HEADER = 40;
    private static final int IPV6_LENGTH = 4;
    private static final int IPV6_NEXT = 6;
    private static final int IPV6_SOURCE = 8;
    private static final int TCP = 6;
    private static final int UDP = 17;
    private static final int TCP_CHECKSUM = 16;
    private static final int TCP_HEADER = 20;
    private static final int UDP_CHECKSUM = 6;
    private static final int UDP_HEADER = 8;

    private MissingChecksum() {}

    /// What is to be done on a frame: [Offload#CHECKSUM] or [Offload#NONE].
    ///
    /// Behind up to two tags, in whole packets without options of IPv6 and without padding: so do senders
    /// on this machine send what they leave unfinished.
    ///
    /// @param length bytes of the frame
    public static long find(long frame, int length) {
        int at = EthernetHeader.LENGTH;
        if (length < at + IPV4_HEADER) {
            return Offload.NONE;
        }
        int type = Memory.getShort(frame + EthernetHeader.TYPE);
        for (int tags = 0; tags < MAX_TAGS && VlanTag.isTpid(type); tags++) {
            type = Memory.getShort(frame + at + 2);
            at += VlanTag.LENGTH;
        }
        if (type == EthernetHeader.IPV4) {
            return at + IPV4_HEADER <= length ? inIpv4(frame, at, length) : Offload.NONE;
        }
        return type == EthernetHeader.IPV6 && at + IPV6_HEADER <= length ? inIpv6(frame, at, length) : Offload.NONE;
    }

    private static long inIpv4(long frame, int at, int length) {
        long ip = frame + at;
        int header = (Memory.getByte(ip) & 0xf) * 4;
        if (at + Memory.getShort(ip + IPV4_LENGTH) != length
                || header < IPV4_HEADER
                || (Memory.getShort(ip + IPV4_FRAGMENT) & IPV4_FRAGMENT_MASK) != 0) {
            return Offload.NONE;
        }
        long addresses = InternetChecksum.sum(ip + IPV4_SOURCE, 8);
        return inTransport(frame, at + header, length, Memory.getByte(ip + IPV4_PROTOCOL), addresses);
    }

    private static long inIpv6(long frame, int at, int length) {
        long ip = frame + at;
        if (at + IPV6_HEADER + Memory.getShort(ip + IPV6_LENGTH) != length) {
            return Offload.NONE;
        }
        long addresses = InternetChecksum.sum(ip + IPV6_SOURCE, 32);
        return inTransport(frame, at + IPV6_HEADER, length, Memory.getByte(ip + IPV6_NEXT), addresses);
    }

    private static long inTransport(long frame, int at, int length, int protocol, long addresses) {
        boolean isTcp = protocol == TCP;
        int segment = length - at;
        if (!isTcp && protocol != UDP || segment < (isTcp ? TCP_HEADER : UDP_HEADER)) {
            return Offload.NONE;
        }
        int offset = isTcp ? TCP_CHECKSUM : UDP_CHECKSUM;
        boolean missing = Memory.getShort(frame + at + offset) == InternetChecksum.fold(addresses + protocol + segment);
        return missing ? Offload.of(Offload.CHECKSUM, 0, at, offset) : Offload.NONE;
    }
}
