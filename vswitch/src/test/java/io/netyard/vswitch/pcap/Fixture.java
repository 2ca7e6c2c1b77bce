package io.netyard.vswitch.pcap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/// Frames, files of them, and the tools that know about both.
final class Fixture {
    static final Instant START = Instant.ofEpochSecond(1_700_000_000, 123_456_789);

    private Fixture() {}

    /// Frames of many protocols, some with tags.
    static List<byte[]> frames(int count, long seed) {
        Random random = new Random(seed);
        List<byte[]> frames = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            frames.add(frame(random));
        }
        return frames;
    }

    private static byte[] frame(Random random) {
        ByteBuffer frame = ByteBuffer.allocate(60 + random.nextInt(100));
        long destination = random.nextInt(4) == 0 ? 0xffff_ffff_ffffL : 0x0200_0000_0000L | random.nextInt(3);
        frame.putShort((short) (destination >>> 32)).putInt((int) destination);
        frame.putShort((short) 0x0200).putInt(random.nextInt(3));
        if (random.nextInt(3) == 0) {
            frame.putShort((short) 0x8100).putShort((short) (10 + random.nextInt(2)));
        }
        switch (random.nextInt(4)) {
            case 0 -> frame.putShort((short) 0x0806).putShort((short) 1).putShort((short) 0x0800);
            case 1 -> putIpv6(frame, random);
            default -> putIpv4(frame, random);
        }
        return frame.array();
    }

    private static void putIpv4(ByteBuffer frame, Random random) {
        byte[] protocols = {1, 6, 17};
        frame.putShort((short) 0x0800);
        int start = frame.position();
        frame.putShort((short) 0x4500)
                .putShort((short) (frame.capacity() - start))
                .putInt(0);
        frame.put((byte) (random.nextBoolean() ? 64 : 1))
                .put(protocols[random.nextInt(3)])
                .putShort((short) 0);
        frame.putInt(0x0a00_0000 | random.nextInt(4)).putInt(0x0a00_0100 | random.nextInt(4));
        frame.putShort((short) (80 + random.nextInt(3))).putShort((short) (1000 + random.nextInt(3)));
    }

    private static void putIpv6(ByteBuffer frame, Random random) {
        frame.putShort((short) 0x86dd).putInt(0x6000_0000);
        int length = frame.capacity() - frame.position() - 36;
        frame.putShort((short) Math.max(0, length)).put((byte) (random.nextBoolean() ? 17 : 58));
    }

    /// Writes frames, a millisecond and a nanosecond apart.
    static void write(Path file, List<byte[]> frames) throws IOException {
        try (CaptureFile capture = CaptureFile.create(file)) {
            int port = capture.addPort("p1", Capture.WHOLE, "");
            Instant time = START;
            for (byte[] frame : frames) {
                capture.add(port, time, CaptureFile.INBOUND, frame, frame.length, frame.length);
                time = time.plusNanos(1_000_001);
            }
        }
    }

    /// Reads all frames of a file.
    static List<PcapFrame> read(Path file) {
        List<PcapFrame> frames = new ArrayList<>();
        try (PcapReader reader = PcapReader.open(file)) {
            for (var frame = reader.next(); frame.isPresent(); frame = reader.next()) {
                frames.add(frame.get());
            }
        }
        return frames;
    }

    static List<byte[]> bytes(List<PcapFrame> frames) {
        return frames.stream().map(PcapFrame::bytes).toList();
    }

    /// Runs a tool that the machine may lack, and returns what it said on standard output.
    static String run(Path folder, String... command) throws Exception {
        Path said = folder.resolve("said");
        Process process;
        try {
            process = new ProcessBuilder(command)
                    .redirectOutput(said.toFile())
                    .redirectError(folder.resolve("complained").toFile())
                    .start();
        } catch (IOException missing) {
            abort(command[0] + " is not installed");
            throw missing;
        }
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue())
                .as(() -> content(folder.resolve("complained")))
                .isZero();
        return content(said);
    }

    private static String content(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException failure) {
            return failure.toString();
        }
    }
}
