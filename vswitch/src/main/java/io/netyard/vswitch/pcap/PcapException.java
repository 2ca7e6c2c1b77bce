package io.netyard.vswitch.pcap;

/// A file of frames that cannot be read or written, or a filter that makes no sense. The message is for
/// people: which file or filter, and what is wrong.
public final class PcapException extends RuntimeException {
    private static final long serialVersionUID = 1;

    PcapException(String message, Throwable cause) {
        super(message, cause);
    }

    PcapException(String message) {
        super(message);
    }
}
