package io.netyard.it.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netyard.it.Tool;
import io.netyard.vlan.frame.Memory;
import io.netyard.vlan.frame.MemoryBlock;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Netyard's views of headers against the dissectors of Wireshark, on random frames: addresses, stacks of
/// tags, VXLAN and NVGRE, and what is in the tunnel.
class TsharkIT {
    private static final int FRAMES = 4000;
    private static final int PCAP_MAGIC = 0xa1b2c3d4;
    private static final int ETHERNET = 1;
    private static final String SEPARATOR = ";";

    @TempDir
    Path folder = Path.of("");

    @Test
    void readsFramesAsWiresharkDoes() throws IOException {
        assumeTrue(
                Stream.of("/usr/bin/tshark", "/usr/local/bin/tshark")
                        .anyMatch(file -> Files.isExecutable(Path.of(file))),
                "tshark is not installed");
        FrameMaker maker = new FrameMaker(new Random(17));
        List<byte[]> frames = Stream.generate(maker::frame).limit(FRAMES).toList();
        List<String> theirs = Tool.run(command(write(frames)))
                .lines()
                .filter(line -> line.startsWith("eth:"))
                .map(line -> new Dissection(List.of(line.split(SEPARATOR, -1))).toString())
                .toList();
        assertThat(theirs).containsExactlyElementsOf(ours(frames));
        for (String part : List.of("vxlan", "nvgre", "tag 88a8", "class")) {
            assertThat(theirs.stream().filter(line -> line.contains(part)))
                    .as("frames with " + part)
                    .hasSizeGreaterThan(FRAMES / 10);
        }
    }

    private static List<String> ours(List<byte[]> frames) {
        List<String> views = new ArrayList<>();
        try (MemoryBlock block = new MemoryBlock(4096)) {
            for (byte[] frame : frames) {
                Memory.copy(frame, block.address());
                views.add(new HeaderViews(block.address(), frame.length).toString());
            }
        }
        return views;
    }

    private static String[] command(Path file) {
        List<String> words = new ArrayList<>(List.of("tshark", "-n", "-r", file.toString(), "-T", "fields"));
        words.addAll(List.of("-E", "separator=" + SEPARATOR, "-E", "occurrence=a"));
        for (String field : Dissection.FIELDS) {
            words.addAll(List.of("-e", field));
        }
        return words.toArray(String[]::new);
    }

    /// A file of libpcap.
    private Path write(List<byte[]> frames) throws IOException {
        int size = 24 + frames.stream().mapToInt(frame -> 16 + frame.length).sum();
        ByteBuffer file = ByteBuffer.allocate(size).order(ByteOrder.nativeOrder());
        file.putInt(PCAP_MAGIC).putShort((short) 2).putShort((short) 4);
        file.putInt(0).putInt(0).putInt(0xffff).putInt(ETHERNET);
        for (byte[] frame : frames) {
            file.putInt(0).putInt(0).putInt(frame.length).putInt(frame.length).put(frame);
        }
        return Files.write(folder.resolve("frames.pcap"), file.array());
    }
}
