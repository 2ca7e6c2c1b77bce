package io.netyard.vswitch.pcap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Filters against tcpdump's on the same frames.
@Timeout(60)
class FrameFilterTest {
    @TempDir
    Path folder = Path.of("");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "arp",
                "ip",
                "ip6",
                "vlan",
                "vlan 10",
                "vlan 10 and ip",
                "not vlan",
                "ether broadcast",
                "ether src 02:00:00:00:00:01",
                "host 10.0.0.1",
                "net 10.0.1.0/24 and not icmp",
                "tcp port 80 or udp port 81",
                "ip[8] = 64",
                "greater 100",
                "icmp or arp or icmp6"
            })
    void takesWhatTcpdumpTakes(String expression) throws Exception {
        List<byte[]> frames = Fixture.frames(600, 4);
        Path all = folder.resolve("all.pcapng");
        Path chosen = folder.resolve("chosen.pcap");
        Fixture.write(all, frames);
        List<String> command = new ArrayList<>(List.of("tcpdump", "-r", all.toString(), "-w", chosen.toString()));
        if (System.getProperty("user.name").equals("root")) {
            command.addAll(List.of("-Z", "root"));
        }
        command.add(expression);
        Fixture.run(folder, command.toArray(String[]::new));
        List<byte[]> ours;
        try (FrameFilter filter = FrameFilter.compile(expression)) {
            ours = frames.stream()
                    .filter(frame -> filter.matches(frame, frame.length))
                    .toList();
        }
        assertThat(ours).isNotEmpty().hasSizeLessThan(frames.size());
        assertThat(Fixture.bytes(Fixture.read(chosen)))
                .usingElementComparator(java.util.Arrays::compare)
                .containsExactlyElementsOf(ours);
    }

    @Test
    void anEmptyExpressionTakesAll() {
        try (FrameFilter filter = FrameFilter.compile("")) {
            assertThat(Fixture.frames(20, 5)).allMatch(frame -> filter.matches(frame, frame.length));
        }
    }

    @Test
    void saysWhyAnExpressionMakesNoSense() {
        assertThatThrownBy(() -> FrameFilter.compile("prot 80"))
                .isInstanceOf(PcapException.class)
                .hasMessageStartingWith("cannot use the filter 'prot 80': ")
                .hasMessageContaining("syntax error");
    }
}
