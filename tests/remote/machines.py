#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Machines of their own for the engine, two workers and a host, as network namespaces: machines.py HAFT WORKER LOAD [NAME of a test...]

Skipped aloud (77) where no namespace may be made: it takes root, and ip(8).
"""
import os
import shutil
import subprocess
import sys
import time
import unittest
from pathlib import Path

HAFT, WORKER, LOAD = (str(Path(sys.argv.pop(1)).resolve()) for _ in range(3))

from support import PATIENCE, Case, find, until

URL = "nats://10.77.0.1:4222"
ENGINE = 'listen: "10.77.0.1:4222"\nping_interval: "1s"\nping_max: 2\n'


def ip(*words, check=True):
    return subprocess.run(["ip", *words], check=check, capture_output=True, text=True).returncode == 0


def may_make_machines():
    name = f"haft{os.getpid()}t"
    fine = shutil.which("ip") and shutil.which("nsenter") and ip("netns", "add", name, check=False)
    return bool(fine) and ip("link", "add", f"{name}v", "type", "veth", "peer", "name", f"{name}w", check=False) and \
        ip("link", "del", f"{name}v") and ip("netns", "del", name)


class Machines(Case):
    def setUp(self):
        super().setUp()
        if not find("nats-server"):
            self.skipTest("there is no nats-server (scripts/deps.sh --remote)")
        self.names = {one: f"haft{os.getpid()}{one}" for one in ("engine", "one", "two", "host")}
        for name in self.names.values():
            self.addCleanup(ip, "netns", "del", name, check=False)
            ip("netns", "add", name)
            ip("-n", name, "link", "set", "lo", "up")
        engine = self.names["engine"]
        ip("-n", engine, "link", "add", "bridge", "type", "bridge")
        ip("-n", engine, "addr", "add", "10.77.0.1/24", "dev", "bridge")
        ip("-n", engine, "link", "set", "bridge", "up")
        for number, one in enumerate(("one", "two", "host"), 11):
            ip("-n", engine, "link", "add", f"to_{one}", "type", "veth", "peer", "name", "eth", "netns", self.names[one])
            ip("-n", engine, "link", "set", f"to_{one}", "master", "bridge", "up")
            ip("-n", self.names[one], "addr", "add", f"10.77.0.{number}/24", "dev", "eth")
            ip("-n", self.names[one], "link", "set", "eth", "up")
        (self.folder / "engine.conf").write_text(ENGINE)
        self.engine = self.start_engine()

    def on(self, machine, *words):
        return ["nsenter", f"--net=/run/netns/{self.names[machine]}", *map(str, words)]

    def start_engine(self):
        log = self.open("nats.log")
        engine = self.start(self.on("engine", find("nats-server"), "-c", self.folder / "engine.conf"), stdout=log, stderr=log)
        until(lambda: subprocess.run(self.on("host", "bash", "-c", "exec 3<>/dev/tcp/10.77.0.1/4222"), capture_output=True).returncode == 0, "the engine listens")
        return engine

    def begin_worker(self, machine, **variables):
        return self.worker(self.on(machine, WORKER, "serve", "--nats", URL), HAFT_FAR_COUNT=str(self.folder / f"ran_{machine}"), **variables)

    def begin_load(self, calls, threads, milliseconds):
        ended = self.open("ended")
        return self.start(self.on("host", LOAD, URL, calls, threads, milliseconds), stdout=ended)

    def ran(self, machine):
        file = self.folder / f"ran_{machine}"
        return file.read_text().split() if file.exists() else []

    def check(self, calls, allowed):
        """Each call has ended once, and ran once at most, on whichever machine. How often each end."""
        lines = [line.split(" ", 1) for line in (self.folder / "ended").read_text().splitlines()]
        self.assertEqual(sorted(id for id, _ in lines), sorted(f"c{i}" for i in range(calls)))
        runs = self.ran("one") + self.ran("two")
        self.assertEqual(len(runs), len(set(runs)), "a call that is not idempotent ran twice")
        self.assertLessEqual({id for id, end in lines if end == "result"}, set(runs))
        ends = [end for _, end in lines]
        told = {one: ends.count(one) for one in set(ends)}
        print(f"\n{self.id().split('.')[-1]}: {calls} calls, {len(self.ran('one'))} + {len(self.ran('two'))} runs; {told}", file=sys.stderr)
        self.assertLessEqual(set(told), allowed)
        return told

    def test_a_worker_that_is_cut_off_is_missed_and_comes_back(self):
        self.begin_worker("one")
        self.begin_worker("two")
        load = self.begin_load(4000, 16, 5)
        until(lambda: len(self.ran("one")) > 100, "calls are under way")
        ip("-n", self.names["engine"], "link", "set", "to_one", "down")
        time.sleep(0.2)
        at_that_time = len(self.ran("one"))
        time.sleep(3)
        ip("-n", self.names["engine"], "link", "set", "to_one", "up")
        self.assertEqual(load.wait(PATIENCE), 0)
        told = self.check(4000, {"result", "unknown"})
        # The engine goes on sending it its share until it has noticed, which Debian 12's does only when it has nothing to send for a while. Each of
        # 16 callers waits a second for each such call.
        self.assertGreater(told.get("unknown", 0), 0)
        self.assertLess(told["unknown"], 16 * 10)
        until(lambda: self.calls_reach("one", at_that_time), "it has calls again")

    def calls_reach(self, machine, before):
        (self.folder / "ended").unlink()
        self.assertEqual(self.begin_load(200, 8, 1).wait(PATIENCE), 0)
        return len(self.ran(machine)) > before + 20

    def test_the_engine_is_started_again_under_load(self):
        self.begin_worker("one")
        self.begin_worker("two")
        load = self.begin_load(3000, 16, 5)
        until(lambda: len(self.ran("one")) > 100, "calls are under way")
        self.engine.kill()
        self.engine.wait()
        time.sleep(0.5)
        self.engine = self.start_engine()
        self.assertEqual(load.wait(PATIENCE), 0)
        told = self.check(3000, {"result", "unknown"})
        self.assertLessEqual(told.get("unknown", 0), 32)  # those that were under way, and no other

    def test_a_slow_worker_is_given_what_it_can_take(self):
        self.begin_worker("one", HAFT_FAR_SLOWER="300")
        self.begin_worker("two")
        self.assertEqual(self.begin_load(2000, 32, 5).wait(PATIENCE), 0)
        self.check(2000, {"result"})
        self.assertGreater(len(self.ran("two")), 3 * len(self.ran("one")))

    def test_a_worker_with_an_older_version_of_a_tool_is_not_called_for_it(self):
        self.begin_worker("one", HAFT_FAR_OLD="1")
        self.begin_worker("two")
        self.config(f'[nats.far]\nurl = "{URL}"\n')
        for _ in range(20):
            done = subprocess.run(self.on("host", HAFT, "call", "far.echo", '{"text":"x"}'), cwd=self.folder / "project", env=self.environment, capture_output=True, text=True)
            self.assertEqual((done.returncode, done.stdout, done.stderr), (0, "x\n", ""))
        stats = subprocess.run(self.on("host", HAFT, "show", "far.echo"), cwd=self.folder / "project", env=self.environment, capture_output=True, text=True).stdout
        self.assertIn("Gives back", stats)
        self.assertNotIn("as it always did", stats)


if __name__ == "__main__":
    if not may_make_machines():
        print("skipped: no network namespaces can be made here (root, ip, nsenter)", file=sys.stderr)
        sys.exit(77)
    unittest.main(verbosity=1)
