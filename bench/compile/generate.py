#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Writes a translation unit of N tools: generate.py APPROACH N [--check]

Half of the tools have shape a (a city, and days with a default and a range), a quarter b (a nested struct, numbers, an
enum, an optional), a quarter c (one text); each has types, name, description, schema and executor of its own. What an
approach writes for a shape stands in approaches/APPROACH.cpp.in, in sections that begin with a line `//// NAME`:

    head                   once, in front: includes and what all tools share
    types a, b, c          the types, where they differ from those in types.cpp.in
    a, b, c                what is written for each tool beside its types
    schema by hand         says that the literal schemas of types.cpp.in are used
    table, row a, b, c, end   the table of the tools
    call, days, takes unknown keys   what the program needs that --check makes of four tools: it calls them, and its
                           exit code counts the answers that are wrong

forms/ has the same for haft's own forms of a tool of four parameters, shape d: generate.form(FORM, N).
"""
import re
import sys
from pathlib import Path

sys.dont_write_bytecode = True
FOLDER = Path(__file__).resolve().parent / "approaches"
FORMS_FOLDER = FOLDER.parent / "forms"
APPROACHES = sorted(path.name.split(".")[0] for path in FOLDER.glob("*.cpp.in") if path.name != "types.cpp.in")
FORMS = sorted(path.name.split(".")[0] for path in FORMS_FOLDER.glob("*.cpp.in"))


def sections(name, folder=FOLDER):
    parts = re.split(r"^//// (.+)\n", (folder / f"{name}.cpp.in").read_text(), flags=re.M)
    return {title: text.strip("\n") + "\n" for title, text in zip(parts[1::2], parts[2::2])}


def shape(number):
    return "abac"[number % 4]


def generate(approach, count):
    own = sections(approach)
    per_tool = ["types", "", "schema"] if "schema by hand" in own else ["types", ""]
    return put_together({**sections("types"), **own}, per_tool, [shape(number) for number in range(count)])


def form(name, count):
    return put_together(sections(name, FORMS_FOLDER), ["types"], ["d"] * count)


def put_together(parts, per_tool, shapes):
    out, count = [parts["head"]], len(shapes)
    for number in range(count):
        wanted = [f"{kind} {shapes[number]}".strip() for kind in per_tool]
        out += [parts[title].replace("@", str(number)) for title in wanted if title in parts]
    out.append(parts["table"])
    out += [parts[f"row {shapes[number]}"].replace("@", str(number)) for number in range(count)]
    out.append(parts["end"])
    return "\n".join(out[:-count - 2]) + "\n" + "".join(out[-count - 2:])


def check(approach):
    parts = {**sections("types"), **sections(approach)}
    program = parts["check"]
    for name, title in (("$days", "days"), ("$takes_unknown_keys", "takes unknown keys")):
        program = program.replace(name, parts[title].strip())
    return "\n".join([generate(approach, 4), parts["call"], program])


if __name__ == "__main__":
    arguments = [x for x in sys.argv[1:] if x != "--check"]
    if len(arguments) != 2 or arguments[0] not in APPROACHES:
        sys.exit(f"usage: generate.py APPROACH N [--check]      approaches: {' '.join(APPROACHES)}")
    sys.stdout.write(check(arguments[0]) if "--check" in sys.argv else generate(arguments[0], int(arguments[1])))
