"""The plot of a provisioning run: time to apply by size, both logarithmic, one panel for each topology."""

import math
import statistics

PANEL, HEIGHT, LEFT, TOP, GAP = 260, 330, 60, 60, 40
LABELS = 190
COLOURS = {
    "netyard": "#0b6e4f", "netyard-running": "#4cb38a", "c": "#222222", "c-ipv6": "#8a8a8a", "ip-batch": "#2b6cb0",
    "iproute2": "#7aa6d8", "with-pyroute2": "#c98a00", "mininet": "#b3362c",
}
LINE_HEIGHT = 18


class Scale:
    """Maps values to positions by their logarithm."""

    def __init__(self, low, high, start, end):
        self.low, self.span = math.log10(low), math.log10(high) - math.log10(low) or 1
        self.start, self.length = start, end - start

    def __call__(self, value):
        return self.start + (math.log10(value) - self.low) / self.span * self.length


def text(x, y, words, anchor="start", weight="normal", fill="#333333"):
    return (f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-weight="{weight}" fill="{fill}">{words}</text>')


def line(x1, y1, x2, y2, colour="#e3e3e3"):
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{colour}"/>'


def medians(run, contestant, topology):
    """(size, median) of each size that was measured."""
    points = []
    for name, size in run.columns:
        values = run.values(contestant, (name, size), "apply")
        if name == topology and values:
            points.append((size, statistics.median(values)))
    return points


def grid(y, left, powers):
    for power in powers:
        yield line(left, y(10**power), left + PANEL, y(10**power))


def curve(points, x, y, colour):
    path = " ".join(f"{x(size):.1f},{y(value):.1f}" for size, value in points)
    yield f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>'
    for size, value in points:
        yield f'<circle cx="{x(size):.1f}" cy="{y(value):.1f}" r="3" fill="{colour}"/>'


def panel(run, topology, left, y, powers):
    sizes = sorted({size for name, size in run.columns if name == topology})
    x = Scale(sizes[0], sizes[-1], left + 20, left + PANEL - 20)
    yield text(left + PANEL / 2, TOP - 12, topology, "middle", "bold")
    yield from grid(y, left, powers)
    for size in sizes:
        yield text(x(size), TOP + HEIGHT + 18, f"{size:,}", "middle")
    for contestant, _ in run.contestants:
        points = medians(run, contestant, topology)
        if points:
            yield from curve(points, x, y, COLOURS[contestant])


def legend(run, left):
    for place, (contestant, title) in enumerate(run.contestants):
        y = TOP + 14 + place * LINE_HEIGHT
        yield f'<rect x="{left}" y="{y - 9}" width="12" height="12" fill="{COLOURS[contestant]}"/>'
        yield text(left + 18, y + 1, title.replace("`", ""))


def axis(value):
    return f"{value:g} s" if value >= 1 else f"{value * 1000:g} ms"


def draw(run):
    """The plot as SVG."""
    topologies = list(dict.fromkeys(name for name, _ in run.columns))
    values = [value for contestant, _ in run.contestants for name in topologies
              for _, value in medians(run, contestant, name)]
    powers = range(math.floor(math.log10(min(values))), math.ceil(math.log10(max(values))) + 1)
    y = Scale(10**powers[0], 10**powers[-1], TOP + HEIGHT, TOP)
    width = LEFT + len(topologies) * (PANEL + GAP) + LABELS
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {TOP + HEIGHT + 40}" '
        'font-family="sans-serif" font-size="12">',
        "<title>Time to apply, by number of nodes</title>",
        '<rect width="100%" height="100%" fill="#ffffff"/>',
        text(LEFT, 24, "Time to apply a lab, median, by number of nodes (both scales logarithmic)", weight="bold"),
        *(text(LEFT - 8, y(10**power) + 4, axis(10**power), "end") for power in powers),
    ]
    for place, topology in enumerate(topologies):
        parts += panel(run, topology, LEFT + place * (PANEL + GAP), y, powers)
    parts += legend(run, LEFT + len(topologies) * (PANEL + GAP))
    return "\n".join([*parts, "</svg>"]) + "\n"
