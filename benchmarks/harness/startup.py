"""How long it takes to start the JVM and netyard, in turns."""

import subprocess
from pathlib import Path

from harness.contestants import HOME, java_home

HELLO = 'public class Hello { public static void main(String[] words) { System.out.println("hello"); } }\n'

# Twenty lines.
FILE = """lab: startup
description: Two VLANs over one trunk
vlans: { staff: 10, guests: 20 }
nodes:
  h1..2:
    interfaces:
      eth0: { address: 10.0.10.1..2/24 }
  h3..4:
    interfaces:
      eth0: { address: 10.0.20.3..4/24 }
  s1..2:
    kind: switch
    ports:
      p1: { access: staff }
      p2: { access: guests }
      p9: { trunk: [ staff, guests ] }
links:
  - h1..2:eth0 -- s1..2:p1
  - h3..4:eth0 -- s1..2:p2
  - s1:p9 -- s2:p9
"""

# Two hosts on a switch; {} says who forwards.
SMALL = """lab: small-{0}
nodes:
  h1..2: {{ interfaces: {{ eth0: {{ address: 10.0.0.1..2/24 }} }} }}
  s1: {{ kind: switch, driver: {0} }}
links:
  - h1..2:eth0 -- s1:p1..2
"""
DRIVERS = {"kernel": "the kernel's switch", "user": "a switch in user space: starts a daemon"}


def commands(folder):
    """What is started, by name."""
    java = java_home() / "bin"
    Path(folder, "Hello.java").write_text(HELLO)
    subprocess.run([java / "javac", "-d", folder, Path(folder, "Hello.java")], check=True)
    lab = Path(folder, "startup.yaml")
    lab.write_text(FILE)
    found = {
        "hello-world JVM": [java / "java", "-cp", folder, "Hello"],
        "netyard --version": [HOME / "netyard", "--version"],
        "netyard validate, 20 lines": [HOME / "netyard", "validate", lab],
    }
    for driver, words in DRIVERS.items():
        small = Path(folder, f"small-{driver}.yaml")
        small.write_text(SMALL.format(driver))
        found[f"netyard apply, two hosts and {words}"] = [HOME / "netyard", "apply", small]
        found[f"netyard destroy of that, driver {driver}"] = [HOME / "netyard", "destroy", small]
    return found


def measure(new_sandbox, folder, times, say):
    """Starts each command so many times."""
    runs = []
    with new_sandbox() as sandbox:
        started = commands(folder)
        for number in range(times):
            for what, command in started.items():
                done = sandbox.measure(command)
                runs.append({"what": what, "round": number + 1, "seconds": done.seconds,
                             "cpu_seconds": done.cpu_seconds, "resident_kib": done.resident_kib})
    say(f"started {len(started)} commands {times} times each")
    return runs
