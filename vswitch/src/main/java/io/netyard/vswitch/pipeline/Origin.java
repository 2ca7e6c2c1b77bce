package io.netyard.vswitch.pipeline;

import io.netyard.vlan.PortVlans;
import io.netyard.vlan.VlanSet;
import io.netyard.vlan.VlanTable;
import io.netyard.vlan.VlanTag;
import io.netyard.vswitch.port.Burst;
import io.netyard.vswitch.port.Offload;
import io.netyard.vswitch.snooping.QueryOutlet;

/// Sends frames of the switch's own by the ports of a VLAN, as if they came from one more port.
final class Origin implements QueryOutlet {
    private final Ports ports;
    private final Transmission transmission;
    private final Egress egress;
    private final FrameInHand frame = new FrameInHand();
    private final Burst burst = new Burst(1);

    Origin(Ports ports, Transmission transmission) {
        this.ports = ports;
        this.transmission = transmission;
        this.egress = new Egress(transmission);
    }

    @Override
    public VlanSet vlans() {
        VlanSet vlans = VlanSet.none();
        for (int at = 0; at < ports.size(); at++) {
            SwitchPort port = ports.active(at);
            if (sends(port)) {
                vlans = vlans.with(port.settings.vlans().members());
            }
        }
        return vlans;
    }

    @Override
    public void send(int vid, int port, long address, int length) {
        burst.clear();
        burst.add(address, length, Offload.NONE, VlanTag.NONE, 0);
        frame.take(burst, 0, PortVlans.NO_TPID);
        frame.tci = vid;
        egress.beginShared();
        if (port == ALL_PORTS) {
            for (int at = 0; at < ports.size(); at++) {
                sendCopy(ports.active(at));
            }
        } else {
            sendCopy(ports.at(port));
        }
        transmission.finish();
    }

    private void sendCopy(SwitchPort to) {
        int tag = to.vlans.egress(frame.tci);
        if (sends(to) && tag != VlanTable.NOT_A_MEMBER) {
            egress.sendShared(to, frame, tag, 0);
        }
    }

    private static boolean sends(SwitchPort port) {
        return port.forwards && !port.isMirror;
    }
}
