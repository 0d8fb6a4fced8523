#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""The reference, from the headers: what include/haft declares in public, each with the contract comment above it.

`read(root)` gives the headers as values; scripts/site.py makes pages of them. `scripts/site/reference.py` alone lists the names.

The reader knows as much C++ as haft's headers need: where a declaration begins and ends, which scope it is in, what is a body.
Left out are namespaces and classes named detail, private members, definitions of what was declared before, and what only another
compiler sees. A comment with three slashes belongs to what follows it, one with three slashes and < to what stands before it.
"""
import re
import sys
import textwrap
from pathlib import Path
from typing import List, NamedTuple, Optional

# Which branch of an #if the reader takes; it is g++ with reflection, and marks what needs that.
FALSE = r"ifdef __clang__|if defined\(__clang__\)|if defined\(_WIN32\)|if HAFT_DEFINES_LARGE\(\)"
SKIPPED = {"friend", "static_assert", "HAFT_ENROL", "extern template", "asm"}
KEYWORDS = {"requires", "noexcept", "explicit", "decltype", "alignas", "sizeof", "__attribute__", "typeid", "if", "while", "static_assert"}
NOISE = re.compile(r"\b(?:HAFT_(?:COLD|APART|LARGE|HIDDEN|HOT|ABI_OF_EXCEPTIONS)\b|inline\s(?!namespace))\s*|\s*// ?NOLINT[^\n]*")
ROWS = r"(?:[A-Z]{2}-\d\d(?:\.\d+)?|faults?[- ]\d+)"
RECORD = re.compile(r"^(?:typedef\s+)?(?P<key>class|struct|union|enum(?:\s+(?:class|struct))?)\b\s*(?:\[\[[^\]]*\]\]\s*|alignas\([^)]*\)\s*|HAFT_\w+\s+)*(?P<name>[\w:]*)")


class Entry(NamedTuple):
    kind: str         # class, struct, union, enum, function, variable, type, concept, macro, enumerator
    name: str         # as in haft::toolset::add, without the inline namespace
    text: str         # the declaration as it is written, without its body
    doc: str          # the words of its comment, Markdown
    since: str        # "C++26" or ""
    members: list


class Header(NamedTuple):
    path: str         # haft/tool/toolset.hpp
    doc: str
    entries: List[Entry]


def read_doc(lines):
    text = textwrap.dedent("\n".join(re.sub(r"^\s*///<? ?", "", line) for line in lines)).strip("\n")
    text = re.sub(rf"\s*\[{ROWS}(?:(?:, | and | to )(?:{ROWS}|[^\]]*))*\]", "", text)   # rows of the list of features
    return re.sub(rf",? ?\(?\b{ROWS}(?: to {ROWS})?\)", lambda m: "" if m.group().strip(", ").startswith("(") else ")", text)


def choose_branches(text):
    """The text with directives and the branches that are not taken blanked, the C++26 lines, and the macros with a comment."""
    out, stack, modern, macros, comment, lines = [], [], set(), [], [], text.split("\n")
    for number, line in enumerate(lines):
        directive = re.match(r"\s*#\s*(\w+)\s*(.*)", line)
        taken = all(frame["on"] for frame in stack)
        if directive:
            word, rest = directive.groups()
            if word in ("if", "ifdef", "ifndef"):
                on = not re.match(FALSE, f"{word} {rest}")
                stack.append({"on": on, "was": on, "new": "HAFT_HAS_REFLECTION()" in rest and "!" not in rest})
            elif word in ("elif", "else") and stack:
                stack[-1].update(on=not stack[-1]["was"], was=True, new=False)
            elif word == "endif" and stack:
                stack.pop()
            elif word == "define" and taken and comment:
                macros.append((re.match(r"\w+(?:\([^)]*\))?", rest).group(), read_doc(comment)))
                out[-len(comment):] = [""] * len(comment)   # it is the macro's, and not what comes next's
            line = ""
        elif number and lines[number - 1].endswith("\\"):
            line = ""
        elif not taken:
            line = ""
        elif any(frame["new"] for frame in stack):
            modern.add(number)
        comment = comment + [line] if re.match(r"\s*///(?!<)", line) else []
        out.append(line)
    return "\n".join(out), modern, macros


TOKEN = re.compile(r'R"(?P<d>[^\s()\\]{0,16})\(.*?\)(?P=d)"|"(?:\\.|[^"\\\n])*"|(?<![0-9a-fA-F])\'(?:\\.|[^\'\\\n])+\''
                   r"|(?P<comment>//[^\n]*)|[(){}\[\];:,]", re.S)


class Reader:
    def __init__(self, text):
        self.text, self.modern, self.macros = choose_branches(text)
        self.at = 0

    def skip_block(self):
        """Past the brace that closes the one that has just been read."""
        depth = 1
        for token in TOKEN.finditer(self.text, self.at):
            depth += {"{": 1, "}": -1}.get(token.group(), 0)
            if depth == 0:
                self.at = token.end()
                return
        raise ValueError("a brace is not closed: " + self.text[self.at:self.at + 80])

    def scope(self, prefix, shown, stop_at_comma=False):
        """The entries up to the brace that closes this scope."""
        entries, doc, begin = [], [], None      # begin: where the declaration at hand begins
        parens, initialisers = 0, False
        while True:
            token = TOKEN.search(self.text, self.at)
            between = self.text[self.at:token.start() if token else len(self.text)]
            if begin is None and between.strip():
                begin = self.at + len(between) - len(between.lstrip())
            if not token:
                return entries
            self.at, what = token.end(), token.group()
            head = self.text[begin:token.start()] if begin is not None else ""
            if token.group("comment"):
                if begin is None and what.startswith("///") and not what.startswith("///<"):
                    doc.append(what)
                elif what.startswith("///<") and begin is None and entries:
                    entries[-1] = entries[-1]._replace(doc=" ".join([entries[-1].doc, read_doc([what])]).strip())
                elif begin is None:
                    doc = []
                continue
            if begin is None:
                begin = token.start()
            if what in "([":
                parens += 1
            elif what in ")]":
                parens -= 1
            elif parens or what[0] in "\"'R":
                if what == "{":
                    self.skip_block()
            elif what == ":" and re.fullmatch(r"(?:public|private|protected)", head.strip()):
                shown, doc, begin = head.strip() == "public", [], None
            elif what == ":" and self.text[token.start() - 1] != ":" and self.text[token.end()] != ":":
                initialisers = initialisers or (self.is_function(head) and not RECORD.match(self.strip_template(head)) and "?" not in head)
            elif what == "," and stop_at_comma or what == ";" or what == "}":
                if head.strip():
                    self.add(entries, prefix, head, doc, shown, enumerator=stop_at_comma, begin=begin)
                    if what != "}":   # words beside it, in the same line and those below
                        self.trailing(entries, shown)
                doc, begin, initialisers = [], None, False
                if what == "}":
                    return entries
            elif what == "{":
                bare = self.strip_template(head)
                space = re.match(r"(?:inline\s+)?namespace\s+([\w:\s]*)$|extern \"C\"", bare)
                record = RECORD.match(bare)
                if space:
                    name = re.sub(r"::inline v0|^inline v0$|\s", "", space.group(1) or "")
                    inner = self.scope(prefix + (name + "::" if name else ""), shown and "detail" not in name.split("::"))
                    entries += inner
                elif record and not re.search(r"\)\s*(?:const|noexcept|->|$)", re.sub(r"alignas\([^)]*\)", "", bare)) and "=" not in bare:
                    is_enum = record.group("key").startswith("enum")
                    name = record.group("name")
                    silent = not doc and bare[record.end():].lstrip().startswith("<")   # a specialization that says nothing
                    visible = shown and name != "detail" and "::" not in name and not silent
                    members = self.scope(prefix + name + "::", visible and record.group("key") != "class", is_enum)
                    end = self.text.index(";", self.at)
                    self.at = end + 1
                    if visible and name:
                        text = re.sub(r"^typedef ", "", self.tidy(head, begin))
                        self.put(entries, Entry(record.group("key").split()[0], prefix + name, text, read_doc(doc),
                                                self.since(begin), members))
                        self.trailing(entries, shown)
                elif self.is_function(head) and not (initialisers and re.search(r"[\w>]\s*$", head)) and not (
                        self.ends_in_requires(head)) and not re.search(r"=\s*\S*$", head.split(")")[-1]):
                    self.skip_block()
                    if initialisers:
                        head = self.before_initialisers(head)
                    self.add(entries, prefix, head, doc, shown, begin=begin)
                else:
                    self.skip_block()
                    continue
                doc, begin, initialisers = [], None, False

    def trailing(self, entries, shown):
        found = re.compile(r"[ \t]*///<[^\n]*(?:\n[ \t]*///<[^\n]*)*|[ \t]*// ?NOLINT[^\n]*").match(self.text, self.at)
        if found:
            self.at = found.end()
            if shown and entries and "///<" in found.group():
                words = " ".join(re.sub(r"^\s*///<? ?", "", x) for x in found.group().split("\n"))
                entries[-1] = entries[-1]._replace(doc=(entries[-1].doc + "\n" + read_doc([words])).strip())

    @staticmethod
    def strip_template(head):
        """The head without comments, `template <…>` and what it requires."""
        bare = re.sub(r"//[^\n]*", "", head).strip()
        while re.match(r"template\s*<", bare):
            depth, at = 0, bare.index("<")
            for at in range(at, len(bare)):
                depth += {"<": 1, ">": -1, "(": 1000, ")": -1000}.get(bare[at], 0) if bare[at - 1:at + 1] != "->" and depth < 1000 or bare[at] in "()" else 0
                if depth == 0:
                    break
            bare = bare[at + 1:].strip()
        if bare.startswith("requires"):
            at, depth = len("requires"), 0
            while at < len(bare) and (depth or bare[at] != "\n"):   # the constraint ends its line, but for what is in parentheses
                depth += {"(": 1, ")": -1, "{": 1, "}": -1}.get(bare[at], 0)
                at += 1
            bare = bare[at:].strip() or bare
        return bare

    @staticmethod
    def ends_in_requires(head):
        """Whether the brace that follows is that of a requires-expression."""
        head, depth = head.rstrip(), 0
        for at in range(len(head) - 1, -1, -1) if head.endswith(")") else ():
            depth += {")": 1, "(": -1}.get(head[at], 0)
            if depth == 0:
                head = head[:at]
                break
        return bool(re.search(r"\brequires\s*$", head))

    def is_function(self, head):
        return bool(self.function_name(head))

    def function_name(self, head):
        bare = self.strip_template(head)
        depth, at = 0, 0
        for found in re.finditer(r"operator\s*(?:\(\)|[^\s(]+|\w+)(?=\s*\()|(?<![\w])~?\w+(?=\s*\()|[()]|(?<![=!<>])=(?!=)", bare):
            word = found.group()
            if word in "()":
                depth += 1 if word == "(" else -1
            elif depth == 0 and word == "=":
                return None
            elif depth == 0 and word not in KEYWORDS and not word.startswith("HAFT_"):
                at = found.start()
                return None if bare[:at].rstrip().endswith("::") and not word.startswith("operator") else word
        return None

    @staticmethod
    def before_initialisers(head):
        depth = 0
        for at, c in enumerate(head):
            depth += {"(": 1, ")": -1}.get(c, 0)
            if c == ":" and depth == 0 and head[at - 1] != ":" and head[at + 1:at + 2] != ":" and ")" in head[:at]:
                return head[:at]
        return head

    def tidy(self, head, begin):
        head = " " * (begin - self.text.rfind("\n", 0, begin) - 1) + head   # as the lines below it, which are not at the margin either
        lines = [NOISE.sub("", line).rstrip() for line in re.sub(r"[ \t]*//[^\n]*", "", head).split("\n")]
        return textwrap.dedent("\n".join(line for line in lines if line.strip())).strip()

    def since(self, begin):
        return "C++26" if self.text.count("\n", 0, begin) in self.modern else ""

    def add(self, entries, prefix, head, doc, shown, begin, enumerator=False):
        bare = self.strip_template(head)
        if not shown or not bare or any(bare.startswith(x) for x in SKIPPED) or re.match(r"(?:class|struct|enum|union)\s+[\w\s:<>,*]*$", bare):
            return
        text, words = self.tidy(head, begin), read_doc(doc)
        name = self.function_name(head)
        kind = "function"
        if pointer := re.search(r"\(\s*\*\s*(\w+)\)\s*\(", bare):   # C: void (*call)(int)
            name = pointer.group(1)
        elif enumerator:
            kind, name = "enumerator", re.match(r"\w+", bare).group()
        elif re.search(r"\)\s*->\s*[\w:]+<.*>$", bare) and bare.startswith((name or "?") + "("):   # a deduction guide
            return
        elif re.match(r"using\s", bare):
            kind, found = "type", re.match(r"using\s+(?:namespace\s+)?([\w:]+)", bare)
            name = found.group(1).split("::")[-1] if found else None
        elif re.match(r"concept\s", bare):
            kind, name = "concept", re.match(r"concept\s+(\w+)", bare).group(1)
        elif not name and "(" in bare.split("=")[0] and re.search(r"::~?\w+\s*\(", bare):
            return   # of a member that was declared in its class
        elif not name:
            kind, found = "variable", re.match(r"[^={\[]*?(\w+)\s*(?::\s*\d+\s*)?(?:\[[^\]]*\]\s*)*(?:[={]|$)", re.sub(r"\[\[.*?\]\]", "", bare))
            name = found.group(1) if found else None
        if not name or kind == "type" and "=" not in bare:
            return
        if kind == "variable":
            text = re.sub(r"\s+", " ", text) if len(text) < 140 else re.sub(r"\s*[={]\s*\S[^\n]*\n.*", " = …", text, flags=re.S)
        self.put(entries, Entry(kind, prefix + name, text, words, self.since(begin), []))

    @staticmethod
    def put(entries, new):
        """Adds it, or its words to what it declares again."""
        def normal(entry):
            text = re.sub(r"\s*=\s*[^,()<>]*(?:\([^()]*\)|\{\})?(?=[,)>])", "", entry.text)
            return entry.name, re.sub(r"\b(?:static|virtual|explicit|constexpr)\b|\s", "", text)
        for at, old in enumerate(entries):
            if old.kind == new.kind and normal(old) == normal(new):
                entries[at] = old._replace(doc=old.doc or new.doc, members=old.members or new.members)
                return
        entries.append(new)


def read_header(path: Path, name: str) -> Optional[Header]:
    text = path.read_text(encoding="utf-8")
    about = re.search(r"((?:^///(?!<)[^\n]*\n)+)", text.split("#include")[0], re.M)
    reader = Reader(text)
    try:
        entries = reader.scope("", True)
    except (ValueError, AttributeError, IndexError) as wrong:
        raise SystemExit(f"{path}:{reader.text.count(chr(10), 0, reader.at) + 1}: scripts/site/reference.py can't read this ({wrong})")
    entries = [Entry("macro", macro, "#define " + macro, doc, "", []) for macro, doc in reader.macros] + entries
    return Header(name, read_doc(about.group(1).strip("\n").split("\n")) if about else "", entries)


def read(root: Path) -> List[Header]:
    files = sorted(p for p in (root / "include/haft").rglob("*") if p.suffix in (".hpp", ".h"))
    return [read_header(p, p.relative_to(root / "include").as_posix()) for p in files]


if __name__ == "__main__":
    for header in read(Path(__file__).resolve().parents[2]):
        for entry in header.entries:
            print(f"{header.path}: {entry.kind} {entry.name}{' (C++26)' * bool(entry.since)} [{len(entry.members)}]{'' if entry.doc else ' -- no words'}")
