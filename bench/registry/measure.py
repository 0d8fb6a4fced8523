#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Look-up by name and call of a trivial tool, among 10, 1000 and 100000: registry.10, registry.1k, registry.100k.
The hooks of a point, 0, 1 and 8: hooks.0, hooks.1, hooks.8."""
import sys
sys.dont_write_bytecode = True

import argparse
import json
import re
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "support"))
import compilers
from figures import figure, progress, spread, write_part

SIZES = {10: "registry.10", 1000: "registry.1k", 100_000: "registry.100k"}
HOOKS = {0: "hooks.0", 1: "hooks.1", 8: "hooks.8"}


def times(compiler, program, quick):
    """{(approach, size): ns of each repetition}; the benchmarks take turns at random."""
    options = ["--benchmark_enable_random_interleaving=true", f"--benchmark_repetitions={5 if quick else 15}",
               f"--benchmark_min_time={0.05 if quick else 0.2}s", "--benchmark_format=json"]
    out = {}
    for row in json.loads(compiler.succeed([program, *options]).stdout)["benchmarks"]:
        if row["run_type"] != "iteration":
            continue
        if row.get("error_occurred"):
            raise compilers.Failed(f"{row['name']}: {row['error_message']}")
        approach, size = row["run_name"].split("/")[:2]
        out.setdefault((approach, int(size)), []).append(row["cpu_time"])
    return out


def instructions(compiler, program, approach, size):
    """Of one look-up and call: what a thousand more of them cost."""
    counted = []
    for count in (1000, 2000):
        done = compiler.succeed(["valgrind", "--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null",
                                 program, f"--benchmark_filter=^{approach}/{size}$", f"--benchmark_min_time={count}x"])
        counted.append(int(re.search(r"I +refs: +([\d,]+)", done.stderr).group(1).replace(",", "")))
    return round((counted[1] - counted[0]) / 1000)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--json", metavar="FILE", help="where the figures go; standard output without")
    parser.add_argument("--include", type=Path, default=compilers.ROOT / "include", metavar="DIR",
                        help="haft's headers")
    parser.add_argument("--instructions", action="store_true", help="count them, too (a minute: valgrind)")
    options = parser.parse_args()
    compiler, skipped = compilers.newest_available([options.include.resolve()])
    figures = []
    try:
        progress("registry: building")
        program = compiler.build("registry", f"-DHAFT_SOURCE={options.include.resolve().parent}") / "bench_registry"
        progress("registry: measuring")
        measured = times(compiler, program, options.quick)
        for prefix, size, name in [("", *row) for row in SIZES.items()] + [("hooks_", *row) for row in HOOKS.items()]:
            values = {approach.removeprefix(prefix): spread(ns) for (approach, n), ns in measured.items()
                      if n == size and approach.startswith("hooks_") == bool(prefix)}
            counted = {}
            for approach in values if options.instructions else ():
                progress(f"registry: instructions of {approach} among {size}")
                counted[approach] = instructions(compiler, program, prefix + approach, size)
            more = {"instructions": counted} if counted else {}
            aim, reference = (1, "vector_of_functions") if prefix else (1, "boost_unordered_flat_map")
            if name == "hooks.0":
                aim, reference = 5, None
            figures.append(figure(name, "ns", values, aim=aim, reference=reference, **more))
    except compilers.Failed as failed:
        skipped.append({"name": "registry", "why": str(failed)})
    progress()
    write_part(options.json, "registry", compiler.label, figures, skipped)


if __name__ == "__main__":
    main()
