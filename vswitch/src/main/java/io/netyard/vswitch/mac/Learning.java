package io.netyard.vswitch.mac;

/// What became of an address that was seen.
public enum Learning {
    /// It was not known before.
    NEW,

    /// It was known there.
    KNOWN,

    /// It was known somewhere else.
    MOVED,

    /// It has a static entry, which stays.
    STATIC,

    /// The table is full of static entries.
    REFUSED
}
