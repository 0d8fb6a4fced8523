#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Tools on other machines, with real servers: test.py HAFT WORKER LOAD FOLDER-OF-THE-PLUGIN [NAME of a test...]"""
import random
import sys
import time
import unittest
from pathlib import Path

HAFT, WORKER, LOAD, PLUGIN = (str(Path(sys.argv.pop(1)).resolve()) for _ in range(4))

from support import PATIENCE, Case, find


class OneHostThreeWays(Case):
    """The same program, with its tools in the process, on NATS, and behind nginx."""

    WORDS = (
        ("list", "--format", "names"), ("list", "--format", "openai"), ("list", "--format", "anthropic", "--strict"),
        ("call", "far.get_weather", '{"city":"Oslo"}'),
        ("--json", "call", "far.get_weather", '{"city":"Oslo","days":1}'),
        ("call", "far.get_weather", '{"city":"Oslo","days":15}'),
        ("call", "far.get_weather", '{"town":"Oslo","days":"2"}'),
        ("call", "far.get_weather", '{"city":"Oslo","city":"Bergen"}'),
        ("call", "far.get_weather", "Oslo"), ("call", "far.get_weather", "[1]"), ("call", "far.get_weather", "{"),
        ("call", "far.echo", '{"text":"a \\"b\\"\\n\\u00e9\\u20ac"}'),
        ("--json", "call", "far.echo", '{"text":"a"}'),
        ("call", "far.refuse", '{"text":"this"}'),
        ("call", "far.picture", '{"text":"see"}'),
        ("call", "far.picture", '{"text":"see"}', "--save", "saved"),
        ("call", "far.burn", '{"rounds":10}'),
        ("call", "far.burn", '{"rounds":2.5}'),
        ("call", "far.nothing", "{}"),
    )

    def what_it_gives(self):
        out = []
        for words in self.WORDS:
            out.append((words, *self.haft(HAFT, *words)))
        for file in sorted((self.folder / "project/saved").glob("*")):
            out.append((file.name, file.read_bytes()))
            file.unlink()
        return out

    def test_its_output_is_identical(self):
        self.config(f'[plugins]\npaths = ["{PLUGIN}"]\n')
        here = self.what_it_gives()
        self.assertEqual(here[0][2], "far.get_weather\nfar.echo\nfar.refuse\nfar.picture\nfar.count\nfar.burn\n", here[0])
        self.assertIn('{"city":"Oslo","celsius":[21.5,21.5,21.5]}', here[3][2].replace(" ", "").replace("\n", ""))
        self.assertTrue(any(len(one) == 2 for one in here), "the picture is saved")

        bus = self.nats()
        for _ in range(2):
            self.worker([WORKER, "serve", "--nats", bus.url])
        self.config(f'[nats.far]\nurl = "{bus.url}"\n')
        self.same(here, self.what_it_gives())

        nginx = find("nginx")
        if not nginx:
            self.skipTest("there is no nginx (scripts/deps.sh --remote); in the process and on NATS its output is identical")
        self.config(f'[mcp.far]\nurl = "{self.behind_nginx(WORKER)}"\nprotocol = "stateless"\n')
        self.same(here, self.what_it_gives())

    def same(self, here, there):
        for one, other in zip(here, there):
            self.assertEqual(one, other)
        self.assertEqual(len(here), len(there))


class KilledWorkers(Case):
    def test_each_call_ends_once_and_none_runs_twice(self):
        """10,000 calls of a tool that is not idempotent while a worker is killed every second."""
        calls, bus, ran = 10_000, self.nats(), self.folder / "ran"
        ended = self.open("ended")
        one = [WORKER, "serve", "--nats", bus.url]
        workers = [self.worker(one, HAFT_FAR_COUNT=str(ran)) for _ in range(3)]
        load = self.start([LOAD, bus.url, str(calls), "24", "8"], stdout=ended)
        killed, chosen, next_kill = 0, random.Random(7), time.monotonic() + 1
        while load.poll() is None:
            time.sleep(0.02)
            if time.monotonic() >= next_kill:
                at = chosen.randrange(3)
                workers[at].kill()
                workers[at].wait()
                workers[at] = self.worker(one, HAFT_FAR_COUNT=str(ran))
                killed, next_kill = killed + 1, time.monotonic() + 1
        self.assertEqual(load.returncode, 0)
        ends = dict(line.split(" ", 1) for line in (self.folder / "ended").read_text().splitlines())
        runs = ran.read_text().split()
        told = {end: list(ends.values()).count(end) for end in set(ends.values())}
        print(f"\n{calls} calls, {killed} workers killed, {len(runs)} runs; {told}", file=sys.stderr)
        self.assertEqual(len(ends), calls)
        self.assertEqual(len(runs), len(set(runs)), "a call that is not idempotent ran twice")
        self.assertLessEqual(set(told), {"result", "unknown"})
        self.assertGreaterEqual(killed, 2)
        self.assertGreater(told.get("unknown", 0), 0, "no call was under way when a worker was killed")
        self.assertLessEqual({id for id, end in ends.items() if end == "result"}, set(runs))

    def test_a_worker_that_is_told_to_end_loses_no_call(self):
        """A rolling restart."""
        calls, bus, ran = 3_000, self.nats(), self.folder / "ran"
        ended = self.open("ended")
        one = [WORKER, "serve", "--nats", bus.url]
        workers = [self.worker(one, HAFT_FAR_COUNT=str(ran)) for _ in range(2)]
        load = self.start([LOAD, bus.url, str(calls), "8", "4"], stdout=ended)
        restarts = 0
        while load.poll() is None and restarts < 20:
            time.sleep(0.1)
            self.end(workers[restarts % 2])
            workers[restarts % 2] = self.worker(one, HAFT_FAR_COUNT=str(ran))
            restarts += 1
        self.assertEqual(load.wait(PATIENCE), 0)
        ends = [line.split(" ", 1)[1] for line in (self.folder / "ended").read_text().splitlines()]
        self.assertEqual({one: ends.count(one) for one in set(ends)}, {"result": calls})
        self.assertEqual(sorted(ran.read_text().split()), sorted(f"c{i}" for i in range(calls)))
        self.assertGreaterEqual(restarts, 2)


if __name__ == "__main__":
    unittest.main(verbosity=1)
