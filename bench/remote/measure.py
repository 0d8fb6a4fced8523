#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Tools on other machines, here all of them on this one: through NATS, and through HTTP and nginx.

    remote.latency            us of one call: a bare NATS request (each alternates with a call), haft on NATS, through HTTP and nginx, in the process
    remote.rate               calls a second, 16 at a time, with one worker and with two
    remote.cpu_bound          calls a second, 8 at a time, of a tool that keeps a core busy, one worker with one thread, and two; and what one program and two
                              do of the same work without any bus: two cores of one machine are not always two
"""
import sys
sys.dont_write_bytecode = True

import argparse
import json
import subprocess
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "support"))
sys.path.insert(0, str(HERE.parents[1] / "tests/remote"))
import compilers
import support
from figures import figure, progress, spread, write_part

ECHO = ("far.echo", '{"text":"hello"}')


class Place(support.Case):
    """Starts servers as the tests do."""

    def runTest(self):
        pass

    def measured(self, host, config, tool, arguments, calls, threads, *more):
        file = self.folder / "bench.toml"
        file.write_text(config)
        done = subprocess.run([host, file, tool, arguments, str(calls), str(threads), *more], capture_output=True, text=True, timeout=600)
        if done.returncode:
            raise compilers.Failed(done.stderr.strip())
        return json.loads(done.stdout)


def burnt(worker, calls, programs):
    """How many calls of burn a second so many programs do at once, each all of its calls in one."""
    began = time.monotonic()
    running = [subprocess.Popen([worker, "call", "burn", json.dumps({"rounds": 8000000 * calls})], stdout=subprocess.DEVNULL) for _ in range(programs)]
    if any([one.wait() for one in running]):
        raise compilers.Failed("burn fails")
    return programs * calls / (time.monotonic() - began)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--json", metavar="FILE", help="where the figures go; standard output without")
    parser.add_argument("--include", type=Path, default=HERE.parents[1] / "include", metavar="DIR", help="haft's headers")
    parser.add_argument("--rounds", type=int)
    options = parser.parse_args()
    rounds, calls = options.rounds or (3 if options.quick else 9), 1500 if options.quick else 5000
    compiler, skipped, samples, pairs = compilers.of_this_machine(), [], {}, []

    def take(what, name, value):
        samples.setdefault(what, {}).setdefault(name, []).append(value)

    if not support.find("nats-server"):
        skipped.append({"name": "remote", "why": "there is no nats-server; run scripts/deps.sh --remote"})
    else:
        progress("remote: building")
        folder = compiler.build("remote", f"-DHAFT_SOURCE={options.include.resolve().parent}")
        host, worker = (compiler.outside(folder / f"remote_{one}")[-1] for one in ("host", "worker"))
        for number in range(rounds):
            progress(f"remote, round {number + 1} of {rounds}")
            place = Place()
            place.setUp()
            try:
                bus = place.nats()
                nats = f'[nats.far]\nurl = "{bus.url}"\n'
                echo = place.start([host, "echo", bus.url], stdout=subprocess.PIPE, text=True)
                echo.stdout.readline()
                first = place.worker([worker, "serve", "--nats", bus.url])
                told = place.measured(host, nats, *ECHO, calls, 1, bus.url)
                pairs.append((told["us"], told["bare_us"]))
                take("latency", "haft", told["us"])
                take("latency", "a bare request", told["bare_us"])
                take("rate", "haft, one worker", place.measured(host, nats, *ECHO, calls, 16)["per_second"])
                second = place.worker([worker, "serve", "--nats", bus.url])
                take("rate", "haft, two workers", place.measured(host, nats, *ECHO, calls, 16)["per_second"])
                place.end(first), place.end(second)
                work = ("far.burn", '{"rounds":8000000}')
                place.worker([worker, "serve", "--nats", bus.url, "--threads", "1"])
                take("cpu_bound", "one worker", place.measured(host, nats, *work, calls // 10, 8)["per_second"])
                place.worker([worker, "serve", "--nats", bus.url, "--threads", "1"])
                take("cpu_bound", "two workers", place.measured(host, nats, *work, calls // 10, 8)["per_second"])
                for programs, name in ((1, "one program, no bus"), (2, "two programs, no bus")):
                    take("cpu_bound", name, burnt(worker, 100, programs))
                if support.find("nginx"):
                    http = f'[mcp.far]\nurl = "{place.behind_nginx(worker)}"\nprotocol = "stateless"\n'
                    take("latency", "HTTP and nginx", place.measured(host, http, *ECHO, calls, 1)["us"])
                    take("rate", "HTTP and nginx, two replicas", place.measured(host, http, *ECHO, calls, 16)["per_second"])
            finally:
                place.doCleanups()
    progress()
    says = {"latency": {"unit": "us", "aim": 1.1, "reference": "a bare request"}, "rate": {"unit": "calls/s", "higher_is_better": True, "haft": "haft, one worker", "reference": None},
            "cpu_bound": {"unit": "calls/s", "higher_is_better": True, "haft": "two workers", "aim": 1.7, "reference": "one worker"}}
    spreads = {what: {name: spread(all_of_it) for name, all_of_it in values.items()} for what, values in samples.items()}
    if pairs:  # calls and bare requests alternate within a round, so what is told is the round whose ratio is the middle one
        middle = sorted(pairs, key=lambda pair: pair[0] / pair[1])[len(pairs) // 2]
        spreads["latency"]["haft"]["median"], spreads["latency"]["a bare request"]["median"] = middle
    figures = [figure(f"remote.{what}", values=values, **says[what]) for what, values in spreads.items()]
    write_part(options.json, "remote", compiler.label, figures, skipped)


if __name__ == "__main__":
    main()
