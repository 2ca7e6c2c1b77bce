package io.netyard.netlink.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import io.netyard.linux.Errno;
import io.netyard.netlink.message.Attribute;
import io.netyard.netlink.message.AttributeSet;
import io.netyard.netlink.message.Netlink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// All numbers that are written down here, against those that a C compiler finds in the installed kernel
/// headers. What these headers are too old for is printed, and passed over.
class KernelHeadersTest {
    private static final List<String> HEADERS = List.of(
            "linux/if_link.h",
            "linux/if_tunnel.h",
            "linux/if_bridge.h",
            "linux/if_addr.h",
            "linux/if.h",
            "linux/neighbour.h",
            "linux/net_namespace.h",
            "linux/netlink.h",
            "linux/rtnetlink.h",
            "linux/veth.h",
            "asm-generic/errno-base.h",
            "asm-generic/errno.h");

    private static final Pattern WORD = Pattern.compile("\\w+");

    @TempDir
    Path folder = Path.of("");

    @Test
    @Timeout(60)
    void everyNumberIsTheKernels() throws IOException, InterruptedException {
        Map<String, Integer> ours = numbers();
        TreeSet<String> declared = wordsOfHeaders();
        TreeSet<String> newer = new TreeSet<>(ours.keySet());
        newer.removeAll(declared);
        ours.keySet().retainAll(declared);
        System.out.println("KernelHeadersTest: " + ours.size() + " numbers compared; not in these headers: " + newer);
        assertThat(ours).hasSizeGreaterThan(250);
        assertThat(newer).as("a name that no header has is a slip of the pen").hasSizeLessThan(20);
        assertThat(ours).isEqualTo(compiled(ours.keySet()));
    }

    private static TreeSet<String> wordsOfHeaders() throws IOException {
        TreeSet<String> words = new TreeSet<>();
        for (String header : HEADERS) {
            Path file = Path.of("/usr/include", header);
            if (!Files.isReadable(file)) {
                abort(file + " is not there: the numbers are not compared (package linux-libc-dev)");
            }
            WORD.matcher(Files.readString(file)).results().forEach(word -> words.add(word.group()));
        }
        return words;
    }

    /// The values of these names, from a program that prints them.
    private Map<String, Integer> compiled(Iterable<String> names) throws IOException, InterruptedException {
        StringBuilder program = new StringBuilder("#include <stdio.h>\n#include <sys/socket.h>\n");
        HEADERS.forEach(header -> program.append("#include <").append(header).append(">\n"));
        program.append("int main(void) {\n");
        names.forEach(name -> program.append("printf(\"%s %%d\\n\", (int) %s);\n".formatted(name, name)));
        Files.writeString(folder.resolve("numbers.c"), program.append("return 0; }\n"));
        if (Path.of("/usr/bin/cc").toFile().canExecute()) {
            run(
                    "/usr/bin/cc",
                    "-o",
                    folder.resolve("numbers").toString(),
                    folder.resolve("numbers.c").toString());
        } else {
            abort("/usr/bin/cc is not there: the numbers are not compared");
        }
        Map<String, Integer> values = new TreeMap<>();
        for (String line : run(folder.resolve("numbers").toString()).split("\n")) {
            values.put(line.substring(0, line.indexOf(' ')), Integer.parseInt(line.substring(line.indexOf(' ') + 1)));
        }
        return values;
    }

    private static String run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String out = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(out).isZero();
        return out;
    }

    private static Map<String, Integer> numbers() {
        Map<String, Integer> numbers = new TreeMap<>();
        add(numbers, "IFLA_", LinkAttributes.SET);
        add(numbers, "IFLA_INFO_", LinkInfo.SET);
        add(numbers, "IFLA_BR_", Bridge.SET);
        add(numbers, "IFLA_BRPORT_", BridgePort.SET);
        add(numbers, "IFLA_BRIDGE_", BridgeVlan.SET);
        add(numbers, "IFLA_VLAN_", Vlan.SET);
        add(numbers, "IFLA_MACVLAN_", Macvlan.SET);
        add(numbers, "IFLA_IPVLAN_", Ipvlan.SET);
        add(numbers, "IFLA_VXLAN_", Vxlan.SET);
        add(numbers, "IFLA_GRE_", Gretap.SET);
        add(numbers, "VETH_INFO_", Veth.SET);
        add(numbers, "IFA_", Address.SET);
        add(numbers, "RTA_", Route.SET);
        add(numbers, "RTAX_", Route.METRICS);
        add(numbers, "NDA_", Neighbor.SET);
        add(numbers, "MDBA_", MulticastDatabase.SET);
        add(numbers, "MDBA_MDB_", MulticastDatabase.ENTRIES);
        add(numbers, "MDBA_MDB_ENTRY_", MulticastDatabase.ENTRY);
        add(numbers, "MDBA_MDB_EATTR_", MulticastDatabase.ENTRY_EXTRA);
        add(numbers, "MDBA_ROUTER_", MulticastDatabase.ROUTERS);
        add(numbers, "MDBA_ROUTER_PATTR_", MulticastDatabase.ROUTER_EXTRA);
        add(numbers, "NETNSA_", NamespaceId.SET);
        for (Errno errno : Errno.values()) {
            if (errno != Errno.UNKNOWN) {
                numbers.put(errno.name(), errno.number());
            }
        }
        for (MacvlanMode mode : MacvlanMode.values()) {
            numbers.put("MACVLAN_MODE_" + mode.name(), mode.number());
        }
        for (IpvlanMode mode : IpvlanMode.values()) {
            numbers.put("IPVLAN_MODE_" + mode.name(), mode.number());
        }
        for (RouteType type : RouteType.values()) {
            numbers.put("RTN_" + type.name(), type.number());
        }
        numbers.keySet().removeIf(name -> name.endsWith("_UNKNOWN"));
        constants(numbers);
        return numbers;
    }

    private static void add(Map<String, Integer> numbers, String prefix, AttributeSet set) {
        for (Attribute<?> attribute : set.all()) {
            numbers.put(prefix + attribute.name().toUpperCase(Locale.ROOT).replace('-', '_'), attribute.number());
        }
    }

    private static void constants(Map<String, Integer> numbers) {
        numbers.putAll(Map.of(
                "RTM_NEWLINK", Types.NEW_LINK,
                "RTM_DELLINK", Types.DELETE_LINK,
                "RTM_GETLINK", Types.GET_LINK,
                "RTM_SETLINK", Types.SET_LINK,
                "RTM_NEWADDR", Types.NEW_ADDRESS,
                "RTM_DELADDR", Types.DELETE_ADDRESS,
                "RTM_GETADDR", Types.GET_ADDRESS,
                "RTEXT_FILTER_BRVLAN_COMPRESSED", Types.BRIDGE_VLANS,
                "RTEXT_FILTER_SKIP_STATS", Types.SKIP_STATS));
        numbers.putAll(Map.of(
                "RTM_NEWROUTE", Types.NEW_ROUTE,
                "RTM_DELROUTE", Types.DELETE_ROUTE,
                "RTM_GETROUTE", Types.GET_ROUTE,
                "RTM_NEWNEIGH", Types.NEW_NEIGHBOR,
                "RTM_DELNEIGH", Types.DELETE_NEIGHBOR,
                "RTM_GETNEIGH", Types.GET_NEIGHBOR,
                "RTM_NEWMDB", Types.NEW_MDB,
                "RTM_GETMDB", Types.GET_MDB,
                "RTM_NEWNSID", Types.NEW_NAMESPACE_ID,
                "RTM_GETNSID", Types.GET_NAMESPACE_ID));
        numbers.putAll(Map.of(
                "IFF_UP", Link.UP,
                "IFF_RUNNING", Link.RUNNING,
                "IFF_LOWER_UP", Link.LOWER_UP,
                "IFA_F_NODAD", Address.NODAD,
                "IFA_F_TENTATIVE", Address.TENTATIVE,
                "IFA_F_PERMANENT", Address.PERMANENT,
                "IFA_F_NOPREFIXROUTE", Address.NO_PREFIX_ROUTE));
        numbers.putAll(Map.of(
                "NUD_FAILED", Neighbor.FAILED,
                "NUD_NOARP", Neighbor.NOARP,
                "NUD_PERMANENT", Neighbor.PERMANENT,
                "NTF_SELF", Neighbor.SELF,
                "NTF_MASTER", Neighbor.MASTER,
                "RT_TABLE_MAIN", Route.MAIN_TABLE,
                "RTPROT_STATIC", Route.STATIC,
                "RT_SCOPE_LINK", Route.SCOPE_LINK,
                "RTNH_F_ONLINK", Route.NextHop.ONLINK));
        numbers.putAll(Map.of(
                "NLMSG_NOOP", Netlink.NOOP,
                "NLMSG_ERROR", Netlink.ERROR,
                "NLMSG_DONE", Netlink.DONE,
                "NLMSG_MIN_TYPE", Netlink.MIN_TYPE,
                "NLM_F_DUMP_INTR", Netlink.F_DUMP_INTR,
                "NLM_F_CAPPED", Netlink.F_CAPPED,
                "NLM_F_ACK_TLVS", Netlink.F_ACK_TLVS,
                "NLM_F_DUMP", Netlink.F_DUMP));
        numbers.putAll(Map.of(
                "NLM_F_REQUEST", Netlink.F_REQUEST,
                "NLM_F_ACK", Netlink.F_ACK,
                "NLM_F_ECHO", Netlink.F_ECHO,
                "NLM_F_REPLACE", Netlink.F_REPLACE,
                "NLM_F_EXCL", Netlink.F_EXCL,
                "NLM_F_CREATE", Netlink.F_CREATE,
                "NLM_F_APPEND", Netlink.F_APPEND));
        groups(numbers, RouteGroup.LINKS, "RTNLGRP_LINK");
        groups(numbers, RouteGroup.NEIGHBORS, "RTNLGRP_NEIGH");
        groups(numbers, RouteGroup.ADDRESSES, "RTNLGRP_IPV4_IFADDR", "RTNLGRP_IPV6_IFADDR");
        groups(numbers, RouteGroup.ROUTES, "RTNLGRP_IPV4_ROUTE", "RTNLGRP_IPV6_ROUTE");
    }

    private static void groups(Map<String, Integer> numbers, RouteGroup group, String... names) {
        for (int at = 0; at < names.length; at++) {
            numbers.put(names[at], group.numbers()[at]);
        }
    }
}
