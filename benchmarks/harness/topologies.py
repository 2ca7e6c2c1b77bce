"""The topologies of the provisioning run, as a topology file of Netyard and as plain lines for the others.

By hand: `python3 -m harness.topologies star 200` in benchmarks/ prints the topology file.
"""

import sys
from dataclasses import dataclass

BRIDGE = "br0"

# Hosts to a block: the range in `10.0.4.1..250/16` stays within one byte.
BLOCK = 250

# Children of a node of the tree.
FANOUT = 4


@dataclass(frozen=True)
class Link:
    """A veth pair. `a` is always a switch."""

    a: str
    a_port: str
    b: str
    b_port: str


@dataclass(frozen=True)
class Lab:
    """A lab with switches `s1..` and hosts `h1..`; links stand in the order of their first switch."""

    name: str
    switches: int
    hosts: int
    links: tuple
    cables: tuple  # the same in the words of the topology file

    @property
    def nodes(self):
        return self.switches + self.hosts

    def address(self, host):
        """The address of a host, counted from 1."""
        block, place = divmod(host - 1, BLOCK)
        return f"10.0.{block}.{place + 1}"

    def interfaces(self):
        """The names of the interfaces that each node must have."""
        found = {f"s{each}": {"lo", BRIDGE} for each in range(1, self.switches + 1)}
        found.update({f"h{each}": {"lo"} for each in range(1, self.hosts + 1)})
        for link in self.links:
            found[link.a].add(link.a_port)
            found[link.b].add(link.b_port)
        return found

    def lines(self):
        """One line for each node and link, easy to read for a program in any language."""
        yield f"lab {self.name}"
        for each in range(1, self.switches + 1):
            yield f"node s{each} switch"
        for each in range(1, self.hosts + 1):
            yield f"node h{each} host {self.address(each)}/16"
        for link in self.links:
            yield f"link {link.a} {link.a_port} {link.b} {link.b_port}"

    def yaml(self):
        """The topology file, with ranges where a person would write them."""
        lines = [f"lab: {self.name}", "nodes:", f"  {span('s', 1, self.switches)}: {{ kind: switch }}"]
        for start in range(1, self.hosts + 1, BLOCK):
            end = min(start + BLOCK - 1, self.hosts)
            addresses = span(self.address(start).rsplit(".", 1)[0] + ".", 1, end - start + 1)
            lines.append(f"  {span('h', start, end)}: {{ interfaces: {{ eth0: {{ address: {addresses}/16 }} }} }}")
        lines.append("links:")
        lines += [f"  - {cable}" for cable in self.cables]
        return "\n".join(lines) + "\n"


def span(prefix, first, last):
    """`h1..4`, or `h1` if that is all."""
    return f"{prefix}{first}" if first == last else f"{prefix}{first}..{last}"


def star(size):
    """`size` hosts on one switch."""
    links = tuple(Link("s1", f"p{each}", f"h{each}", "eth0") for each in range(1, size + 1))
    return Lab("star", 1, size, links, (f"s1:{span('p', 1, size)} -- {span('h', 1, size)}:eth0",))


def linear(size):
    """`size` nodes: a chain of switches, each with one host."""
    count = size // 2
    links = []
    for each in range(1, count + 1):
        links.append(Link(f"s{each}", "p1", f"h{each}", "eth0"))
        if each < count:
            links.append(Link(f"s{each}", "p2", f"s{each + 1}", "p3"))
    cables = [f"{span('s', 1, count)}:p1 -- {span('h', 1, count)}:eth0"]
    if count > 1:
        cables.append(f"{span('s', 1, count - 1)}:p2 -- {span('s', 2, count)}:p3")
    return Lab("linear", count, count, tuple(links), tuple(cables))


def tree(size):
    """`size` nodes: a tree of switches with four children each, hosts as its leaves."""
    switches = (size - 2) // FANOUT + 1
    links = []
    for child in range(2, size + 1):
        parent, port = divmod(child - 2, FANOUT)
        is_switch = child <= switches
        other = (f"s{child}", "p0") if is_switch else (f"h{child - switches}", "eth0")
        links.append(Link(f"s{parent + 1}", f"p{port + 1}", *other))
    cables = tuple(f"{each.a}:{each.a_port} -- {each.b}:{each.b_port}" for each in links)
    return Lab("tree", switches, size - switches, tuple(links), cables)


TOPOLOGIES = {"star": star, "linear": linear, "tree": tree}

if __name__ == "__main__":
    sys.stdout.write(TOPOLOGIES[sys.argv[1]](int(sys.argv[2])).yaml())
