package io.netyard.vswitch.snooping;

import io.netyard.net.VlanId;
import io.netyard.vlan.VlanSet;
import io.netyard.vlan.frame.Memory;
import io.netyard.vlan.frame.MemoryBlock;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeSet;

/// Snooping with a clock that stands still unless it is told to go on, and queries that are written down.
final class SnoopingFixture implements AutoCloseable {
    final MulticastSnooping snooping;
    /// Of the switch's own: `VLAN PORT HEX`.
    final List<String> queries = new ArrayList<>();

    private final MemoryBlock memory = new MemoryBlock(1 << 16);
    private long nanos = 1_000_000_000_000L;

    SnoopingFixture(SnoopingSettings settings) {
        this(settings, MulticastSnooping.DEFAULT_MEMBERSHIPS);
    }

    SnoopingFixture(SnoopingSettings settings, int memberships) {
        this.snooping = new MulticastSnooping(memberships, settings, 1);
    }

    /// Lets a frame of VLAN 1 come in: `VERDICT PORTS`.
    String receive(int port, byte[] frame) {
        return receive(1, port, frame);
    }

    String receive(int vid, int port, byte[] frame) {
        return receive(vid, port, frame, 14);
    }

    String receiveTagged(int vid, int port, byte[] frame) {
        return receive(vid, port, frame, 18);
    }

    private String receive(int vid, int port, byte[] frame, int network) {
        Memory.copy(frame, memory.address());
        Verdict verdict = snooping.receive(vid, port, memory.address(), frame.length, network, nanos);
        TreeSet<Integer> ports = new TreeSet<>();
        for (int at = 0; verdict.isNarrow() && at < snooping.audienceSize(); at++) {
            if (!ports.add(snooping.audience(at))) {
                throw new IllegalStateException("port " + snooping.audience(at) + " twice");
            }
        }
        StringBuilder text = new StringBuilder(verdict.name());
        ports.forEach(each -> text.append(' ').append(each));
        return text.toString();
    }

    void pass(long milliseconds) {
        nanos += milliseconds * 1_000_000;
    }

    /// A second passes, and what is due is sent.
    void tick() {
        pass(1_000);
        sweep();
    }

    void sweep() {
        snooping.tick(nanos, new QueryOutlet() {
            @Override
            public VlanSet vlans() {
                return VlanSet.of(new VlanId(1));
            }

            @Override
            public void send(int vid, int port, long frame, int length) {
                queries.add(vid + " " + port + " " + HexFormat.of().formatHex(Memory.toBytes(frame, length)));
            }
        });
    }

    SnoopingSnapshot snapshot() {
        return snooping.snapshot(nanos, port -> "p" + port);
    }

    /// `VLAN GROUP PORT`.
    List<String> groups() {
        return snapshot().members().stream()
                .map(member -> member.vlan() + " " + member.group() + " " + member.port())
                .toList();
    }

    @Override
    public void close() {
        snooping.close();
        memory.close();
    }
}
