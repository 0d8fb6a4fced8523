#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Shows what the parts of the benchmark have measured: report.py [--plots DIR] [--json FILE] FILE...

Prints a table, what was skipped and why, and last a line `ratio NAME VALUE` for each figure: haft divided by the
reference, or haft's own value where a figure has none.
"""
import sys
sys.dont_write_bytecode = True

import argparse
import json
import os
from pathlib import Path

sys.path[1:1] = [str(Path(__file__).resolve().parent.parent / "support")]
import plot
from figures import machine_of, met, ratio, reference_of, rises
from numbers_shown import with_unit


def aim_in_words(figure):
    if figure.get("aim") is None:
        return ""
    sign = ">=" if rises(figure) else "<="
    return f"{sign} {figure['aim']:g}" if reference_of(figure) else f"{sign} {with_unit(figure['aim'], figure['unit'])}"


def others(figure):
    """The values that are neither haft's nor the reference's, best first, and what can't be had for less."""
    rest = [name for name in figure["values"] if name not in (figure["haft"], reference_of(figure))]
    rest.sort(key=lambda name: figure["values"][name]["median"], reverse=rises(figure))
    shown = [(name, figure["values"][name]["median"]) for name in rest]
    if "floor" in figure:
        shown.append(("the tool's body alone", figure["floor"]["median"]))
    return ", ".join(f"{name} {with_unit(value, figure['unit'])}" for name, value in shown)


def row(figure):
    """The cells of one figure's line; the one that is coloured is the ratio."""
    value, reference, unit = ratio(figure), reference_of(figure), figure["unit"]
    mine = figure["values"].get(figure["haft"])
    theirs = figure["values"].get(reference)
    counted = ratio(figure, "instructions") if reference else None
    return [figure["name"], with_unit(mine["median"], unit) if mine else "-",
            f"{reference} {with_unit(theirs['median'], unit)}" if theirs else "",
            f"{value:.2f}" if value is not None and reference else "",
            f"{counted:.2f}" if counted is not None else "", aim_in_words(figure)]


HEAD = ["figure", "haft", "against", "ratio", "by instructions", "aim"]


def table(figures, colours):
    """The lines of the table; below each figure stand its other values."""
    rows = [row(figure) for figure in figures]
    widths = [max(len(cells[i]) for cells in [HEAD] + rows) for i in range(len(HEAD))]

    def line(cells, paint=lambda text: text):
        shown = [cell.rjust(width) if i in (1, 3, 4) else cell.ljust(width)
                 for i, (cell, width) in enumerate(zip(cells, widths))]
        return "  ".join(shown[:5] + [paint(shown[5].rstrip())]).rstrip()

    def verdict(figure):
        good = met(figure)
        if good is None:
            return lambda text: text
        mark, colour = ("met", 32) if good else ("missed", 31)
        return lambda text: f"\033[{colour}m{text} {mark}\033[0m" if colours else f"{text} {mark}"

    out = [f"\033[1m{line(HEAD)}\033[0m" if colours else line(HEAD)]
    for figure, cells in zip(figures, rows):
        out.append(line(cells, verdict(figure)))
        rest = others(figure)
        if rest:
            out.append(f"\033[2m    {rest}\033[0m" if colours else f"    {rest}")
    return out


def ratio_lines(figures):
    shown = [(figure["name"], ratio(figure)) for figure in figures]
    return [f"ratio {name} {value:.4g}" if value < 1e4 else f"ratio {name} {value:.0f}"
            for name, value in shown if value is not None]


def skipped_in(parts):
    """{why: [names]}: what could not be measured, each once."""
    out = {}
    for one in [x for part in parts for x in part.get("skipped", [])]:
        names = out.setdefault(one["why"], [])
        names += [] if one["name"] in names else [one["name"]]
    return out


def report(parts, colours=False):
    figures = [figure for part in parts for figure in part["figures"]]
    machines = dict.fromkeys(x for x in map(machine_of, parts) if x)
    skipped = skipped_in(parts)
    told = [f"skipped {', '.join(names)}: {why}" for why, names in skipped.items()]
    count = f"{len(figures)} figures, {sum(len(names) for names in skipped.values())} skipped"
    return "\n".join([*machines, "", *table(figures, colours), "", *told, count, "", *ratio_lines(figures)]) + "\n"


def main(arguments=None):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", metavar="FILE", type=Path, help="the JSON of a part, or a list of such")
    parser.add_argument("--plots", metavar="DIR", type=Path, help="draw run.svg, compile.svg, stdio.svg, remote.svg and mcp.svg there")
    parser.add_argument("--json", metavar="FILE", type=Path, help="write all parts there as one list")
    options = parser.parse_args(arguments)
    parts = []
    for path in options.files:
        read = json.loads(path.read_text())
        parts += read if isinstance(read, list) else [read]
    if options.json:
        options.json.write_text(json.dumps(parts, indent=1) + "\n")
    if options.plots:
        plot.write(parts, options.plots)
    sys.stdout.write(report(parts, sys.stdout.isatty() and "NO_COLOR" not in os.environ))
    return 0


if __name__ == "__main__":
    sys.exit(main())
