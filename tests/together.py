#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Joins files of tests into one to compile: together.py OUTPUT FILE...

What all files of a folder include and instantiate is compiled once and not for each: a folder takes a fifth of the time.
Each file keeps a namespace of its own, so that two may have a helper of the same name, and its own file and line in every message.
"""
import re
import sys
from pathlib import Path


def main(output, *files):
    heads, bodies = [], []
    for file in map(Path, files):
        lines = file.read_text().split("\n")
        end = max(number for number, line in enumerate(lines, 1) if line.startswith("#include"))
        for line in lines[:end]:
            near = re.match(r'#include "(.*)"', line)
            if near and (file.parent / near[1]).exists():
                line = f'#include "{(file.parent / near[1]).as_posix()}"'
            if line.startswith("#include"):
                heads.append(line)
        name = re.sub(r"\W", "_", file.as_posix().split("/unit/")[-1].removesuffix(".test.cpp"))
        bodies += [f"namespace file_{name} {{", f'#line {end + 1} "{file.as_posix()}"', *lines[end:], "}"]
    Path(output).write_text("\n".join(heads + bodies) + "\n")


main(*sys.argv[1:])
