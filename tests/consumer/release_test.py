#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""What scripts/release.py makes, and what it refuses: release_test.py FOLDER. The files stay in FOLDER, for consumer.with_boost."""
import hashlib
import re
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def release(root, *arguments):
    done = subprocess.run([sys.executable, "-B", root / "scripts/release.py", *arguments], text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    return done.returncode, done.stdout


def want(holds, what):
    if not holds:
        sys.exit(f"release_test: {what}")


def main(folder):
    if not (ROOT / ".git").exists():
        print("skipped: a release is made from a checkout of git")
        return 77
    folder = Path(folder)
    with tempfile.TemporaryDirectory() as place:
        place = Path(place)
        for where in folder, place / "again":
            code, said = release(ROOT, "--draft", where)
            want(code == 0, said)
        names = sorted(path.name for path in folder.iterdir())
        [archive] = [name for name in names if name.endswith(".tar.gz")]
        version = re.fullmatch(r"haft-(\d+\.\d+\.\d+)\.tar\.gz", archive)[1]
        want(names == sorted(["SHA256SUMS", archive, "haft.hpp", "haft_with_boost.hpp"]), names)
        for name in names:
            want((folder / name).read_bytes() == (place / "again" / name).read_bytes(), f"{name} is another the second time")
        sums = dict(reversed(line.split("  ")) for line in (folder / "SHA256SUMS").read_text().splitlines())
        want(sorted(sums) == [x for x in names if x != "SHA256SUMS"], sums)
        for name, wanted in sums.items():
            want(hashlib.sha256((folder / name).read_bytes()).hexdigest() == wanted, f"{name} has another hash")
        with tarfile.open(folder / archive) as tar:
            want(f"haft-{version}/CMakeLists.txt" in tar.getnames(), "the archive lacks CMakeLists.txt")

        # What is refused, in a clone that may be changed.
        clone = place / "clone"
        git = ["git", "-c", "user.name=Ada", "-c", "user.email=ada@example.org", "-c", "commit.gpgsign=false"]
        subprocess.run([*git, "clone", "-q", "--no-hardlinks", ROOT, clone], check=True)
        boost = ROOT / "build/deps/usr/include"
        place_of_boost = ["--boost", boost] if boost.is_dir() else []
        for path in "scripts/release.py", "scripts/single_header.py":
            (clone / path).write_bytes((ROOT / path).read_bytes())
        subprocess.run([*git, "-C", clone, "commit", "-qam", "scripts", "--allow-empty"], check=True)
        log = clone / "CHANGELOG.md"
        log.write_text(log.read_text().replace(f"## {version}", "## 999") + "\n")
        code, said = release(clone, *place_of_boost, place / "out")
        want(code == 1 and "changes that are not committed" in said, said)
        subprocess.run([*git, "-C", clone, "commit", "-qam", "no section", "--allow-empty"], check=True)
        code, said = release(clone, *place_of_boost, place / "out")
        want(code == 1 and f'CHANGELOG.md has no section "## {version}"' in said, said)
        log.write_text(log.read_text() + f"\n## {version}\n")
        subprocess.run([*git, "-C", clone, "commit", "-qam", "a section"], check=True)
        code, said = release(clone, *place_of_boost, place / "out")
        want(code == 0, said)
        header = clone / "include/haft/version.hpp"
        header.write_text(header.read_text() + "// more\n")
        subprocess.run([*git, "-C", clone, "commit", "-qam", "a header alone"], check=True)
        code, said = release(clone, *place_of_boost, place / "out")
        want(code == 1 and "differs from what the headers give" in said, said)
        code, said = release(clone, "--draft", "--boost", place, place / "out")
        want(code == 1, said)
    print(f"haft {version}: {len(names)} files, twice the same")
    return 0


sys.exit(main(*sys.argv[1:]))
