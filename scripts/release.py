#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Makes the files of a release: release.py [--boost FOLDER] [--revision REVISION] [--draft] FOLDER

FOLDER gets
  haft-VERSION.tar.gz      the tree of the revision (HEAD)
  haft.hpp                 the single header, which needs the headers of Boost
  haft_with_boost.hpp      the same with what it needs of Boost inside (from --boost, or where scripts/deps.sh puts it, or /usr/include)
  SHA256SUMS               their hashes
The same revision and Boost give the same bytes. Refused are a tree with changes, a version that CHANGELOG.md has no section for, and a
single header that is not current; --draft lets the first two pass.
"""
import argparse
import gzip
import hashlib
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import single_header

ROOT = Path(__file__).resolve().parent.parent
BOOST_LICENCE = "https://www.boost.org/LICENSE_1_0.txt"


def git(*arguments):
    return subprocess.run(["git", *arguments], cwd=ROOT, stdout=subprocess.PIPE, check=True).stdout


# What a program describes its own types with: it has no other place to take that from.
FOR_PROGRAMS = ("boost/describe/class.hpp", "boost/describe/enum.hpp")


def with_boost(text, boost):
    """The text with each include of Boost replaced by what it includes, but where that stands above already, under no more conditions than
    here. Guards keep what is there twice from being read twice, as they do in files."""
    placed, out = {}, []   # placed: a header: the conditions under which it stands

    def place(header, content, conditions, above):
        lines = single_header.parse(content)
        for line in lines:
            word = line.text.strip()
            if re.match(r"#[ \t]*include[ \t]+BOOST_\w+", word):
                raise single_header.Mistake(f"{header} includes what a macro names, which can't be put into one file")
            name = line.target[1:]
            if line.kind != "include" or not name.startswith("boost/"):
                if not re.match(r"#[ \t]*pragma[ \t]+once", word):
                    out.append(line.text)
                continue
            under = conditions + line.under
            if name in above or any(under[:len(x)] == x for x in placed.get(name, ())):   # of what is open its guard would leave nothing
                continue
            path = boost / name
            if not path.is_file():
                raise single_header.Mistake(f"{path} is not there; name the folder that has Boost's headers by --boost")
            guard = "HAFT_WITH_" + re.sub(r"\W", "_", name).upper()
            out.extend([f"#ifndef {guard}", f"#define {guard}", f"// ---- {name}"])
            place(name, path.read_text(encoding="utf-8"), under, (*above, name))
            out.append(f"#endif  // {guard}")
            placed.setdefault(name, []).append(under)

    place(single_header.OUTPUT, text, (), ())
    return "\n".join(out)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--boost", type=Path, help="the folder in which boost/ is")
    parser.add_argument("--revision", default="HEAD")
    parser.add_argument("--draft", action="store_true")
    options = parser.parse_args()
    boost = options.boost or next((x for x in [ROOT / "build/deps/usr/include", Path("/usr/include")] if (x / "boost/pfr/core.hpp").is_file()), None)
    try:
        if boost is None:
            raise single_header.Mistake("no Boost was found; run scripts/deps.sh, or name it by --boost")
        if not options.draft and git("status", "--porcelain").strip():
            raise single_header.Mistake("the tree has changes that are not committed; commit them, or make a --draft")
        made = files(options, boost)
    except (single_header.Mistake, subprocess.CalledProcessError) as mistake:
        print(f"release: {mistake}", file=sys.stderr)
        return 1
    options.folder.mkdir(parents=True, exist_ok=True)
    sums = ""
    for name, content in sorted(made.items()):
        (options.folder / name).write_bytes(content)
        sums += f"{hashlib.sha256(content).hexdigest()}  {name}\n"
        print(f"{len(content) / 1024:8.0f} KiB  {name}")
    (options.folder / "SHA256SUMS").write_text(sums)
    return 0


def files(options, boost):
    """The names of a release's files and what is in them, all from the revision and not from what stands around here."""
    revision = git("rev-parse", "--verify", f"{options.revision}^{{commit}}").decode().strip()
    with tempfile.TemporaryDirectory() as place:
        tree = Path(place)
        subprocess.run(["tar", "-x", "-C", place], input=git("archive", revision), check=True)
        version = single_header.version(tree)
        if not options.draft and not re.search(rf"^## {re.escape(version)}\b", (tree / "CHANGELOG.md").read_text(), re.M):
            raise single_header.Mistake(f"CHANGELOG.md has no section \"## {version}\"; write it, or make a --draft")
        wrong = single_header.difference(tree)
        if wrong:
            raise single_header.Mistake(wrong)
        header = (tree / single_header.OUTPUT).read_text(encoding="utf-8")
    archive = git("archive", "--format=tar", f"--prefix=haft-{version}/", revision)
    alone = header.replace(single_header.SPDX, f"{single_header.SPDX}\n// With parts of Boost, {BOOST_LICENCE}; each names its authors.", 1)
    alone = alone.replace("#include <boost/", "".join(f"#include <{x}>\n" for x in FOR_PROGRAMS) + "#include <boost/", 1)
    return {f"haft-{version}.tar.gz": gzip.compress(archive, 9, mtime=0),
            "haft.hpp": header.encode(),
            "haft_with_boost.hpp": with_boost(alone, boost).encode()}


if __name__ == "__main__":
    sys.exit(main())
