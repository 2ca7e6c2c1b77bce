package io.netyard.netlink;

import static org.assertj.core.api.Assertions.assertThat;

import io.netyard.netlink.message.MessageWriter;
import io.netyard.netlink.message.Octets;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class EventMonitorTest {
    private final ByteBuffer datagram = ByteBuffer.allocate(256).order(ByteOrder.nativeOrder());
    private final MessageWriter writer = new MessageWriter(datagram);

    private List<Event> split(int length) {
        List<Event> events = new ArrayList<>();
        EventMonitor.split(datagram, length, events::add);
        return events;
    }

    private void message(int type, int... payload) {
        writer.startMessage(type, 0, 0);
        for (int octet : payload) {
            writer.u8(octet);
        }
        writer.endMessage();
        while (datagram.position() % 4 != 0) {
            datagram.put((byte) 0xa5);
        }
    }

    @Test
    @Tag("F17")
    void takesAllMessagesOfADatagramAndPassesOverThoseOfTheProtocolItself() {
        message(16, 1, 2, 3);
        message(1);
        message(20, 4);
        assertThat(split(datagram.position()))
                .containsExactly(
                        new Event.Message(16, Octets.of(new byte[] {1, 2, 3})),
                        new Event.Message(20, Octets.of(new byte[] {4})));
    }

    @Test
    void theLastMessageNeedsNoPadding() {
        message(16, 1, 2, 3);
        assertThat(split(19)).hasSize(1);
    }

    @Test
    @Tag("F17")
    void whatReachesOverTheEndIsNoMessage() {
        message(16, 1, 2, 3, 4);
        message(17, 1, 2, 3, 4);
        assertThat(split(datagram.position() - 1)).hasSize(1);
    }
}
