package io.netyard.net;

/// An IPv4 address.
///
/// @param value the 32 bits, the first octet highest
public record Ipv4Address(int value) implements IpAddress {
    /// Octets of an address.
    public static final int LENGTH = 4;

    /// Reads four decimal numbers of 0 to 255, without leading zeros.
    public static Ipv4Address parse(String text) {
        int value = 0;
        int octets = 0;
        int start = 0;
        for (int at = 0; at <= text.length() && octets <= LENGTH; at++) {
            if (at == text.length() || text.charAt(at) == '.') {
                value = value << 8 | octet(text, start, at);
                octets++;
                start = at + 1;
            }
        }
        if (octets != LENGTH) {
            throw invalid(text);
        }
        return new Ipv4Address(value);
    }

    private static int octet(String text, int start, int end) {
        int length = end - start;
        if (length < 1 || length > 3 || (length > 1 && text.charAt(start) == '0')) {
            throw invalid(text);
        }
        int octet = 0;
        for (int at = start; at < end; at++) {
            char next = text.charAt(at);
            if (next < '0' || next > '9') {
                throw invalid(text);
            }
            octet = octet * 10 + next - '0';
        }
        if (octet > 255) {
            throw invalid(text);
        }
        return octet;
    }

    private static IllegalArgumentException invalid(String text) {
        return new IllegalArgumentException("'" + text + "' is not an IPv4 address such as 10.0.0.1");
    }

    static Ipv4Address ofBytes(byte[] bytes) {
        return new Ipv4Address(
                (bytes[0] & 0xff) << 24 | (bytes[1] & 0xff) << 16 | (bytes[2] & 0xff) << 8 | (bytes[3] & 0xff));
    }

    @Override
    public byte[] toBytes() {
        return new byte[] {(byte) (value >>> 24), (byte) (value >>> 16), (byte) (value >>> 8), (byte) value};
    }

    @Override
    public int bits() {
        return 32;
    }

    @Override
    public boolean isMulticast() {
        return value >>> 28 == 0xe;
    }

    @Override
    public boolean isLinkLocal() {
        return value >>> 16 == 0xa9fe;
    }

    @Override
    public boolean isLoopback() {
        return value >>> 24 == 127;
    }

    @Override
    public boolean isUnspecified() {
        return value == 0;
    }

    @Override
    public Ipv4Address masked(int length) {
        return new Ipv4Address(length == 0 ? 0 : value & (-1 << 32 - length));
    }

    @Override
    public int compareTo(IpAddress other) {
        return other instanceof Ipv4Address address ? Integer.compareUnsigned(value, address.value) : -1;
    }

    @Override
    public String toString() {
        return (value >>> 24) + "." + (value >>> 16 & 0xff) + "." + (value >>> 8 & 0xff) + "." + (value & 0xff);
    }
}
