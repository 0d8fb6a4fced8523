#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""What haft costs to compile, and the size of what comes out, against the peers.

    compile.per_tool    CPU ms (user and system) of one further tool: the slope between units of 50 and of 200 tools
    compile.per_tool_of_four   the same of one of four parameters between 1 and 101, in haft's forms: of a function by
                        C++26, against a struct and names beside the function in C++20
    compile.first_tool  CPU s of a unit with one tool
    compile.tool_hpp    CPU s of <haft/tool.hpp> alone, against <nlohmann/json.hpp> alone
    compile.program     CPU s of the README's program, compiled and linked
    compile.program_compiled   the same against haft::compiled, the library of what is large
    size.per_tool       bytes of text and data of one further tool
    size.program        bytes of the README's program, stripped

All at -O2 with g++-16 (scripts/gcc16.sh), in rounds in which the approaches take turns. With this machine's g++ too,
under names that end in its version; without the other, what it can compile is measured with it. Before that, and not
with --quick, a unit of each approach is linked and called: what gives a wrong answer is not measured.
"""
import sys
sys.dont_write_bytecode = True

import argparse
import re
import statistics
import tempfile
from pathlib import Path

import generate

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "support"))
import compilers
from figures import figure, progress, spread, write_part

ROOT = compilers.ROOT
PROGRAM = ROOT / "examples/02_weather/main.cpp"
STANDARD = {"glaze": ["-std=c++23"], "simdjson_reflection": ["-std=c++26", "-freflection"]}
ON_THIS_MACHINE = ["base", "haft", "nlohmann"]   # what haft's own dependencies suffice for
LIBRARIES = {"simdjson": ["-lsimdjson"], "simdjson_reflection": ["-lsimdjson"],
             "reflect_cpp": ["-lreflectcpp", "-lyyjson"]}
SLOW = ["glaze", "reflect_cpp", "simdjson", "simdjson_reflection"]   # minutes for 200 tools: one round
FORMS = {"haft": ["-std=c++26", "-freflection"]}
FORM_COUNTS = [1, 101]
BEFORE = "haft_before"   # the approach haft with the headers of --against


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="units of 1 and 50 tools of haft, nlohmann and base only")
    parser.add_argument("--json", metavar="FILE", help="where the figures go; standard output without")
    parser.add_argument("--figures", default="compile,size", help="of them only these families")
    parser.add_argument("--compiler", choices=["machine", "gcc16", "both"], default="both")
    parser.add_argument("--include", type=Path, default=ROOT / "include", metavar="DIR", help="haft's headers")
    parser.add_argument("--against", type=Path, metavar="DIR", help=f"other headers of haft, measured as {BEFORE}")
    parser.add_argument("--approaches", help=f"of {','.join(generate.APPROACHES)}")
    parser.add_argument("--counts", help="numbers of tools, such as 50,200; the slope is that of the last two")
    parser.add_argument("--rounds", type=int)
    parser.add_argument("--instructions", action="store_true", help="count the compiler's own, too (valgrind, minutes)")
    parser.add_argument("--check", action="store_true", help="only call the tools of each approach, and measure nothing")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="leave sources and objects there")
    options = parser.parse_args()
    options.include = options.include.resolve()
    options.against = options.against and options.against.resolve()
    options.counts = [int(x) for x in (options.counts or ("1,50" if options.quick else "0,1,50,200")).split(",")]
    options.rounds = options.rounds or (2 if options.quick else 3)
    return options


class Job:
    """Something that is compiled again and again."""

    def __init__(self, compiler, key, source, flags, folder, program=False):
        self.compiler, self.key, self.why = compiler, key, ""
        self.source, self.output = Path(source), Path(folder) / ("_".join([compiler.name, *map(str, key)]) + ".o")
        how = ["-s"] if program else ["-c"]
        self.arguments = ["-O2", "-w", *flags, *how, str(self.source), "-o", str(self.output)]
        self.folder, self.program = folder, program
        self.seconds, self.bytes, self.instructions = [], None, None

    def run(self):
        try:
            self.seconds.append(self.compiler.compile(self.arguments, self.folder))
            measure = (lambda x: x.stat().st_size) if self.program else self.compiler.text_and_data
            self.bytes = measure(self.output)
        except compilers.Failed as failed:
            self.why = str(failed)

    def count(self):
        if not self.why:
            self.instructions = self.compiler.count_instructions(self.arguments)


def flags_of(approach, compiler, options, folder):
    standard = STANDARD.get(approach, ["-std=c++20"])
    if approach == "simdjson_reflection":
        mend_simdjson(compiler, folder)
        return standard + ["-I", str(folder)]
    include = options.against if approach == BEFORE else options.include
    return standard + (["-I", str(include)] if approach.startswith("haft") else [])


def mend_simdjson(compiler, folder):
    """simdjson 4.6.11 does not compile an enum with g++ 16: what a template for walks over must be static there."""
    header = compiler.run(["cat", "/usr/include/simdjson.h"]).stdout
    mended = re.sub(r"(?<!static )constexpr auto enumerators = ", "static constexpr auto enumerators = ", header)
    (folder / "simdjson.h").write_text(mended)


def jobs_of(compiler, approaches, counts, options, folder):
    """Key of a job: ("tools", approach, count), ("forms", form, count), ("header", approach) or ("program", approach)."""

    def write(name, text):
        (folder / name).write_text(text)
        return folder / name

    made = []
    for approach in approaches:
        name = "haft" if approach == BEFORE else approach
        made += [Job(compiler, ("tools", approach, count), write(f"{name}_{count}.cpp", generate.generate(name, count)),
                     flags_of(approach, compiler, options, folder), folder) for count in counts]
    if "haft" in approaches and compiler.chroot and "compile" in options.figures:
        made += [Job(compiler, ("forms", form, count), write(f"form_{form}_{count}.cpp", generate.form(form, count)),
                     [*FORMS.get(form, ["-std=c++20"]), "-I", str(options.include)], folder)
                 for form in generate.FORMS for count in FORM_COUNTS]
    headers = {"nlohmann": "nlohmann/json.hpp", "haft": "haft/tool.hpp", BEFORE: "haft/tool.hpp"}
    for approach in [x for x in headers if x in approaches and "compile" in options.figures]:
        source = write(f"header_{approach}.cpp", f"#include <{headers[approach]}>\n")
        made.append(Job(compiler, ("header", approach), source, flags_of(approach, compiler, options, folder), folder))
    for approach in [x for x in ("haft", BEFORE) if x in approaches]:
        flags = flags_of(approach, compiler, options, folder)
        made.append(Job(compiler, ("program", approach), PROGRAM, flags, folder, program=True))
        if approach == "haft":
            made.append(Job(compiler, ("compiled", approach), PROGRAM, [*flags, "-DHAFT_COMPILED"], folder))
    return made


def check(compiler, approach, options, folder):
    """Raises if the tools of an approach do not do what the others do. What writes no JSON can't be asked."""
    name = "haft" if approach == BEFORE else approach
    if name == "base":
        return
    source, program = folder / f"check_{approach}.cpp", folder / f"check_{approach}"
    source.write_text(generate.check(name))
    flags = flags_of(approach, compiler, options, folder)
    compiler.compile(["-O0", "-w", *flags, source, "-o", program, *LIBRARIES.get(approach, [])], folder)
    done = compiler.run([program])
    if done.returncode:
        raise compilers.Failed("wrong answer to " + (done.stdout.strip() or done.stderr.strip()).split("\n")[0])


def right_ones(compiler, suffix, approaches, options, folder):
    """(those whose tools do what they should, what is skipped)."""
    right, skipped = [], []
    for approach in approaches:
        progress(f"compile: {compiler.label}, check of {approach}")
        try:
            check(compiler, approach, options, folder)
            right.append(approach)
        except compilers.Failed as failed:
            skipped.append({"name": f"compile: {approach}{suffix}", "why": str(failed)})
    return right, skipped


def slope(jobs, counts, value):
    """What one more tool adds between the last two counts, or None."""
    few, many = (jobs.get(count) for count in counts[-2:])
    if not few or not many or value(few) is None or value(many) is None:
        return None
    return (value(many) - value(few)) / (counts[-1] - counts[-2])


def figures_of(jobs, options, suffix):
    """The figures of one compiler."""
    jobs = {job.key: job for job in jobs if not job.why}
    approaches = list(dict.fromkeys(key[1] for key in jobs if key[0] != "forms"))
    units = {a: {key[2]: job for key, job in jobs.items() if key[:2] == ("tools", a)} for a in approaches}
    out = []

    def add(name, unit, values, **more):
        values = {approach: value for approach, value in values.items() if value is not None}
        if "haft" in values and name.split(".")[0] in options.figures.split(","):
            out.append(figure(name + suffix, unit, values, **more))

    def per_tool_of(units, counts, samples, scale=1):   # the slope of the medians and that of the least values
        both = {key: slope(units, counts, lambda job: take(samples(job)))
                for key, take in (("median", statistics.median), ("min", min))}
        return None if both["median"] is None else {key: x * scale for key, x in both.items()}

    def per_tool(samples, scale=1):
        return {a: per_tool_of(units[a], options.counts, samples, scale) for a in approaches}

    def alone(kind):
        return {key[1]: spread(job.seconds) for key, job in jobs.items() if key[0] == kind}

    def counted(values):
        values = {a: round(x) for a, x in values.items() if x is not None}
        return {"instructions": values} if values else {}

    if len(options.counts) > 1:
        add("compile.per_tool", "ms", per_tool(lambda job: job.seconds, 1000), aim=0.75, reference="nlohmann",
            tools=options.counts[-2:], seconds={a: {n: round(statistics.median(job.seconds), 3) for n, job in u.items()}
                                                for a, u in units.items() if u},
            **counted({a: slope(units[a], options.counts, lambda job: job.instructions) for a in approaches}))
    forms = {f: {key[2]: job for key, job in jobs.items() if key[:2] == ("forms", f)} for f in generate.FORMS}
    add("compile.per_tool_of_four", "ms", {f: per_tool_of(units, FORM_COUNTS, lambda job: job.seconds, 1000)
                                           for f, units in forms.items()}, aim=1, reference="parameter_struct")
    add("compile.first_tool", "s", {a: spread(u[1].seconds) for a, u in units.items() if 1 in u}, reference="nlohmann",
        **counted({a: u[1].instructions for a, u in units.items() if 1 in u}))
    add("compile.tool_hpp", "s", alone("header"), aim=0.7, reference="nlohmann",
        **counted({key[1]: job.instructions for key, job in jobs.items() if key[0] == "header"}))
    add("compile.program", "s", alone("program"), aim=3, reference=None,
        **counted({key[1]: job.instructions for key, job in jobs.items() if key[0] == "program"}))
    add("compile.program_compiled", "s", alone("compiled"), aim=3, reference=None)
    if len(options.counts) > 1:
        add("size.per_tool", "bytes", per_tool(lambda job: [job.bytes]), aim=1536, reference=None)
    add("size.program", "bytes", {key[1]: spread([job.bytes]) for key, job in jobs.items() if key[0] == "program"},
        aim=400 * 1024, reference=None)
    return out


def main():
    options = arguments()
    skipped, newest = [], None
    if options.compiler != "machine":
        newest, why = compilers.gcc16([options.include, options.against])
        if not newest:
            skipped.append({"name": "g++-16", "why": why})
    chosen = [(newest, "", ON_THIS_MACHINE if options.quick else generate.APPROACHES, options.counts)] if newest else []
    if options.compiler != "gcc16":
        machine = compilers.of_this_machine()
        counts = [] if newest and options.quick else options.counts
        chosen.append((machine, "." + machine.name, ON_THIS_MACHINE, counts))

    with tempfile.TemporaryDirectory(prefix="compile-", dir=compilers.place()) as temporary:
        folder = options.keep.resolve() if options.keep else Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        all_jobs = []
        for compiler, suffix, approaches, counts in chosen:
            wanted = options.approaches.split(",") if options.approaches else approaches
            wanted = [a for a in wanted if a in approaches] + [BEFORE] * bool(options.against)
            if options.check or not options.quick:
                wanted, wrong = right_ones(compiler, suffix, wanted, options, folder)
                skipped += wrong
            all_jobs.append((suffix, jobs_of(compiler, wanted, counts, options, folder)))
        if options.check:
            progress()
            sys.exit("\n".join(f"{x['name']}: {x['why']}" for x in skipped) or 0)
        for number in range(options.rounds):
            for suffix, jobs in all_jobs:
                for job in jobs:
                    if not job.why and (number == 0 or job.key[1] not in SLOW):
                        progress(f"compile, round {number + 1} of {options.rounds}: {job.compiler.label}, "
                                 f"{' '.join(str(x) for x in job.key)}")
                        job.run()
        if options.instructions:
            for job in [job for _, jobs in all_jobs for job in jobs]:
                progress(f"instructions: {job.compiler.label}, {' '.join(str(x) for x in job.key)}")
                job.count()
        progress()
        figures = [x for suffix, jobs in all_jobs for x in figures_of(jobs, options, suffix)]
        failed = {(f"compile: {job.key[1]}{suffix}", job.why): None
                  for suffix, jobs in all_jobs for job in jobs if job.why}
        skipped += [{"name": name, "why": why} for name, why in failed]
        write_part(options.json, "compile", ", ".join(x[0].label for x in chosen), figures, skipped)


if __name__ == "__main__":
    main()
