"""What Netyard aims at, and how far it is."""

import statistics


def median(run, contestant, column, key):
    values = run.values(contestant, column, key)
    return statistics.median(values) if values else None


def started(run, what):
    values = [each["seconds"] for each in run.results["startup"] if each["what"] == what]
    return statistics.median(values) if values else None


def ratio(ours, theirs):
    return ours / theirs if ours and theirs else None


def measured(run):
    """(goal, limit, whether it is a ratio, median)."""
    small, large = ("star", 200), ("star", 1000)
    c_small = median(run, "c", small, "apply")
    hello = started(run, "hello-world JVM")
    version = started(run, "netyard --version")
    whole = median(run, "netyard", small, "apply")
    return [
        ("star of 200, whole process", 0.45, False, whole),
        ("the same, × the C program", 2.6, True, ratio(whole, c_small)),
        ("star of 200, in a running JVM, × the C program", 1.2, True,
         ratio(median(run, "netyard-running", small, "apply"), c_small)),
        ("star of 1,000, whole process, × the C program", 1.0, True,
         ratio(median(run, "netyard", large, "apply"), median(run, "c", large, "apply"))),
        ("star of 1,000, × the C program whose ports speak IPv6", 1.0, True,
         ratio(median(run, "netyard", large, "apply"), median(run, "c-ipv6", large, "apply"))),
        ("star of 1,000, apply with nothing to do, whole process", 0.5, False, median(run, "netyard", large, "again")),
        ("star of 1,000, destroy, whole process", 0.6, False, median(run, "netyard", large, "destroy")),
        ("`netyard --version`", 0.1, False, version),
        ("the same, × a hello-world JVM", 2.2, True, ratio(version, hello)),
        ("`netyard validate` of 20 lines", 0.2, False, started(run, "netyard validate, 20 lines")),
    ]


def table(run, seconds):
    """One row for each goal that the run has figures for."""
    lines = ["| goal | at most | median | |", "|---|---:|---:|---|"]
    for what, limit, is_ratio, value in measured(run):
        if value is not None:
            shown = [f"{each:.2f} ×" if is_ratio else seconds(each) for each in (limit, value)]
            lines.append(f"| {what} | {shown[0]} | {shown[1]} | {'met' if value <= limit else 'missed'} |")
    return "\n".join(lines)
