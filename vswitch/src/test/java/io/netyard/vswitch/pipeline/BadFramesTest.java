package io.netyard.vswitch.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.netyard.net.VlanId;
import io.netyard.vlan.PortVlans;
import io.netyard.vlan.VlanSet;
import io.netyard.vlan.VlanTag;
import io.netyard.vswitch.port.MemoryFrame;
import io.netyard.vswitch.port.Offload;
import io.netyard.vswitch.port.PortCapabilities;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What nobody should send: counted, dropped by rule, and the next good frame passes.
class BadFramesTest {
    private static final String ALL = "ffffffffffff";
    private static final String A = "02000000000a";
    private static final String B = "02000000000b";
    private static final String TCP_IN_IPV4 = "0800" + "4500003c000040004006" + "0000" + "0a0000010a000002"
            + "04d20050000000010000000150180200" + "00000000" + "61".repeat(20);
    private static final PortCapabilities CAPABLE = new PortCapabilities(PortCapabilities.ALL_OFFLOADS, false, 1500);
    private static final PortSettings PLAIN = new PortSettings(PortVlans.transparent());
    private static final VlanId TEN = new VlanId(10);
    private static final int MILLION = 1_000_000;
    private static final int AT_ONCE = 64;

    private final RelayFixture relay = new RelayFixture();

    @AfterEach
    void close() {
        relay.close();
    }

    @Test
    void framesShorterThanAHeaderAreCountedAndDropped() {
        relay.add("p1", PLAIN).add("p2", PLAIN);
        for (int length = 0; length < 14; length++) {
            relay.send("p1", new MemoryFrame(new byte[length]));
        }
        assertThat(relay.take().get("p2")).isEmpty();
        assertThat(relay.drops("p1", DropReason.RUNT)).isEqualTo(14);
        assertThat(relay.receive("p1", ALL + A + "88b5")).hasSize(1);
    }

    @Test
    void ofNineStackedTagsTheOuterAloneCounts() {
        relay.add("access", new PortSettings(PortVlans.access(TEN)))
                .add("trunk", new PortSettings(PortVlans.trunk(VlanSet.of(TEN))))
                .add("tunnel", new PortSettings(PortVlans.tunnel(TEN)));
        String eight = "8100000b".repeat(8) + "88b5" + "00".repeat(46);
        assertThat(relay.receive("trunk", ALL + A + "8100000a" + eight))
                .containsExactly("access " + ALL + A + eight, "tunnel " + ALL + A + eight);
        assertThat(relay.receive("access", ALL + B + "8100000a" + eight)).isEmpty();
        assertThat(relay.drops("access", DropReason.TAGGED_NOT_ADMITTED)).isEqualTo(1);
        assertThat(relay.receive("tunnel", ALL + B + "8100000b" + eight))
                .as("all nine of a customer are payload")
                .containsExactly(
                        "access " + ALL + B + "8100000b" + eight, "trunk " + ALL + B + "8100000a8100000b" + eight);
    }

    /// A header of 8, 16 and 60 octets.
    @ParameterizedTest
    @ValueSource(strings = {"42", "44", "4f"})
    void anIpHeaderOfAWrongLengthIsPayloadUnlessItIsToBeCut(String version) {
        relay.add("p1", CAPABLE, PLAIN).add("p2", PLAIN);
        byte[] frame = RelayFixture.bytes(ALL + A + TCP_IN_IPV4.replaceFirst("080045", "0800" + version));
        relay.send("p1", new MemoryFrame(frame));
        assertThat(relay.take().get("p2")).containsExactly(new MemoryFrame(frame));
        relay.send("p1", new MemoryFrame(frame, toCut(), VlanTag.NONE, 0));
        assertThat(relay.take().get("p2")).isEmpty();
        assertThat(relay.drops("p2", DropReason.BAD_OFFLOAD)).isEqualTo(1);
    }

    @Test
    void aLengthThatLiesIsPayloadUnlessItIsToBeCut() {
        relay.add("p1", CAPABLE, PLAIN).add("p2", PLAIN);
        int wrong = 0;
        for (int length : new int[] {0, 19, 39, 61, 1500, 0xffff}) {
            byte[] frame = RelayFixture.bytes(ALL + A + TCP_IN_IPV4);
            ByteBuffer.wrap(frame).putShort(16, (short) length);
            relay.send("p1", new MemoryFrame(frame));
            assertThat(relay.take().get("p2")).hasSize(1);
            relay.send("p1", new MemoryFrame(frame, toCut(), VlanTag.NONE, 0));
            assertThat(relay.take().get("p2")).isEmpty();
            wrong++;
        }
        assertThat(relay.drops("p2", DropReason.BAD_OFFLOAD)).isEqualTo(wrong);
    }

    private static long toCut() {
        return Offload.of(Offload.CHECKSUM | Offload.TCP4, 10, 34, 16);
    }

    @Test
    void aMillionSourcesOnOnePortTakeNothingFromTheOthers() {
        relay.add("p1", PLAIN).add("p2", PLAIN).add("p3", PLAIN);
        relay.receive("p2", ALL + B + "88b5");
        Random random = new Random(4);
        MemoryFrame[] flood = new MemoryFrame[AT_ONCE];
        long arrived = 0;
        for (int sent = 0; sent < MILLION; sent += AT_ONCE) {
            for (int at = 0; at < AT_ONCE; at++) {
                ByteBuffer frame = ByteBuffer.allocate(60);
                frame.putShort((short) 0x0200).putInt(0xc).putShort((short) 0x0600);
                flood[at] = new MemoryFrame(
                        frame.putInt(random.nextInt()).putShort((short) 0x88b5).array());
            }
            relay.send("p1", flood);
            arrived += relay.take().get("p3").size();
        }
        assertThat(arrived).as("every one is sent on").isEqualTo(MILLION);
        RelaySnapshot after = relay.snapshot();
        assertThat(after.addresses()).hasSizeLessThanOrEqualTo(1024);
        assertThat(after.evictions()).isGreaterThan(MILLION * 99 / 100);
        assertThat(relay.receive("p3", B + A + "88b5")).as("still known").containsExactly("p2 " + B + A + "88b5");
        assertThat(List.copyOf(relay.failures)).isEmpty();
    }
}
