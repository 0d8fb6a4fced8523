#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Writes the reference's pages, Markdown for Sphinx, from what scripts/site/reference.py reads in the headers.

A page for each header that declares something public, one for each folder, one with all names. names.json, beside them, says where
a name is explained, so that the site can link what stands in code in other pages.
"""
import json
import re
import textwrap
from itertools import groupby
from pathlib import Path

import reference

INTERNAL = ("reflect/engine/",)   # what haft asks a compiler: nobody else's business


def escape(text):
    """A comment's words as Markdown: what does not stand in backticks means itself, but for lines of code, which are indented."""
    blocks = re.split(r"(?:^|(?<=\n))\n?((?: {4}[^\n]*(?:\n|$)|\n(?= {4}))+)", text)
    if len(blocks) > 1:
        blocks[::2] = [escape(x) for x in blocks[::2]]
        blocks[1::2] = ["\n```cpp\n" + textwrap.dedent(x).strip("\n") + "\n```\n" for x in blocks[1::2]]
        return "".join(blocks)
    pieces = re.split(r"(`[^`]*`)", re.sub(r"(`[^`]*`)|((?:\b\w+::)+\w+|\b[a-zA-Z]+_\w+)(\(\))?", lambda m: m.group(1) or f"`{m.group()}`", text))
    pieces[::2] = [re.sub(r"([\\*_\[\]{}#])", r"\\\1", x).replace("<", "&lt;") for x in pieces[::2]]
    pieces[::2] = [re.sub(r"\bE0\d{3}\b", r"[\g<0>](/errors/\g<0>.md)", x) for x in pieces[::2]]
    return "".join(pieces)


def sentence(text):
    """The first one, in one line, for a table; of a long one what stands before its first colon or semicolon."""
    flat = re.sub(r"\s+", " ", text)
    ends = lambda marks: re.match(rf"(?:[^{marks}`]|`[^`]*`|[{marks}](?! |$))*", flat).group()   # noqa: E731
    short = ends(".") if len(ends(".")) < 140 or len(ends(".;:")) < 30 else ends(".;:")
    return escape(short).replace("|", "\\|") + "." if short else ""


def plain(name):
    return re.sub(r"^haft::", "", name)


class Pages:
    def __init__(self, root, write):
        self.root, self.put, self.names, self.labels, self.about = root, write, {}, set(), {}
        for folder, blurb in re.findall(r"^  ([\w/]+)/ +(\S.*(?:\n {12}.*)*)", (root / "docs/design.md").read_text(), re.M):
            self.about[folder] = re.sub(r"\s+", " ", blurb)
        self.headers = [h for h in reference.read(root) if not h.path[5:].startswith(INTERNAL)]
        self.target = self.read_targets()

    def read_targets(self):
        """Of headers that need a library: the CMake target that brings it, by the filters of cmake/headers.cmake."""
        text, out = (self.root / "cmake/headers.cmake").read_text(), {}
        variables = dict(re.findall(r'^set\((\w+) "(.*)"\)', text, re.M))
        for target, pattern in re.findall(r'^list\(FILTER HAFT_(\w+)_HEADERS INCLUDE REGEX "(.*)"\)', text, re.M):
            pattern = re.sub(r"\$\{(\w+)\}", lambda m: variables[m.group(1)], pattern).replace("\\\\", "\\")
            for header in self.headers:
                if re.search(pattern, "include/" + header.path):
                    out.setdefault(header.path, "haft::" + {"JSON": "nlohmann", "ABI": "plugin_abi"}.get(target, target.lower()))
        return out

    def label(self, name, page):
        """An anchor for a name; nothing for the second of that name, and for operators."""
        name = re.sub(r"\(.*", "", name) if name.startswith("HAFT_") else name
        label = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
        if name in self.names or not re.fullmatch(r"[\w:]+", name):
            return ""
        if "::" not in name:   # haft_plugin and HAFT_PLUGIN beside haft::plugin
            label = ("macro-" if name.startswith("HAFT_") else "c-") + label
        if label in self.labels:
            return ""
        self.labels.add(label)
        self.names[name] = [page, label]
        return f"({label})=\n"

    def write(self, path, text):
        self.put(path, re.sub(r"\n{3,}", "\n\n", text))

    def members(self, entries, page, level):
        """Values as a list; functions as code with their words below, those without words beside the one before."""
        out, code, pending = [], [], ""
        values = [e for e in entries if e.kind in ("variable", "enumerator") and "\n" not in e.text]
        others = [e for e in entries if e not in values and not e.members and e.kind not in ("struct", "class", "enum", "union")]

        def flush():
            if code:
                out.append("```cpp\n" + "\n".join(code) + "\n```\n\n" + pending)
                code.clear()

        for entry in values:
            text = entry.text + self.since(entry)
            out.append(f"- `{text}`{self.anchor(entry, page)}" + (": " + escape(re.sub(r"\s*\n\s*", " ", entry.doc)) if entry.doc else ""))
        if values:
            out = ["\n".join(out)]
        for entry in others:
            if entry.doc or not code:
                flush()
                pending = escape(entry.doc)
                if label := self.label(entry.name, page):
                    out.append(label.rstrip())
            else:
                self.names.setdefault(entry.name, [page, self.names.get(others[0].name, ["", ""])[1]])
            code.append(entry.text + ";" + ("   // C++26" if entry.since else ""))
        flush()
        for entry in entries:
            if entry not in values and entry not in others:
                out.append(self.section([entry], page, level))
        return "\n\n".join(out)

    def anchor(self, entry, page):
        label = self.label(entry.name, page)
        return f"{{#{label[1:-3]}}}" if label else ""

    @staticmethod
    def since(entry):
        return " (C++26)" if entry.since else ""

    def section(self, same, page, level=2):
        """One name, with all its overloads."""
        first = same[0]
        out = [self.label(first.name, page) + "#" * level + f" `{plain(first.name)}`{self.since(first)}"]
        if first.kind in ("struct", "class", "union", "enum"):
            out += ["```cpp\n" + first.text + ";\n```", escape(first.doc), self.members(first.members, page, level + 1)]
        elif first.kind == "macro":
            out += [f"```cpp\n{x.text[8:]}\n```\n\n{escape(x.doc)}" for x in same]
        else:
            out.append(self.members([x._replace(name=x.name + " ", members=[]) if x.kind != "variable" else x for x in same], page, level)
                       if first.kind != "variable" else "\n\n".join(f"```cpp\n{x.text};\n```\n\n{escape(x.doc)}" for x in same))
        return "\n\n".join(out)

    def header(self, header):
        page = "reference/" + re.sub(r"\.\w+$", "", header.path[5:])
        page += "_h" if header.path.endswith(".h") else ""
        stem = re.sub(r".*/|\.\w+$", "", header.path)   # what the header is named after comes first
        header = header._replace(entries=sorted(header.entries, key=lambda e: e.name.split("::")[-1] != stem))
        order, values = {}, [e for e in header.entries if e.kind == "variable" and "\n" not in e.text]
        for entry in header.entries:
            order.setdefault("values" if len(values) > 1 and entry in values else entry.name, []).append(entry)
        needs = self.target.get(header.path, "haft::haft")
        with_library = "" if needs == "haft::haft" else f"   // links {needs}"
        parts = [f"# {header.path[5:]}", escape(header.doc), f"```cpp\n#include <{header.path}>{with_library}\n```"]
        for name, same in order.items():
            parts.append("## Values\n\n" + self.members(same, page, 3) if name == "values" else self.section(same, page))
        self.write(page + ".md", "\n\n".join(parts))
        return page, list(dict.fromkeys(e.name for e in header.entries))

    def all(self):
        pages = {h.path: self.header(h) for h in self.headers if h.entries}
        folders = sorted({str(Path(path).parent)[5:] for path in pages if path.count("/") > 1})
        folders += sorted({str(Path(f).parent) for f in folders} - set(folders) - {"."})
        for folder in sorted(folders):
            own = [h for h in self.headers if h.path in pages and str(Path(h.path).parent)[5:] == folder]
            inner = [f for f in folders if str(Path(f).parent) == folder]
            rows = [f"| [{Path(h.path).name}](/{pages[h.path][0]}.md) | {self.listed(pages[h.path][1])} | {sentence(h.doc)} |" for h in own]
            table = "| header | names | what it gives |\n|---|---|---|\n" + "\n".join(rows) if rows else ""
            tree = "\n".join([f"{Path(f).name}/index" for f in sorted(inner)] + [Path(pages[h.path][0]).name for h in own])
            blurb = self.about.get(folder, "")
            self.write(f"reference/{folder}/index.md", f"# {folder}/\n\n{escape(blurb[:1].upper() + blurb[1:]) + '.' if blurb else ''}\n\n{table}\n\n"
                       + "".join(f"- [{f}/](/reference/{f}/index.md)\n" for f in sorted(inner)) + f"\n```{{toctree}}\n:hidden:\n\n{tree}\n```")
        self.index([f for f in sorted(folders) if "/" not in f])
        self.name_list()
        self.put("names.json", json.dumps(self.names))

    @staticmethod
    def listed(names):
        shown = [f"`{plain(x)}`" for x in names[:6]]
        return ", ".join(shown) + (f" and {len(names) - 6} more" if len(names) > 6 else "")

    def index(self, folders):
        missing = [f for f in folders if f not in self.about]
        if missing:
            raise SystemExit(f"docs/design.md: the tree of include/haft does not say what {', '.join(missing)} is for")
        umbrellas = "\n".join(f"| `<{h.path}>` | {sentence(h.doc)} |" for h in self.headers if h.path.count("/") == 1 and h.path.endswith(".hpp"))
        rows = "\n".join(f"| [{f}/](/reference/{f}/index.md) | {escape(self.about[f]).replace('|', chr(92) + '|')} |" for f in folders)
        self.write("reference/index.md", f"""# Reference

What the headers declare in public, with the contract that stands above each declaration. It is made from the headers, so it can't
differ from them. What is in a namespace `detail` may change at any time and is left out. All names, with a sentence each:
[the list of names](names.md).

## Headers to include

| header | what it brings |
|---|---|
{umbrellas}

## By folder

| folder | what is in it |
|---|---|
{rows}

```{{toctree}}
:hidden:

names
{chr(10).join(f + "/index" for f in folders)}
```""")

    def name_list(self):
        rows = {}
        for header in self.headers:
            for entry in header.entries:
                if entry.name in self.names and (entry.name not in rows or entry.doc):
                    rows.setdefault(entry.name, (entry.kind, sentence(entry.doc) or sentence(header.doc)))
        text = ["# All names", "Without `haft::`, which stands before each of them."]
        for letter, names in groupby(sorted(rows, key=lambda n: plain(n).lower()), key=lambda n: plain(n)[0].upper()):
            text.append(f"## {letter}\n\n| name | | |\n|---|---|---|\n" + "\n".join(
                f"| [`{plain(n)}`](/{self.names[n][0]}.md#{self.names[n][1]}) | {rows[n][0]} | {rows[n][1]} |" for n in names))
        self.write("reference/names.md", "\n\n".join(text))
