"""The switches that `forwarding` measures: what starts them between two ends, and what ends them."""

import os
import shutil
import subprocess
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent
JAVA = f'. "{HERE.parent}/.mvn/find-jdk.sh"; netyard_find_jdk || exit 69; exec "$JAVA_HOME/bin/java" "$@"'
OVS_SCHEMA = "/usr/share/openvswitch/vswitch.ovsschema"
STEP_SECONDS = 20
VLAN = 10
VNI = 5000
UNDERLAY = {"u1": "10.9.0.1", "u2": "10.9.0.2"}

FRAMES = ("round_trip", "one_way", "large", "both_ways", "steady", "tcp", "tcp_plain")
TAGS = ("push", "pop")
TUNNEL = ("round_trip", "encapsulate", "decapsulate", "tcp")


class Unavailable(Exception):
    """This machine lacks what a switch needs."""


class Failed(Exception):
    """A command ended with an error."""


def sh(command, check=True, seconds=STEP_SECONDS, env=None):
    """Runs a command to its end and returns what it said."""
    try:
        done = subprocess.run(command, shell=isinstance(command, str), text=True, stdin=subprocess.DEVNULL, env=env,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=seconds)
    except subprocess.TimeoutExpired:
        if check:
            raise Failed(f"{command}: not done after {seconds} s") from None
        return ""
    if check and done.returncode != 0:
        raise Failed(f"{command}: {done.stdout.strip()[-500:]}")
    return done.stdout


def wait_for(what, is_there):
    for _ in range(STEP_SECONDS * 100):
        if is_there():
            return
        time.sleep(0.01)
    raise Failed(f"{what} did not appear")


class Switch:
    """Something that passes frames between p1 and p2, between TAP devices of its own, or between p1 and a tunnel."""

    measures = FRAMES
    has_taps = False
    # Whether the ends may leave checksums and segments to others.
    offloads = True
    warms_up = False
    needs = ()

    def __init__(self, name, title):
        self.name, self.title = name, title
        self.processes = []

    def look(self):
        """Whether this machine can run it."""
        for program in self.needs:
            if not shutil.which(program):
                raise Unavailable(f"{program} is not installed")

    def spawn(self, command, **how):
        process = subprocess.Popen([str(word) for word in command], stdin=subprocess.PIPE, text=True, **how)
        self.processes.append(process)
        return process

    def spawn_ready(self, command):
        """Starts a program that says `ready`, and lives until its input ends."""
        if self.spawn(command, stdout=subprocess.PIPE).stdout.readline() != "ready\n":
            raise Failed(f"{self.name} did not start")

    def threads(self):
        """All threads of the program that forwards, which was started last."""
        return [int(each) for each in os.listdir(f"/proc/{self.processes[-1].pid}/task")] if self.processes else []

    def run_on(self, cores):
        for thread in self.threads():
            try:
                os.sched_setaffinity(thread, cores)
            except ProcessLookupError:
                pass  # It has ended since.

    def cpu_seconds(self):
        """What its process took so far; nothing for a switch that is part of the kernel."""
        if not self.processes:
            return None
        fields = Path(f"/proc/{self.processes[-1].pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def stop(self):
        for process in reversed(self.processes):
            process.stdin.close()
            process.terminate()
            try:
                process.wait(3)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        self.processes = []


class Bridge(Switch):
    def start(self, folder):
        sh("ip link add name br0 type bridge && ip link set br0 up && ip link set p1 master br0 && ip link set p2 master br0")


class TaggingBridge(Bridge):
    measures = TAGS

    def start(self, folder):
        try:
            sh("ip link add name br0 type bridge vlan_filtering 1 vlan_default_pvid 0")
        except Failed:
            raise Unavailable("this kernel's bridge has no VLAN filtering") from None
        sh("ip link set br0 up && ip link set p1 master br0 && ip link set p2 master br0 && "
           f"bridge vlan add dev p1 vid {VLAN} pvid untagged && bridge vlan add dev p2 vid {VLAN}")


class TunnelBridge(Switch):
    measures = TUNNEL

    def start(self, folder):
        sh(f"ip link add name vx0 type vxlan id {VNI} dstport 4789 local {UNDERLAY['u1']} remote {UNDERLAY['u2']} dev u1 && "
           "ip link set vx0 up && ip link add name br0 type bridge && ip link set br0 up && ip link set p1 master br0 && "
           "ip link set vx0 master br0")


class Forwarder(Switch):
    def start(self, folder):
        self.spawn_ready([folder / "forwarder", "p1", "p2", self.name[2:]])


class OpenVSwitch(Switch):
    """An instance of its own, datapath in user space."""

    needs = ("ovs-vswitchd", "ovsdb-server", "ovsdb-tool", "ovs-vsctl")

    def __init__(self, name, title, config=(), kind="system", measures=FRAMES):
        super().__init__(name, title)
        self.config, self.kind, self.measures = config, kind, measures
        self.offloads = kind != "afxdp"

    def start(self, folder):
        home = folder / f"ovs-{time.monotonic_ns()}"
        home.mkdir()
        environment = dict(os.environ, OVS_RUNDIR=str(home), OVS_LOGDIR=str(home), OVS_DBDIR=str(home))
        socket = f"unix:{home}/db.sock"
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "env": environment}
        sh(["ovsdb-tool", "create", f"{home}/conf.db", OVS_SCHEMA], env=environment)
        self.spawn(["ovsdb-server", f"{home}/conf.db", f"--remote=p{socket}"], **quiet)
        wait_for("db.sock", (home / "db.sock").exists)

        def configure(*words):
            sh(["ovs-vsctl", f"--db={socket}", "--timeout=15", *words], env=environment)

        configure("--no-wait", "init", "--", "set", "Open_vSwitch", ".", "other_config:stats-update-interval=60000",
                  *(f"other_config:{each}" for each in self.config))
        self.spawn(["ovs-vswitchd", socket, "--disable-system"], **quiet)
        tags = self.measures == TAGS
        words = ["add-br", "obr", "--", "set", "bridge", "obr", "datapath_type=netdev"]
        for port, vlans in (("p1", f"tag={VLAN}"), ("p2", f"trunks={VLAN}")):
            words += ["--", "add-port", "obr", port, *([vlans] if tags else []),
                      "--", "set", "interface", port, f"type={self.kind}"]
        configure(*words)


class Vde(Switch):
    has_taps = True
    needs = ("vde_switch",)

    def start(self, folder):
        home = folder / f"vde-{time.monotonic_ns()}"
        self.spawn(["vde_switch", "-s", home, "-tap", "t1", "-tap", "t2"], stdout=subprocess.DEVNULL,
                   stderr=subprocess.DEVNULL)
        wait_for("t2", lambda: "t2:" in sh("ip link show t2", check=False))
        sh("ip link set t1 netns G1 name g1 && ip link set t2 netns G2 name g2")


class Netyard(Switch):
    warms_up = True

    def __init__(self, name, title, ports, measures=FRAMES, offloads=True):
        super().__init__(name, title)
        self.ports, self.measures, self.offloads = ports, measures, offloads
        self.has_taps = ports[0].startswith("tap=")

    def look(self):
        if not (HERE / "target" / "classpath").exists():
            raise Unavailable("it is not built (./mvnw -q -DskipTests -DskipITs package)")

    def start(self, folder):
        classpath = f"{HERE}/target/classes:" + (HERE / "target" / "classpath").read_text()
        self.spawn_ready(["sh", "-c", JAVA, "sh", "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED",
                          "-cp", classpath, "io.netyard.benchmarks.datapath.SwitchMain", *self.ports])


def netyard(kind, title):
    return Netyard(f"netyard-{kind}", f"Netyard, {title}", [f"{kind}=p1", f"{kind}=p2"],
                   offloads=not kind.startswith("xdp"))


def netyard_tags(kind, title):
    ports = [f"{kind}=p1,access,{VLAN}", f"{kind}=p2,trunk,{VLAN}"]
    return Netyard(f"netyard-{kind}-vlan", f"Netyard, {title}", ports, TAGS)


PMD = ["pmd-cpu-mask=0x2"]
SWITCHES = [
    Bridge("bridge", "Linux bridge"),
    Forwarder("c-v3", "C forwarder, TPACKET_V3"),
    Forwarder("c-v2", "C forwarder, TPACKET_V2"),
    OpenVSwitch("ovs", "Open vSwitch, packet sockets"),
    OpenVSwitch("ovs-tso", "Open vSwitch, packet sockets, userspace-tso", ["userspace-tso-enable=true"],
                measures=("round_trip", "one_way", "tcp", "tcp_plain")),
    OpenVSwitch("ovs-afxdp", "Open vSwitch, AF_XDP, polling thread", PMD, "afxdp"),
    Vde("vde", "vde_switch, TAP"),
    netyard("blocks", "packet port, blocks"),
    netyard("immediate", "packet port, immediate"),
    Netyard("netyard-tap", "Netyard, TAP port", ["tap=G1/g1", "tap=G2/g2"]),
    netyard("xdp-native", "AF_XDP port, native"),
    netyard("xdp-generic", "AF_XDP port, generic"),
    TaggingBridge("bridge-vlan", "Linux bridge"),
    OpenVSwitch("ovs-vlan", "Open vSwitch, packet sockets", measures=TAGS),
    OpenVSwitch("ovs-afxdp-vlan", "Open vSwitch, AF_XDP, polling thread", PMD, "afxdp", TAGS),
    netyard_tags("blocks", "packet port, blocks"),
    netyard_tags("immediate", "packet port, immediate"),
    TunnelBridge("bridge-vxlan", "Linux bridge and vxlan"),
    Netyard("netyard-vxlan", "Netyard, packet port in blocks and UDP socket",
            ["blocks=p1", f"vxlan=u1,{UNDERLAY['u1']},{UNDERLAY['u2']},{VNI}"], TUNNEL),
]
