package io.netyard.topology.yaml;

import io.netyard.net.Mtu;
import io.netyard.topology.yaml.Shape.Text;
import io.netyard.topology.yaml.Shape.WholeNumber;

/// Values that stand in many places of the topology file.
final class BasicShapes {
    static final Text ADDRESS = new Text("an address with its prefix length, such as 10.0.0.1/24", "/");
    static final Text IP = new Text("an IP address, such as 10.0.0.1", "[.:]");
    static final Text MAC = new Text("a MAC address, such as 02:00:00:00:00:01");
    static final Text INTERFACE = new Text("an interface name, 1 to 15 bytes", "^[^/:%\\s]+$");
    static final Text NODE = new Text("a node name", "^[A-Za-z][A-Za-z0-9_.-]*$");
    static final Text ANY = new Text("text");
    static final WholeNumber MTU = new WholeNumber(Mtu.MIN, Mtu.MAX);

    private BasicShapes() {}
}
