#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Builds single_include/haft/haft.hpp from include/haft/haft.hpp, std.hpp and registry.hpp; --check only compares.

Own includes are replaced by the text of the header, once, in dependency order. System includes move to the
top, unless something may depend on where they stand: an #if around them, a #pragma or a foreign #define
before them. A header that is only ever included under one condition (an engine) is placed there and keeps its
guard; one that is needed without it, or under several, is placed before the block.
"""
import argparse
import functools
import posixpath
import re
import sys
from pathlib import Path
from typing import List, NamedTuple

ENTRY = "haft/haft.hpp"
MORE = ("haft/std.hpp", "haft/registry.hpp")              # who copies one file wants all types in it
OUTPUT = "single_include/haft/haft.hpp"
GUARD = "HAFT_SINGLE_HEADER_HPP"
SPDX = "// SPDX-License-Identifier: BSL-1.0"
COMMAND = "python3 scripts/single_header.py"

# String and character literals are matched only so that a // inside them is not taken for a comment.
# A quote after a digit is a digit separator.
STRING = r'R"(?P<d>[^\s()\\]{0,16})\(.*?\)(?P=d)"|"(?:\\.|[^"\\\n])*"'
CHARACTER = r"(?<![0-9a-fA-F])'(?:\\.|[^'\\\n])+'"
TOKEN = re.compile(STRING + "|" + CHARACTER + r"|(?P<comment>//[^\n]*|/\*.*?\*/)", re.S)


class Mistake(Exception):
    """A mistake in the headers; the text says where and what to do."""


class Line(NamedTuple):
    number: int
    text: str
    kind: str     # include, if, endif, guard, define (a foreign macro, or a #pragma), quiet (comment or blank), code
    target: str   # of an include, with its < or " in front, normalised
    under: tuple  # the conditions around it, outermost first, the guard not counted; of #if and #endif: those outside

    @property
    def depth(self):
        return len(self.under)


def blank_comments(text: str, raw_strings: bool = False) -> str:
    """The same text, same length and lines, with spaces for comments (and for raw strings, if asked)."""
    def blank(m):
        gone = m.group("comment") or (raw_strings and m.group().startswith("R"))
        return re.sub(r"[^\n]", " ", m.group()) if gone else m.group()
    return TOKEN.sub(blank, text)


def parse(text: str) -> List[Line]:
    raw, code = text.split("\n"), blank_comments(text, raw_strings=True).split("\n")   # a "#if" in a string is none
    found = [(n, m.group(1), m.group(2).strip()) for n, line in enumerate(code)
             for m in [re.match(r"\s*#\s*(\w+)\s*(.*)", line)] if m]
    guard = set()
    if (len(found) > 2 and found[0][1] == "ifndef" and found[1][1:] == ("define", found[0][2])
            and found[-1][1] == "endif"):
        guard = {found[0][0], found[1][0], found[-1][0]}
    directives = {n: (word, rest) for n, word, rest in found}
    lines, under = [], ()
    for n, (shown, bare) in enumerate(zip(raw, code)):
        word, rest = directives.get(n, ("", ""))
        kind, target, at = ("code" if bare.strip() else "quiet"), "", under
        if n in guard:
            kind = "guard"
        elif word in ("if", "ifdef", "ifndef"):
            kind, under = "if", under + (f"{word} {rest}",)
        elif word in ("elif", "else") and under:
            under = under[:-1] + (f"{under[-1]}, {word} {rest}",)
        elif word == "endif":
            kind, under = "endif", under[:-1]
            at = under
        elif word == "include" and re.match(r'[<"]', rest):
            kind, target = "include", rest[0] + posixpath.normpath(re.split('[>"]', rest[1:])[0])
        elif word == "pragma" or (word in ("define", "undef") and not rest.startswith("HAFT_")):
            kind = "guard" if rest == "once" else "define"
        lines.append(Line(n + 1, shown, kind, target, at))
    return lines


class Tree:
    """The files under a root; headers are named as they are included: haft/core/text.hpp."""

    def __init__(self, root):
        self.root = root
        self.headers = sorted(p[len("include/"):] for p in self.files("include/haft", ".hpp", ".ipp", ".h"))

    def files(self, folder, *endings):
        found = (p for p in (self.root / folder).rglob("*") if p.is_file() and p.name.endswith(endings))
        return sorted(p.relative_to(self.root).as_posix() for p in found)

    @functools.lru_cache(None)
    def text(self, path):
        return (self.root / path).read_text(encoding="utf-8", errors="replace")

    @functools.lru_cache(None)
    def code(self, path):
        return blank_comments(self.text(path))

    @functools.lru_cache(None)
    def lines(self, header):
        return parse(self.text("include/" + header))

    def includes(self, header):
        return [line for line in self.lines(header) if line.kind == "include"]

    def closure(self, *start):
        """Every header that these reach, with the path that leads to it."""
        paths, queue = {name: [name] for name in start}, list(start)
        for name in queue:
            for line in self.includes(name) if name in self.headers else ():
                if line.target[1:] in self.headers and line.target[1:] not in paths:
                    paths[line.target[1:]] = paths[name] + [line.target[1:]]
                    queue.append(line.target[1:])
        return paths

    def cycles(self):
        """Yields (header, line, path) for each include that closes a circle. x.hpp -> x.ipp at its end closes none."""
        state = {}

        def visit(header, path):
            state[header] = "open"
            for line in self.includes(header):
                name = line.target[1:]
                if name not in self.headers or name == header[:-len("hpp")] + "ipp":
                    continue
                if state.get(name) == "open":
                    yield header, line.number, path[path.index(name):] + [name]
                elif name not in state:
                    yield from visit(name, path + [name])
            state[header] = "closed"

        for header in self.headers:
            if header not in state:
                yield from visit(header, [header])


def version(root: Path) -> str:
    text = (root / "include/haft/version.hpp").read_text(encoding="utf-8")
    whole = re.search(r'"(\d+\.\d+\.\d+[^"\s]*)"', text)
    parts = [re.search(rf"version_{part}\W+(\d+)", text, re.I) for part in ("major", "minor", "patch")]
    if whole is None and None in parts:
        raise Mistake("include/haft/version.hpp:1: no version found; write \"1.2.3\", or "
                      "HAFT_VERSION_MAJOR, _MINOR and _PATCH with numbers")
    return whole.group(1) if whole else ".".join(part.group(1) for part in parts)


class Builder:
    def __init__(self, root: Path):
        self.tree = Tree(root)
        self.out, self.system = [], set()
        self.open = []                   # the headers whose text is being placed
        self.done = {}                   # header: the conditions under which its text stands; () once it stands for all
        self.outermost = {}              # header: the one condition that every way to it begins with; "" for none
        for entry in self.entries():
            self.reach(entry, "")

    def entries(self) -> List[str]:
        return [ENTRY] + [more for more in MORE if more in self.tree.headers]

    def own(self, header: str, line: Line) -> str:
        """The header of ours that this include line names, or nothing."""
        where = f"include/{header}:{line.number}"
        if line.kind == "include" and line.target.startswith('"'):
            raise Mistake(f"{where}: write includes as <haft/...> or <system>, not in quotes")
        if line.kind != "include" or not line.target.startswith("<haft/"):
            return ""
        if line.target[1:] not in self.tree.headers:
            raise Mistake(f"{where}: there is no include/{line.target[1:]}")
        return line.target[1:]

    def reach(self, header: str, condition: str) -> None:
        known = self.outermost.get(header)
        merged = condition if known in (None, condition) else ""
        if merged == known:
            return
        self.outermost[header] = merged
        for line in self.tree.lines(header):
            name = self.own(header, line)
            if name:
                self.reach(name, merged or (line.under[0] if line.under else ""))

    def hoist(self, header: str, block: List[Line], seen: set) -> None:
        """Places, before an #if block, what the block needs and others may need without that condition."""
        for line in block:
            name = self.own(header, line)
            if name and not self.outermost[name]:
                self.place(name)
            elif name and name not in seen:
                seen.add(name)
                self.hoist(name, self.tree.lines(name), seen)

    def place(self, header: str, inside: tuple = ()) -> None:
        """Appends the text of a header; `inside` of conditions it keeps its guard and its system includes."""
        if header in self.open or any(inside[:len(at)] == at for at in self.done.get(header, ())):
            return
        self.done.setdefault(header, []).append(inside)
        self.open.append(header)
        lines, held = self.tree.lines(header), []   # held: leading comments, until the headers below are placed
        begun = pinned = dropped = resume = False
        for index, line in enumerate(lines):
            before, name = len(self.out), self.own(header, line)
            keep = not (line.text.startswith("// SPDX-") or (line.kind == "guard" and not inside)
                        or line.text.strip() == "#pragma once")
            if line.kind == "if" and line.depth == 0 and not inside:
                rest = lines[index:]
                end = next((i for i, x in enumerate(rest) if x.kind == "endif" and x.depth == 0), len(rest))
                self.hoist(header, rest[:end], set())
            elif name:
                keep = False
                if self.outermost[name] or not (inside or line.under):   # if not, it was hoisted
                    self.place(name, inside + line.under)
            elif line.kind == "include" and line.depth == 0 and not inside and not pinned:
                keep = False
                self.system.add(line.target[1:])
            elif line.kind == "define":
                pinned = True
            resume = resume or (begun and len(self.out) > before)
            target = self.out if begun else held
            blank = not line.text.strip()
            if not keep or (blank and (resume or (dropped and not (target and target[-1].strip())))):
                dropped = True              # and with it the blank line that would now be the second in a row
                continue
            dropped = dropped and blank
            if resume:
                self.out += ["", f"// ---- {header}, continued"]
                resume = False
            if not begun and (line.kind not in ("quiet", "include") or (line.kind == "include" and keep)):
                self.start(header, held)
                begun, target = True, self.out
            target.append(line.text)
        if not begun:
            self.start(header, held)
        while not self.out[-1].strip():
            self.out.pop()
        self.open.pop()

    def start(self, header: str, held: List[str]) -> None:
        while held and not held[0].strip():
            held.pop(0)
        self.out += ["", f"// ---- {header}"] + held

    def text(self) -> str:
        for entry in self.entries():
            self.place(entry)
        head = [SPDX, f"// haft {version(self.tree.root)} in one header. Generated by `{COMMAND}`; edit include/haft instead.",
                f"#ifndef {GUARD}", f"#define {GUARD}", ""]
        head += [f"#include <{name}>" for name in sorted(self.system)]
        return "\n".join(head + self.out[0 if self.system else 1:] + ["", f"#endif  // {GUARD}", ""])


def build(root: Path) -> str:
    if not (root / "include" / ENTRY).is_file():
        raise Mistake(f"include/{ENTRY}:1: is not there, so there is nothing to build the single header from")
    if not (root / "include/haft/version.hpp").is_file():
        raise Mistake("include/haft/version.hpp:1: is not there, so the single header would have no version")
    return Builder(root).text()


def difference(root: Path) -> str:
    """What is wrong with the committed file, or nothing."""
    wanted, path = build(root).split("\n"), root / OUTPUT
    if not path.is_file():
        return f"{OUTPUT}:1: is not there; run {COMMAND}"
    there = path.read_bytes().decode("utf-8", "replace").split("\n")
    if there == wanted:
        return ""
    first = next((n for n, (a, b) in enumerate(zip(there, wanted)) if a != b), min(len(there), len(wanted)))
    return f"{OUTPUT}:{first + 1}: differs from what the headers give; run {COMMAND}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--check", action="store_true", help="compare only; exit 1 if the file differs")
    parser.add_argument("--root", type=Path, default=Path(__file__).resolve().parent.parent)
    options = parser.parse_args()
    try:
        if options.check:
            wrong = difference(options.root)
            print(wrong or f"{OUTPUT} is up to date")
            return 1 if wrong else 0
        text = build(options.root)
    except Mistake as mistake:
        print(mistake, file=sys.stderr)
        return 1
    path = options.root / OUTPUT
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode("utf-8"))
    print(f"{OUTPUT}: {text.count(chr(10))} lines")
    return 0


if __name__ == "__main__":
    sys.exit(main())
