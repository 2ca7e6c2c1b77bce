package io.netyard.vswitch;

import io.netty.channel.IoEventLoop;
import io.netty.util.concurrent.Future;
import io.netyard.vswitch.pipeline.Decision;
import io.netyard.vswitch.pipeline.MacRelay;
import io.netyard.vswitch.pipeline.PortSettings;
import io.netyard.vswitch.pipeline.RelaySettings;
import io.netyard.vswitch.pipeline.RelaySnapshot;
import io.netyard.vswitch.port.Burst;
import io.netyard.vswitch.port.Port;
import io.netyard.vswitch.port.PortContext;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/// A switch on one event loop. Methods can be called from any thread and give futures that are done when
/// the loop has done it; on the loop's own thread they are done on return. A failed future says why nothing
/// was changed, or, of [#reconfigure], which port could not be attached.
public final class VirtualSwitch {
    /// Addresses that a switch knows at the most, unless it is told otherwise.
    public static final int DEFAULT_ADDRESSES = 8192;

    private static final long SWEEP_SECONDS = 1;
    private static final SecureRandom LOT = new SecureRandom();

    private final IoEventLoop loop;
    private final MacRelay relay;
    private final Map<String, Attached> ports = new LinkedHashMap<>();
    private final BiConsumer<String, Throwable> portFailed;
    private final Future<?> sweeping;
    private final Protection protection;
    private RelaySettings relaySettings = RelaySettings.DEFAULT;

    /// Makes a switch without ports.
    ///
    /// @param loop runs it, and may run others
    /// @param addresses that it can know, 1 to 2^24
    /// @param portFailed told on the loop's thread of a port that failed and has been detached
    public VirtualSwitch(IoEventLoop loop, int addresses, BiConsumer<String, Throwable> portFailed) {
        this.loop = loop;
        this.portFailed = portFailed;
        this.relay = new MacRelay(addresses, LOT.nextLong(), this::detachLater);
        this.protection = new Protection(loop, relay);
        this.sweeping = loop.scheduleWithFixedDelay(
                () -> relay.sweep(System.nanoTime()), SWEEP_SECONDS, SWEEP_SECONDS, TimeUnit.SECONDS);
    }

    /// Adds a port and attaches it. One that is refused holds nothing then.
    public Future<?> attach(Port port, PortSettings settings) {
        return onLoop(() -> attachNow(port, settings));
    }

    /// Detaches a port and forgets it. A port that is not there is no error.
    public Future<?> detach(String name) {
        return onLoop(() -> detachNow(name));
    }

    /// Changes the settings of a port; frames go on.
    public Future<?> configure(String name, PortSettings settings) {
        return onLoop(() -> configureNow(name, settings));
    }

    /// Changes what concerns no single port; frames go on.
    public Future<?> configure(RelaySettings settings) {
        return onLoop(() -> configureNow(settings));
    }

    /// Changes how frames are kept from going in circles. What was found out so far is forgotten unless
    /// only the settings of a spanning tree differ.
    ///
    /// @param loopFound told on the loop's thread of a port that is blocked because of a loop, or forwards
    ///     again
    public Future<?> protect(LoopProtection wanted, BiConsumer<String, Boolean> loopFound) {
        return onLoop(() -> protection.configure(wanted, loopFound));
    }

    /// What keeps frames from going in circles, and what it found.
    public Future<ProtectionStatus> protection() {
        return loop.submit(protection::status);
    }

    /// Makes the settings what is wanted by changing what differs: ports that are not wanted are detached,
    /// ports whose settings differ are configured, ports that are missing are attached. All others are not
    /// touched.
    ///
    /// @param opened a port for each name that is wanted and missing; ports of other names are ignored
    public Future<?> reconfigure(SwitchSettings wanted, Map<String, Port> opened) {
        return onLoop(() -> reconfigureNow(wanted, opened));
    }

    /// Takes over at once what the devices behind the ports are now: their MTUs. Without, it takes a
    /// second.
    public Future<?> refresh() {
        return onLoop(relay::refresh);
    }

    /// Everything that can be shown.
    public Future<RelaySnapshot> snapshot() {
        return loop.submit(() -> relay.snapshot(System.nanoTime()));
    }

    /// Forgets all addresses that were learned.
    public Future<?> forgetLearned() {
        return onLoop(relay::forgetLearned);
    }

    /// Tells of every decision, on the loop's thread, until [#stopLogging]. The listener is called in the
    /// middle of a burst, and must not attach, detach or configure anything then.
    public Future<?> logDecisions(Consumer<Decision> listener) {
        return onLoop(() -> relay.logDecisions(listener));
    }

    /// Tells no more of decisions.
    public Future<?> stopLogging() {
        return onLoop(relay::stopLogging);
    }

    /// Detaches all ports and frees what the switch holds. The loop goes on.
    public Future<?> close() {
        return onLoop(() -> {
            sweeping.cancel(false);
            protection.close();
            List.copyOf(ports.keySet()).forEach(this::detachNow);
            relay.close();
        });
    }

    private Future<?> onLoop(Runnable action) {
        if (!loop.inEventLoop()) {
            return loop.submit(action);
        }
        try {
            action.run();
            return loop.newSucceededFuture(true);
        } catch (RuntimeException failure) {
            return loop.newFailedFuture(failure);
        }
    }

    private void attachNow(Port port, PortSettings settings) {
        try {
            relay.add(port, settings, System.nanoTime());
        } catch (RuntimeException refused) {
            port.detach();
            throw refused;
        }
        Attached attached = new Attached(port, settings, relay.ingress(port.name()));
        ports.put(port.name(), attached);
        protection.attached(port);
        try {
            port.attach(attached);
        } catch (RuntimeException failure) {
            ports.remove(port.name());
            protection.detached(port.name());
            relay.remove(port.name());
            throw failure;
        }
    }

    private void detachNow(String name) {
        Attached attached = ports.remove(name);
        if (attached != null) {
            attached.isDetached = true;
            protection.detached(name);
            relay.remove(name);
            attached.port.detach();
        }
    }

    private void configureNow(String name, PortSettings settings) {
        relay.configure(name, settings, System.nanoTime());
        Attached attached = ports.get(name);
        if (attached != null) {
            attached.settings = settings;
        }
    }

    private void configureNow(RelaySettings settings) {
        relay.configure(settings);
        relaySettings = settings;
    }

    private void reconfigureNow(SwitchSettings wanted, Map<String, Port> opened) {
        for (String name : List.copyOf(ports.keySet())) {
            if (!wanted.ports().containsKey(name)) {
                detachNow(name);
            }
        }
        wanted.ports().forEach((name, settings) -> {
            Attached present = ports.get(name);
            if (present != null && !present.settings.equals(settings)) {
                configureNow(name, settings);
            }
        });
        if (!wanted.relay().equals(relaySettings)) {
            configureNow(wanted.relay());
        }
        attachMissing(wanted, opened);
    }

    private void attachMissing(SwitchSettings wanted, Map<String, Port> opened) {
        IllegalStateException failed = new IllegalStateException("some ports could not be attached");
        wanted.ports().forEach((name, settings) -> {
            Port port = opened.get(name);
            if (port == null || ports.containsKey(name)) {
                return;
            }
            try {
                attachNow(port, settings);
            } catch (RuntimeException failure) {
                failed.addSuppressed(new IllegalStateException("port " + name, failure));
            }
        });
        if (failed.getSuppressed().length != 0) {
            throw failed;
        }
    }

    /// A port failed in the middle of a burst: it goes when the burst is done.
    private void detachLater(String name, Throwable cause) {
        Attached failing = ports.get(name);
        loop.execute(() -> {
            if (failing != null && ports.get(name) == failing) {
                try {
                    detachNow(name);
                } finally {
                    portFailed.accept(name, cause);
                }
            }
        });
    }

    /// A port in its place.
    private final class Attached implements PortContext {
        private final Port port;
        private final MacRelay.Ingress ingress;
        private PortSettings settings;
        private boolean isDetached;

        Attached(Port port, PortSettings settings, MacRelay.Ingress ingress) {
            this.port = port;
            this.settings = settings;
            this.ingress = ingress;
        }

        @Override
        public IoEventLoop loop() {
            return loop;
        }

        @Override
        public void receive(Burst burst) {
            if (!isDetached) {
                ingress.receive(burst, System.nanoTime());
            }
        }

        @Override
        public void failed(Throwable cause) {
            detachLater(port.name(), cause);
        }
    }
}
