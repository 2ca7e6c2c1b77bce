"""Two ends with a switch between them, and what is measured there."""

import json
import os
import re
import subprocess
import time
from contextlib import contextmanager
from pathlib import Path

from harness.switches import TAGS, TUNNEL, UNDERLAY, VLAN, VNI, Failed, sh

MACS = {"g1": "02:00:00:00:00:01", "g2": "02:00:00:00:00:02"}
ADDRESSES = {"g1": "10.0.0.1", "g2": "10.0.0.2"}
SMALL, LARGE = 60, 1514
PINGS = 200
STEADY_RATE = 200_000
WARM_UP_SECONDS = 2.0
# The first part of a TCP stream does not count.
SLOW_START_SECONDS = 0.5
GENERATOR_CORE, SWITCH_CORE = 0, 1
NO_OFFLOADS = "tx off txvlan off tso off gso off gro off"
ETHERTYPE = "88b5"  # IEEE 802 local experimental


def frame(source, size=SMALL, vlan=None):
    """A frame from one end to the other in hexadecimal; a tag makes it longer."""
    target = "g2" if source == "g1" else "g1"
    header = (MACS[target] + MACS[source]).replace(":", "")
    tag = "" if vlan is None else f"8100{vlan:04x}"
    return (header + tag + ETHERTYPE).ljust(2 * (size + len(tag) // 2), "0")


def counted(end):
    """Frames that an end received so far."""
    return int(sh(["ip", "netns", "exec", end.upper(), "cat", f"/sys/class/net/{end}/statistics/rx_packets"]))


def busy_seconds():
    """What each core worked since the machine started."""
    busy = []
    for line in Path("/proc/stat").read_text().splitlines():
        if re.match(r"cpu\d", line):
            fields = [int(each) for each in line.split()[1:9]]
            busy.append((sum(fields) - fields[3] - fields[4]) / os.sysconf("SC_CLK_TCK"))
    return busy


class Yard:
    """The two ends, and the cables if the switch wants some."""

    def __init__(self, switch, folder, seconds):
        self.switch, self.folder, self.seconds = switch, folder, seconds
        self.is_tunnel = switch.measures == TUNNEL
        self.vlan = VLAN if switch.measures == TAGS else None

    @contextmanager
    def furnished(self):
        try:
            self.lay_cables()
            self.switch.start(self.folder)
            self.furnish()
            yield self
        finally:
            self.switch.stop()
            sh("for each in br0 vx0 p1 p2 u1; do ip link del $each; done; ip netns del G1; ip netns del G2", check=False)

    def lay_cables(self):
        for space in ("G1", "G2"):
            sh(f"ip netns add {space} && ip netns exec {space} sysctl -qw net.ipv6.conf.default.disable_ipv6=1")
        if self.switch.has_taps:
            return
        self.lay_cable("p1", "g1")
        if self.is_tunnel:
            self.lay_cable("u1", "u2")
            sh(f"ip address add {UNDERLAY['u1']}/24 dev u1 && ip -n G2 address add {UNDERLAY['u2']}/24 dev u2 && "
               f"ip -n G2 link set u2 up && ip -n G2 link add name g2 type vxlan id {VNI} dstport 4789 "
               f"local {UNDERLAY['u2']} remote {UNDERLAY['u1']} dev u2 && ip -n G1 link set g1 mtu 1450")
            # Nobody completes the checksums of what is in a tunnel over veth.
            sh("ip netns exec G2 ethtool -K g2 tx off")
        else:
            self.lay_cable("p2", "g2")

    @staticmethod
    def lay_cable(near, far):
        sh(f"ip link add name {near} type veth peer name {far} netns G{far[-1]} && ip link set {near} up")

    def furnish(self):
        for end, address in ADDRESSES.items():
            space = f"ip -n {end.upper()}"
            sh(f"{space} link set {end} address {MACS[end]} up && {space} address add {address}/24 dev {end}")
            if not self.switch.offloads:
                sh(f"ip netns exec {end.upper()} ethtool -K {end} tx off txvlan off")
        for _ in range(50):
            if self.passes():
                return
            time.sleep(0.1)
        raise Failed(f"{self.switch.name} passes no frames")

    def passes(self):
        """Whether frames arrive; the switch has learned both ends then."""
        if self.vlan is None:
            return " 0% packet loss" in sh("ip netns exec G2 ping -c 1 -W 1 10.0.0.1", check=False)
        self.send("g2", 0.01, vlan=self.vlan)
        return self.send("g1", 0.01)["received"] > 0 and self.send("g2", 0.01, vlan=self.vlan)["received"] > 0

    def measure(self, wanted):
        """The measures of the switch that are wanted, by name."""
        if self.switch.warms_up:
            self.send("g1", WARM_UP_SECONDS)
            self.send("g2", WARM_UP_SECONDS / 4, vlan=self.vlan)
        return {name: getattr(self, name)() for name in self.switch.measures if name in wanted}

    # Measures.

    def one_way(self):
        return self.send("g1", self.seconds)

    def large(self):
        return self.send("g1", self.seconds * 2 / 3, size=LARGE)

    def both_ways(self):
        return self.run(["g1", "g2"], self.seconds)

    push = one_way
    encapsulate = one_way

    def pop(self):
        return self.send("g2", self.seconds, vlan=self.vlan)

    def decapsulate(self):
        return self.send("g2", self.seconds)

    def steady(self):
        """A load that every switch can take, and pings beside it."""
        load = self.generator("g1", 0.4 + PINGS * 0.005, SMALL, None, GENERATOR_CORE, STEADY_RATE)
        cpu, start = self.switch.cpu_seconds(), time.monotonic()
        result = self.round_trip()
        if cpu is not None:
            result["cpu"] = (self.switch.cpu_seconds() - cpu) / (time.monotonic() - start)
        load.communicate(timeout=30)
        return result

    def round_trip(self):
        """Round trips of ping in seconds."""
        said = sh(f"ip netns exec G2 ping -c {PINGS} -i 0.005 10.0.0.1")
        times = sorted(float(each) / 1000 for each in re.findall(r"time=([0-9.]+) ms", said))
        return {"median": times[len(times) // 2], "most": times[len(times) * 99 // 100], "lost": PINGS - len(times)}

    def tcp(self):
        return self.stream() if self.switch.offloads else None

    def tcp_plain(self):
        for end in ADDRESSES:
            sh(f"ip netns exec {end.upper()} ethtool -K {end} {NO_OFFLOADS}", check=False)
        return self.stream()

    # What measures are made of.

    def generator(self, end, seconds, size, vlan, core, rate=0):
        command = ["ip", "netns", "exec", end.upper(), "taskset", "-c", str(core), str(self.folder / "generator"), end,
                   str(seconds), frame(end, size, vlan), str(rate)]
        return subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True)

    def send(self, end, seconds, size=SMALL, vlan=None):
        return self.run([end], seconds, size, vlan)

    def run(self, ends, seconds, size=SMALL, vlan=None):
        """Frames a second that arrive and that were offered, how busy each core was, what the switch took for a frame.
        One generator leaves the other core to the switch; two share both with it."""
        receivers = ["g2" if end == "g1" else "g1" for end in ends]
        self.switch.run_on({SWITCH_CORE} if len(ends) == 1 else {GENERATOR_CORE, SWITCH_CORE})
        before, cpu = [counted(each) for each in receivers], self.switch.cpu_seconds()
        busy, start = busy_seconds(), time.monotonic()
        generators = [self.generator(end, seconds, size, vlan, core) for core, end in enumerate(ends)]
        said = [each.communicate(timeout=seconds + 30)[0].split() for each in generators]
        elapsed = time.monotonic() - start
        cores = [(now - then) / elapsed for now, then in zip(busy_seconds(), busy)]
        time.sleep(0.05)
        took = max(float(each[1]) for each in said)
        arrived = sum(counted(each) for each in receivers) - sum(before)
        result = {"received": arrived / took, "offered": sum(int(each[0]) for each in said) / took, "cores": cores}
        if cpu is not None and arrived:
            result["cpu_per_frame"] = (self.switch.cpu_seconds() - cpu) / arrived
        self.switch.run_on({GENERATOR_CORE, SWITCH_CORE})
        return result

    def stream(self):
        """Bits a second of one TCP stream; 0 if none comes about."""
        server = subprocess.Popen(["ip", "netns", "exec", "G2", "iperf3", "-s", "-1"], stdin=subprocess.DEVNULL,
                                  stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(0.2)
        try:
            seconds = max(1, round(self.seconds))
            said = sh(f"ip netns exec G1 iperf3 -J -c 10.0.0.2 -t {seconds} -O {SLOW_START_SECONDS} --connect-timeout 1500",
                      check=False, seconds=seconds + 8)
            return json.loads(said)["end"]["sum_received"]["bits_per_second"]
        except (KeyError, json.JSONDecodeError):
            return 0
        finally:
            server.kill()
            server.wait()
