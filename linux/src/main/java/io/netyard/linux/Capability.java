package io.netyard.linux;

/// What root may do, in parts (capabilities(7)); those that a process of Netyard may be left with.
public enum Capability {
    /// Read files and enter folders whatever their mode (`CAP_DAC_READ_SEARCH`).
    DAC_READ_SEARCH(2),
    /// Change interfaces, attach to TAP devices (`CAP_NET_ADMIN`).
    NET_ADMIN(12),
    /// Open packet sockets (`CAP_NET_RAW`).
    NET_RAW(13),
    /// Look at processes that may more (`CAP_SYS_PTRACE`).
    SYS_PTRACE(19),
    /// Enter network namespaces (`CAP_SYS_ADMIN`).
    SYS_ADMIN(21);

    private final int number;

    Capability(int number) {
        this.number = number;
    }

    /// As in `linux/capability.h`.
    public int number() {
        return number;
    }
}
