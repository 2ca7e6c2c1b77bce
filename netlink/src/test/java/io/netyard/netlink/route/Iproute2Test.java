package io.netyard.netlink.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.netyard.netlink.message.MessageWriter;
import io.netyard.netlink.message.Netlink;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Requests as iproute2 sends them, captured by `src/test/golden/capture`, against what the codec makes of
/// them and against what it sends for the same.
///
/// Three differences mean nothing to the kernel and do not count: the order of attributes; the bit for
/// nesting, which iproute2 leaves out of most nests; the zero after a string, which it leaves out of some.
class Iproute2Test {
    static Stream<String> commands() {
        return Golden.requests().keySet().stream();
    }

    static Stream<Map.Entry<String, RouteRequest>> requests() {
        return Iproute2Requests.all().entrySet().stream();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyAttributeIsDeclaredAndKeepsItsOctets(String command) {
        assertThat(CanonicalMessage.of(Golden.requests().get(command))).isNotBlank();
    }

    @ParameterizedTest
    @MethodSource("requests")
    void sendsWhatIproute2Sends(Map.Entry<String, RouteRequest> entry) {
        List<byte[]> found = Golden.requests().entrySet().stream()
                .filter(command -> command.getKey().equals(entry.getKey()))
                .map(Map.Entry::getValue)
                .toList();
        assertThat(found).as("the command is captured").hasSize(1);
        assertThat(CanonicalMessage.of(written(entry.getValue()))).isEqualTo(CanonicalMessage.of(found.getFirst()));
    }

    private static byte[] written(RouteRequest request) {
        ByteBuffer buffer = ByteBuffer.allocate(4096).order(ByteOrder.LITTLE_ENDIAN);
        Arrays.fill(buffer.array(), (byte) 0xa5);
        MessageWriter writer = new MessageWriter(buffer);
        writer.startMessage(request.type(), request.flags() | Netlink.F_REQUEST | Netlink.F_ACK, 0);
        request.write(writer);
        writer.endMessage();
        return Arrays.copyOf(buffer.array(), buffer.position());
    }
}
