#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""MCP servers with one echo tool over stdio and HTTP, in both eras, each under the same load of 16 calls at a time.

    mcp.stdio.cpu, mcp.stdio_2026.cpu, mcp.http.cpu, mcp.http_2026.cpu    us of the server's processor for a call
    mcp.stdio.rate, …                                                     calls a second; the generator is what limits them with haft
    mcp.http.memory, mcp.http_2026.memory                                 bytes in memory at most

The load is made by mcp-load.mjs, a generator in Node that knows neither server and checks every answer: HAFT_MCP_LOAD, or
bench/mcp-load.mjs of the folder HAFT_SHARED_DIR (../shared). The servers take turns, in rounds. Where several programs want the
processor, time in it is what decides. The TypeScript SDK is measured where scripts/deps.sh --node has brought it.
"""
import sys
sys.dont_write_bytecode = True

import argparse
import json
import os
import shutil
import socket
import subprocess
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "support"))
import compilers
from figures import figure, progress, spread, write_part

HERE, ROOT = Path(__file__).resolve().parent, compilers.ROOT
ERAS = {"": "2025-11-25", "_2026": "2026-07-28"}
KINDS = {   # of what the generator tells: (its name there, times what, the figure)
    "cpu": ("server_cpu_us_per_call", 1, {"unit": "us"}),
    "rate": ("rps", 1, {"unit": "requests/s", "higher_is_better": True}),
    "memory": ("server_rss_peak_mib", 1 << 20, {"unit": "bytes"}),
}
LONGEST = 120   # seconds that one run of the generator may take


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def generator():
    named = os.environ.get("HAFT_MCP_LOAD")
    return Path(named) if named else Path(os.environ.get("HAFT_SHARED_DIR") or ROOT.parent / "shared") / "bench/mcp-load.mjs"


def servers(haft, node, packages):
    """{way: {name: how to start it at a port}}; a way is the transport and the era's ending."""
    def script(folder, name, *more):
        return [node, str(ROOT / "bench" / folder / "servers" / name), str(packages), *more]
    ways = {}
    for ending in ERAS:
        ways["stdio" + ending] = {"haft": lambda port: [*haft, "stdio"]}
        ways["http" + ending] = {"haft": lambda port: [*haft, "http", port, "1"],
                                 "haft, threads = 0": lambda port: [*haft, "http", port, "0"]}
    if packages:
        ways["stdio"]["typescript_sdk"] = lambda port: script("stdio", "typescript_sdk.mjs")
        ways["http"]["typescript_sdk"] = lambda port: script("mcp", "typescript_sdk_http.mjs", port)
        ways["stdio_2026"]["typescript_sdk"] = lambda port: script("mcp", "typescript_sdk2.mjs")
        ways["http_2026"]["typescript_sdk"] = lambda port: script("mcp", "typescript_sdk2.mjs", port)
    return ways


def load(node, way, start, seconds):
    """What the generator tells of one run."""
    port = str(free_port())
    where = ["--stdio"] if way.startswith("stdio") else ["--http", f"http://127.0.0.1:{port}/mcp"]
    revision = ERAS[way.removeprefix("stdio").removeprefix("http")]
    done = subprocess.run([node, str(generator()), "--proto", revision, "--args", '{"text":"hello"}', "--expect", "hello", "--conc", "16",
                           "--seconds", str(seconds), "--warmup", "1", "--starts", "0", "--max-seconds", "60", *where, "--", *start(port)],
                          stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, timeout=LONGEST)
    told = [one for one in map(json.loads, done.stdout.splitlines()) if one["kind"] == "load"]
    if done.returncode or not told:
        raise compilers.Failed(done.stderr.strip() or f"the generator ended with {done.returncode}: {done.stdout[-300:]}")
    return told[0]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--json", metavar="FILE", help="where the figures go; standard output without")
    parser.add_argument("--include", type=Path, default=ROOT / "include", metavar="DIR", help="haft's headers")
    parser.add_argument("--rounds", type=int)
    options = parser.parse_args()
    rounds, seconds = options.rounds or (2 if options.quick else 5), 1 if options.quick else 3
    compiler, skipped, samples, failed = compilers.of_this_machine(), [], {}, set()
    node = ROOT / "build/deps/node22/node_modules/.bin/node"
    node = str(node) if node.exists() else shutil.which("node")
    packages = ROOT / "build/deps/npm"
    if not (packages / "node_modules/@modelcontextprotocol/sdk").is_dir():
        skipped.append({"name": "mcp: typescript_sdk", "why": "its packages are not in build/deps/npm; run scripts/deps.sh --node"})
        packages = None
    try:
        if not node:
            raise compilers.Failed("there is no node; run scripts/deps.sh --node")
        if not generator().exists():
            raise compilers.Failed("the load generator mcp-load.mjs is not there; HAFT_MCP_LOAD names it")
        progress("mcp: building")
        folder = compiler.build("mcp", f"-DHAFT_SOURCE={options.include.resolve().parent}")
        for number in range(rounds):
            for way, all_of_it in servers(compiler.outside(folder / "mcp_haft"), node, packages).items():
                for name, start in all_of_it.items():
                    if (way, name) in failed:
                        continue
                    progress(f"mcp, round {number + 1} of {rounds}: {way}, {name}")
                    try:
                        samples.setdefault(way, {}).setdefault(name, []).append(load(node, way, start, seconds))
                    except (compilers.Failed, subprocess.TimeoutExpired) as wrong:
                        failed.add((way, name))
                        skipped.append({"name": f"mcp.{way}: {name}", "why": str(wrong)})
    except compilers.Failed as wrong:
        skipped.append({"name": "mcp", "why": str(wrong)})
    progress()
    figures = []
    for kind, (key, factor, says) in KINDS.items():
        for way, all_of_it in samples.items():
            values = {name: spread([one[key] * factor for one in told]) for name, told in all_of_it.items() if (way, name) not in failed and told}
            if values and not (kind == "memory" and way.startswith("stdio")):
                figures.append(figure(f"mcp.{way}.{kind}", values=values, **says))
    write_part(options.json, "mcp", compiler.label, figures, skipped)


if __name__ == "__main__":
    main()
