package io.netyard.linux;

/// What tells a file, or a namespace, from all others that exist at the same time (`stat`: `st_dev`,
/// `st_ino`).
///
/// @param device the device number, major in the high 32 bits
/// @param inode the inode number
public record FileIdentity(long device, long inode) {}
