package io.netyard.net;

/// An IPv6 address.
///
/// @param high the first 64 bits
/// @param low the last 64 bits
public record Ipv6Address(long high, long low) implements IpAddress {
    /// Octets of an address.
    public static final int LENGTH = 16;

    private static final int GROUPS = 8;

    /// Reads the text forms of RFC 4291 section 2.2, the mixed form with an IPv4 tail included; no zone.
    public static Ipv6Address parse(String text) {
        return new Ipv6Parser(text).parse();
    }

    static Ipv6Address ofGroups(int[] groups) {
        long high = 0;
        long low = 0;
        for (int at = 0; at < GROUPS / 2; at++) {
            high = high << 16 | groups[at];
            low = low << 16 | groups[at + GROUPS / 2];
        }
        return new Ipv6Address(high, low);
    }

    static Ipv6Address ofBytes(byte[] bytes) {
        long high = 0;
        long low = 0;
        for (int at = 0; at < 8; at++) {
            high = high << 8 | (bytes[at] & 0xff);
            low = low << 8 | (bytes[at + 8] & 0xff);
        }
        return new Ipv6Address(high, low);
    }

    @Override
    public byte[] toBytes() {
        byte[] bytes = new byte[LENGTH];
        for (int at = 0; at < 8; at++) {
            bytes[at] = (byte) (high >>> 56 - 8 * at);
            bytes[at + 8] = (byte) (low >>> 56 - 8 * at);
        }
        return bytes;
    }

    @Override
    public int bits() {
        return 128;
    }

    @Override
    public boolean isMulticast() {
        return high >>> 56 == 0xff;
    }

    @Override
    public boolean isLinkLocal() {
        return high >>> 54 == 0x3fa;
    }

    @Override
    public boolean isLoopback() {
        return high == 0 && low == 1;
    }

    @Override
    public boolean isUnspecified() {
        return high == 0 && low == 0;
    }

    @Override
    public Ipv6Address masked(int length) {
        long highMask = length == 0 ? 0 : length >= 64 ? -1L : -1L << 64 - length;
        long lowMask = length <= 64 ? 0 : -1L << 128 - length;
        return new Ipv6Address(high & highMask, low & lowMask);
    }

    @Override
    public int compareTo(IpAddress other) {
        if (!(other instanceof Ipv6Address address)) {
            return 1;
        }
        int byHigh = Long.compareUnsigned(high, address.high);
        return byHigh != 0 ? byHigh : Long.compareUnsigned(low, address.low);
    }

    /// The canonical form of RFC 5952: lower case, no leading zeros, the longest run of two or more zero
    /// groups as `::`.
    @Override
    public String toString() {
        int start = -1; // no run yet: start + length is 0, where no separator stands anyway
        int length = 1;
        for (int at = 0; at < GROUPS; at++) {
            int run = zerosFrom(at);
            if (run > length) {
                start = at;
                length = run;
            }
        }
        StringBuilder text = new StringBuilder(39);
        int at = 0;
        while (at < GROUPS) {
            if (at == start) {
                text.append("::");
                at += length;
            } else {
                if (at > 0 && at != start + length) {
                    text.append(':');
                }
                text.append(Integer.toHexString(group(at)));
                at++;
            }
        }
        return text.toString();
    }

    private int zerosFrom(int from) {
        int at = from;
        while (at < GROUPS && group(at) == 0) {
            at++;
        }
        return at - from;
    }

    private int group(int at) {
        long half = at < GROUPS / 2 ? high : low;
        return (int) (half >>> 48 - 16 * (at % (GROUPS / 2))) & 0xffff;
    }
}
