package io.netyard.vswitch.stp;

import io.netyard.vswitch.stp.Bpdu.ChangeNotification;
import io.netyard.vswitch.stp.Bpdu.Configuration;
import io.netyard.vswitch.stp.Bpdu.Flags;

/// The port transmit machine (IEEE 802.1D-2004 clause 17.26): at once what is new, and each hello time what
/// is true, but not more than six in a second.
final class Sending {
    private Sending() {}

    static boolean step(TreePort port) {
        if (!port.isDecided() || port.role == PortRole.DISABLED) {
            return false;
        }
        if (port.helloWhen == 0) {
            port.newInfo |= port.role == PortRole.DESIGNATED || port.role == PortRole.ROOT && port.changeWhile != 0;
            port.helloWhen = port.hello();
            return true;
        }
        if (!port.newInfo || port.sentInSecond >= TreePort.TX_HOLD_COUNT) {
            return false;
        }
        port.newInfo = false;
        if (!port.sendRapid && !saysSomethingInOlder(port)) {
            return false;
        }
        port.sentInSecond++;
        port.helloWhen = port.hello();
        send(port);
        return true;
    }

    /// In the older protocol there are no agreements, and nothing is said by ports that wait.
    private static boolean saysSomethingInOlder(TreePort port) {
        return port.role == PortRole.DESIGNATED || port.role == PortRole.ROOT && port.changeWhile != 0;
    }

    private static void send(TreePort port) {
        Bpdu bpdu = !port.sendRapid && port.role == PortRole.ROOT ? new ChangeNotification() : configuration(port);
        if (bpdu instanceof Configuration) {
            port.acknowledge = false;
        }
        if (port.role == PortRole.DESIGNATED) {
            port.says(port.designatedPriority);
        }
        port.bridge.actions.send(
                port.number(), BpduFrame.write(bpdu, port.bridge.id().address()));
    }

    private static Configuration configuration(TreePort port) {
        Flags flags = new Flags(
                port.role,
                port.changeWhile != 0,
                port.acknowledge,
                port.proposing,
                port.learn,
                port.forward,
                port.agree);
        return new Configuration(port.sendRapid, flags, port.designatedPriority, port.designatedTimes);
    }
}
