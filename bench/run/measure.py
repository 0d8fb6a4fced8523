#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""What one call costs, haft beside its peers: measure.py [--quick] [--json FILE] [--count [NAMES]] [--rounds N]
                                                        [--filter REGEX] [--source DIR]

Builds the preset `bench` where g++-16 is (scripts/gcc16.sh), checks that all approaches give the same answers, and measures
them in randomly interleaved repetitions. A peer's figure is the better of its two builds, -O2 and -O2 -march=x86-64-v3;
haft's is that of plain -O2.

--quick   fewer repetitions, and no instructions counted
--count   count instructions of these approaches with callgrind (default: haft,glaze), also with --quick
--rounds  how often both programs are run; 0: no times
--filter  only tasks and approaches that match, such as '^arguments.a/(haft|glaze)$'
--source  the checkout of haft whose headers are measured (default: this one)

Exit code 1: the approaches do not agree; 77: g++-16 can't be had here.
"""
import argparse
import json
import os
import platform
import re
import statistics
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BUILD = "build/bench/bench/run"
PROGRAMS = {"bench_run": "-O2", "bench_run_v3": "-O2 -march=x86-64-v3"}
HAFT = "haft"    # haft_… is haft too, used in another way
FLOOR = "floor"  # the tool's body alone
AIMS = {"arguments.a": 0.85, "arguments.b": 0.85, "arguments.c": 0.85, "line.a": 0.5, "line.b": 0.6, "line.c": 0.85,
        "schema.a": 1.0, "schema.b": 1.0, "schema.c": 1.0}
UNAVAILABLE = 77


def in_chroot(*command, **options):
    return subprocess.run([ROOT / "scripts/gcc16.sh", *command], **options)


def why_unavailable():
    """Makes the place with g++-16, if it is not there. None, or the line that says why it can't be."""
    making = subprocess.Popen([ROOT / "scripts/gcc16.sh"], text=True, stderr=subprocess.PIPE)
    line = ""
    for line in making.stderr:
        print(line, end="", file=sys.stderr, flush=True)
    if making.wait() not in (0, UNAVAILABLE):
        sys.exit(making.returncode)
    return line.strip() if making.returncode else None


def output_of(*command):
    return in_chroot(*command, check=True, text=True, stdout=subprocess.PIPE).stdout


def build(source):
    """The programs that this machine can run."""
    jobs = [] if "CMAKE_BUILD_PARALLEL_LEVEL" in os.environ else ["--parallel", str(os.cpu_count())]
    quiet = {"check": True, "stdout": sys.stderr}
    in_chroot("cmake", "--preset", "bench", f"-DHAFT_SOURCE={source}", "--log-level=WARNING", **quiet)
    programs = [name for name in PROGRAMS if name == "bench_run" or has_avx2()]
    in_chroot("cmake", "--build", "--preset", "bench", *jobs, "--target", *programs, **quiet)
    return programs


def about_cpu(key):
    """A line of /proc/cpuinfo; empty if there is none."""
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    return next((line.split(":")[1].strip() for line in lines if line.startswith(key)), "")


def has_avx2():
    wanted = {"avx2", "bmi1", "bmi2", "fma", "movbe", "abm"}
    return platform.machine() == "x86_64" and wanted <= set(about_cpu("flags").split())


def machine():
    return {"cpu": f"{about_cpu('model name') or platform.machine()}, {os.cpu_count()} CPUs",
            "compiler": output_of("g++-16", "--version").splitlines()[0]}


def times(programs, rounds, repetitions, seconds, wanted):
    """{task: {approach: {program: [ns of CPU time]}}}, from rounds that run one program after the other."""
    seen = {}
    for number in range(rounds):
        for program in programs if number % 2 == 0 else reversed(programs):
            text = output_of(f"{BUILD}/{program}", "--benchmark_format=json", f"--benchmark_min_time={seconds}s",
                             f"--benchmark_repetitions={repetitions}", "--benchmark_enable_random_interleaving=true",
                             f"--benchmark_filter={wanted}")
            for run in json.loads(text)["benchmarks"]:
                if run["run_type"] != "iteration":
                    continue
                if run.get("error_occurred"):
                    sys.exit(f"measure: {run['run_name']}: {run['error_message']}")
                task, approach = run["run_name"].split("/")
                seen.setdefault(task, {}).setdefault(approach, {}).setdefault(program, []).append(run["cpu_time"])
        print(f"round {number + 1} of {rounds}", file=sys.stderr)
    return seen


def best_build(approach, by_program):
    """The summary of an approach's better build; haft has only the plain one."""
    if approach.startswith(HAFT):
        by_program = {"bench_run": by_program["bench_run"]}
    program = min(by_program, key=lambda name: statistics.median(by_program[name]))
    ns = by_program[program]
    return {"median": round(statistics.median(ns), 1), "min": round(min(ns), 1), "flags": PROGRAMS[program]}


def instructions(task, approach):
    """Of one call, once the first have warmed everything up. None: this approach does not do the task."""
    def collected(calls):
        done = in_chroot("valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", f"{BUILD}/bench_run", "--calls",
                         str(calls), task, approach, text=True, stderr=subprocess.PIPE)
        found = re.search(r"Collected : (\d+)", done.stderr)
        return int(found[1]) if done.returncode == 0 and found else None
    few, many = collected(100), collected(200)
    return None if few is None or many is None else round((many - few) / 100)


def peers_of(values):
    return [name for name in values if not name.startswith(HAFT)]


def call_figures(seen, counted):
    figures = []
    for task in sorted(set(seen) | set(counted)):
        if task.startswith("schema."):
            continue
        values = {approach: best_build(approach, runs) for approach, runs in sorted(seen.get(task, {}).items())}
        figure = {"name": task, "unit": "ns", "aim": AIMS[task], "haft": HAFT, "values": values}
        if FLOOR in values:
            figure["floor"] = values.pop(FLOOR)
        peers = peers_of(values)
        if peers:
            figure["reference"] = min(peers, key=lambda name: values[name]["median"])
        if task in counted:
            figure["instructions"] = counted[task]
        figures.append(figure)
    return figures


def schema_figures(seen):
    """Bytes, since haft's schema is a constant. What it takes the peers to make theirs stands beside, in ns."""
    sizes = {}
    for line in output_of(f"{BUILD}/bench_run", "--schemas").splitlines():
        task, approach, text = line.split(" ", 2)
        size = len(text.encode())
        approach = "by_hand" if approach == "nlohmann" else approach  # which has none but what somebody writes
        sizes.setdefault(task, {})[approach] = {"median": size, "min": size}
    return [{"name": task, "unit": "bytes", "aim": AIMS[task], "haft": HAFT, "values": dict(sorted(of_task.items())),
             "ns_to_make": {approach: best_build(approach, runs) for approach, runs in sorted(seen.get(task, {}).items())}}
            for task, of_task in sorted(sizes.items())]


def show(figure):
    values, counted, floor = figure["values"], figure.get("instructions", {}), figure.get("floor")
    print(f"\n{figure['name']} ({figure['unit']}): median (min)" + (f", the body alone {floor['median']}" if floor else ""))
    best = min((values[name]["median"] for name in peers_of(values)), default=None)
    for name in sorted(values, key=lambda name: values[name]["median"]) + sorted(counted.keys() - values.keys()):
        cells = [f"  {name:<20}"]
        if name in values:
            value = values[name]
            cells.append(f"{value['median']:>9.5g} ({value['min']:.5g})")
            cells.append(f"x{value['median'] / best:.2f}" if best else "")
            cells.append(value["flags"] if "march" in value.get("flags", "") else "")
        if name in counted:
            cells.append(f"{counted[name]} instructions")
        if name in figure.get("ns_to_make", {}):
            cells.append(f"{figure['ns_to_make'][name]['median']:.5g} ns to make")
        print("  ".join(filter(None, cells)))


def write(path, figures, skipped=(), what=None):
    if path:
        report = {"part": "run", "machine": what or {}, "figures": figures, "skipped": list(skipped)}
        Path(path).write_text(json.dumps(report, indent=1) + "\n")


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--json")
    parser.add_argument("--count", nargs="?", const="haft,glaze")
    parser.add_argument("--rounds", type=int)
    parser.add_argument("--filter", default=".")
    parser.add_argument("--source", default=ROOT)
    options = parser.parse_args()
    source = Path(options.source).resolve()
    if source != ROOT:
        os.environ["HAFT_GCC16_SHOW"] = ":".join(filter(None, [os.environ.get("HAFT_GCC16_SHOW"), str(source)]))

    why = why_unavailable()
    if why:
        write(options.json, [], [{"name": name, "why": why} for name in AIMS])
        sys.exit(UNAVAILABLE)
    programs = build(source)
    for program in programs:
        checked = in_chroot(f"{BUILD}/{program}", "--check", text=True, stdout=subprocess.PIPE)
        if program == programs[0] or checked.returncode:
            print(checked.stdout)
        if checked.returncode:
            sys.exit(f"measure: in {program} not all approaches give the same answers, so there is nothing to compare")

    rounds = options.rounds if options.rounds is not None else 2 if options.quick else 5
    seen = times(programs, rounds, 2 if options.quick else 3, 0.02 if options.quick else 0.05, options.filter)
    names = options.count.split(",") if options.count else [] if options.quick else ["haft", "glaze"]
    counted = {}
    for task in AIMS:
        for approach in names if not task.startswith("schema.") else []:
            if re.search(options.filter, f"{task}/{approach}") and (n := instructions(task, approach)):
                counted.setdefault(task, {})[approach] = n

    figures = call_figures(seen, counted) + (schema_figures(seen) if options.filter == "." else [])
    for figure in figures:
        show(figure)
    write(options.json, figures, what=machine())


if __name__ == "__main__":
    main()
