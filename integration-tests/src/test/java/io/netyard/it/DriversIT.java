package io.netyard.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Examples whose switches are forced to a driver: the kernel's bridge, ours, and one of each at the two
/// ends of a trunk or of a tunnel. They pass the same checks.
class DriversIT {
    private static final int KERNEL_CANNOT = 69;

    /// A switch in block or in flow style, with what stands before it on its line.
    private static final Pattern SWITCH = Pattern.compile("(?m)^( +)kind: switch$|\\{ kind: switch(?= \\})");

    private static final Set<String> RUN = new TreeSet<>();

    @TempDir
    Path folder = Path.of("");

    @ParameterizedTest
    @CsvSource({
        "bridge, user",
        "vlan-access, user",
        "qinq, user",
        "router-on-a-stick, user",
        "vxlan-flood-list, user",
        "vlan-trunk-native, kernel",
        "vlan-trunk-native, user",
        "vlan-trunk-native, kernel user",
        "vlan-trunk-native, user kernel",
        "vxlan-vlans, kernel",
        "vxlan-vlans, user",
        "vxlan-vlans, kernel user",
        "vxlan-vlans, user kernel",
        "nvgre, kernel",
        "nvgre, user",
        "nvgre, kernel user",
        "nvgre, user kernel"
    })
    void passesItsChecks(String example, String drivers) throws IOException {
        String text = Files.readString(Netyard.home().resolve("examples/" + example + ".yaml"));
        String file = Files.writeString(folder.resolve(example + ".yaml"), withDrivers(text, drivers))
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
