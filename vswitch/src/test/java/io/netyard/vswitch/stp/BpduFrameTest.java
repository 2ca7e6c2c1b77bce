package io.netyard.vswitch.stp;

import static org.assertj.core.api.Assertions.assertThat;

import io.netyard.net.MacAddress;
import io.netyard.vswitch.stp.Bpdu.ChangeNotification;
import io.netyard.vswitch.stp.Bpdu.Configuration;
import io.netyard.vswitch.stp.Bpdu.Flags;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BpduFrameTest {
    /// Captured from the bridge of Linux 6.18 with `tcpdump -xx`, its padding left out.
    private static final String OF_LINUX = "0180c2000000" + "0e3df1ec1d84" + "0026" + "424203" + "0000" + "00" + "00"
            + "00" + "8000020000000001" + "00000000" + "8000020000000001" + "8001" + "0000" + "1400" + "0100" + "0200";

    private static final MacAddress SOURCE = MacAddress.parse("02:00:00:00:00:07");

    private static final Configuration RAPID = new Configuration(
            true,
            new Flags(PortRole.DESIGNATED, true, false, true, true, false, false),
            new PriorityVector(
                    SimulatedNetwork.id(4096, 1),
                    0x8000_0001L,
                    SimulatedNetwork.id(BridgeId.DEFAULT_PRIORITY, 7),
                    0x8003),
            new Times(3, 20, 15, 2));

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    @Test
    void readsWhatTheKernelsBridgeSays() {
        BridgeId bridge = SimulatedNetwork.id(BridgeId.DEFAULT_PRIORITY, 1);
        assertThat(BpduFrame.read(bytes(OF_LINUX)))
                .contains(new Configuration(
                        false,
                        new Flags(PortRole.DESIGNATED, false, false, false, false, false, false),
                        new PriorityVector(bridge, 0, bridge, 0x8001),
                        new Times(0, 20, 2, 1)));
    }

    @Test
    void writesTheRapidFormOctetByOctet() {
        assertThat(HexFormat.of().formatHex(BpduFrame.write(RAPID, SOURCE)))
                .isEqualTo("0180c2000000" + "020000000007" + "0027" + "424203" + "0000" + "02" + "02" + "1f"
                        + "1000020000000001" + "80000001" + "8000020000000007" + "8003" + "0300" + "1400" + "0200"
                        + "0f00" + "00" + "00".repeat(7));
    }

    @Test
    void readsWhatItWrote() {
        Random random = new Random(1);
        PortRole[] roles = {PortRole.ALTERNATE, PortRole.ROOT, PortRole.DESIGNATED};
        for (int round = 0; round < 10_000; round++) {
            boolean rapid = random.nextBoolean();
            Flags flags = new Flags(
                    rapid ? roles[random.nextInt(3)] : PortRole.DESIGNATED,
                    random.nextBoolean(),
                    random.nextBoolean(),
                    rapid && random.nextBoolean(),
                    rapid && random.nextBoolean(),
                    rapid && random.nextBoolean(),
                    rapid && random.nextBoolean());
            PriorityVector priority = new PriorityVector(
                    BridgeId.ofBits(random.nextLong()),
                    random.nextInt() & 0xffff_ffffL,
                    BridgeId.ofBits(random.nextLong()),
                    random.nextInt(0x1_0000));
            int maxAge = 6 + random.nextInt(35);
            Times times = new Times(random.nextInt(maxAge), maxAge, 2 + random.nextInt(29), 1 + random.nextInt(10));
            Bpdu bpdu = new Configuration(rapid, flags, priority, times);
            assertThat(BpduFrame.read(BpduFrame.write(bpdu, SOURCE))).contains(bpdu);
        }
        Bpdu notification = new ChangeNotification();
        assertThat(BpduFrame.read(BpduFrame.write(notification, SOURCE))).contains(notification);
    }

    @Test
    void discardsWhatIsCutShort() {
        byte[] older = bytes(OF_LINUX);
        for (int length = 0; length < older.length; length++) {
            assertThat(BpduFrame.read(Arrays.copyOf(older, length))).isEmpty();
        }
        byte[] lying = older.clone();
        lying[13] = 0x25;
        assertThat(BpduFrame.read(lying)).as("a length that ends within").isEmpty();
        byte[] other = older.clone();
        other[18] = 1;
        assertThat(BpduFrame.read(other)).as("another protocol").isEmpty();
        byte[] aged = older.clone();
        aged[44] = 0x14;
        assertThat(BpduFrame.read(aged)).as("as old as it may be").isEmpty();
    }

    @Test
    void takesANewerVersionForTheRapidOne() {
        byte[] newer = BpduFrame.write(RAPID, SOURCE);
        newer[19] = 3;
        assertThat(BpduFrame.read(newer)).contains(RAPID);
    }

    @Test
    void bringsTimesIntoTheRangesOfBridges() {
        byte[] hostile = bytes(OF_LINUX);
        Arrays.fill(hostile, 46, 52, (byte) 0xff);
        assertThat(BpduFrame.read(hostile))
                .get()
                .extracting(bpdu -> ((Configuration) bpdu).times())
                .isEqualTo(new Times(0, 40, 30, 10));
    }
}
