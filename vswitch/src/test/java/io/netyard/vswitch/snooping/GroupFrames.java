package io.netyard.vswitch.snooping;

import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/// Frames for groups, written the slow way: byte by byte, from the figures of the RFCs.
public final class GroupFrames {
    /// Record types of reports (RFC 3376 section 4.2.12, RFC 3810 section 5.2.12).
    public static final int IS_INCLUDE = 1;

    public static final int IS_EXCLUDE = 2;
    public static final int TO_INCLUDE = 3;
    public static final int TO_EXCLUDE = 4;
    public static final int ALLOW = 5;
    public static final int BLOCK = 6;

    private static final int IGMP = 2;
    private static final int UDP = 17;
    private static final int ICMPV6 = 58;
    private static final int PIM = 103;

    private GroupFrames() {}

    /// What a report says of one group.
    public record Entry(int type, String group, List<String> sources) {
        public Entry(int type, String group) {
            this(type, group, List.of());
        }
    }

    // ---- IGMP

    public static byte[] v1Report(String from, String group) {
        return igmp(from, group, igmpMessage(0x12, 0, group));
    }

    public static byte[] v2Report(String from, String group) {
        return igmp(from, group, igmpMessage(0x16, 0, group));
    }

    public static byte[] v2Leave(String from, String group) {
        return igmp(from, "224.0.0.2", igmpMessage(0x17, 0, group));
    }

    /// @param group 0.0.0.0 for a general query
    /// @param code of the time to answer; 0 for version 1
    public static byte[] v2Query(String from, String group, int code) {
        return igmp(from, queried(group), igmpMessage(0x11, code, group));
    }

    public static byte[] v3Query(String from, String group, int code, boolean suppress, String... sources) {
        return igmp(from, queried(group), v3QueryMessage(group, code, suppress, sources));
    }

    public static byte[] v3QueryMessage(String group, int code, boolean suppress, String... sources) {
        byte[] head = {0x11, (byte) code, 0, 0};
        byte[] flags = {(byte) ((suppress ? 8 : 0) | 2), 125, 0, (byte) sources.length};
        return join(head, address(group), flags, addresses(List.of(sources)));
    }

    public static byte[] v3Report(String from, Entry... entries) {
        return igmp(from, "224.0.0.22", v3ReportMessage(entries));
    }

    public static byte[] v3ReportMessage(Entry... entries) {
        return reportMessage(0x22, entries);
    }

    public static byte[] igmpMessage(int type, int code, String group) {
        return join(new byte[] {(byte) type, (byte) code, 0, 0}, address(group));
    }

    private static String queried(String group) {
        return group.equals("0.0.0.0") ? "224.0.0.1" : group;
    }

    /// A message of IGMP, whose checksum is filled in.
    public static byte[] igmp(String from, String to, byte[] message) {
        return ipv4(from, to, IGMP, checksummed(message, 2, 0));
    }

    // ---- MLD

    public static byte[] mldV1Report(String from, String group) {
        return mld(from, group, mldMessage(131, 0, group));
    }

    public static byte[] mldDone(String from, String group) {
        return mld(from, "ff02::2", mldMessage(132, 0, group));
    }

    public static byte[] mldV1Query(String from, String group, int delay) {
        return mld(from, queried6(group), mldMessage(130, delay, group));
    }

    public static byte[] mldV2Query(String from, String group, int code, boolean suppress, String... sources) {
        byte[] flags = {(byte) ((suppress ? 8 : 0) | 2), 125, 0, (byte) sources.length};
        return mld(from, queried6(group), join(mldMessage(130, code, group), flags, addresses(List.of(sources))));
    }

    public static byte[] mldV2Report(String from, Entry... entries) {
        return mld(from, "ff02::16", reportMessage(143, entries));
    }

    public static byte[] mldMessage(int type, int delay, String group) {
        byte[] head = {(byte) type, 0, 0, 0, (byte) (delay >> 8), (byte) delay, 0, 0};
        return join(head, address(group));
    }

    private static String queried6(String group) {
        return group.equals("::") ? "ff02::1" : group;
    }

    /// A message of MLD, whose checksum is filled in, behind a router alert.
    public static byte[] mld(String from, String to, byte[] message) {
        return ipv6(from, to, 1, 0, join(new byte[] {ICMPV6, 0, 5, 2, 0, 0, 1, 0}, mldChecksummed(from, to, message)));
    }

    public static byte[] mldChecksummed(String from, String to, byte[] message) {
        return checksummed(message, 2, pseudo(from, to, message.length, ICMPV6));
    }

    // ---- others

    public static byte[] pimHello(String from) {
        return ipv4(from, "224.0.0.13", PIM, checksummed(new byte[] {0x20, 0, 0, 0, 0, 1, 0, 2, 0, 105}, 2, 0));
    }

    public static byte[] pimHello6(String from) {
        byte[] hello = {0x20, 0, 0, 0, 0, 1, 0, 2, 0, 105};
        return ipv6(from, "ff02::d", 1, PIM, checksummed(hello, 2, pseudo(from, "ff02::d", hello.length, PIM)));
    }

    /// A datagram for a group of either family.
    public static byte[] data(String from, String to) {
        byte[] udp = {0x13, (byte) 0x88, 0x13, (byte) 0x88, 0, 12, 0, 0, 'd', 'a', 't', 'a'};
        return to.contains(":")
                ? ipv6(from, to, 8, UDP, checksummed(udp, 6, pseudo(from, to, udp.length, UDP)))
                : ipv4(from, to, UDP, udp);
    }

    public static byte[] ipv4(String from, String to, int protocol, byte[] payload) {
        boolean alerts = protocol == IGMP;
        int header = alerts ? 24 : 20;
        int total = header + payload.length;
        byte[] fixed = {
            (byte) (0x40 | header / 4), 0, (byte) (total >> 8), (byte) total, 0, 0, 0, 0, 1, (byte) protocol, 0, 0
        };
        byte[] option = alerts ? new byte[] {(byte) 0x94, 4, 0, 0} : new byte[0];
        byte[] packet = checksummed(join(fixed, address(from), address(to), option), 10, 0);
        byte[] group = address(to);
        byte[] mac = {1, 0, 0x5e, (byte) (group[1] & 0x7f), group[2], group[3]};
        return join(mac, station(from), new byte[] {8, 0}, packet, payload);
    }

    public static byte[] ipv6(String from, String to, int hopLimit, int next, byte[] payload) {
        byte[] fixed = {0x60, 0, 0, 0, (byte) (payload.length >> 8), (byte) payload.length, (byte) next, (byte) hopLimit
        };
        byte[] group = address(to);
        byte[] mac = {0x33, 0x33, group[12], group[13], group[14], group[15]};
        return join(mac, station(from), new byte[] {(byte) 0x86, (byte) 0xdd}, fixed, address(from), group, payload);
    }

    private static byte[] reportMessage(int type, Entry... entries) {
        byte[] message = {(byte) type, 0, 0, 0, 0, 0, (byte) (entries.length >> 8), (byte) entries.length};
        for (Entry entry : entries) {
            byte[] head = {(byte) entry.type(), 0, 0, (byte) entry.sources().size()};
            message = join(message, head, address(entry.group()), addresses(entry.sources()));
        }
        return message;
    }

    private static byte[] station(String from) {
        byte[] own = address(from);
        return new byte[] {2, 0, 0, 0, own[own.length - 2], own[own.length - 1]};
    }

    private static long pseudo(String from, String to, int length, int protocol) {
        return sum(address(from)) + sum(address(to)) + length + protocol;
    }

    /// A copy with a checksum at a place, over all of it and what a pseudo header adds.
    public static byte[] checksummed(byte[] message, int at, long pseudo) {
        byte[] copy = message.clone();
        copy[at] = 0;
        copy[at + 1] = 0;
        long sum = sum(copy) + pseudo;
        while (sum >> 16 != 0) {
            sum = (sum & 0xffff) + (sum >> 16);
        }
        copy[at] = (byte) (~sum >> 8);
        copy[at + 1] = (byte) ~sum;
        return copy;
    }

    private static long sum(byte[] bytes) {
        ByteBuffer padded = ByteBuffer.wrap(Arrays.copyOf(bytes, bytes.length + bytes.length % 2));
        long sum = 0;
        while (padded.hasRemaining()) {
            sum += padded.getShort() & 0xffff;
        }
        return sum;
    }

    private static byte[] addresses(List<String> all) {
        byte[] bytes = {};
        for (String each : all) {
            bytes = join(bytes, address(each));
        }
        return bytes;
    }

    public static byte[] address(String text) {
        try {
            return InetAddress.getByName(text).getAddress();
        } catch (UnknownHostException failure) {
            throw new IllegalArgumentException(text, failure);
        }
    }

    public static byte[] join(byte[]... parts) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            joined.writeBytes(part);
        }
        return joined.toByteArray();
    }
}
