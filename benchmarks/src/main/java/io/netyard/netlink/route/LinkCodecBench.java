package io.netyard.netlink.route;

import io.netyard.net.InterfaceName;
import io.netyard.net.MacAddress;
import io.netyard.netlink.message.Attributes;
import io.netyard.netlink.message.MessageWriter;
import io.netyard.netlink.message.Netlink;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// One message of the route family into bytes and out of them. In the package of the codec, since reading a
/// link is nobody else's business.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class LinkCodecBench {
    private static final int ROOM = 4096;
    private static final int NAMESPACE_DESCRIPTOR = 42;

    private final ByteBuffer buffer = ByteBuffer.allocateDirect(ROOM).order(ByteOrder.nativeOrder());
    private final RouteRequest pair = pair();
    private final ByteBuffer bridgePort = bridgePort();

    /// The request for a veth pair as apply sends it: a port that is up, the other end in another
    /// namespace.
    private static RouteRequest pair() {
        Attributes attributes = Attributes.EMPTY
                .with(LinkAttributes.ADDRESS, MacAddress.parse("02:00:00:00:00:01"))
                .with(LinkAttributes.MTU, 1500)
                .with(LinkAttributes.GROUP, 7);
        LinkSpec peer = LinkSpec.of(new InterfaceName("eth0"), new Veth(Attributes.EMPTY))
                .withAttributes(attributes.with(LinkAttributes.NET_NS_FD, NAMESPACE_DESCRIPTOR));
        return new RouteRequest.CreateLink(new LinkSpec(
                        new InterfaceName("p1"),
                        3,
                        true,
                        attributes.with(LinkAttributes.MASTER, 2),
                        new Veth(Attributes.EMPTY),
                        Optional.empty(),
                        Optional.empty())
                .withPeer(peer));
    }

    /// An `RTM_NEWLINK` of a dump: a veth that is a port of a bridge, as Linux 6.18 tells of it.
    private static ByteBuffer bridgePort() {
        try (InputStream in = Objects.requireNonNull(
                LinkCodecBench.class.getResourceAsStream("bridge-port.hex"), "bridge-port.hex")) {
            String text = new String(in.readAllBytes(), StandardCharsets.US_ASCII).replace("\n", "");
            return ByteBuffer.wrap(HexFormat.of().parseHex(text)).order(ByteOrder.LITTLE_ENDIAN);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// Writes the request that makes a veth pair.
    @Benchmark
    public int encodePair() {
        buffer.clear();
        MessageWriter writer = new MessageWriter(buffer);
        writer.startMessage(pair.type(), pair.flags() | Netlink.F_REQUEST, 1);
        pair.write(writer);
        writer.endMessage();
        return buffer.position();
    }

    /// Reads a link out of a dump, with what observing looks at.
    @Benchmark
    public int decodeLink() {
        Link link = Link.read(bridgePort, Netlink.HEADER, bridgePort.capacity());
        Attributes attributes = link.attributes();
        return attributes.get(LinkAttributes.MTU).orElse(0)
                + attributes.get(LinkAttributes.MASTER).orElse(0)
                + attributes.get(LinkAttributes.GROUP).orElse(0)
                + link.name().value().length();
    }
}
