package io.netyard.netlink.message;

/// Layout and numbers of `linux/netlink.h`.
///
/// ```text
/// nlmsghdr   0 length u32   4 type u16   6 flags u16   8 sequence u32   12 port id u32
/// nlattr     0 length u16   2 type u16   4 payload, padded to 4
/// ```
///
/// Lengths count the header and not the padding. Both are in the byte order of the machine.
public final class Netlink {
    /// Octets of `nlmsghdr`.
    public static final int HEADER = 16;

    /// Octets of `nlattr`.
    public static final int ATTRIBUTE_HEADER = 4;

    /// `NLMSG_NOOP`.
    public static final int NOOP = 1;

    /// `NLMSG_ERROR`: an error, or with error 0 an acknowledgement.
    public static final int ERROR = 2;

    /// `NLMSG_DONE`: the end of a dump.
    public static final int DONE = 3;

    /// `NLMSG_MIN_TYPE`: types from here on belong to the protocol.
    public static final int MIN_TYPE = 0x10;

    /// `NLM_F_REQUEST`.
    public static final int F_REQUEST = 0x1;

    /// `NLM_F_ACK`.
    public static final int F_ACK = 0x4;

    /// `NLM_F_ECHO`.
    public static final int F_ECHO = 0x8;

    /// `NLM_F_DUMP_INTR`: what was dumped changed meanwhile.
    public static final int F_DUMP_INTR = 0x10;

    /// `NLM_F_REPLACE` in a request that makes something.
    public static final int F_REPLACE = 0x100;

    /// `NLM_F_EXCL`.
    public static final int F_EXCL = 0x200;

    /// `NLM_F_CREATE`.
    public static final int F_CREATE = 0x400;

    /// `NLM_F_APPEND`.
    public static final int F_APPEND = 0x800;

    /// `NLM_F_DUMP`, in a request that reads.
    public static final int F_DUMP = 0x300;

    /// `NLM_F_CAPPED` in an answer: the request that failed is not echoed whole.
    public static final int F_CAPPED = 0x100;

    /// `NLM_F_ACK_TLVS` in an answer: attributes follow.
    public static final int F_ACK_TLVS = 0x200;

    /// `NLA_F_NESTED`.
    static final int NESTED = 0x8000;

    /// `NLA_TYPE_MASK`: without the bits for nesting and byte order.
    static final int TYPE_MASK = 0x3fff;

    private Netlink() {}

    /// A length with its padding.
    public static int align(int length) {
        return length + 3 & ~3;
    }
}
