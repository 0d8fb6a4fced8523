# SPDX-License-Identifier: BSL-1.0
"""The compilers that the cost is measured with, and what one compilation costs in each."""
import os
import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
TIMED = 'TIMEFORMAT="%U %S"; time "$@" 2>"$0"'   # of the command and all that it starts
COUNTED = ["-wrapper", "valgrind,--tool=cachegrind,--cache-sim=no,--cachegrind-out-file=/dev/null"]


class Failed(Exception):
    """The first error of a compilation."""


class Compiler:
    def __init__(self, command, prefix=(), includes=()):
        self.command, self.prefix, self.includes = command, [str(x) for x in prefix], [str(x) for x in includes]
        version = self.run([command, "--version"]).stdout.split("\n")[0]
        self.label = re.sub(r"^\S+ \(.*\) ", "g++ ", version)
        self.name = "gcc" + re.search(r"(\d+)\.\d+", version).group(1)

    def run(self, command):
        return subprocess.run([*self.prefix, *command], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, text=True, cwd=ROOT)

    def compile(self, arguments, folder):
        """CPU seconds, user and system, of one call of the compiler."""
        errors = Path(folder) / "errors.txt"
        done = self.run(["bash", "-c", TIMED, str(errors), self.command, *self.paths(), *arguments])
        if done.returncode:
            raise Failed(first_error(errors.read_text() if errors.exists() else done.stderr))
        return sum(float(x) for x in done.stderr.split()[-2:])

    def count_instructions(self, arguments):
        """Instructions of the compiler proper, the assembler and, where it links, the linker."""
        done = self.run([self.command, *COUNTED, *self.paths(), *arguments])
        if done.returncode:
            raise Failed(first_error(done.stderr))
        return sum(int(x.replace(",", "")) for x in re.findall(r"I +refs: +([\d,]+)", done.stderr))

    def text_and_data(self, binary):
        row = self.run(["size", str(binary)]).stdout.split("\n")[1].split()
        return int(row[0]) + int(row[1])

    def paths(self):
        return [x for folder in self.includes for x in ("-isystem", folder)]


def first_error(text):
    lines = [line for line in text.split("\n") if re.search(r"\berror: |not found|No such file", line)]
    return (lines or text.strip().split("\n"))[0].strip()[:200]


def place():
    """Where what is compiled stands: inside the project, which the chroot sees."""
    folder = ROOT / "build/bench"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def of_this_machine():
    """This machine's g++; haft's and the tests' libraries are in build/deps where the system's are too old."""
    return Compiler("g++", includes=[x for x in [ROOT / "build/deps/usr/include"] if x.is_dir()])


def gcc16(shown=()):
    """(g++-16 in its chroot, "") or (None, why not). The folders `shown` can be seen inside, too."""
    outside = [str(x) for x in shown if x and ROOT not in x.parents]
    if outside:
        os.environ["HAFT_GCC16_SHOW"] = ":".join(outside)
    script = ROOT / "scripts/gcc16.sh"
    made = subprocess.run([script, "true"], stderr=subprocess.PIPE, text=True) if script.exists() else None
    if made is None or made.returncode:
        return None, (made.stderr.strip().split("\n")[-1] if made else "scripts/gcc16.sh is not there")
    return Compiler("g++-16", prefix=[script]), ""
