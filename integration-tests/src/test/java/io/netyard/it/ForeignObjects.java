package io.netyard.it;

import java.util.Set;
import java.util.TreeSet;

/// What belongs to somebody else on the machine: it has to be after each test what it was before.
final class ForeignObjects implements AutoCloseable {
    private final Set<String> facts;

    ForeignObjects() {
        Tool.run("ip", "link", "add", "foreign-br", "type", "bridge");
        Tool.run("ip", "link", "add", "foreign-v0", "group", "77", "type", "veth", "peer", "name", "foreign-v1");
        Tool.run("ip", "link", "set", "foreign-v0", "master", "foreign-br", "up", "alias", "netyard is not mine");
        Tool.run("ip", "address", "add", "192.0.2.1/24", "dev", "foreign-br");
        Tool.run("ip", "tuntap", "add", "foreign-tap", "mode", "tap");
        Tool.run("ip", "netns", "add", "foreign.h1");
        Tool.run("ip", "-n", "foreign.h1", "link", "add", "eth0", "type", "bridge");
        Tool.run("ip", "-n", "foreign.h1", "address", "add", "10.0.0.1/24", "dev", "eth0");
        Tool.run("ip", "netns", "add", "foreign");
        facts = read();
    }

    private static Set<String> read() {
        Set<String> facts = new TreeSet<>(KernelSnapshot.of("foreign"));
        facts.addAll(KernelSnapshot.ofThisProcess());
        return facts;
    }

    /// What is other than at first; empty if nothing is.
    Set<String> changed() {
        Set<String> now = read();
        Set<String> changed = new TreeSet<>(facts);
        changed.removeAll(now);
        now.removeAll(facts);
        changed.addAll(now);
        return changed;
    }

    @Override
    public void close() {
        Tool.run("ip", "netns", "delete", "foreign");
        Tool.run("ip", "netns", "delete", "foreign.h1");
        Tool.run("ip", "link", "delete", "foreign-tap");
        Tool.run("ip", "link", "delete", "foreign-v0");
        Tool.run("ip", "link", "delete", "foreign-br");
    }
}
