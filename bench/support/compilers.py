# SPDX-License-Identifier: BSL-1.0
"""The compilers that the benchmark is built with: g++-16 in its chroot (scripts/gcc16.sh), and this machine's g++."""
import os
import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
TIMED = 'TIMEFORMAT="%U %S"; time "$@" 2>"$0"'   # of the command and all that it starts
COUNTED = ["-wrapper", "valgrind,--tool=cachegrind,--cache-sim=no,--cachegrind-out-file=/dev/null"]


class Failed(Exception):
    """The first error of a build."""


class Compiler:
    """A g++, where it is. `prefix` runs a command there, `chroot` is that place's root (None: this machine itself)."""

    def __init__(self, command, prefix=(), chroot=None):
        self.command, self.prefix, self.chroot = command, [str(x) for x in prefix], chroot
        # haft's libraries are in build/deps where those of the system are too old
        self.libraries = [x for x in [ROOT / "build/deps/usr"] if not chroot and x.is_dir()]
        version = self.run([command, "--version"]).stdout.split("\n")[0]
        self.label = re.sub(r"^\S+ \(.*\) ", "g++ ", version)
        self.name = "gcc" + re.search(r"(\d+)\.\d+", version).group(1)

    def run(self, command):
        return subprocess.run([*self.prefix, *(str(x) for x in command)], stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT)

    def succeed(self, command):
        done = self.run(command)
        if done.returncode:
            raise Failed(first_error(done.stdout + done.stderr))
        return done

    def compile(self, arguments, folder):
        """CPU seconds, user and system, of one call of the compiler."""
        errors = Path(folder) / "errors.txt"
        done = self.run(["bash", "-c", TIMED, errors, self.command, *self.includes(), *arguments])
        if done.returncode:
            raise Failed(first_error(errors.read_text() if errors.exists() else done.stderr))
        return sum(float(x) for x in done.stderr.split()[-2:])

    def count_instructions(self, arguments):
        """Instructions of the compiler proper, the assembler and, where it links, the linker."""
        done = self.succeed([self.command, *COUNTED, *self.includes(), *arguments])
        return sum(int(x.replace(",", "")) for x in re.findall(r"I +refs: +([\d,]+)", done.stderr))

    def text_and_data(self, binary):
        row = self.run(["size", binary]).stdout.split("\n")[1].split()
        return int(row[0]) + int(row[1])

    def includes(self):
        return [x for folder in self.libraries for x in ("-isystem", folder / "include")]

    def build(self, part, *options):
        """Builds bench/PART, optimised; where the programs are."""
        folder = place() / f"{part}-{self.name}"
        self.succeed(["cmake", "-S", ROOT / "bench" / part, "-B", folder, "-G", "Ninja", "-DCMAKE_BUILD_TYPE=None",
                      "-DCMAKE_CXX_FLAGS=-O2 -DNDEBUG", f"-DCMAKE_CXX_COMPILER={self.command}",
                      f"-DCMAKE_PREFIX_PATH={';'.join(str(x) for x in self.libraries)}", *options])
        self.succeed(["cmake", "--build", folder])
        return folder

    def outside(self, program):
        """The command that runs a program of the chroot on this machine without going there: with its own loader."""
        if not self.chroot:
            return [str(program)]
        loader = next(iter(sorted(self.chroot.glob("usr/lib*/ld-linux-*.so.*"))), None) or next(
            iter(sorted(self.chroot.glob("usr/lib/*/ld-linux-*.so.*"))))
        folders = sorted(self.chroot.glob("usr/lib/*-linux-gnu"))
        return [str(loader), "--library-path", ":".join(str(x) for x in folders), str(program)]


def first_error(text):
    of_cmake = re.search(r"^CMake Error.*\n+((?:  .*\n)+)", text, re.M)
    if of_cmake:
        return " ".join(of_cmake.group(1).split())[:200]
    lines = [line for line in text.split("\n") if re.search(r"\berror: |not found|No such file", line)]
    return (lines or text.strip().split("\n"))[0].strip()[:200]


def place():
    """Where what is compiled stands: inside the project, which the chroot sees."""
    folder = ROOT / "build/bench"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def of_this_machine():
    return Compiler("g++")


def gcc16(shown=()):
    """(g++-16 in its chroot, "") or (None, why not). The folders `shown` can be seen inside, too."""
    outside = [str(x) for x in shown if x and ROOT not in x.parents]
    if outside:
        os.environ["HAFT_GCC16_SHOW"] = ":".join(outside)
    script = ROOT / "scripts/gcc16.sh"
    made = subprocess.run([script, "true"], stderr=subprocess.PIPE, text=True) if script.exists() else None
    if made is None or made.returncode:
        return None, (made.stderr.strip().split("\n")[-1] if made else "scripts/gcc16.sh is not there")
    chroot = Path(os.environ.get("HAFT_GCC16") or ROOT / "build/gcc16").resolve()
    return Compiler("g++-16", prefix=[script], chroot=None if chroot == Path("/") else chroot), ""


def newest_available(shown=()):
    """(g++-16, or this machine's g++, what is to be told as skipped for want of the former)."""
    compiler, why = gcc16(shown)
    return (compiler, []) if compiler else (of_this_machine(), [{"name": "g++-16", "why": why}])
