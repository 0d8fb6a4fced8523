#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""MCP servers with one echo tool, over stdio, each driven by the same client (client.cpp).

    stdio.pipelined       calls a second, 64 in flight, texts of 32 bytes
    stdio.ping_pong       calls a second, one after the other
    stdio.pipelined_10k   calls a second, 64 in flight, texts of 10 KB
    stdio.cpu             ns of the server's processor for a call, 64 in flight: what decides where others use the machine
    stdio.cpu_10k         the same with texts of 10 KB
    stdio.start           ms from the start of the process to the answer to tools/list
    stdio.memory          bytes in memory when it idles after that

The servers take turns, in rounds; the client chooses the processors. `floor` parses nothing. The TypeScript SDK is
measured where scripts/deps.sh --node has brought it.
"""
import sys
sys.dont_write_bytecode = True

import argparse
import shutil
import subprocess
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "support"))
import compilers
from figures import figure, progress, spread, write_part

HERE, ROOT = Path(__file__).resolve().parent, compilers.ROOT
RATE = {"unit": "requests/s", "higher_is_better": True, "reference": "floor"}
CPU = {"unit": "ns", "reference": "floor"}
RUNS = [   # what the client is told, and the figures that it gives, in the order of its numbers
    (["load", "64", "32"], ["stdio.pipelined", "stdio.cpu"]),
    (["load", "1", "32"], ["stdio.ping_pong"]),
    (["load", "64", "10240"], ["stdio.pipelined_10k", "stdio.cpu_10k"]),
    (["start"], ["stdio.start"]),
    (["memory"], ["stdio.memory"]),
]
FIGURES = {   # in their order
    "stdio.pipelined": {**RATE, "aim": 0.8},
    "stdio.ping_pong": RATE,
    "stdio.pipelined_10k": RATE,
    "stdio.cpu": CPU,
    "stdio.cpu_10k": CPU,
    "stdio.start": {"unit": "ms", "aim": 3, "reference": None},
    "stdio.memory": {"unit": "bytes", "aim": 4 << 20, "reference": None},
}
LONGEST = 150   # seconds that one run of the client may take


def typescript_sdk():
    """(its command, "") or (None, why it is not measured)."""
    packages, node = ROOT / "build/deps/npm", ROOT / "build/deps/node22/node_modules/.bin/node"
    if not (packages / "node_modules/@modelcontextprotocol/sdk").is_dir():
        return None, "its packages are not in build/deps/npm; run scripts/deps.sh --node"
    node = str(node) if node.exists() else shutil.which("node")
    if not node:
        return None, "there is no node; run scripts/deps.sh --node"
    return [node, str(HERE / "servers/typescript_sdk.mjs"), str(packages)], ""


def servers(compiler, folder):
    """({name: command}, what is skipped)."""
    found = {"haft": compiler.outside(folder / "stdio_haft"), "floor": compiler.outside(folder / "stdio_floor")}
    skipped = []
    if (folder / "stdio_glaze").exists():
        found["glaze_own"] = compiler.outside(folder / "stdio_glaze")
    else:
        skipped.append({"name": "stdio: glaze_own", "why": "glaze was not found beside this compiler"})
    command, why = typescript_sdk()
    if command:
        found["typescript_sdk"] = command
    else:
        skipped.append({"name": "stdio: typescript_sdk", "why": why})
    return found, skipped


def measure(client, told, server, quick):
    """The lines that the client gives, each a list of numbers."""
    how = {"load": ["0.1", "0.4"] if quick else ["0.3", "1.0"], "start": ["5"], "memory": []}[told[0]]
    done = subprocess.run([*client, *told, *how, *server], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, text=True, timeout=LONGEST)
    if done.returncode:
        raise compilers.Failed(done.stderr.strip() or f"the client ended with {done.returncode}")
    return [[float(number) for number in line.split()] for line in done.stdout.splitlines()]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--json", metavar="FILE", help="where the figures go; standard output without")
    parser.add_argument("--include", type=Path, default=ROOT / "include", metavar="DIR", help="haft's headers")
    parser.add_argument("--rounds", type=int)
    options = parser.parse_args()
    include, rounds = options.include.resolve(), options.rounds or (3 if options.quick else 5)
    compiler, skipped = compilers.newest_available([include])
    samples, failed = {}, set()
    try:
        progress("stdio: building")
        folder = compiler.build("stdio", f"-DHAFT_SOURCE={include.parent}")
        client = compiler.outside(folder / "stdio_client")
        commands, missing = servers(compiler, folder)
        skipped += missing
        for number in range(rounds):
            for told, names in RUNS:
                for server, command in commands.items():
                    if (names[0], server) in failed:
                        continue
                    progress(f"stdio, round {number + 1} of {rounds}: {names[0]}, {server}")
                    try:
                        for line in measure(client, told, command, options.quick):
                            for name, value in zip(names, line):
                                samples.setdefault(name, {}).setdefault(server, []).append(value)
                    except (compilers.Failed, subprocess.TimeoutExpired) as wrong:
                        failed.add((names[0], server))
                        skipped.append({"name": f"{names[0]}: {server}", "why": str(wrong)})
    except compilers.Failed as wrong:
        skipped.append({"name": "stdio", "why": str(wrong)})
    progress()
    # Who failed once has no figure, even if it did not fail at first.
    values = {name: {server: spread(samples[name][server]) for server in samples.get(name, {})
                     if (names[0], server) not in failed} for _, names in RUNS for name in names}
    figures = [figure(name, values=values[name], **says) for name, says in FIGURES.items() if values.get(name)]
    write_part(options.json, "stdio", compiler.label, figures, skipped)


if __name__ == "__main__":
    main()
