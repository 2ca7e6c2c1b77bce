package io.netyard.netlink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netyard.linux.Errno;
import io.netyard.linux.LinuxException;
import io.netyard.netlink.message.AttributeSet;
import io.netyard.netlink.message.MessageWriter;
import io.netyard.netlink.message.Netlink;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The protocol against a peer that answers what each test says.
class NetlinkConnectionTest {
    private static final Duration SHORT = Duration.ofMillis(50);

    /// A peer in this process that answers each datagram by a script.
    private static final class ScriptedPeer implements Datagrams {
        private final Queue<byte[]> answers = new ArrayDeque<>();
        private final Queue<Integer> ports = new ArrayDeque<>();
        private final Consumer<ScriptedPeer> script;
        private int sender;
        private int sequence;
        private int sent;
        private boolean lost;
        private @Nullable Errno refusal;

        ScriptedPeer(Consumer<ScriptedPeer> script) {
            this.script = script;
        }

        @Override
        public void send(ByteBuffer datagram) {
            sequence = datagram.getInt(datagram.position() + 8);
            sent++;
            if (refusal != null) {
                Errno errno = refusal;
                refusal = null;
                throw new LinuxException("send", errno);
            }
            script.accept(this);
        }

        @Override
        public int receive(ByteBuffer buffer) {
            if (lost) {
                lost = false;
                throw new LinuxException("receive", Errno.ENOBUFS);
            }
            byte[] answer = answers.poll();
            if (answer == null) {
                return -1;
            }
            sender = ports.remove();
            buffer.put(0, answer);
            return answer.length;
        }

        @Override
        public int senderPort() {
            return sender;
        }

        @Override
        public boolean await(Duration limit) {
            return !answers.isEmpty();
        }

        @Override
        public void close() {}

        void answer(int port, int type, int flags, int forSequence, int... payload) {
            ByteBuffer message = ByteBuffer.allocate(16 + 4 * payload.length).order(ByteOrder.nativeOrder());
            message.putInt(message.capacity()).putShort((short) type).putShort((short) flags);
            message.putInt(forSequence).putInt(0);
            for (int word : payload) {
                message.putInt(word);
            }
            answers.add(message.array());
            ports.add(port);
        }

        void acknowledge(int forSequence, int error) {
            answer(0, Netlink.ERROR, Netlink.F_CAPPED, forSequence, error, 16, 0, 0, 0);
        }
    }

    private record Anything(String operation) implements Request {
        private static final AttributeSet NONE = new AttributeSet("none");

        @Override
        public int type() {
            return 16;
        }

        @Override
        public int flags() {
            return 0;
        }

        @Override
        public void write(MessageWriter writer) {
            writer.u32(0);
        }

        @Override
        public int familyHeaderLength() {
            return 4;
        }

        @Override
        public AttributeSet attributes() {
            return NONE;
        }
    }

    private static NetlinkConnection to(Consumer<ScriptedPeer> script) {
        return new NetlinkConnection(new ScriptedPeer(script), SHORT);
    }

    @Test
    @Tag("F17")
    @Tag("F19")
    void passesOverStrangersAndEarlierAnswers() {
        NetlinkConnection connection = to(peer -> {
            peer.answer(4711, Netlink.ERROR, 0, peer.sequence, -Errno.EPERM.number(), 16, 0, 0, 0);
            peer.acknowledge(peer.sequence - 1, -Errno.EEXIST.number());
            peer.acknowledge(peer.sequence, 0);
        });
        connection.execute(new Anything("test"));
    }

    @Test
    @Tag("F18")
    void givesUpWhenNoAnswerComes() {
        assertThatThrownBy(() -> to(_ -> {}).execute(new Anything("create bridge br0")))
                .isInstanceOf(NetlinkException.class)
                .hasMessageContaining("create bridge br0")
                .hasMessageContaining("ETIMEDOUT");
    }

    @Test
    @Tag("F15")
    void readsAgainWhatChangedWhileItWasRead() {
        List<Integer> seen = new ArrayList<>();
        NetlinkConnection connection = to(peer -> {
            boolean last = peer.sent == 3;
            peer.answer(0, 16, 0, peer.sequence, peer.sent);
            peer.answer(0, Netlink.DONE, last ? 0 : Netlink.F_DUMP_INTR, peer.sequence, 0);
        });
        connection.dump(new Anything("read"), seen::clear, (_, buffer, at, _) -> seen.add(buffer.getInt(at)));
        assertThat(seen).containsExactly(3);
    }

    @Test
    @Tag("F15")
    void refusesADumpThatStaysInconsistent() {
        NetlinkConnection connection = to(peer -> peer.answer(0, Netlink.DONE, Netlink.F_DUMP_INTR, peer.sequence, 0));
        assertThatThrownBy(() -> connection.dump(new Anything("read links"), () -> {}, (_, _, _, _) -> {}))
                .isInstanceOf(NetlinkException.class)
                .hasMessageContainingAll("read links", "EINTR", " times while it was read");
    }

    @Test
    void findsTheErrorThatEndsADump() {
        NetlinkConnection connection =
                to(peer -> peer.answer(0, Netlink.DONE, 0, peer.sequence, -Errno.EINVAL.number()));
        assertThatThrownBy(() -> connection.dump(new Anything("read"), () -> {}, (_, _, _, _) -> {}))
                .isInstanceOf(NetlinkException.class)
                .hasMessageContaining("EINVAL");
    }

    @Test
    void attributesErrorsOfABatchToTheirRequests() {
        NetlinkConnection connection = to(peer -> {
            peer.acknowledge(peer.sequence + 1, -Errno.EEXIST.number());
            peer.acknowledge(peer.sequence + 2, 0);
        });
        List<Optional<NetlinkException>> results =
                connection.batch(List.of(new Anything("a"), new Anything("b"), new Anything("c")));
        assertThat(results.get(0)).isEmpty();
        assertThat(results.get(1)).get().extracting(NetlinkException::errno).isEqualTo(Errno.EEXIST);
        assertThat(results.get(2)).isEmpty();
    }

    @Test
    @Tag("F17")
    void aTruncatedErrorIsNoAcknowledgement() {
        NetlinkConnection connection = to(peer -> peer.answer(0, Netlink.ERROR, 0, peer.sequence));
        assertThatThrownBy(() -> connection.execute(new Anything("test")))
                .isInstanceOf(NetlinkException.class)
                .hasMessageContaining("EPROTO");
    }

    @Test
    void readsADumpToItsEndAlthoughItsHandlerFails() {
        List<Integer> seen = new ArrayList<>();
        NetlinkConnection connection = to(peer -> {
            for (int number = 1; number <= 3; number++) {
                peer.answer(0, 16, 0, peer.sequence, number);
            }
            peer.answer(0, Netlink.DONE, 0, peer.sequence, 0);
        });
        assertThatThrownBy(() -> connection.dump(new Anything("read"), () -> {}, (_, _, _, _) -> {
                    throw new IllegalStateException("no");
                }))
                .hasMessage("no");
        connection.dump(new Anything("read"), () -> {}, (_, buffer, at, _) -> seen.add(buffer.getInt(at)));
        assertThat(seen).containsExactly(1, 2, 3);
    }

    @Test
    @Tag("F12")
    void readsADumpAgainWhoseAnswersWereLost() {
        NetlinkConnection connection = to(peer -> {
            peer.lost = peer.sent == 1;
            peer.answer(0, Netlink.DONE, 0, peer.sequence, 0);
        });
        int[] readings = {0};
        connection.dump(new Anything("read"), () -> readings[0]++, (_, _, _, _) -> {});
        assertThat(readings[0]).isEqualTo(2);
    }

    @Test
    @Tag("F12")
    void saysThatAnAcknowledgementWasLost() {
        assertThatThrownBy(() -> to(peer -> peer.lost = true).execute(new Anything("create bridge br0")))
                .isInstanceOf(NetlinkException.class)
                .hasMessageContaining("create bridge br0")
                .hasMessageContaining("ENOBUFS");
    }

    /// Nothing was sent, so nothing was done: unlike a lost answer, this leaves no doubt.
    @ParameterizedTest
    @EnumSource(names = {"ENOBUFS", "ENOMEM", "EBUSY", "EPERM", "EINVAL"})
    @Tag("F11")
    void aRequestThatCannotBeSentFailsAndTheNextOneGoesOn(Errno errno) {
        ScriptedPeer peer = new ScriptedPeer(each -> each.acknowledge(each.sequence, 0));
        peer.refusal = errno;
        NetlinkConnection connection = new NetlinkConnection(peer, SHORT);
        assertThatThrownBy(() -> connection.execute(new Anything("test")))
                .isInstanceOfSatisfying(
                        LinuxException.class,
                        failure -> assertThat(failure.errno()).isEqualTo(errno));
        connection.execute(new Anything("test"));
        assertThat(peer.sent).isEqualTo(2);
    }
}
