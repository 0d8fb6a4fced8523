#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Checks of the source tree that need no build: check.py [--list] [--root DIR] [--allow-skip] [NAME...]

Without names all of them run. Exit code 1 when a check fails, or is skipped and --allow-skip is not given.
"""
import sys
sys.dont_write_bytecode = True   # a look at the tree must leave no files in it

import argparse
import ast
import concurrent.futures
import hashlib
import json
import os
import re
import shlex
import shutil
import subprocess
from pathlib import Path

import single_header
from single_header import CHARACTER, SPDX, STRING, Tree

CHECKS = {}


def check(function):
    CHECKS[function.__name__] = function
    return function


class Result:
    def __init__(self):
        self.summary, self.skipped = "", False
        self.bad, self.notes = [], []

    def fail(self, path, line, text):
        self.bad.append(f"{path}:{line}: {text}")


# ---- arrows: the shape of the library

FREE = {"haft/version.hpp"}
UMBRELLAS = {f"haft/{name}.hpp" for name in
             "tool std toolbox views written testing search registry hook command enrich prompt model plugin run rules talk compat config haft".split()}
HEAVY = r"(boost/)?(asio|beast)\b|openssl/|nats/|boost/process\b|nlohmann/|toml\+\+/|toml\.hpp"   # Beast and Process bring Asio
LIGHT_BOOST = r"boost/(pfr/(core|core_name)\.hpp|pfr/detail/|describe/|mp11/)"
REACH = {   # header: (pattern of includes its closure may not hold, what to say about it)
    "haft/tool.hpp": (rf"{HEAVY}|(?!{LIGHT_BOOST})boost/", "of Boost only PFR's core and core_name, Describe and Mp11"),
    "haft/haft.hpp": (HEAVY, "no nlohmann, no toml++, no Asio, no OpenSSL"),
    "haft/host/run.hpp": (HEAVY, "no nlohmann, no toml++, no Asio, no OpenSSL"),
}


def read_arrows(tree, result):
    table, path = {}, "scripts/arrows.txt"
    if not (tree.root / path).is_file():
        result.fail(path, 1, "is not there; it says which folder may include which")
        return table
    arrow = re.compile(r"([a-z/]+(?: [a-z/]+)*)(?: \([^)]*\))? *->((?: [a-z/]+)*)")
    for number, line in enumerate(tree.text(path).split("\n"), 1):
        line = line.split("#")[0]
        if arrow.sub("", line).strip():
            result.fail(path, number, f"can't read '{arrow.sub('', line).strip()}'; write 'a b -> c d', one space apart")
        for left, right in arrow.findall(line):
            for folder in left.split():
                table[folder] = (set(right.split()), number)
    for folder, (right, number) in table.items():
        for name in right - table.keys() - {"all"}:
            result.fail(path, number, f"{folder} -> {name}, but {name} has no arrow of its own; give it one")
    return {folder: table.keys() if "all" in right else right for folder, (right, _) in table.items()}


def folder_of(header):
    return header.split("/")[1] if header.count("/") > 1 else ""


def inner_folder_of(header):
    return "/".join(header.split("/")[1:3]) if header.count("/") > 2 else ""


def judge_include(tree, table, header, line):
    """What is wrong with one include line, or None."""
    name, here = line.target[1:], folder_of(header)
    beside = (Path(header).parent / name).as_posix()
    if re.search(r'[<"/]\.\./', line.text) or (line.target[0] == '"' and (name.startswith("haft/") or beside in tree.headers
                                                             or "haft/" + name in tree.headers)):
        return "own headers are included by their full path: #include <haft/folder/name.hpp>"
    if name.startswith(("nlohmann/", "jsoncons")) and not re.search(r"_json\.[hi]pp$", header):
        return f"only headers named *_json.hpp include {name.split('/')[0]}; move this part into one"
    if name.startswith("toml++/") and here != "config":
        return "only headers of config/ include toml++; move this part there"
    if not name.startswith("haft/"):
        return None
    if name not in tree.headers:
        return f"there is no include/{name}"
    if name in UMBRELLAS and header not in UMBRELLAS:
        return f"nothing inside includes the umbrella <{name}>; include what is used"
    to = folder_of(name)
    if name in FREE | UMBRELLAS or header in UMBRELLAS:
        return None
    if to == here:   # folders within it may have arrows of their own
        inner, target = inner_folder_of(header), inner_folder_of(name)
        if inner not in table or target not in table or inner == target or target in table[inner]:
            return None
        return f"{inner} may not include {target}; move the code, or change scripts/arrows.txt"
    if header in FREE and to != "core":
        return f"{header} is included by everyone, so it may include nothing but core"
    if not to:
        return f"<{name}> lies beside the folders; only version.hpp and the umbrellas may"
    if here and to not in table.get(here, ()):
        allowed = " ".join(sorted(table.get(here, ()))) or "nothing"
        return f"{here} may not include {to} (allowed: {allowed}); move the code, or change scripts/arrows.txt"
    return None


@check
def arrows(tree, result):
    """includes follow scripts/arrows.txt, have no cycles, and what must be light is light"""
    table, count = read_arrows(tree, result), 0
    for header in tree.headers:
        if folder_of(header) and folder_of(header) not in table:
            result.fail("include/" + header, 1, f"the folder {folder_of(header)} is not in scripts/arrows.txt; add it there")
        elif not folder_of(header) and header not in FREE | UMBRELLAS:
            result.fail("include/" + header, 1, "lies beside the folders; move it into the folder whose idea it serves")
        for line in tree.includes(header):
            count += line.target[1:].startswith("haft/")
            wrong = judge_include(tree, table, header, line)
            if wrong:
                result.fail("include/" + header, line.number, wrong)
    for header, number, path in tree.cycles():
        result.fail("include/" + header, number, "includes in a circle: " + " -> ".join(path) + "; move what both need into a header of its own")
    for top, (banned, instead) in REACH.items():
        for header, path in tree.closure(top).items() if top in tree.headers else ():
            for line in tree.includes(header):
                if re.match(banned, line.target[1:]):
                    result.fail("include/" + header, line.number, f"{top} must stay light ({instead}) but reaches "
                                f"<{line.target[1:]}>: " + " -> ".join(path))
    result.summary = f"{len(tree.headers)} headers, {count} includes"


# ---- the anatomy of a header

@check
def guards(tree, result):
    """SPDX line, guard named after the path, closing comment, a /// sentence before the first include"""
    for header in tree.headers:
        path, lines = "include/" + header, tree.text("include/" + header).rstrip().split("\n")
        guard = re.sub(r"[^A-Z0-9]", "_", header.upper())
        code = [(n, x.split()) for n, x in enumerate(tree.code(path).split("\n"), 1) if x.strip()]
        if lines[0] != SPDX:
            result.fail(path, 1, f"the first line must be '{SPDX}'")
        if [words for _, words in code[:2]] != [["#ifndef", guard], ["#define", guard]]:
            result.fail(path, code[0][0] if code else 1, f"must begin with '#ifndef {guard}' and '#define {guard}'")
        if not re.fullmatch(rf"#endif  ?// {guard}", lines[-1]):
            result.fail(path, len(lines), f"must end with '#endif  // {guard}'")
        first = tree.includes(header)[0].number if tree.includes(header) else len(lines)
        if not any(re.match(r"///\s*\S", x) for x in lines[:first - 1]):
            result.fail(path, first, "say in a /// sentence before the first include what this header gives")
    result.summary = f"{len(tree.headers)} headers"


@check
def headers(tree, result):
    """cmake/headers.cmake lists the headers on disk, sorted"""
    path, listed = "cmake/headers.cmake", []
    if not (tree.root / path).is_file():
        return result.fail(path, 1, "is not there; it lists the headers, one haft/folder/name.hpp a line")
    for number, line in enumerate(tree.text(path).split("\n"), 1):
        listed += [(name, number) for name in re.findall(r"\bhaft/[\w./-]+\.(?:hpp|ipp|h)\b", line.split("#")[0])]
    names = [name for name, _ in listed]
    for index, (name, number) in enumerate(listed):
        if name not in tree.headers:
            result.fail(path, number, f"lists {name}, which is not in include/; take the line out")
        elif name in names[:index]:
            result.fail(path, number, f"lists {name} twice")
        elif index and names[index - 1] > name:
            result.fail(path, number, f"{name} stands after {names[index - 1]}; sort the list")
    for name in sorted(set(tree.headers) - set(names)):
        result.fail(path, 1, f"does not list {name}; add the line")
    result.summary = f"{len(names)} listed"


# ---- what only a compiler can tell

FLAGS = ["-std=c++20", "-O0", "-Wall", "-Wextra", "-Werror"]
DEPS = "build/deps/usr/include"
PROBES = {   # includes that begin like this need that file to be somewhere
    "boost/": ("boost/hash2/sha2.hpp", "Boost >= 1.86"),   # of the tests; a program with haft needs 1.81, and most of it does without Hash2
    "nlohmann/": ("nlohmann/json.hpp", "nlohmann_json"), "openssl/": ("openssl/ssl.h", "OpenSSL >= 3"), "nats/": ("nats/nats.h", "libnats >= 3.4"),
    "jsoncons": ("jsoncons_ext/jsonschema/jsonschema.hpp", "jsoncons >= 1.3"), "toml++/": ("toml++/toml.hpp", "toml++ >= 3.4")}


def found_dependency(tree, probe):
    given = [x for name in ("CPATH", "CPLUS_INCLUDE_PATH") for x in os.environ.get(name, "").split(":") if x]
    places = [tree.root / DEPS] + [Path(x) for x in given + ["/usr/include", "/usr/local/include"]]
    return next((place / probe for place in places if (place / probe).is_file()), None)


def compile_units(tree, result, kind, units):
    """Compiles (path, line, source text, flags); success is remembered under a hash of all that went into it."""
    compiler = shlex.split(os.environ.get("CXX", "g++"))
    if not shutil.which(compiler[0]):
        result.skipped = True
        result.notes.append(f"skipped: no compiler, {compiler[0]} is not found; install it or set CXX")
        return
    about = subprocess.run(compiler + ["--version"], stdout=subprocess.PIPE, text=True).stdout.split("\n")[0]
    have = {start: found_dependency(tree, probe) for start, (probe, _) in PROBES.items()}
    stamp = [f"{p} {p.stat().st_size} {p.stat().st_mtime_ns}" for p in have.values() if p]
    cache, jobs, missing = tree.root / "build/check" / kind, [], {}
    for path, line, source, flags in units:
        lines = [x.target[1:] for x in single_header.parse(source) if x.kind == "include"]
        reached = tree.closure(*[x for x in lines if x in tree.headers])
        foreign = lines + [x.target[1:] for name in reached for x in tree.includes(name)]
        lacks = [start for start in PROBES if not have[start] and any(x.startswith(start) for x in foreign)]
        for start in lacks:
            missing.setdefault(start, []).append(path)
        everything = [about, *flags, *stamp, source] + [tree.text("include/" + name) for name in sorted(reached)]
        key = hashlib.sha256("\0".join(everything).encode()).hexdigest()
        if not lacks and not (cache / key).exists():
            jobs.append((path, line, source, flags, cache / key))

    # With ccache what another checkout has compiled counts, too; it wants an object file, of which there is next to nothing here.
    ccache = shutil.which("ccache")
    environment = {**os.environ, "CCACHE_BASEDIR": str(tree.root), "CCACHE_NOHASHDIR": "1"}

    def run(job):
        _, _, source, flags, key = job
        key.parent.mkdir(parents=True, exist_ok=True)
        unit, product = key.with_suffix(".cpp"), key.with_suffix(".o")
        unit.write_text(source)
        command = [*([ccache] if ccache else []), *compiler, *FLAGS, *flags, "-isystem", DEPS, "-c",
                   unit.relative_to(tree.root), "-o", product.relative_to(tree.root)]
        done = subprocess.run(command, stderr=subprocess.PIPE, text=True, cwd=tree.root, env=environment)
        for made in unit, product:
            made.unlink(missing_ok=True)
        return job, done

    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        for (path, line, _, _, key), done in pool.map(run, jobs):
            if done.returncode == 0:
                key.touch()
            else:
                said = [x for x in done.stderr.split("\n") if "error" in x] or done.stderr.split("\n")
                place = re.match(r"(\S+\.md):(\d+):", said[0]) # a block among others says itself where it stands
                path, line = (place[1], int(place[2])) if place else (path, line)
                result.fail(path, line, "does not compile on its own:" + "".join("\n        " + x for x in said[:4]))
    for start, paths in missing.items():
        result.skipped = True
        result.notes.append(f"SKIPPED {len(paths)} of {len(units)}, they need <{start}...>: {PROBES[start][1]} "
                            f"({PROBES[start][0]}) is not in {DEPS}, CPATH or /usr/include; run scripts/deps.sh")
    result.summary = f"{len(units)} in all, {len(jobs)} compiled now"


@check
def alone(tree, result):
    """every header, and the single header, compiles without another include before it"""
    units = [("include/" + name, 1, f"#include <{name}>\n#include <{name}>\n", ["-I", "include"]) for name in tree.headers]
    if (tree.root / single_header.OUTPUT).is_file():
        units.append((single_header.OUTPUT, 1, tree.text(single_header.OUTPUT), []))
    compile_units(tree, result, "alone", units)


@check
def docs(tree, result):
    """blocks that begin with ```cpp compile in README.md and docs/ compile"""
    pages, blocks, later = [p for p in ["README.md"] if (tree.root / p).is_file()] + tree.files("docs", ".md"), [], 0
    for page in pages:
        for block in re.finditer(r"^( *)```cpp +compile\b([^\n]*)\n(.*?)^ *```", tree.text(page), re.M | re.S):
            if block.group(2).strip() == "C++26":
                later += 1
                continue
            line = tree.text(page).count("\n", 0, block.start(3)) + 1
            blocks.append((page, line, block.group(3)))
    compile_units(tree, result, "docs", list(joined(tree, blocks)))
    result.summary = f"{len(pages)} pages, {len(blocks)} blocks, in files: {result.summary}" + (
        f"; {later} of C++26, which preset cxx26 compiles" if later else "")


# What can't stand in a namespace: specializations of others' templates, macros, names that C sees, a main (which need return nothing).
ALONE = re.compile(r'^ *(template *<>|namespace (haft|std|nlohmann|boost)\b|# *(define|undef|if|pragma)|extern "C"|int main\()', re.M)


def joined(tree, blocks, most=16):
    """Blocks about the same folder are one file to compile, each in a namespace of its own: nearly all of the time goes into headers. (A
    header that a block forgets is not seen if another there includes it.)"""
    flags = ["-I", "include", "-Wno-unused", "-DHAFT_COMPILED"]
    groups = {}
    for page, line, text in blocks:
        includes = re.findall(r"^ *(#include [^\n]*)$", text, re.M)
        largest = max(re.findall(r"<(haft/[^>]*)>", text), key=lambda name: len(tree.closure(name)), default="")
        key = (page, line) if ALONE.search(text) else largest.removesuffix(".hpp").split("/")[1:2]
        group = groups.setdefault(str(key), [[]])
        if len(group[-1]) == most:
            group.append([])
        group[-1].append((page, line, text, includes))
    for group in (part for parts in groups.values() for part in parts):
        page, line, text, _ = group[0]
        if len(group) > 1:
            text = "\n".join(sorted({x for _, _, _, includes in group for x in includes})) + "\n"
            for number, (of, at, body, _) in enumerate(group):
                inner = re.sub(r"^ *#include [^\n]*$", "", body, flags=re.M)
                text += f'namespace block_{number} {{\n#line {at} "{of}"\n{inner}\n}}\n'
        else:
            text = f'#line {line} "{page}"\n{text}'
        yield page, line, text, flags


@check
def single(tree, result):
    """single_include/haft/haft.hpp is what scripts/single_header.py makes"""
    try:
        result.bad = [wrong for wrong in [single_header.difference(tree.root)] if wrong]
    except single_header.Mistake as mistake:
        result.bad = [str(mistake)]
    result.summary = single_header.OUTPUT


# ---- lists that must agree with each other

CODE = re.compile(r"(?<![^\W_])E0\d{3}(?![^\W_])")   # also in haft-E0101 and in some_E0101_name


def mentions(tree, paths, read, names=()):
    """Error codes, or enumerators with a code, in what read gives of these files: code -> (path, line) of the first."""
    where = {}
    for path in paths:
        for number, line in enumerate(read(path).split("\n"), 1):
            for code in CODE.findall(line) + [names[x] for x in re.findall(r"\berrc::(\w+)", line) if x in names]:
                where.setdefault(code, (path, number))
    return where


@check
def codes(tree, result):
    """error codes in headers, docs/errors and tests are the same set, each page has its parts and its row in the index"""
    paths, names = ["include/" + name for name in tree.headers], {}
    declared = mentions(tree, paths, tree.text)
    for path in paths:   # as in:  not_json = 201,  // haft-E0201
        for name, value, code in re.findall(r"^\s*(\w+) = (\d+),?\s*// haft-(E0\d{3})", tree.text(path), re.M):
            names[name] = code
            if int(value) != int(code[1:]):
                result.fail(*declared[code], f"{name} is {value} but its comment says {code}; make them agree")
    tested = mentions(tree, tree.files("tests/unit", ".cpp", ".hpp"), tree.code, names)   # not in comments
    tested = {code: at for code, at in tested.items() if code >= "E0200"}
    for path in tree.files("tests/reject", ".cpp"):
        name = re.match(r"e(0\d{3})_", Path(path).name)
        if name:
            tested.setdefault("E" + name.group(1), (path, 1))
    pages = {Path(p).stem: (p, 1) for p in tree.files("docs/errors", ".md") if CODE.fullmatch(Path(p).stem)}
    for code, at in sorted(declared.items()):
        if code not in pages:
            result.fail(*at, f"{code} has no page; write docs/errors/{code}.md")
        if code not in tested:
            result.fail(*at, f"{code} has no test; " + (f"write tests/reject/{code.lower()}_what.cpp" if code < "E0200"
                                                       else "provoke it, by its code, in tests/unit"))
    for code, at in sorted([*pages.items(), *tested.items()]):
        if code not in declared:
            result.fail(*at, f"{code} is in no header; correct the number, or take this out")
    for code, (page, _) in pages.items():
        lines = [line.rstrip() for line in tree.text(page).split("\n")]
        if not re.match(rf"# {code}: \S", lines[0]):
            result.fail(page, 1, f"must begin with '# {code}: title'")
        for section in ("## Wrong", "## Right", "## Why"):
            if section not in lines:
                result.fail(page, len(lines), f"has no section '{section}'")
    index, before = "docs/errors/README.md", ""
    listed = [(m.group(1), m.group(2), tree.text(index).count("\n", 0, m.start()) + 1)
              for m in re.finditer(r"^\| \[(E\d+)\]\(\1\.md\) \| (.*) \|$", tree.text(index), re.M)]
    for code, title, line in listed:
        if code <= before:
            result.fail(index, line, f"lists {code} behind {before}; each stands once, in their order")
        before = max(before, code)
        if code not in pages:
            result.fail(index, line, f"lists {code}, which has no page; take the row out")
        elif tree.text(pages[code][0]).split("\n")[0].rstrip() != f"# {code}: {title}":
            result.fail(index, line, f"calls {code} '{title}', and its page does not; make them agree")
    for code in sorted(set(pages) - {code for code, *_ in listed}):
        title = tree.text(pages[code][0]).split("\n")[0].partition(": ")[2]
        result.fail(index, 1, f"does not list {code}; add the row | [{code}]({code}.md) | {title} |")
    result.summary = f"{len(declared)} codes"


ROW = r"(?:[A-Z]{2}-\d\d(?:\.\d+)?|fault-\d+(?:\.\d+)?)"   # TD-01 of the features, fault-27 of the faults
TEST = re.compile(r"\b\w*(?:TEST_CASE|SCENARIO|STATIC|static_assert)\w*\s*(?=\()")
PIECE = re.compile(STRING + "|" + CHARACTER + r"|[()]", re.S)


def strings_of_call(code, start):
    """The string literals among the arguments of the call whose parenthesis opens at start, with their places."""
    depth = 0
    for piece in PIECE.finditer(code, start):
        depth += {"(": 1, ")": -1}.get(piece.group(), 0)
        if depth == 0:
            return
        if piece.group() not in "()":
            yield piece


def tagged_rows(tree):
    """(row, path, line) of every row that a test bears: in a tag, a name in CMake, or the name of a file."""
    for path in tree.files("tests", ".cpp", ".hpp"):
        for row in re.findall(rf"(?<![A-Z]){ROW}(?!\d)", Path(path).name):
            yield row, path, 1
        for test in TEST.finditer(tree.code(path)):
            for text in strings_of_call(tree.code(path), test.end()):
                for row in re.findall(rf"\[({ROW})\]", text.group()):
                    yield row, path, tree.code(path).count("\n", 0, text.start()) + 1
    for path in tree.files("tests", ".test.mjs"):   # in the first line, from which CMake makes labels
        for row in re.findall(rf"\[({ROW})\]", tree.text(path).split("\n", 1)[0]):
            yield row, path, 1
    for path in tree.files("tests", "CMakeLists.txt", ".cmake"):
        for number, line in enumerate(tree.text(path).split("\n"), 1):
            for row in re.findall(rf"\[({ROW})\]", line.split("#")[0]):
                yield row, path, number


@check
def rows(tree, result):
    """feature rows claimed in tests/features.txt are those that tests bear, e.g. [TD-01]"""
    listing, claimed, tested = "tests/features.txt", {}, {}
    if not (tree.root / listing).is_file():
        return result.fail(listing, 1, "is not there; it lists the feature rows claimed done, one ID a line")
    for number, line in enumerate(tree.text(listing).split("\n"), 1):
        name = line.split("#")[0].strip()
        if name and (not re.fullmatch(ROW, name) or name in claimed):
            result.fail(listing, number, f"'{name}' is " + ("listed twice" if name in claimed else "no ID such as TD-01"))
        elif name:
            claimed[name] = (listing, number)
    for name, path, number in tagged_rows(tree):
        tested.setdefault(name, (path, number))
    for name, at in claimed.items():   # [EX-12.3] is a test of EX-12, too
        if name not in tested and not any(other.startswith(name + ".") for other in tested):
            result.fail(*at, f"{name} is claimed but no test bears [{name}]; write the test, or take the claim back")
    for name, at in tested.items():
        if name not in claimed and name.split(".")[0] not in claimed:
            result.fail(*at, f"[{name}] is not claimed; add {name} to {listing} when the row is done")
    features = tree.root.parent / "shared/features.md"
    if features.is_file():
        known = set(re.findall(rf"^\| ({ROW}) \|", features.read_text(encoding="utf-8"), re.M))
        faults = features.parent / "faults.md"
        faults = faults.read_text(encoding="utf-8") if faults.is_file() else ""
        known |= {f"fault-{number}" for number in re.findall(r"^- (\d+)\. ", faults, re.M)}
        for name, at in {**tested, **claimed}.items():
            if name.split(".")[0] not in known:
                result.fail(*at, f"{name} is no row of ../shared/features.md and no fault of faults.md; correct the ID")
    else:
        result.notes.append("skipped: ../shared/features.md is not here")
    result.summary = f"{len(claimed)} claimed, {len(tested)} in tests"


@check
def size(tree, result):
    """headers over 400 lines are worth a look, over 700 must be split; *.gen.hpp are exempt"""
    for header in tree.headers:
        lines = tree.text("include/" + header).count("\n")
        if lines > 700 and ".gen." not in header:
            result.fail("include/" + header, 701, f"{lines} lines; split it by noun, 700 is the most")
        elif lines > 400 and ".gen." not in header:
            result.notes.append(f"include/{header}:401: warning: {lines} lines; think of splitting it")
    result.summary = f"{len(tree.headers)} headers"


# ---- packages: CMake, Conan and vcpkg

def plain_name(package):
    """One name for what three package managers call Boost or boost-asio, nlohmann_json or nlohmann-json."""
    return re.sub(r"^boost-.*", "boost", package.lower().replace("_", "-"))


def cmake_needs(text):
    """component -> {package: oldest version}, "" for what is always needed."""
    needs = {"": {}}
    for names in re.findall(r"set\(haft_components ([^)]*)\)", text):
        needs.update({name: {} for name in names.split()})
    for component, package, version in re.findall(r"^(?:haft_(?:needs|looks_for)\((\w+) |find_dependency\()(\w+)(?: ([\d.]+))?\)", text, re.M):
        if package != "Threads":   # of the system
            needs.setdefault(component, {})[plain_name(package)] = version
    return needs


def conan_needs(text):
    def read(words):
        found = (re.fullmatch(r"([\w-]+)/\[>=([\d.]+) <\d+\]", word) for word in words)
        return {plain_name(m.group(1)): m.group(2) for m in found if m}
    given = {name: ast.literal_eval(value) for name, value in re.findall(r"^(BOOST|NEEDS) = (\{.*?^\}|.*?$)", text, re.M | re.S)}
    return {"": read([given.get("BOOST", "")]), **{part: read(words) for part, words in given.get("NEEDS", {}).items()}}


def vcpkg_needs(port):
    def read(dependencies):
        named = [{"name": d} if isinstance(d, str) else d for d in dependencies]
        return {plain_name(d["name"]) for d in named if not d.get("host")}
    return {"": read(port["dependencies"]), **{name: read(f["dependencies"]) for name, f in port["features"].items()}}


@check
def packages(tree, result):
    """CMake, Conan and vcpkg agree about what haft needs, and since which version"""
    config, recipe, port = "cmake/haftConfig.cmake.in", "packaging/conan/conanfile.py", "packaging/vcpkg/haft/vcpkg.json"
    missing = [path for path in (config, recipe, port, "CMakeLists.txt") if not (tree.root / path).is_file()]
    for path in missing:
        result.fail(path, 1, "is not there")
    if missing:
        return
    cmake, conan = cmake_needs(tree.text(config)), conan_needs(tree.text(recipe))
    try:
        vcpkg = json.loads(tree.text(port))
        features = vcpkg_needs(vcpkg)
    except (ValueError, KeyError, TypeError) as wrong:
        result.fail(port, getattr(wrong, "lineno", 1), f"is no manifest of a port: {wrong!r}")
        return
    if vcpkg.get("version") != single_header.version(tree.root):
        result.fail(port, 3, f"version {vcpkg.get('version')}, but include/haft/version.hpp says {single_header.version(tree.root)}")
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", vcpkg.get("name", "")) or vcpkg["name"] != Path(port).parent.name:
        result.fail(port, 2, f"name {vcpkg.get('name')!r} must be that of its folder")
    wanted = {component: needs for component, needs in cmake.items() if needs or component in conan or component in features}
    for component, needs in wanted.items():
        said = f"component {component}" if component else "haft itself"
        recipes = conan.get(component, {})   # a package for CMake may not say its version
        if set(needs) != set(recipes) or any(version and version != recipes[name] for name, version in needs.items()):
            result.fail(recipe, 1, f"{said} needs {recipes or 'nothing'}, but {config} says {needs}")
        base = set() if not component else {"boost"}   # parts of Boost are ports of their own
        if set(needs) - base != features.get(component, set()) - base or (component and needs and component not in features):
            result.fail(port, 1, f"{said} needs {sorted(features.get(component, ()))}, but {config} says {sorted(needs)}")
    for path, names in ((recipe, conan), (port, features)):
        for unknown in sorted(set(names) - set(cmake)):
            result.fail(path, 1, f"{config} has no component {unknown}")
    boost = re.search(r"find_package\(Boost ([\d.]+)", tree.text("CMakeLists.txt"))
    if boost is None or boost.group(1) != cmake[""].get("boost"):
        result.fail("CMakeLists.txt", 1, f"looks for Boost {boost and boost.group(1)}, but {config} for {cmake[''].get('boost')}")
    result.summary = f"{len(wanted) - 1} components with dependencies, Boost {cmake[''].get('boost')}"


# What must not be committed. Each is written in pieces so that this file does not hold it itself.
START, S = r"(?<![\w.~})>*-])", "/"   # where a path begins, not where it goes on
LEAKS = [(re.compile(pattern, re.I), text) for pattern, text in [
    (rf"{START}{S}(work|root){S}|{START}{S}home{S}\w", "an absolute path of one machine; write it relative to the project"),
    (rf"{START}{S}tmp{S}", "a fixed path in the temporary folder; let mktemp or the test's own folder give one"),
    (r"\b(" + r"\.".join(["(deb|security|snapshot)", "debian", "org"]) + "|" + r"\.".join(["registry", "npmjs", "org"])
     + "|" + r"\.".join(["pypi", "org"]) + "|" + r"\.".join(["(static|index)", "crates", "io"])
     + r")\b", "a package registry's host; leave it to the package manager's own configuration"),
    ("far" + "m-(studio|bench)|" + r"(?<![\w)\]])\." + r"library\b(?!\s*[={])", "a name from outside the project; take it out")]]


def committed(root):
    listing = subprocess.run(["git", "-C", str(root), "ls-files", "-co", "--exclude-standard", "-z"],
                             stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    files = os.fsdecode(listing.stdout).split("\0")
    if listing.returncode:   # not a checkout: a release archive, say
        files = [p.relative_to(root).as_posix() for p in root.rglob("*")]
    return sorted(p for p in set(files) if (root / p).is_file() and not re.match(r"(\.git|build[\w-]*)/", p))


@check
def leaks(tree, result):
    """committed text holds no path of one machine, no registry host, no name from outside"""
    count = 0
    for path in committed(tree.root):
        data = (tree.root / path).read_bytes()
        count += b"\0" not in data
        for number, line in enumerate(data.decode("utf-8", "replace").split("\n") if b"\0" not in data else (), 1):
            for pattern, text in LEAKS:
                found = pattern.search(line)
                if found and not (found.group() == S + "tmp" + S and "mktemp" in line and path.startswith("scripts/")):
                    result.fail(path, number, f"'{found.group()}' is {text}")
    result.summary = f"{count} text files"


def main(arguments=None):
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("names", nargs="*", metavar="NAME", help="checks to run; all without")
    parser.add_argument("--list", action="store_true", help="list the checks")
    parser.add_argument("--root", type=Path, default=Path(__file__).resolve().parent.parent)
    parser.add_argument("--allow-skip", action="store_true", help="a check that could not run is no failure")
    options = parser.parse_args(arguments)
    if options.list:
        print("\n".join(f"{name:<8} {function.__doc__}" for name, function in CHECKS.items()))
        return 0
    unknown = [name for name in options.names if name not in CHECKS]
    if unknown:
        parser.error(f"there is no check {', '.join(unknown)}; there are: {' '.join(CHECKS)}")
    tree, good = Tree(options.root.resolve()), True
    colours = {"ok": 32, "FAIL": 31, "SKIP": 33} if sys.stdout.isatty() and "NO_COLOR" not in os.environ else {}
    for name in options.names or CHECKS:
        result = Result()
        CHECKS[name](tree, result)
        word = "FAIL" if result.bad else "SKIP" if result.skipped else "ok"
        good = good and (word == "ok" or (word == "SKIP" and options.allow_skip))
        shown = f"\033[{colours[word]}m{word}\033[0m" if colours else word
        print(f"{shown}  {name}  {result.summary}".rstrip())
        for line in result.bad + result.notes:
            print("    " + line)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
