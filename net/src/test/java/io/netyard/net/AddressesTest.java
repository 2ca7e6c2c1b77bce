package io.netyard.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressesTest {
    @ParameterizedTest
    @CsvSource({
        "::, ::",
        "::1, ::1",
        "fd00:0:0:0:0:0:0:1, fd00::1",
        "2001:DB8::0001, 2001:db8::1",
        "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
        "2001:0:0:1:0:0:0:1, 2001:0:0:1::1",
        "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
        "::ffff:192.0.2.1, ::ffff:c000:201",
        "fe80::, fe80::",
        "1:2:3:4:5:6:7::, 1:2:3:4:5:6:7:0",
        "::2:3:4:5:6:7:8, 0:2:3:4:5:6:7:8"
    })
    void writesIpv6InTheCanonicalForm(String text, String canonical) {
        assertThat(IpAddress.parse(text)).hasToString(canonical);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1",
                "1.2.3",
                "1.2.3.4.5",
                "1.2.3.256",
                "01.2.3.4",
                "1.2.3.4 ",
                "1..2.3",
                "0x1.2.3.4",
                ":",
                ":::",
                "1::2::3",
                "1:2:3:4:5:6:7:8:9",
                "12345::",
                "fe80::1%eth0",
                "::1.2.3",
                "1:2:3:4:5:6:7:1.2.3.4",
                "g::",
                "1:2:3:4:5:6:7:8::",
                "1:",
                ":1"
            })
    void refusesWhatIsNoAddress(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> IpAddress.parse(text))
                .withMessageContaining(text);
    }

    @Test
    void agreesWithTheJdkOnRandomAddresses() throws UnknownHostException {
        Random random = new Random(7);
        for (int round = 0; round < 20_000; round++) {
            byte[] bytes = new byte[round % 2 == 0 ? 4 : 16];
            random.nextBytes(bytes);
            for (int at = 0; at < bytes.length; at++) {
                bytes[at] = random.nextInt(3) == 0 ? bytes[at] : 0;
            }
            IpAddress address = IpAddress.ofBytes(bytes);
            assertThat(address.toBytes()).isEqualTo(bytes);
            assertThat(IpAddress.parse(address.toString())).isEqualTo(address);
            assertThat(InetAddress.ofLiteral(address.toString()).getAddress())
                    .isEqualTo(InetAddress.getByAddress(bytes).getAddress());
        }
    }

    @Test
    void knowsNetworksAndBroadcasts() {
        assertThat(IpPrefix.parse("10.0.10.7/24").network()).hasToString("10.0.10.0/24");
        assertThat(IpPrefix.parse("10.0.10.7/24").contains(IpAddress.parse("10.0.10.255")))
                .isTrue();
        assertThat(IpPrefix.parse("10.0.10.7/24").contains(IpAddress.parse("10.0.11.0")))
                .isFalse();
        assertThat(IpPrefix.parse("10.0.10.255/24").isBroadcast()).isTrue();
        assertThat(IpPrefix.parse("10.0.10.255/23").isBroadcast()).isFalse();
        assertThat(IpPrefix.parse("10.0.10.1/31").isBroadcast()).isFalse();
        assertThat(IpPrefix.parse("fd00::1/64").network()).hasToString("fd00::/64");
        assertThat(IpPrefix.parse("fd00:0:0:1:8000::/65").contains(IpAddress.parse("fd00:0:0:1:7fff::")))
                .isFalse();
        assertThat(IpPrefix.ALL_IPV6.contains(IpAddress.parse("::1"))).isTrue();
        assertThat(IpPrefix.ALL_IPV4.contains(IpAddress.parse("255.1.2.3"))).isTrue();
        assertThat(IpPrefix.parse("10.0.0.0/8").overlaps(IpPrefix.parse("10.7.0.0/16")))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.1", "10.0.0.1/33", "10.0.0.1/-1", "10.0.0.1/024", "fd00::/129", "10.0.0.1/"})
    void refusesWhatIsNoPrefix(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> IpPrefix.parse(text));
    }

    @Test
    @Tag("F34")
    void readsMacAddressesAsTheyAre() {
        assertThat(MacAddress.parse("10:20:30:40:50:10")).hasToString("10:20:30:40:50:10");
        assertThat(MacAddress.parse("AA:bb:CC:00:00:01").toBytes())
                .isEqualTo(new byte[] {(byte) 0xaa, (byte) 0xbb, (byte) 0xcc, 0, 0, 1});
        assertThat(MacAddress.parse("01:80:c2:00:00:00").isMulticast()).isTrue();
        assertThat(MacAddress.parse("02:80:c2:00:00:00").isMulticast()).isFalse();
        for (String text :
                new String[] {"", "1:2:3:4:5:6", "aa-bb-cc-dd-ee-ff", "aa:bb:cc:dd:ee:fg", "aa:bb:cc:dd:ee:ff:"}) {
            assertThatIllegalArgumentException().isThrownBy(() -> MacAddress.parse(text));
        }
    }

    @Test
    void refusesNumbersOutOfRange() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new VlanId(0))
                .withMessage("a VLAN id is 1 to 4094, not 0");
        assertThatIllegalArgumentException().isThrownBy(() -> new VlanId(4095));
        assertThatIllegalArgumentException().isThrownBy(() -> VlanId.parse("010"));
        assertThatIllegalArgumentException().isThrownBy(() -> new Vni(1 << 24));
        assertThatIllegalArgumentException().isThrownBy(() -> new Mtu(67));
        assertThat(VlanId.parse("4094").value()).isEqualTo(4094);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", ".", "..", "a/b", "a:b", "a b", "a%d", "a\tb", "sixteen-bytes-ab", "ééééééééé", "a\u0000"})
    @Tag("F35")
    void refusesInterfaceNamesThatTheKernelWouldRefuseOrRewrite(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> new InterfaceName(name));
    }

    @Test
    void takesInterfaceNamesOfUpTo15Bytes() {
        assertThat(new InterfaceName("fifteen-bytes-x")).hasToString("fifteen-bytes-x");
        assertThat(new InterfaceName("ééééééé").value()).hasSize(7);
    }
}
