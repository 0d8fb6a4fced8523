# SPDX-License-Identifier: BSL-1.0
"""What the parts of the benchmark hand to the report: figures, and what could not be measured.

A part is one JSON file:

    {"part": "compile", "machine": {"cpu": "...", "compiler": "..."},
     "figures": [{"name": "compile.tool_hpp", "unit": "s", "aim": 0.7, "haft": "haft", "reference": "nlohmann",
                  "values": {"haft": {"median": 0.6, "min": 0.5}, "nlohmann": {"median": 1.4, "min": 1.3}},
                  "instructions": {"haft": 1324}}],
     "skipped": [{"name": "...", "why": "..."}]}

`aim` bounds haft's value divided by that of `reference`: from above, or from below where "higher_is_better" is true.
Without "reference" it is the best value whose name does not begin with haft; where it is null, haft's value itself is
meant, in its unit.
"""
import json
import os
import platform
import statistics
import sys
from pathlib import Path

HAFT = "haft"
BEST = object()   # the reference that is looked for among the others


def spread(samples):
    """What a figure says of the samples of one approach."""
    return {"median": statistics.median(samples), "min": min(samples), "max": max(samples)}


def figure(name, unit, values, aim=None, reference=BEST, **more):
    made = {"name": name, "unit": unit, "aim": aim, "haft": HAFT, "values": values, **more}
    if reference is not BEST:
        made["reference"] = reference
    return made


def rises(figure):
    return figure.get("higher_is_better", False)


def reference_of(figure):
    """The name of the value that haft's is divided by; None where it stands for itself or there is no other."""
    if "reference" in figure:
        return figure["reference"]
    others = [name for name in figure["values"] if not name.startswith(HAFT)]
    best = max if rises(figure) else min
    return best(others, key=lambda name: figure["values"][name]["median"], default=None)


def ratio(figure, key="values"):
    """What the aim is compared with; None where haft or the reference has no value."""
    take = (lambda x: x["median"]) if key == "values" else (lambda x: x)
    mine, name = figure.get(key, {}).get(figure["haft"]), reference_of(figure)
    if mine is None or name is None:
        return mine and take(mine)
    theirs = figure.get(key, {}).get(name)
    return take(mine) / take(theirs) if theirs and take(theirs) else None


def met(figure):
    """Whether the aim is met; None where there is no aim or nothing to compare."""
    value = ratio(figure)
    if value is None or figure.get("aim") is None:
        return None
    return value >= figure["aim"] if rises(figure) else value <= figure["aim"]


def cpu():
    try:
        lines = Path("/proc/cpuinfo").read_text().split("\n")
        model = next(line.split(":", 1)[1].strip() for line in lines if line.startswith("model name"))
    except (OSError, StopIteration):
        model = platform.machine()
    return f"{model}, {os.cpu_count()} CPUs"


def machine_of(part):
    """What a part was measured on, in one line; empty if it measured nothing."""
    return "; ".join(x for x in (part.get("machine", {}).get(key) for key in ("cpu", "compiler")) if x)


def write_part(path, part, compiler, figures, skipped):
    """Writes the JSON of one part; without a path to standard output."""
    made = {"part": part, "machine": {"cpu": cpu(), "compiler": compiler}, "figures": figures, "skipped": skipped}
    text = json.dumps(made, indent=1) + "\n"
    if path:
        Path(path).write_text(text)
    else:
        sys.stdout.write(text)


def progress(text=""):
    """One line on a terminal, rewritten each time; without a text it goes away."""
    if sys.stderr.isatty():
        sys.stderr.write("\r\033[K" + text[:110])
        sys.stderr.flush()
