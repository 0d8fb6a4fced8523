#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""MCP servers with one echo tool, over stdio, each driven by the same client (client.cpp).

    stdio.pipelined       calls a second, 64 in flight, texts of 32 bytes
    stdio.ping_pong       calls a second, one after the other
    stdio.pipelined_10k   calls a second, 64 in flight, texts of 10 KB
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
FIGURES = {   # name: (what the client is told, what the figure says)
    "stdio.pipelined": (["load", "64", "32"], {**RATE, "aim": 0.8}),
    "stdio.ping_pong": (["load", "1", "32"], RATE),
    "stdio.pipelined_10k": (["load", "64", "10240"], RATE),
    "stdio.start": (["start"], {"unit": "ms", "aim": 3, "reference": None}),
    "stdio.memory": (["memory"], {"unit": "bytes", "aim": 4 << 20, "reference": None}),
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
    how = {"load": ["0.1", "0.4"] if quick else ["0.3", "1.0"], "start": ["5"], "memory": []}[told[0]]
    done = subprocess.run([*client, *told, *how, *server], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, text=True, timeout=LONGEST)
    if done.returncode:
        raise compilers.Failed(done.stderr.strip() or f"the client ended with {done.returncode}")
    return [float(line) for line in done.stdout.split()]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--json", metavar="FILE", help="where the figures go; standard output without")
    parser.add_argument("--include", type=Path, default=ROOT / "include", metavar="DIR", help="haft's headers")
    parser.add_argument("--rounds", type=int)
    options = parser.parse_args()
    include, rounds = options.include.resolve(), options.rounds or (3 if options.quick else 5)
    compiler, skipped = compilers.newest_available([include])
    samples = {}
    try:
        progress("stdio: building")
        folder = compiler.build("stdio", f"-DHAFT_SOURCE={include.parent}")
        client = compiler.outside(folder / "stdio_client")
        commands, missing = servers(compiler, folder)
        skipped += missing
        failed = set()
        for number in range(rounds):
            for name, (told, _) in FIGURES.items():
                for server, command in commands.items():
                    if (name, server) in failed:
                        continue
                    progress(f"stdio, round {number + 1} of {rounds}: {name}, {server}")
                    try:
                        samples.setdefault(name, {}).setdefault(server, []).extend(
                            measure(client, told, command, options.quick))
                    except (compilers.Failed, subprocess.TimeoutExpired) as wrong:
                        failed.add((name, server))
                        samples[name].pop(server)
                        skipped.append({"name": f"{name}: {server}", "why": str(wrong)})
    except compilers.Failed as wrong:
        skipped.append({"name": "stdio", "why": str(wrong)})
    progress()
    figures = [figure(name, values={server: spread(x) for server, x in samples[name].items()}, **says)
               for name, (_, says) in FIGURES.items() if samples.get(name)]
    write_part(options.json, "stdio", compiler.label, figures, skipped)


if __name__ == "__main__":
    main()
