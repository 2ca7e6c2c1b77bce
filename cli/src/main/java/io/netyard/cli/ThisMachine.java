package io.netyard.cli;

import io.netyard.cli.daemon.DaemonSwitches;
import io.netyard.topology.apply.Labs;

/// The labs of this machine, with switches in user space run by daemons.
final class ThisMachine {
    private ThisMachine() {}

    static Labs labs() {
        return Labs.ofThisMachine(DaemonSwitches::new);
    }
}
