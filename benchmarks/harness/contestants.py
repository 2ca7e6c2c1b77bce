"""The contestants of the provisioning run."""

import contextlib
import json
import shutil
import subprocess
from pathlib import Path

from harness.sandbox import ContestantFailed

HERE = Path(__file__).resolve().parent.parent
HOME = HERE.parent
BUILT = HERE / "target"
DEBIAN_PYTHON = "/usr/bin/python3"

WARM_UP_ROUNDS = 30


def compile_c(source, name):
    """Compiles a C program; returns why that failed, if it did."""
    BUILT.mkdir(exist_ok=True)
    command = ["cc", "-O2", "-std=gnu17", "-Wall", "-Wextra", "-o", str(BUILT / name), str(source)]
    try:
        subprocess.run(command, check=True, capture_output=True, text=True)
    except FileNotFoundError:
        return "there is no C compiler (apt-get install gcc libc6-dev)"
    except subprocess.CalledProcessError as failure:
        return f"{source.name} does not compile: {failure.stderr.strip()}"
    return None


def lacks_module(module, package):
    """Why the Python of the distribution cannot import a module, if it cannot."""
    if not Path(DEBIAN_PYTHON).exists():
        return f"there is no {DEBIAN_PYTHON}"
    code = subprocess.run([DEBIAN_PYTHON, "-c", f"import {module}"], capture_output=True).returncode
    return f"not installed (apt-get install {package})" if code else None


class Command:
    """A contestant whose steps are commands that end."""

    stays = False

    def __init__(self, name, title, apply, destroy, missing=lambda: None):
        self.name, self.title, self.missing = name, title, missing
        self.apply_command, self.destroy_command = apply, destroy

    def prepare(self, new_sandbox):
        """Done once, before all rounds."""
        self.new_sandbox = new_sandbox

    def close(self):
        """Done once, after all rounds."""

    def sandbox(self):
        return self.new_sandbox()

    def apply(self, sandbox, files):
        done = sandbox.measure([*self.apply_command, files.lines])
        return {"apply": done.seconds, "apply_cpu": done.cpu_seconds, "resident_kib": done.resident_kib}

    def apply_again(self, sandbox, files):
        """Only Netyard can."""
        return {}

    def destroy(self, sandbox, files):
        done = sandbox.measure([*self.destroy_command, files.lines])
        return {"destroy": done.seconds, "destroy_cpu": done.cpu_seconds}

    def places(self, lab):
        """Where the namespaces of a lab are."""
        return {node: f"/run/netns/{lab.name}.{node}" for node in lab.interfaces()}

    def expected(self, lab):
        """What each of them must hold."""
        return lab.interfaces()


class Netyard(Command):
    """The `netyard` command, as a whole process."""

    def __init__(self):
        launcher = HOME / "netyard"
        super().__init__("netyard", "Netyard, whole process", [launcher, "apply", "--json"],
                         [launcher, "destroy"])

    def apply(self, sandbox, files):
        done = sandbox.measure([*self.apply_command, files.yaml])
        return {"apply": done.seconds, "apply_cpu": done.cpu_seconds, "resident_kib": done.resident_kib,
                "inside": json.loads(done.output)["milliseconds"] / 1000}

    def apply_again(self, sandbox, files):
        done = sandbox.measure([*self.apply_command, files.yaml])
        return {"again": done.seconds, "again_cpu": done.cpu_seconds,
                "again_inside": json.loads(done.output)["milliseconds"] / 1000}

    def destroy(self, sandbox, files):
        done = sandbox.measure([*self.destroy_command, files.lab.name])
        return {"destroy": done.seconds, "destroy_cpu": done.cpu_seconds}


class RunningJvm(Command):
    """Netyard in a JVM that has done it before: what it costs without starting one."""

    MAIN = "io.netyard.benchmarks.RunningJvm"

    def __init__(self):
        super().__init__("netyard-running", "Netyard, in a running JVM", [], [], self.not_built)

    @staticmethod
    def not_built():
        classes = BUILT / "classes/io/netyard/benchmarks/RunningJvm.class"
        return None if classes.exists() else "not built (./mvnw -q -DskipTests -DskipITs package)"

    def prepare(self, new_sandbox):
        super().prepare(new_sandbox)
        self.stack = contextlib.ExitStack()
        self.own = self.stack.enter_context(new_sandbox())
        distribution = HOME / "cli/target/dist"
        classpath = f"{BUILT / 'classes'}:{(distribution / 'classpath').read_text().strip()}"
        self.talk = self.own.start([
            java_home() / "bin/java", "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED", "-Djna.nounpack=true",
            f"-Djna.boot.library.path={distribution / 'native'}", "-cp", classpath, self.MAIN])
        self.talk.hear()

    def warm_up(self, files):
        for _ in range(WARM_UP_ROUNDS):
            self.step(f"apply {files.yaml}")
            self.step(f"apply {files.yaml}")
            self.step(f"destroy {files.lab.name}")

    def close(self):
        self.talk.end()
        self.stack.close()

    def sandbox(self):
        return contextlib.nullcontext(self.own)

    def step(self, command):
        answer, seconds = self.talk.ask(command)
        if answer != "done":
            raise ContestantFailed(f"{command}: {answer}")
        return seconds

    def apply(self, sandbox, files):
        return {"apply": self.step(f"apply {files.yaml}"), "resident_kib": self.talk.peak_kib()}

    def apply_again(self, sandbox, files):
        return {"again": self.step(f"apply {files.yaml}")}

    def destroy(self, sandbox, files):
        return {"destroy": self.step(f"destroy {files.lab.name}")}


class Mininet(Command):
    """Mininet, a process that stays as long as its lab: see contestants/with-mininet."""

    def __init__(self):
        super().__init__("mininet", "Mininet, LinuxBridge", [HERE / "contestants/with-mininet"], [], self.not_there)

    @staticmethod
    def not_there():
        if not shutil.which("brctl"):
            return "not installed (apt-get install --no-install-recommends mininet bridge-utils net-tools)"
        return lacks_module("mininet.net", "mininet")

    def apply(self, sandbox, files):
        self.talk = sandbox.start([*self.apply_command, files.lines])
        line, seconds = self.talk.hear()
        self.hosts = json.loads(line.partition(" ")[2])
        return {"apply": seconds, "resident_kib": self.talk.family_kib()}

    def destroy(self, sandbox, files):
        self.talk.say("destroy")
        return {"destroy": self.talk.end()}

    def places(self, lab):
        # First, since the one that looks is in another one afterwards.
        return {"": "/proc/self/ns/net", **self.hosts}

    def expected(self, lab):
        expected = {f"h{each}": {"lo"} for each in range(1, lab.hosts + 1)}
        switches = {"lo", *(f"s{each}" for each in range(1, lab.switches + 1))}
        for link in lab.links:
            switches.add(f"{link.a}-{link.a_port}")
            (expected[link.b] if link.b in expected else switches).add(f"{link.b}-{link.b_port}")
        return {**expected, "": switches}


def java_home():
    """The JDK that the launcher takes."""
    find = f". '{HOME}/.mvn/find-jdk.sh' && netyard_find_jdk && echo \"$JAVA_HOME\""
    return Path(subprocess.run(["sh", "-c", find], check=True, capture_output=True, text=True).stdout.strip())


def script(name, title, missing=lambda: None):
    path = HERE / "contestants" / name
    return Command(name, title, [path, "apply"], [path, "destroy"], missing)


def c_program(name, title, *options):
    program = [BUILT / "netlink", *options]
    return Command(name, title, [*program, "apply"], [*program, "destroy"],
                   lambda: compile_c(HERE / "contestants/netlink.c", "netlink"))


def all_contestants():
    """In the order of the tables."""
    return [
        Netyard(),
        RunningJvm(),
        c_program("c", "C program"),
        c_program("c-ipv6", "C program, ports speak IPv6", "--plain"),
        script("ip-batch", "`ip -batch`"),
        script("iproute2", "iproute2 script"),
        script("with-pyroute2", "pyroute2", lambda: lacks_module("pyroute2", "python3-pyroute2")),
        Mininet(),
    ]


