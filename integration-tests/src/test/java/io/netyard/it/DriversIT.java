package io.netyard.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Examples whose switches are forced to a driver: the kernel's bridge, ours, and one of each at the two
/// ends of a trunk or of a tunnel. They pass the same checks.
class DriversIT {
    private static final int KERNEL_CANNOT = 69;

    /// A switch in block or in flow style, with what stands before it on its line.
    private static final Pattern SWITCH = Pattern.compile("(?m)^( +)kind: switch$|\\{ kind: switch(?= \\})");

    private static final String CLASS_PATH = "java.class.path";
    private static final String LIBRARIES = "jna.boot.library.path";
    private static final String CLASS_PATH_OF_TESTS = System.getProperty(CLASS_PATH);

    private static final String OVER_IPV6 = " over IPv6";
    private static final Pattern UNDERLAY = Pattern.compile("192\\.168\\.(\\d)\\.(\\d+)(/24)?");

    private static final boolean IS_EMULATED = "full".equals(System.getProperty("netyard.ring"));
    private static final Set<String> RUN = new TreeSet<>();

    @TempDir
    Path folder = Path.of("");

    /// Lets daemons start from the distribution, as the launcher has it: with its ahead-of-time cache,
    /// which fits its class path alone.
    @BeforeAll
    static void startDaemonsAsTheLauncherDoes() throws IOException {
        Path distribution = Netyard.home().resolve("cli/target/dist").toAbsolutePath();
        System.setProperty(
                CLASS_PATH, Files.readString(distribution.resolve("classpath")).strip());
        System.setProperty(LIBRARIES, distribution.resolve("native").toString());
    }

    @AfterAll
    static void startDaemonsAsBefore() {
        System.setProperty(CLASS_PATH, CLASS_PATH_OF_TESTS);
        System.clearProperty(LIBRARIES);
    }

    /// In emulation those of one driver that any kernel can do are left to ring `this`, but for a trunk and
    /// a VXLAN.
    @ParameterizedTest
    @CsvSource({
        "bridge, user, this",
        "vlan-access, user, this",
        "qinq, user, this",
        "router-on-a-stick, user, this",
        "vxlan-flood-list, user, this",
        "vlan-trunk-native, kernel, any",
        "vlan-trunk-native, user, any",
        "vlan-trunk-native, kernel user, any",
        "vlan-trunk-native, user kernel, any",
        "vxlan-vlans, kernel, any",
        "vxlan-vlans, user, any",
        "vxlan-vlans, kernel user, any",
        "vxlan-vlans, user kernel, any",
        "nvgre, kernel, any",
        "nvgre, user, this",
        "nvgre, kernel user, any",
        "nvgre, user kernel, any",
        "nvgre over IPv6, kernel, any",
        "nvgre over IPv6, user, this",
        "nvgre over IPv6, kernel user, any"
    })
    void passesItsChecks(String example, String drivers, String ring) throws IOException {
        assumeTrue(ring.equals("any") || !IS_EMULATED, "in emulation left to ring this, which does the same");
        String file = Files.writeString(folder.resolve("lab.yaml"), withDrivers(text(example), drivers))
                .toString();
        Netyard.Outcome applied = Netyard.run("apply", file);
        if (applied.code() == KERNEL_CANNOT) {
            assertThat(applied.err()).contains("CONFIG_").contains("nothing was changed");
            abort(applied.err().strip());
        }
        try {
            assertThat(applied.code()).as(applied.err()).isZero();
            Netyard.Outcome checked = Netyard.run("check", file);
            assertThat(checked.code()).as(checked.out() + checked.err()).isZero();
            Netyard.Outcome planned = Netyard.run("plan", "--exit-code", file);
            assertThat(planned.code()).as(planned.out() + planned.err()).isZero();
            RUN.add(example + " (" + drivers + ")");
        } finally {
            assertThat(Netyard.run("destroy", file).code()).isZero();
        }
    }

    private static String text(String example) throws IOException {
        String name = example.replace(OVER_IPV6, "");
        String text = Files.readString(Netyard.home().resolve("examples/" + name + ".yaml"));
        return name.equals(example) ? text : overIpv6(text);
    }

    /// The example of NVGRE with tunnels over IPv6, whose header takes 20 octets more.
    private static String overIpv6(String text) {
        return UNDERLAY.matcher(text)
                .replaceAll(result -> "\"fd00:" + result.group(1) + "::" + result.group(2)
                        + (result.group(3) == null ? "" : "/64") + "\"")
                .replace("1458", "1438")
                .replace("1430", "1410");
    }

    /// The text with drivers for its switches, in turn.
    private static String withDrivers(String text, String drivers) {
        List<String> words = List.of(drivers.split(" "));
        Matcher matcher = SWITCH.matcher(text);
        StringBuilder result = new StringBuilder();
        for (int number = 0; matcher.find(); number++) {
            String driver = "driver: " + words.get(number % words.size());
            String indent = matcher.group(1);
            matcher.appendReplacement(
                    result, indent == null ? "{ kind: switch, " + driver : indent + "kind: switch\n" + indent + driver);
        }
        assertThat(result).as("there are switches").isNotEmpty();
        return matcher.appendTail(result).toString();
    }

    @AfterAll
    static void tell() {
        System.out.println(
                "DriversIT: " + RUN.size() + " variants of examples passed their checks: " + String.join(", ", RUN));
    }
}
