package io.netyard.cli;

import io.netyard.topology.apply.Labs;
import io.netyard.topology.observe.UserSwitches;

/// The labs of this machine, with switches in user space run by daemons.
final class ThisMachine {
    private ThisMachine() {}

    static Labs labs() {
        return Labs.ofThisMachine(UserSwitches.NOWHERE);
    }
}
