package io.netyard.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What `--json` prints has exactly the fields that docs/json.md has.
class JsonIT {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Pattern ROW = Pattern.compile("^\\| `([^`]+)` \\| (\\w+) \\| (yes|no) \\| (.*) \\|$");
    private static final String LAB = """
            lab: json
            nodes:
              h1..2: { interfaces: { eth0: { address: 10.0.0.1..2/24 } } }
              h3..4: { interfaces: { eth0: { address: 10.0.1.3..4/24 } } }
              s1: { kind: switch }
              s2:
                kind: switch
                driver: user
                multicast-snooping: true
                ports: { p3: { access: 10 }, p4: { access: 20 }, p5: { access: 10 } }
                interfaces:
                  under: { address: 192.168.9.1/24 }
                  vx0: { kind: vxlan, id: 7, local: 192.168.9.1, remotes: [ 192.168.9.2, 172.16.0.9 ], underlay: under, vlan: 20 }
              s3: { kind: switch, driver: user, multicast-snooping: true, multicast-querier: true }
              h5: { interfaces: { eth0: { address: 10.0.2.5/24 } } }
              s4: { kind: switch, driver: user, stp: true, priority: 4096 }
              s5: { kind: switch, driver: user, stp: true }
              s6: { kind: switch, driver: user }
            links:
              - s4:p1 -- s5:p1
              - h5:eth0 -- s6:p1
              - s6:p2 -- s6:p3
              - h1..2:eth0 -- s1:p1..2
              - h3..4:eth0 -- s2:p3..4
              - s2:p5 -- s3:p1
              - s2:under -- s1:p9
            checks:
              - h1 reaches h2
            """;

    @TempDir
    Path folder = Path.of("");

    private record Field(String type, boolean always) {}

    /// The documented fields by command and path.
    private final Map<String, Map<String, Field>> documented = documented();

    private final Map<String, Set<String>> seen = new LinkedHashMap<>();

    private static Map<String, Map<String, Field>> documented() {
        Map<String, Map<String, Field>> commands = new LinkedHashMap<>();
        Map<String, Field> fields = Map.of();
        try {
            for (String line : Files.readAllLines(Netyard.home().resolve("docs/json.md"))) {
                MatchResult row = ROW.matcher(line).results().findFirst().orElse(null);
                if (line.startsWith("## ")) {
                    fields = new LinkedHashMap<>();
                    commands.put(line.substring(3), fields);
                } else if (row != null) {
                    fields.put(
                            row.group(1), new Field(row.group(2), row.group(3).equals("yes")));
                    if (row.group(4).contains("[plan](#plan)")) {
                        addChanges(commands.get("plan"), row.group(1), fields);
                    }
                }
            }
        } catch (IOException failure) {
            throw new java.io.UncheckedIOException(failure);
        }
        return commands;
    }

    private static void addChanges(Map<String, Field> plan, String path, Map<String, Field> fields) {
        plan.forEach((name, field) -> {
            if (name.startsWith("changes[]")) {
                fields.put(path + name.substring("changes".length()), field);
            }
        });
    }

    @AfterEach
    void destroy() {
        Netyard.run("destroy", "json");
    }

    private void run(String command, String... arguments) {
        List<String> words = new ArrayList<>(List.of(command.split(" ")));
        words.addAll(List.of(arguments));
        words.add(1, "--json");
        Netyard.Outcome outcome = Netyard.run(words.toArray(String[]::new));
        assertThat(outcome.out().lines()).as(outcome.err()).hasSize(1);
        assertThat(outcome.out()).startsWith("{\"format\":1,");
        compare(command, "", JSON.readTree(outcome.out()));
    }

    private void compare(String command, String path, JsonNode node) {
        Map<String, Field> fields = documented.get(command);
        if (node.isObject()) {
            Set<String> names = new TreeSet<>(node.propertyNames());
            fields.forEach((name, field) -> {
                if (field.always() && parent(name).equals(path)) {
                    assertThat(names).as(command + " has to have " + name).contains(last(name));
                }
            });
            for (String name : names) {
                String full = path.isEmpty() ? name : path + "." + name;
                assertThat(fields)
                        .as(command + " prints a field that docs/json.md has not")
                        .containsKey(full);
                assertThat(type(node.get(name)))
                        .as(command + " " + full)
                        .isEqualTo(fields.get(full).type());
                seen.computeIfAbsent(command, _ -> new TreeSet<>()).add(full);
                compare(command, full, node.get(name));
            }
        } else if (node.isArray()) {
            node.forEach(item -> compare(command, path + "[]", item));
        }
    }

    private static String parent(String path) {
        int dot = path.lastIndexOf('.');
        return dot < 0 ? "" : path.substring(0, dot);
    }

    private static String last(String path) {
        return path.substring(path.lastIndexOf('.') + 1);
    }

    private static String type(JsonNode node) {
        return switch (node.getNodeType()) {
            case ARRAY -> "list";
            case OBJECT -> "object";
            case STRING -> "string";
            case NUMBER -> "number";
            case BOOLEAN -> "boolean";
            default -> node.getNodeType().toString();
        };
    }

    /// The querier asks when its ports are there, and again after half a minute.
    private static void awaitQuerier() {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(45);
        while (!Netyard.run("show", "json", "s2").out().contains("mld") && System.nanoTime() < deadline) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
        }
    }

    private void runAtDifferentPaces(String file) throws IOException {
        String other = Files.writeString(folder.resolve("other.yaml"), LAB.replace("10.0.0.1..2", "10.0.0.3..4"))
                .toString();
        run("apply", "--confirm-within", "60s", other);
        run("confirm", "json");
        run("apply", file);
        run("restart", "json");
        run("recover");
        run("orphans");
        run("doctor");
        run("doctor --soak", "1s");
        Path state = Path.of("/run/netyard/json/state.json");
        Files.writeString(state, "x", StandardOpenOption.APPEND);
        run("list");
        run("recover", "json");
        Files.delete(state);
        Files.deleteIfExists(Path.of("/run/netyard/json/state.json.1"));
        run("orphans");
        run("recover", "json");
    }

    @Test
    void everyFieldThatIsPrintedIsDocumentedAndTheOtherWayRound() throws IOException {
        String file = Files.writeString(folder.resolve("json.yaml"), LAB).toString();
        String bad = Files.writeString(folder.resolve("bad.yaml"), LAB + "lnks: []\nuplinks: {}\n")
                .toString();
        run("validate", file);
        run("validate", bad);
        run("validate", folder.resolve("nosuch.yaml").toString());
        run("plan", file);
        run("apply", file);
        run("list");
        run("show", "json");
        run("check", "json");
        // No VXLAN, so that the tunnel drops it.
        Tool.in("json.h1", "ip", "address", "add", "192.168.9.7/24", "dev", "eth0");
        Tool.in("json.h1", "bash", "-c", "echo nonsense > /dev/udp/192.168.9.1/4789");
        Tool.in("json.h1", "ip", "link", "set", "eth0", "mtu", "1400");
        Tool.in("json.h2", "ip", "link", "add", "br9", "type", "bridge");
        Tool.in("json.h2", "ip", "link", "set", "eth0", "master", "br9");
        Tool.in("json.s1", "ip", "link", "set", "p1", "nomaster");
        Tool.in("json.s1", "ip", "link", "delete", "p2");
        run("show", "json", "h1");
        Tool.in("json.h3", "sh", "-c", "ping -c1 -W1 10.0.1.4 || true");
        // Alone in its VLAN, so that its frames are dropped.
        Tool.in("json.h4", "sh", "-c", "ping -c1 -W1 10.0.1.3 || true");
        run("show", "json", "s1");
        Tool.in("json.h5", "sh", "-c", "ping -c2 -W1 10.0.2.6 || true");
        run("show", "json", "s5");
        run("show", "json", "s6");
        try (MulticastHost _ = MulticastHost.joining("json.h3", "239.1.2.3")) {
            awaitQuerier();
            run("show", "json", "s2");
        }
        run("show", "json");
        run("plan", "json");
        run("check", "json");
        run("apply", "json");
        run("apply", "json");
        runAtDifferentPaces(file);
        run("destroy", "json");
        run("destroy", "json");
        run("recover", "json");
        documented.forEach((command, fields) ->
                assertThat(seen.get(command)).as("what " + command + " printed").containsAll(fields.keySet()));
    }
}
