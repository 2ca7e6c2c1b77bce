package io.netyard.vswitch.tunnel;

import io.netty.channel.IoEventLoop;
import io.netyard.net.IpAddress;
import io.netyard.vswitch.port.PortContext;
import io.netyard.vxlan.OuterFields;
import io.netyard.vxlan.TunnelHeader;
import io.netyard.vxlan.VtepTable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The local end of tunnels over one underlay (RFC 7348 section 3, VTEP): gives each datagram to the port
/// of its VNI or VSID. The underlay is open while there is a port attached.
public final class TunnelEndpoint {
    private final TunnelHeader header;
    private final Underlay underlay;
    private final TunnelCounters counters = new TunnelCounters();
    private final List<TunnelPort> attached = new ArrayList<>();
    private @Nullable TunnelPort last;
    private volatile boolean isClosed;

    /// Makes an end point without ports.
    ///
    /// @param underlay not open yet; it is the end point's from now on
    public TunnelEndpoint(TunnelHeader header, Underlay underlay) {
        this.header = header;
        this.underlay = underlay;
    }

    /// A port for one VNI or VSID, to be attached to a switch. It learns which station is behind which end
    /// point.
    ///
    /// @param remotes its remote end points, its own
    /// @throws IllegalArgumentException if the identifier is reserved
    public TunnelPort port(String name, int identifier, VtepTable remotes, OuterFields outer) {
        return port(name, identifier, remotes, outer, TunnelPort.Options.of(this));
    }

    /// The same with more to choose.
    public TunnelPort port(
            String name, int identifier, VtepTable remotes, OuterFields outer, TunnelPort.Options options) {
        header.check(identifier);
        return new TunnelPort(this, name, identifier, remotes, outer, options);
    }

    /// Bytes of the longest packet that fits into a frame.
    int mtu() {
        return underlay.mtu() - header.overhead(underlay.isIpv6());
    }

    /// Whether it has closed its underlay: then it is of no more use. To be asked on any thread.
    public boolean isClosed() {
        return isClosed;
    }

    /// Closes the underlay if no port is attached. To be called on the loop's thread.
    public void closeIfIdle() {
        if (attached.isEmpty() && !isClosed) {
            isClosed = true;
            underlay.close();
        }
    }

    /// Datagrams that no port could be asked about: bad headers and unknown identifiers.
    public TunnelCounters counters() {
        return counters;
    }

    TunnelHeader header() {
        return header;
    }

    Underlay underlay() {
        return underlay;
    }

    void attach(TunnelPort port, PortContext context) {
        for (TunnelPort other : attached) {
            if (other.identifier() == port.identifier()) {
                throw new IllegalArgumentException(
                        "port " + other.name() + " has " + header + " " + port.identifier() + " already");
            }
        }
        if (attached.isEmpty()) {
            underlay.open(new Receiver(context));
        }
        try {
            port.groups().filter(group -> !isJoined(group)).forEach(underlay::join);
        } catch (RuntimeException failure) {
            closeIfIdle();
            throw failure;
        }
        attached.add(port);
    }

    private boolean isJoined(IpAddress group) {
        return attached.stream().anyMatch(port -> port.groups().anyMatch(group::equals));
    }

    void detach(TunnelPort port) {
        last = null;
        if (!attached.remove(port)) {
            return;
        }
        closeIfIdle();
        if (!isClosed) {
            port.groups().filter(group -> !isJoined(group)).forEach(underlay::leave);
        }
    }

    private void receive(Datagrams datagrams) {
        for (int at = 0; at < datagrams.size(); at++) {
            long address = datagrams.address(at);
            int length = datagrams.length(at);
            int identifier = header.read(address, length);
            TunnelPort port = last != null && last.identifier() == identifier ? last : find(identifier);
            if (port != null) {
                last = port;
                port.take(datagrams, at);
            } else if (identifier == TunnelHeader.INVALID) {
                counters.countBadHeader();
            } else {
                counters.countUnknownIdentifier();
            }
        }
        for (int at = 0; at < attached.size(); at++) {
            attached.get(at).deliver();
        }
    }

    private @Nullable TunnelPort find(int identifier) {
        for (int at = 0; at < attached.size(); at++) {
            if (attached.get(at).identifier() == identifier) {
                return attached.get(at);
            }
        }
        return null;
    }

    /// What the underlay gives datagrams to.
    private final class Receiver implements Underlay.Context {
        private final PortContext opener;

        Receiver(PortContext opener) {
            this.opener = opener;
        }

        @Override
        public IoEventLoop loop() {
            return opener.loop();
        }

        @Override
        public void receive(Datagrams datagrams) {
            TunnelEndpoint.this.receive(datagrams);
        }

        @Override
        public void failed(Throwable cause) {
            List.copyOf(attached).forEach(port -> port.failed(cause));
        }
    }
}
