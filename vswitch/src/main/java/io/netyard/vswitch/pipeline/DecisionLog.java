package io.netyard.vswitch.pipeline;

import io.netyard.net.MacAddress;
import io.netyard.net.VlanId;
import io.netyard.vlan.frame.EthernetHeader;
import io.netyard.vswitch.mac.Learning;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Tells a listener of every decision while it is on; off, it costs a frame one branch.
final class DecisionLog {
    private @Nullable Consumer<Decision> listener;
    private long number;
    private boolean pending;

    private String port = "";
    private int length;
    private Optional<MacAddress> source = Optional.empty();
    private Optional<MacAddress> destination = Optional.empty();
    private int tag;
    private Optional<VlanId> vlan = Optional.empty();
    private Optional<Learning> learning = Optional.empty();
    private Optional<Destination> lookUp = Optional.empty();
    private List<Decision.Sent> sent = new ArrayList<>();
    private Optional<DropReason> dropped = Optional.empty();

    void on(Consumer<Decision> to) {
        listener = to;
        number = 0;
    }

    void off() {
        listener = null;
        pending = false;
    }

    boolean isOn() {
        return listener != null;
    }

    void begin(SwitchPort from, FrameInHand frame) {
        end();
        boolean hasAddresses = frame.length >= EthernetHeader.LENGTH;
        pending = true;
        number++;
        port = from.port.name();
        length = frame.length;
        source = hasAddresses ? Optional.of(new MacAddress(frame.source())) : Optional.empty();
        destination = hasAddresses ? Optional.of(new MacAddress(frame.destination())) : Optional.empty();
        tag = frame.tag;
        vlan = Optional.empty();
        learning = Optional.empty();
        lookUp = Optional.empty();
        sent = new ArrayList<>();
        dropped = Optional.empty();
    }

    void classified(int vid) {
        vlan = Optional.of(new VlanId(vid));
    }

    void learned(Learning what) {
        learning = Optional.of(what);
    }

    void lookedUp(Destination what) {
        lookUp = Optional.of(what);
    }

    void sent(SwitchPort to, int withTag) {
        sent.add(new Decision.Sent(to.port.name(), withTag));
    }

    void dropped(DropReason why) {
        dropped = Optional.of(why);
    }

    /// Tells of the last frame.
    void end() {
        Consumer<Decision> to = listener;
        if (pending && to != null) {
            pending = false;
            List<Decision.Sent> ports = List.copyOf(sent);
            to.accept(new Decision(
                    number, port, length, source, destination, tag, vlan, learning, lookUp, ports, dropped));
        }
    }
}
