package io.netyard.vswitch;

import io.netty.channel.IoEventLoop;
import io.netty.util.concurrent.Future;
import io.netyard.vswitch.pipeline.MacRelay;
import io.netyard.vswitch.pipeline.PortState;
import io.netyard.vswitch.port.Port;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// The guard of a switch, if it has one: numbers its ports, gives it frames and the time. On the loop's
/// thread.
final class Protection {
    private static final long TICK_MILLISECONDS = 1000 / Guard.TICKS_PER_SECOND;

    private final IoEventLoop loop;
    private final MacRelay relay;
    private final GuardedPorts ports = new GuardedPorts();
    private LoopProtection wanted = new LoopProtection.None();
    private @Nullable Guard guard;
    private @Nullable Future<?> ticking;

    Protection(IoEventLoop loop, MacRelay relay) {
        this.loop = loop;
        this.relay = relay;
    }

    void configure(LoopProtection protection, BiConsumer<String, Boolean> loopFound) {
        if (protection.equals(wanted)) {
            return;
        }
        boolean sameTree = guard instanceof TreeGuard tree
                && protection instanceof LoopProtection.Tree wish
                && tree.configure(wish);
        wanted = protection;
        if (sameTree) {
            return;
        }
        close();
        Guard next = switch (protection) {
            case LoopProtection.None _ -> null;
            case LoopProtection.Detection _ -> new LoopGuard(relay, ports, loopFound);
            case LoopProtection.Tree tree -> new TreeGuard(relay, ports, tree);
        };
        if (next != null) {
            guard = next;
            ports.all().forEach(port -> next.attached(ports.number(port.name()), port));
            relay.control(next);
            ticking = loop.scheduleAtFixedRate(next::tick, TICK_MILLISECONDS, TICK_MILLISECONDS, TimeUnit.MILLISECONDS);
        }
    }

    void attached(Port port) {
        int number = ports.add(port);
        if (guard != null) {
            guard.attached(number, port);
        }
    }

    void detached(String name) {
        if (guard != null) {
            guard.detached(ports.number(name), name);
        }
        ports.remove(name);
    }

    ProtectionStatus status() {
        return guard == null ? ProtectionStatus.NONE : guard.status();
    }

    /// Ends the guard. Ports forward as their settings say.
    void close() {
        if (ticking != null) {
            ticking.cancel(false);
        }
        ticking = null;
        guard = null;
        relay.stopControl();
        ports.all().forEach(port -> relay.hold(port.name(), PortState.FORWARDING));
    }
}
