package io.netyard.vswitch;

import io.netyard.vswitch.port.Port;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The ports of a switch with the numbers that protocols know them by: from 1 on, in the order in which
/// they came.
final class GuardedPorts {
    private final TreeMap<Integer, Port> byNumber = new TreeMap<>();
    private final Map<String, Integer> numbers = new HashMap<>();

    int add(Port port) {
        int number = 1;
        while (byNumber.containsKey(number)) {
            number++;
        }
        byNumber.put(number, port);
        numbers.put(port.name(), number);
        return number;
    }

    void remove(String name) {
        byNumber.remove(number(name));
        numbers.remove(name);
    }

    /// The number of a port that is here.
    int number(String name) {
        Integer number = numbers.get(name);
        if (number == null) {
            throw new IllegalStateException("there is no port " + name);
        }
        return number;
    }

    /// The port of a number that is in use.
    Port port(int number) {
        Port port = byNumber.get(number);
        if (port == null) {
            throw new IllegalStateException("there is no port " + number);
        }
        return port;
    }

    String name(int number) {
        return port(number).name();
    }

    List<Port> all() {
        return new ArrayList<>(byNumber.values());
    }
}
