package io.netyard.it.oracle;

/// The switches that Netyard's is compared with.
enum Oracle {
    BRIDGE("Linux bridge"),
    OPEN_VSWITCH("Open vSwitch");

    private final String text;

    Oracle(String text) {
        this.text = text;
    }

    @Override
    public String toString() {
        return text;
    }
}
