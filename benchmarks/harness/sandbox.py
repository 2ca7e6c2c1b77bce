"""Private namespaces in which a contestant runs, and how long what it does there takes."""

import json
import os
import select
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
INSIDE = [sys.executable, str(HERE / "inside.py")]

# No step of any contestant takes this long.
DEADLINE_SECONDS = 1200


class ContestantFailed(Exception):
    """A contestant ended with an error, or did not do what it was to do."""


@dataclass(frozen=True)
class Measured:
    """What a command took. `resident_kib` is that of its largest process."""

    seconds: float
    cpu_seconds: float
    resident_kib: int
    output: str


class Sandbox:
    """A network namespace and a mount namespace with an empty /run. Nothing done there is seen on the machine, and all
    of it goes with the sandbox."""

    def __init__(self, timed, nice=0):
        self.timed = timed
        self.priority = ["nice", "-n", str(nice)] if nice else []

    def __enter__(self):
        setup = "mount -t tmpfs run /run && mkdir /run/netns && ip link set lo up && echo ready && exec cat"
        self.holder = subprocess.Popen(
            ["unshare", "--net", "--mount", "--propagation", "private", "sh", "-c", setup],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        if self.holder.stdout.readline() != "ready\n":
            raise ContestantFailed("no sandbox: making namespaces takes root")
        return self

    def __exit__(self, *_):
        self.holder.stdin.close()
        self.holder.stdout.close()
        self.holder.wait()

    def words(self, command):
        """A command line that runs a command in here."""
        return ["nsenter", f"--target={self.holder.pid}", "--net", "--mount", "--", *map(str, command)]

    def measure(self, command):
        """Runs a command to its end."""
        with tempfile.TemporaryDirectory() as folder:
            result = Path(folder, "result")
            done = subprocess.run(self.words([*self.priority, self.timed, result, *command]), stdin=subprocess.DEVNULL,
                                  capture_output=True, text=True, timeout=DEADLINE_SECONDS)
            if done.returncode:
                raise ContestantFailed(f"{Path(command[0]).name} ended with {done.returncode}: {done.stderr.strip()}")
            found = json.loads(result.read_text())
        return Measured(found["seconds"], found["cpu_seconds"], found["resident_kib"], done.stdout)

    def start(self, command):
        """Starts a command that is talked to in lines."""
        return Talk(self.words([*self.priority, *command]))

    def look(self, places, source, destination):
        """What namespaces hold, and whether `source` reaches an address: see inside.py."""
        question = json.dumps({"places": places, "from": source, "to": destination})
        done = subprocess.run(self.words([*INSIDE, "look"]), input=question, capture_output=True, text=True,
                              timeout=DEADLINE_SECONDS)
        if done.returncode:
            raise ContestantFailed(f"looking at the result failed: {done.stderr.strip()}")
        return json.loads(done.stdout)


class Talk:
    """A program that says `ready`, and then one line for each line it is told."""

    def __init__(self, words):
        self.start = time.monotonic()
        self.errors = tempfile.TemporaryFile("w+")
        self.process = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.errors,
                                        text=True)

    def hear(self):
        """The next line, and the seconds since it was asked for."""
        if not select.select([self.process.stdout], [], [], DEADLINE_SECONDS)[0]:
            self.process.kill()
        line = self.process.stdout.readline()
        seconds = time.monotonic() - self.start
        if not line:
            self.errors.seek(0)
            raise ContestantFailed(f"{self.process.args[-1]} ended: {self.errors.read().strip()[-1000:]}")
        return line.strip(), seconds

    def ask(self, line):
        """Says a line and hears one."""
        self.say(line)
        return self.hear()

    def say(self, line):
        self.start = time.monotonic()
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()

    def end(self):
        """Waits for the end; returns the seconds since something was last said."""
        self.process.stdin.close()
        code = self.process.wait(DEADLINE_SECONDS)
        seconds = time.monotonic() - self.start
        self.process.stdout.close()
        self.errors.close()
        if code:
            raise ContestantFailed(f"{self.process.args[-1]} ended with {code}")
        return seconds

    def peak_kib(self):
        """The most resident memory that the process ever had."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM:"))

    def family_kib(self):
        """The resident memory of the process and its descendants; what they share is counted once."""
        return sum(proportional_kib(pid) for pid in family(self.process.pid))


def family(root):
    """A process and its descendants."""
    parents = {}
    for entry in os.listdir("/proc"):
        if entry.isdigit():
            try:
                stat = Path("/proc", entry, "stat").read_text()
            except OSError:
                continue
            parents.setdefault(int(stat.rpartition(")")[2].split()[1]), []).append(int(entry))
    found = [root]
    for pid in found:
        found += parents.get(pid, [])
    return found


def proportional_kib(pid):
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)


class Afterwards:
    """How long the kernel goes on removing namespaces after a contestant has said that it is done."""

    def __init__(self, sandbox):
        self.talk = sandbox.start([*INSIDE, "wait"])
        self.talk.hear()

    def seconds(self):
        line, _ = self.talk.ask("now")
        self.talk.end()
        return float(line)
