package io.netyard.netlink.message;

import io.netyard.net.IpAddress;
import io.netyard.net.MacAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// How the value of an attribute lies in bytes. What is longer than it needs to be is read all the same:
/// newer kernels add to the end.
///
/// @param <T> the value
public abstract class Codec<T> {
    /// An unsigned octet.
    public static final Codec<Integer> U8 = new Codec<>() {
        @Override
        void write(MessageWriter writer, int type, Integer value) {
            writer.header(type, 1);
            writer.buffer().put(value.byteValue());
            writer.pad();
        }

        @Override
        boolean accepts(ByteBuffer buffer, int at, int length) {
            return length >= 1;
        }

        @Override
        Integer read(ByteBuffer buffer, int at, int length) {
            return buffer.get(at) & 0xff;
        }
    };

    /// An unsigned number of 16 bits in the byte order of the machine.
    public static final Codec<Integer> U16 = new Codec<>() {
        @Override
        void write(MessageWriter writer, int type, Integer value) {
            writer.header(type, 2);
            writer.buffer().putShort(value.shortValue());
            writer.pad();
        }

        @Override
        boolean accepts(ByteBuffer buffer, int at, int length) {
            return length >= 2;
        }

        @Override
        Integer read(ByteBuffer buffer, int at, int length) {
            return buffer.getShort(at) & 0xffff;
        }
    };

    /// An unsigned number of 16 bits in network byte order.
    public static final Codec<Integer> BE16 = new Codec<>() {
        @Override
        void write(MessageWriter writer, int type, Integer value) {
            U16.write(writer, type, network(value.shortValue()) & 0xffff);
        }

        @Override
        boolean accepts(ByteBuffer buffer, int at, int length) {
            return length >= 2;
        }

        @Override
        Integer read(ByteBuffer buffer, int at, int length) {
            return network(buffer.getShort(at)) & 0xffff;
        }
    };

    /// A number of 32 bits in the byte order of the machine: an ifindex, or an unsigned number of less than
    /// 31 bits.
    public static final Codec<Integer> S32 = new Codec<>() {
        @Override
        void write(MessageWriter writer, int type, Integer value) {
            writer.header(type, 4);
            writer.buffer().putInt(value);
        }

        @Override
        boolean accepts(ByteBuffer buffer, int at, int length) {
            return length >= 4;
        }

        @Override
        Integer read(ByteBuffer buffer, int at, int length) {
            return buffer.getInt(at);
        }
    };

    /// An unsigned number of 32 bits in the byte order of the machine.
    public static final Codec<Long> U32 = new Codec<>() {
        @Override
        void write(MessageWriter writer, int type, Long value) {
            writer.header(type, 4);
            writer.buffer().putInt(value.intValue());
        }

        @Override
        boolean accepts(ByteBuffer buffer, int at, int length) {
            return length >= 4;
        }

        @Override
        Long read(ByteBuffer buffer, int at, int length) {
            return Integer.toUnsignedLong(buffer.getInt(at));
        }
    };

    /// An unsigned number of 32 bits in network byte order.
    public static final Codec<Long> BE32 = new Codec<>() {
        @Override
        void write(MessageWriter writer, int type, Long value) {
            U32.write(writer, type, Integer.toUnsignedLong(network(value.intValue())));
        }

        @Override
        boolean accepts(ByteBuffer buffer, int at, int length) {
            return length >= 4;
        }

        @Override
        Long read(ByteBuffer buffer, int at, int length) {
            return Integer.toUnsignedLong(network(buffer.getInt(at)));
        }
    };

    /// A number of 64 bits in the byte order of the machine. It may lie at any multiple of 4.
    public static final Codec<Long> U64 = new Codec<>() {
        @Override
        void write(MessageWriter writer, int type, Long value) {
            writer.header(type, 8);
            writer.buffer().putLong(value);
        }

        @Override
        boolean accepts(ByteBuffer buffer, int at, int length) {
            return length >= 8;
        }

        @Override
        Long read(ByteBuffer buffer, int at, int length) {
            return buffer.getLong(at);
        }
    };

    /// An octet that is 0 or 1.
    public static final Codec<Boolean> BOOL8 = new Codec<>() {
        @Override
        void write(MessageWriter writer, int type, Boolean value) {
            U8.write(writer, type, value ? 1 : 0);
        }

        @Override
        boolean accepts(ByteBuffer buffer, int at, int length) {
            return length >= 1;
        }

        @Override
        Boolean read(ByteBuffer buffer, int at, int length) {
            return U8.read(buffer, at, length) != 0;
        }
    };

    /// A number of 32 bits that is 0 or 1.
    public static final Codec<Boolean> BOOL32 = new Codec<>() {
        @Override
        void write(MessageWriter writer, int type, Boolean value) {
            S32.write(writer, type, value ? 1 : 0);
        }

        @Override
        boolean accepts(ByteBuffer buffer, int at, int length) {
            return length >= 4;
        }

        @Override
        Boolean read(ByteBuffer buffer, int at, int length) {
            return S32.read(buffer, at, length) != 0;
        }
    };

    /// A mark without payload: present is true. False is written as nothing at all. Some marks the kernel
    /// itself tells with an octet, which is then 0 or 1.
    public static final Codec<Boolean> FLAG = new Codec<>() {
        @Override
        void write(MessageWriter writer, int type, Boolean value) {
            if (value) {
                writer.header(type, 0);
            }
        }

        @Override
        boolean accepts(ByteBuffer buffer, int at, int length) {
            return true;
        }

        @Override
        Boolean read(ByteBuffer buffer, int at, int length) {
            return length == 0 || buffer.get(at) != 0;
        }
    };

    /// Text in UTF-8, ended by a zero; read with or without one.
    public static final Codec<String> STRING = new Codec<>() {
        @Override
        void write(MessageWriter writer, int type, String value) {
            writer.string(type, value);
        }

        @Override
        boolean accepts(ByteBuffer buffer, int at, int length) {
            return true;
        }

        @Override
        String read(ByteBuffer buffer, int at, int length) {
            int end = 0;
            while (end < length && buffer.get(at + end) != 0) {
                end++;
            }
            byte[] bytes = new byte[end];
            buffer.get(at, bytes);
            return new String(bytes, StandardCharsets.UTF_8);
        }
    };

    /// Octets as they are.
    public static final Codec<Octets> OCTETS = new Codec<>() {
        @Override
        void write(MessageWriter writer, int type, Octets value) {
            writer.bytes(type, value.toBytes());
        }

        @Override
        boolean accepts(ByteBuffer buffer, int at, int length) {
            return true;
        }

        @Override
        Octets read(ByteBuffer buffer, int at, int length) {
            return Octets.of(bytes(buffer, at, length));
        }
    };

    /// A MAC address in the order of the wire.
    public static final Codec<MacAddress> MAC = new Codec<>() {
        @Override
        void write(MessageWriter writer, int type, MacAddress value) {
            writer.bytes(type, value.toBytes());
        }

        @Override
        boolean accepts(ByteBuffer buffer, int at, int length) {
            return length == MacAddress.LENGTH;
        }

        @Override
        MacAddress read(ByteBuffer buffer, int at, int length) {
            return MacAddress.ofBytes(bytes(buffer, at, MacAddress.LENGTH));
        }
    };

    /// An IPv4 or IPv6 address in network byte order; the length tells which.
    public static final Codec<IpAddress> IP = new Codec<>() {
        @Override
        void write(MessageWriter writer, int type, IpAddress value) {
            writer.bytes(type, value.toBytes());
        }

        @Override
        boolean accepts(ByteBuffer buffer, int at, int length) {
            return length == 4 || length == 16;
        }

        @Override
        IpAddress read(ByteBuffer buffer, int at, int length) {
            return IpAddress.ofBytes(bytes(buffer, at, length));
        }
    };

    /// Attributes within an attribute.
    public static Codec<Attributes> nested(AttributeSet set) {
        return new Codec<>() {
            @Override
            void write(MessageWriter writer, int type, Attributes value) {
                int start = writer.startNest(type);
                writer.attributes(value);
                writer.endNest(start);
            }

            @Override
            boolean accepts(ByteBuffer buffer, int at, int length) {
                return Attributes.isWellFormed(buffer, at, at + length);
            }

            @Override
            Attributes read(ByteBuffer buffer, int at, int length) {
                return Attributes.read(set, buffer, at, at + length);
            }

            @Override
            AttributeSet nestedSet() {
                return set;
            }
        };
    }

    /// Flags, 32 bits in the byte order of the machine, among which the kernel tells findings of its own:
    /// those are left out when reading, so that what was set is read back.
    ///
    /// @param settable the bits that requests set
    public static Codec<Long> flags(long settable) {
        return new Codec<>() {
            @Override
            void write(MessageWriter writer, int type, Long value) {
                U32.write(writer, type, value);
            }

            @Override
            boolean accepts(ByteBuffer buffer, int at, int length) {
                return U32.accepts(buffer, at, length);
            }

            @Override
            Long read(ByteBuffer buffer, int at, int length) {
                return U32.read(buffer, at, length) & settable;
            }
        };
    }

    /// Flags with a mask of those that are meant, 32 bits each in the byte order of the machine. Requests
    /// mean all that can be set. The kernel answers with a mask that it would refuse itself, which is left
    /// out.
    ///
    /// @param settable the bits that requests set
    public static Codec<Long> maskedFlags(long settable) {
        return new Codec<>() {
            @Override
            void write(MessageWriter writer, int type, Long value) {
                writer.header(type, 8);
                writer.buffer().putInt((int) (value & settable)).putInt((int) settable);
            }

            @Override
            boolean accepts(ByteBuffer buffer, int at, int length) {
                return length >= 8;
            }

            @Override
            Long read(ByteBuffer buffer, int at, int length) {
                return buffer.getInt(at) & settable;
            }
        };
    }

    /// A number of the machine's byte order that stands for a constant of an enum. Numbers that it does not
    /// know are read as its last constant.
    ///
    /// @param numbers the codec of the number
    /// @param constants the values, found by their number
    public static <E extends Enum<E> & NumberedConstant> Codec<E> constant(Codec<Integer> numbers, E[] constants) {
        return new Codec<>() {
            @Override
            void write(MessageWriter writer, int type, E value) {
                numbers.write(writer, type, value.number());
            }

            @Override
            boolean accepts(ByteBuffer buffer, int at, int length) {
                return numbers.accepts(buffer, at, length);
            }

            @Override
            E read(ByteBuffer buffer, int at, int length) {
                int number = numbers.read(buffer, at, length);
                for (E constant : constants) {
                    if (constant.number() == number) {
                        return constant;
                    }
                }
                return constants[constants.length - 1];
            }
        };
    }

    Codec() {}

    /// Writes a whole attribute: header, payload, padding.
    abstract void write(MessageWriter writer, int type, T value);

    /// Whether a payload of this length, at `at`, has a value. If not, the attribute counts as one that is
    /// not declared: a link has an address of 4 octets where it is an IPv4 tunnel, of 20 where it is
    /// InfiniBand.
    abstract boolean accepts(ByteBuffer buffer, int at, int length);

    /// Reads a payload that it accepts.
    abstract T read(ByteBuffer buffer, int at, int length);

    /// The declarations of what is nested; empty by default.
    @org.jspecify.annotations.Nullable
    AttributeSet nestedSet() {
        return null;
    }

    private static byte[] bytes(ByteBuffer buffer, int at, int length) {
        byte[] bytes = new byte[length];
        buffer.get(at, bytes);
        return bytes;
    }

    private static short network(short value) {
        return ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN ? value : Short.reverseBytes(value);
    }

    private static int network(int value) {
        return ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN ? value : Integer.reverseBytes(value);
    }
}
