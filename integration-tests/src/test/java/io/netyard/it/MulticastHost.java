package io.netyard.it;

import io.netyard.linux.NetworkNamespace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.file.Path;

/// A socket in a node of a lab that has joined a group, or sends to one. It leaves when it is closed.
final class MulticastHost implements AutoCloseable {
    private static final int PORT = 5000;

    private final DatagramChannel channel;
    private final InetAddress group;

    private MulticastHost(DatagramChannel channel, InetAddress group) {
        this.channel = channel;
        this.group = group;
    }

    static MulticastHost joining(String namespace, String group) {
        return in(namespace, group, (channel, eth0, address) -> {
            channel.bind(new InetSocketAddress(PORT));
            channel.join(address, eth0);
        });
    }

    static MulticastHost sending(String namespace, String group) {
        return in(namespace, group, (channel, eth0, _) -> {
            channel.setOption(StandardSocketOptions.IP_MULTICAST_IF, eth0);
            channel.setOption(StandardSocketOptions.IP_MULTICAST_TTL, 4);
            channel.setOption(StandardSocketOptions.IP_MULTICAST_LOOP, false);
        });
    }

    private interface Setup {
        void of(DatagramChannel channel, NetworkInterface eth0, InetAddress group) throws IOException;
    }

    private static MulticastHost in(String namespace, String group, Setup setup) {
        try (NetworkNamespace node = NetworkNamespace.open(Path.of("/run/netns", namespace))) {
            return node.call(() -> {
                try {
                    InetAddress address = InetAddress.getByName(group);
                    boolean isIpv6 = group.contains(":");
                    DatagramChannel channel =
                            DatagramChannel.open(isIpv6 ? StandardProtocolFamily.INET6 : StandardProtocolFamily.INET);
                    setup.of(channel, NetworkInterface.getByName("eth0"), address);
                    return new MulticastHost(channel, address);
                } catch (IOException failure) {
                    throw new UncheckedIOException(failure);
                }
            });
        }
    }

    void send(int datagrams) {
        try {
            for (int sent = 0; sent < datagrams; sent++) {
                channel.send(ByteBuffer.wrap(new byte[64]), new InetSocketAddress(group, PORT));
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
