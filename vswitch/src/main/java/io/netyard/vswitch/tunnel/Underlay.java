package io.netyard.vswitch.tunnel;

import io.netty.channel.IoEventLoop;
import io.netyard.net.IpAddress;
import io.netyard.vswitch.port.PortCounters;

/// What carries the datagrams of tunnels, for example a UDP socket. Opened once, closed once, and never
/// used again; all on the thread of the loop.
///
/// Memory rules are those of [io.netyard.vswitch.port.Port]: a received datagram may be read and
/// overwritten until [Context#receive] returns, with the [io.netyard.vswitch.port.Port#HEAD_ROOM] bytes
/// before it; a datagram to send has been sent or copied when [#send] returns, and keeps its bytes.
public interface Underlay {
    /// Whether it carries packets of IPv6.
    boolean isIpv6();

    /// Bytes of the longest IP packet that it carries without fragments, 576 to 65,535. Never changes.
    int mtu();

    /// Datagrams that were lost in it.
    PortCounters counters();

    /// Starts to receive.
    ///
    /// @throws RuntimeException if it cannot; it holds nothing then and must not be closed
    void open(Context context);

    /// Receives what is sent to a multicast group as well. Datagrams of its own are not received back.
    void join(IpAddress group);

    /// Receives what is sent to a multicast group no more.
    void leave(IpAddress group);

    /// Sends datagrams in their order with the fields that they ask for, as far as the underlay can; never
    /// in fragments (RFC 7348 section 4.3). It does not call [Context#receive].
    ///
    /// @return how many were sent; the others are counted in [#counters]
    int send(Datagrams datagrams);

    /// Stops and gives back everything. Calling it twice does no harm.
    void close();

    /// What an underlay knows of the tunnels above it.
    interface Context {
        /// The loop to register with.
        IoEventLoop loop();

        /// Takes datagrams that came in.
        void receive(Datagrams datagrams);

        /// Tells that the underlay cannot go on.
        void failed(Throwable cause);
    }
}
