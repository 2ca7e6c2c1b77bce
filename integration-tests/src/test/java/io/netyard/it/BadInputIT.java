package io.netyard.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Bad input through the real launcher: a message that fits on a screen, the right exit code, and a machine
/// on which nothing changed.
class BadInputIT {
    private static final int SCREEN_LINES = 25;
    private static final int USAGE = 64;
    private static final int BAD_FILE = 65;
    private static final int UNSUPPORTED = 69;
    private static final int TAKEN = 73;
    private static final int NO_PERMISSION = 77;

    private static final String GOOD = """
            lab: good
            nodes:
              h1..2: { interfaces: { eth0: { address: 10.0.0.1..2/24 } } }
            links:
              - h1:eth0 -- h2:eth0
            """;

    @TempDir
    Path folder = Path.of("");

    @BeforeAll
    static void onlyOnce() {
        assumeTrue(
                !"full".equals(System.getProperty("netyard.ring")),
                "bad input is the same on every kernel; the ring of this kernel tries it");
    }

    @BeforeEach
    void openTheFolder() throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private record BadFile(String name, String text, String message) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<BadFile> badFiles() {
        String aliases = IntStream.range(0, 10_000)
                .mapToObj(index -> "  n" + index + ": *a\n")
                .reduce(new StringBuilder("lab: x\nnodes:\n  n: &a {}\n"), StringBuilder::append, StringBuilder::append)
                .toString();
        return Stream.of(
                new BadFile("an open list", "lab: x\nnodes: [ 1\n", "bad.yaml:2:8: error: this [ is not closed"),
                new BadFile("a tab for indentation", "lab: x\n\tnodes: {}\n", "bad.yaml:2:1: error: a tab stands here"),
                new BadFile("an open quote", "lab: \"x\n", "bad.yaml:1:6: error: this \" is not closed"),
                new BadFile("nothing", "", "the file is empty"),
                new BadFile("a list", "- a\n- b\n", "a topology file is a mapping"),
                new BadFile("10,000 aliases", aliases, "aliases (*name) are not part of the format"),
                new BadFile("endless nesting", "lab: x\nnodes: " + "[".repeat(8_000) + "\n", "levels deep"),
                new BadFile("an endless line", "lab: " + "x".repeat(1_000_000) + "\n", "more than 8192 characters"),
                new BadFile("control characters", "lab: x\u0000\u0007\n", "a control character (U+0000)"),
                new BadFile("an unknown key", GOOD + "lnks: []\n", "did you mean 'links'?"),
                new BadFile("a key for later", GOOD + "uplinks: {}\n", "not supported yet"),
                new BadFile("a path for a lab", GOOD.replace("good", "../x"), "a lab name is"),
                new BadFile("a command for a node", GOOD.replace("h1..2", "\"$(reboot)\""), "a node name is"),
                new BadFile("a path for a node", GOOD.replace("h1..2", "../h1"), "a node name is"),
                new BadFile("a path for an interface", GOOD.replace("eth0:", "../e:"), "an interface name has no '/'"),
                new BadFile("a long interface name", GOOD.replace("eth0", "sixteen-bytes-x1"), "at most 15 bytes"),
                new BadFile("VLAN 0", GOOD + "vlans: { a: 0 }\n", "a VLAN id is 1 to 4094, not 0"),
                new BadFile("VLAN 4095", GOOD + "vlans: { a: 4095 }\n", "a VLAN id is 1 to 4094, not 4095"),
                new BadFile("VLAN 5000", GOOD + "vlans: { a: 5000 }\n", "a VLAN id is 1 to 4094, not 5000"),
                new BadFile(
                        "an address twice",
                        GOOD.replace("10.0.0.1..2", "10.0.0.1"),
                        "10.0.0.1 is also the address of h1:eth0, in the same broadcast domain"),
                new BadFile("parents that form a loop", """
                        lab: loop
                        nodes:
                          h1: { interfaces: { a: { kind: vlan, parent: b, id: 1 }, b: { kind: vlan, parent: a, id: 2 } } }
                        """, "its parents form a loop"),
                new BadFile("an end used twice", GOOD + "  - h1:eth0 -- h2:eth1\n", "already an end of another link"),
                new BadFile("too long a range", GOOD.replace("h1..2", "h1..99999999"), "has 99999999 members"));
    }

    @ParameterizedTest
    @MethodSource("badFiles")
    @Tag("F32")
    @Tag("F33")
    @Tag("F35")
    @Tag("F36")
    void aBadFileIsExplained(BadFile bad) throws IOException {
        Path file = Files.writeString(folder.resolve("bad.yaml"), bad.text());
        for (String command : List.of("validate", "apply")) {
            refuses(Launcher.run(command, file.toString()), BAD_FILE, bad.message());
        }
    }

    @Test
    @Tag("F32")
    void aFileOfAGibibyteIsRefusedUnread() throws IOException {
        Path file = folder.resolve("huge.yaml");
        try (RandomAccessFile huge = new RandomAccessFile(file.toFile(), "rw")) {
            huge.setLength(1L << 30);
        }
        refuses(Launcher.run("apply", file.toString()), BAD_FILE, "the file has 1073741824 bytes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/dev/zero", "/nosuch.yaml", "/etc/../etc", "examples"})
    void whatIsNoFileIsRefused(String path) {
        refuses(Launcher.run("apply", path.equals("examples") ? "./examples" : path), BAD_FILE, "error: ");
    }

    @Test
    @Tag("F35")
    void namesThatAreNoneAreWrongUsage() {
        for (String name : List.of("a b", "$(id)", "Campus", "x".repeat(25))) {
            refuses(Launcher.run("destroy", name), USAGE, "a lab name is");
            refuses(Launcher.run("exec", name, "h1", "true"), USAGE, "a lab name is");
        }
        refuses(Launcher.run("exec", "../../etc", "h1", "true"), USAGE, "a lab name is");
        refuses(Launcher.run("shell", "x", "../h1"), USAGE, "a node name is");
        refuses(Launcher.run("destroy", "../x"), BAD_FILE, "no such file");
    }

    @Test
    void oddCommandLinesAreWrongUsage() {
        refuses(Launcher.run(), USAGE, "netyard --help");
        refuses(Launcher.run("aply", "x.yaml"), USAGE, "netyard apply");
        refuses(Launcher.run("apply"), USAGE, "LAB|FILE");
        refuses(Launcher.run("apply", "a.yaml", "b.yaml"), USAGE, "b.yaml");
        refuses(Launcher.run("list", "--jsn"), USAGE, "--json");
        refuses(Launcher.run("exec", "x", "h1", "--"), USAGE, "CMD");
    }

    @Test
    void whoHasNoRightsIsToldSo() throws IOException {
        Path file = Files.writeString(folder.resolve("good.yaml"), GOOD);
        assertThat(Launcher.runAsNobody("validate", file.toString()).code()).isZero();
        Files.setPosixFilePermissions(Path.of("/run"), PosixFilePermissions.fromString("rwxr-xr-x"));
        refuses(Launcher.runAsNobody("apply", file.toString()), NO_PERMISSION, "root");
        assertThat(Launcher.run("apply", file.toString()).code()).isZero();
        try {
            for (String command : List.of("apply", "plan", "destroy", "check", "show")) {
                refuses(Launcher.runAsNobody(command, "good"), NO_PERMISSION, "root");
            }
            refuses(Launcher.runAsNobody("list"), NO_PERMISSION, "root");
            refuses(Launcher.runAsNobody("exec", "good", "h1", "true"), NO_PERMISSION, "root");
        } finally {
            assertThat(Launcher.run("destroy", "good").code()).isZero();
        }
    }

    @Test
    @Tag("F09")
    void aKernelWithoutAKindIsToldBeforeAnythingIsDone() throws IOException {
        assumeTrue(!kernelHasIpvlan(), "this kernel has ipvlan, so nothing is missing");
        Path file = Files.writeString(
                folder.resolve("ipvlan.yaml"),
                GOOD.replace("eth0: {", "v: { kind: ipvlan, parent: eth0, mode: l2 }, eth0: {"));
        refuses(Launcher.run("apply", file.toString()), UNSUPPORTED, "CONFIG_IPVLAN");
    }

    private static boolean kernelHasIpvlan() {
        return Launcher.shell("unshare --net sh -c 'ip link add p type veth && ip link add link p name v type ipvlan'")
                        .code()
                == 0;
    }

    @Test
    @Tag("F10")
    @Tag("F24")
    void aNameThatIsTakenIsLeftAlone() throws IOException {
        Path file = Files.writeString(folder.resolve("good.yaml"), GOOD);
        Tool.run("ip", "netns", "add", "good.h2");
        try {
            refuses(Launcher.run("apply", file.toString()), TAKEN, "/run/netns/good.h2");
        } finally {
            Tool.run("ip", "netns", "delete", "good.h2");
        }
        Path plain = Files.writeString(Path.of("/run/netns/good.h1"), "mine");
        try {
            refuses(Launcher.run("apply", file.toString()), TAKEN, plain.toString());
            assertThat(plain).hasContent("mine");
        } finally {
            Files.delete(plain);
        }
    }

    @Test
    @Tag("F05")
    void twoLabsMayHaveNodesOfOneName() throws IOException {
        Path one = Files.writeString(folder.resolve("one.yaml"), GOOD.replace("good", "one"));
        Path two = Files.writeString(folder.resolve("two.yaml"), GOOD.replace("good", "two"));
        try {
            assertThat(Launcher.run("apply", one.toString()).code()).isZero();
            assertThat(Launcher.run("apply", two.toString()).code()).isZero();
            assertThat(Launcher.run("destroy", "one").code()).isZero();
            assertThat(Launcher.run("plan", "--exit-code", "two").code()).isZero();
        } finally {
            assertThat(Launcher.run("destroy", "one").code()).isZero();
            assertThat(Launcher.run("destroy", "two").code()).isZero();
        }
    }

    /// Runs nothing itself: looks at an outcome, and at the machine after it.
    private static void refuses(Netyard.Outcome outcome, int code, String message) {
        assertThat(outcome.err()).contains(message).doesNotContain("Exception", "\tat ");
        assertThat(outcome.err().lines().count()).isBetween(1L, (long) SCREEN_LINES);
        assertThat(outcome.err().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThan(400));
        assertThat(outcome.code()).as(outcome.err()).isEqualTo(code);
        assertThat(outcome.out()).isEmpty();
    }
}
