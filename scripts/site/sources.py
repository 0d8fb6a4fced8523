#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Puts the documentation site's sources together in build/site/source, for Sphinx: scripts/site.sh calls it.

The pages of docs/ are plain Markdown that a forge shows as it is. What only the site needs is added here, to the copies: links that
lead out of docs/ go to the site's own page of that file, tables of contents become navigation, and three parts are made from files
that are there anyway: the reference from the headers, the gallery from examples/, the chapters of the guide from its index.
"""
import os
import re
import sys
from pathlib import Path

import reference_pages

ROOT = Path(__file__).resolve().parents[2]
OUT = ROOT / "build/site/source"
LANGUAGES = {".cpp": "cpp", ".hpp": "cpp", ".h": "cpp", ".toml": "toml", ".json": "json", ".sh": "sh", ".py": "python", ".md": "md"}
LINK = re.compile(r"(?P<code>^ *```.*?^ *```|`[^`\n]*`)|(?P<head>!?\[[^\]]*\]\()(?P<target>[^)\s]+)\)", re.M | re.S)
CODE = re.compile(r"(?P<code>^ *```.*?^ *```|`[^`\n]*`|\[[^\]]*\]\([^)]*\)|^#[^\n]*)|(?<![\w/-])(?P<errc>E0\d{3})(?!\w)", re.M | re.S)
written = set()


def fail(text):
    raise SystemExit("site: " + text)


def write(path, text):
    """One source, if it is another than it was: Sphinx looks at the time."""
    file = OUT / path
    file.parent.mkdir(parents=True, exist_ok=True)
    data = text if isinstance(text, bytes) else (text.strip() + "\n").encode()
    if not file.exists() or file.read_bytes() != data:
        file.write_bytes(data)
    written.add(file)


def toctree(entries, *options):
    return "\n\n```{toctree}\n" + "".join(f":{x}:\n" for x in options) + "\n" + "\n".join(entries) + "\n```\n"


def place_on_site(path):
    """Where the site has a file of the project: a page, relative to its root; None where it has none."""
    if path.startswith("docs/") and path.endswith(".md"):
        return re.sub(r"README\.md$", "index.md", path[len("docs/"):])
    if path in ("README.md", "docs", "docs/"):
        return "index.md"
    if path == "include/haft":
        return "reference/index.md"
    if path in ("CHANGELOG.md", "CONTRIBUTING.md"):
        return path.lower()
    if re.match(r"docs/\w+$", path):
        return path[len("docs/"):] + "/index.md"
    if found := re.match(r"examples(?:/(\d\d_\w+))?(?:/|$)", path):
        return f"examples/{found.group(1) or 'index'}.md"
    if path.startswith("include/haft/"):
        page = "reference/" + re.sub(r"\.hpp$", "", re.sub(r"\.h$", "_h", path[len("include/haft/"):])) + ".md"
        return page if (OUT / page).exists() else None
    return None


def page(path, text, more=""):
    """A Markdown file of the project as a page of the site."""
    here = place_on_site(path)

    def link(found):
        target, _, anchor = found.group("target").partition("#") if found.group("target") else ("", "", "")
        if found.group("code") or not target or re.match(r"\w+:", target):
            return found.group()
        wanted = os.path.normpath(os.path.join(os.path.dirname(path), target))
        there = place_on_site(wanted)
        if not there:
            if (ROOT / wanted).is_dir():   # of the project's sources: a forge shows it, the site has none
                return found.group("head")[1:-2]
            if not (ROOT / wanted).is_file():
                fail(f"{path} links to {target}, which does not exist")
            there = "files/" + wanted if not wanted.startswith("docs/") else wanted[len("docs/"):]
            write(there, (ROOT / wanted).read_bytes())
        return found.group("head") + "/" + there + ("#" + anchor if anchor else "") + ")"

    text = LINK.sub(link, text)
    if not here.startswith("errors/"):   # a code in a page's words leads to its page
        text = CODE.sub(lambda m: m.group("code") or (f"[{m.group()}](/errors/{m.group()}.md)" if (ROOT / f"docs/errors/{m.group()}.md").exists()
                                                      else m.group()), text)
    write(here, text + more)


def title_of(text):
    return re.search(r"^# (.*)", text, re.M).group(1)


def chapters():
    """The guide's index, each of its sections with links to pages as a chapter of its own in the navigation."""
    index, names, seen = (ROOT / "docs/guide/README.md").read_text(), [], {}
    for section in re.split(r"^(?=## )", index, flags=re.M)[1:]:
        pages = re.findall(r"^\|.*\]\(([\w-]+)\.md\) \|$", section, re.M)
        if not pages:
            continue
        title = section.split("\n")[0][3:]
        name = "chapter-" + re.sub(r"\W+", "-", title.lower())
        for one in pages:
            if one in seen:
                fail(f"docs/guide/README.md lists {one}.md in two chapters")
            seen[one] = title
        names.append(name)
        body = re.sub(r"\]\(([\w-]+\.md)\)", r"](/guide/\1)", section.split("\n", 1)[1])
        write(f"guide/{name}.md", f"# {title}\n{body}" + toctree(pages, "hidden"))
    missing = {p.stem for p in (ROOT / "docs/guide").glob("*.md")} - {"README"} - set(seen)
    if missing:
        fail(f"docs/guide/README.md does not list {', '.join(sorted(missing))} in a chapter, so the navigation would lack it")
    page("docs/guide/README.md", index, toctree(names, "hidden"))


def folder(name):
    """docs/NAME as a part of the site: its README lists its pages. True if there are any."""
    pages = sorted(p.stem for p in (ROOT / "docs" / name).glob("*.md") if p.stem != "README")
    index = ROOT / "docs" / name / "README.md"
    if not pages and not index.exists():
        return False
    text = index.read_text() if index.exists() else f"# {name.title()}\n\n" + "".join(
        f"- [{title_of((ROOT / 'docs' / name / (p + '.md')).read_text())}]({p}.md)\n" for p in pages)
    listed = list(dict.fromkeys(re.findall(r"\]\(([\w-]+)\.md[)#]", text)))
    if missing := sorted(set(pages) - set(listed)):
        fail(f"docs/{name}/README.md does not link to {', '.join(missing)}, so the navigation would lack it")
    page(f"docs/{name}/README.md", text, toctree([p for p in listed if p in pages], "hidden") if pages else "")
    return True


def errors():
    """The index of the errors: its words are the README's, its tables are made of the pages' titles."""
    pages = {p.stem: title_of(p.read_text()) for p in sorted((ROOT / "docs/errors").glob("E*.md"))}
    words = re.sub(r"^\|.*\n", "", (ROOT / "docs/errors/README.md").read_text(), flags=re.M)
    parts = {"compile-time": ("At compile time", [p for p in pages if p < "E0200"]), "run-time": ("At run time", [p for p in pages if p >= "E0200"])}
    for name, (title, codes) in parts.items():
        table = "| code | what is wrong |\n|---|---|\n" + "".join(f"| [{c}]({c}.md) | {pages[c].partition(': ')[2]} |\n" for c in codes)
        write(f"errors/{name}.md", f"# {title}\n\n{table}" + toctree(codes, "hidden"))
        words += f"\n- [{title}]({name}.md): {len(codes)} codes, {codes[0]} to {codes[-1]}"
    write("errors/index.md", words + toctree(parts, "hidden"))


def example(path):
    """One example: its words (the comment that its main.cpp begins with), its files and what it prints."""
    def own(file):
        return file.relative_to(path).as_posix()

    def shown(file, title):
        text = file.read_text()
        if file.suffix in (".cpp", ".hpp"):
            text = text.replace("// SPDX-License-Identifier: BSL-1.0\n", "", 1)
        fence = "````" if "```" in text else "```"
        return f"## {title}\n\n{fence}{LANGUAGES.get(file.suffix, 'text')}\n{text.strip()}\n{fence}\n\n"

    main = (path / "main.cpp").read_text()
    words = re.match(r"// SPDX-License-Identifier: BSL-1.0 ?([^\n]*)\n((?://[^\n]*\n)*)", main)
    comment = (words.group(1) + "\n" + re.sub(r"^// ?", "", words.group(2), flags=re.M)).strip()
    sources = sorted((f for f in path.rglob("*") if f.suffix in LANGUAGES and "tests" not in f.parts), key=lambda f: (f.name != "main.cpp", f.suffix != ".cpp", own(f)))
    lines = sum(f.read_text().count("\n") for f in sources if f.suffix in (".cpp", ".hpp"))
    name = path.name[3:].replace("_", " ")
    prints = ""
    if (path / "expected.txt").exists():
        arguments = (path / "args.txt").read_text().strip() if (path / "args.txt").exists() else ""
        how = f"With the arguments `{arguments}`:\n\n" if arguments else ""
        prints = f"## What it prints\n\n{how}```text\n{(path / 'expected.txt').read_text().rstrip()}\n```\n"
    body = "".join(shown(f, own(f)) for f in sources)
    intro = f"# {name}\n\n{comment}\n\n`examples/{path.name}`, target `{'haft_demo' if path.name.endswith('_demo') else 'haft_example_' + path.name}`.\n\n"
    write(f"examples/{path.name}.md", intro + (prints if lines > 60 and len(prints) < 2500 else "") + body + ("" if lines > 60 and len(prints) < 2500 else prints))
    return lines, path.name, name, reference_pages.sentence(comment)


def gallery():
    rows = [example(p) for p in sorted((ROOT / "examples").glob("[0-9][0-9]_*")) if (p / "main.cpp").exists()]
    table = "".join(f"| {file[:2]} | [{name}](/examples/{file}.md) | {lines} | {about} |\n" for lines, file, name, about in rows)
    write("examples/index.md", "# Examples\n\nWhole programs, from ten lines to a whole host. Each is built and run by the tests, and what it prints is compared with what "
          "is shown here.\n\n| | example | lines | what it shows |\n|---|---|---|---|\n" + table + toctree([file for _, file, *_ in rows], "hidden"))


def main():
    reference_pages.Pages(ROOT, write).all()
    for one in ("start", "performance", "comparison", "security", "design"):
        page(f"docs/{one}.md", (ROOT / f"docs/{one}.md").read_text())
    for one in ("CHANGELOG.md", "CONTRIBUTING.md"):
        page(one, (ROOT / one).read_text())
    for file in sorted((ROOT / "docs").rglob("*.md")):
        path = file.relative_to(ROOT).as_posix()
        if file.name != "README.md" and path.count("/") > 1:
            page(path, file.read_text())
    chapters()
    errors()
    gallery()
    cookbook = folder("cookbook")
    top = ["start", "guide/index", *(["cookbook/index"] if cookbook else []), "examples/index", "reference/index", "errors/index",
           "performance", "comparison", "Security <security>", "Design <design>", "changelog", "contributing"]
    page("docs/index.md", (ROOT / "docs/index.md").read_text(), toctree(top, "hidden"))
    for file in OUT.rglob("*"):
        if file.is_file() and file not in written:
            file.unlink()


if __name__ == "__main__":
    sys.exit(main())
