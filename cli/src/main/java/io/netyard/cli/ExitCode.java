package io.netyard.cli;

/// Exit codes, as `netyard --help` lists them.
final class ExitCode {
    static final int DONE = 0;
    static final int FAILED = 1;
    static final int CHANGES = 2;
    static final int USAGE = 64;
    static final int BAD_FILE = 65;
    static final int UNSUPPORTED = 69;
    static final int TAKEN = 73;
    static final int LOCKED = 75;
    static final int NO_PERMISSION = 77;
    static final int INTERRUPTED = 130;

    private ExitCode() {}
}
