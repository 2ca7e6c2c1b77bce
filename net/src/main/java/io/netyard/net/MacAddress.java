package io.netyard.net;

/// An Ethernet MAC address, 48 bits (IEEE 802-2014 clause 8).
///
/// @param value the bits, the first octet on the wire highest
public record MacAddress(long value) implements Comparable<MacAddress> {
    /// Octets of an address.
    public static final int LENGTH = 6;

    private static final int TEXT_LENGTH = 17;
    private static final long MULTICAST_BIT = 1L << 40;

    public MacAddress {
        if (value >>> 48 != 0) {
            throw new IllegalArgumentException("a MAC address has 48 bits: " + Long.toHexString(value) + " has more");
        }
    }

    /// Reads `aa:bb:cc:dd:ee:ff`, two hexadecimal digits an octet, in either case.
    public static MacAddress parse(String text) {
        boolean valid = text.length() == TEXT_LENGTH;
        long value = 0;
        for (int at = 0; valid && at < TEXT_LENGTH; at++) {
            char next = text.charAt(at);
            if (at % 3 == 2) {
                valid = next == ':';
            } else {
                int digit = next < 0x80 ? Character.digit(next, 16) : -1;
                valid = digit >= 0;
                value = value << 4 | digit;
            }
        }
        if (!valid) {
            throw new IllegalArgumentException("'" + text + "' is not a MAC address such as 02:00:00:00:00:01");
        }
        return new MacAddress(value);
    }

    /// The address in six octets, in the order of the wire.
    public static MacAddress ofBytes(byte[] bytes) {
        if (bytes.length != LENGTH) {
            throw new IllegalArgumentException("a MAC address has 6 octets, not " + bytes.length);
        }
        long value = 0;
        for (byte next : bytes) {
            value = value << 8 | (next & 0xff);
        }
        return new MacAddress(value);
    }

    /// The six octets in the order of the wire.
    public byte[] toBytes() {
        byte[] bytes = new byte[LENGTH];
        for (int at = 0; at < LENGTH; at++) {
            bytes[at] = (byte) (value >>> 8 * (LENGTH - 1 - at));
        }
        return bytes;
    }

    /// Whether it names a group of stations, broadcast included.
    public boolean isMulticast() {
        return (value & MULTICAST_BIT) != 0;
    }

    @Override
    public int compareTo(MacAddress other) {
        return Long.compare(value, other.value);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(TEXT_LENGTH);
        for (int shift = 44; shift >= 0; shift -= 4) {
            text.append(Character.forDigit((int) (value >>> shift) & 0xf, 16));
            if (shift % 8 == 0 && shift > 0) {
                text.append(':');
            }
        }
        return text.toString();
    }
}
