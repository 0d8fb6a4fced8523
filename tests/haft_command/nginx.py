#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""haft serve --http twice behind a real nginx, as examples/behind_nginx has it: nginx.py HAFT [NAME of a test...]

Without nginx it says so and ends with 77."""
import collections
import json
import signal
import subprocess
import sys
import threading
import time
import unittest
from pathlib import Path

from test import Case, HAFT  # takes the first word of the command line

from behind_nginx import EXAMPLE, PATIENCE, BehindNginx, Client, find_nginx, unit_line, wait_until
from mcp import SERVER

# Each writes down which call it is, of which replica it is the child, and which process it is itself. It goes on when its replica is killed.
TALLY = """description = "Writes down that it was called"
[run]
argv = ["/bin/sh", "-c", "echo $1 $PPID $$ >>FOLDER/calls; sleep 0.03", "tally", "{id}"]
[parameters]
type = "object"
required = ["id"]
properties.id = {type = "integer"}
"""
HOLD = TALLY.replace("sleep 0.03", "until [ -e FOLDER/open ]; do sleep 0.02; done")
SIZE = """description = "How large a text is"
effect = "read_only"
input = "text"
[run]
argv = ["/usr/bin/wc", "-c"]
[parameters]
type = "object"
required = ["text"]
properties.text = {type = "string"}
"""


class Behind(Case):
    def setUp(self):
        super().setUp()
        with_folder = lambda text: text.replace("FOLDER", str(self.folder))
        self.plugin(name="tally", manifest="", tools={"tally": with_folder(TALLY), "hold": with_folder(HOLD), "size": SIZE})
        self.file("home/.config/haft/haft.toml", f'[mcp.s]\ncommand = "{sys.executable}"\nargs = ["-B", "{SERVER}", "stateless"]\n'
                  f'cwd = "{self.folder}"\n')
        self.file("tools", "gate Tells a step and waits\n")
        self.there = self.enterContext(BehindNginx(self.folder, haft=HAFT, where=self.project, environment=self.environment))
        self.addCleanup(self.file, "open", "")  # before the replicas are ended: who is held goes on

    def calls(self):
        """How often each was done, and how many by each replica."""
        path = self.folder / "calls"
        lines = [line.split() for line in path.read_text().splitlines()] if path.exists() else []
        return collections.Counter(int(id) for id, *_ in lines), collections.Counter(int(replica) for _, replica, _ in lines)

    def pids(self):
        return {one.pid for one in self.there.replicas}

    def client(self, protocol):
        """The environment of a haft that has mounted what is behind nginx, as far."""
        self.file("client/.config/haft/haft.toml", f'[mcp.far]\nurl = "{self.there.url}"\nprotocol = "{protocol}"\n')
        (self.folder / "elsewhere").mkdir(exist_ok=True)
        return {"HOME": str(self.folder / "client")}

    def begin_hold(self):
        """A haft that waits for its call, and the replica that has it."""
        caller = subprocess.Popen([HAFT, "call", "far.hold", '{"id":1}'], cwd=self.project, env={**self.environment, **self.client("stateless")},
                                  stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.addCleanup(caller.communicate)
        self.addCleanup(caller.kill)
        self.assertTrue(wait_until(lambda: self.calls()[1]), "it is not called")
        (pid,) = self.calls()[1]
        return caller, [one.pid for one in self.there.replicas].index(pid)

    def far(self, tool, arguments, protocol="stateless", **how):
        return self.haft("call", f"far.{tool}", json.dumps(arguments), where=self.folder / "elsewhere", **self.client(protocol), **how)


class Served(Behind):
    def test_both_replicas_are_called_and_haft_s_client_is_served_in_both_eras(self):
        for i, protocol in enumerate(["stateless", "stateless", "auto", "handshake", "handshake"]):
            self.far("tally", {"id": i}, protocol, error=None)
        load = Client(self.there.port)
        for i in range(5, 15):
            self.assertIsInstance(load.call("tally", {"id": i}), dict)
        load.close()
        calls, by = self.calls()
        self.assertEqual(calls, {i: 1 for i in range(15)})
        self.assertEqual(by.keys(), self.pids())

    def test_who_names_another_host_is_refused_and_a_long_text_is_not(self):
        for host, status in (("mcp.example.com", 403), ("127.0.0.1", 200)):
            client = Client(self.there.port, host)
            response = client.send("size", {"text": "x" * (2 << 20)})
            self.assertEqual(response.status, status)
            said = response.read().decode()
            self.assertIn("2097152" if status == 200 else "--host NAME", said)
            client.close()

    def test_who_does_not_want_a_call_any_more_ends_it_fault_129(self):
        caller, _ = self.begin_hold()
        tool = Path("/proc", (self.folder / "calls").read_text().split()[2])
        self.assertTrue(tool.exists())
        caller.send_signal(signal.SIGINT)
        self.assertIn("haft-E0341", caller.communicate(timeout=PATIENCE)[1])
        self.assertTrue(wait_until(lambda: not tool.exists()), "it goes on")

    def test_progress_arrives_at_once(self):
        client = Client(self.there.port)
        response = client.send("s_gate", {}, progress="p")
        messages = client.messages(response)
        first = next(messages)
        self.assertEqual((first["method"], first["params"]["progress"]), ("notifications/progress", 1))  # the tool waits
        self.file("open", "")
        self.assertEqual(next(messages)["result"]["content"][0]["text"], "passed")
        client.close()


class Load:
    """Some clients that call `tally` one after the other until they are told to stop; each call has a number of its own."""

    def __init__(self, port, clients=4):
        self.outcomes, self.lock, self.ends, self.number = {}, threading.Lock(), threading.Event(), 0
        self.threads = [threading.Thread(target=self.run, args=(port,)) for _ in range(clients)]
        for one in self.threads:
            one.start()

    def run(self, port):
        client = Client(port)
        while not self.ends.is_set():
            with self.lock:
                self.number += 1
                id = self.number
            outcome = client.call("tally", {"id": id})
            with self.lock:
                self.outcomes[id] = outcome
            time.sleep(0.03)
        client.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.ends.set()
        for one in self.threads:
            one.join()

    def more(self, number):
        """Waits until so many further calls have ended."""
        with self.lock:
            until = len(self.outcomes) + number
        if not wait_until(lambda: len(self.outcomes) >= until):
            raise AssertionError("no call ends any more")

    def without_result(self):
        return {id: outcome for id, outcome in self.outcomes.items() if not (isinstance(outcome, dict) and not outcome["isError"])}


class Ends(Behind):
    """[fault-158]"""

    def test_a_replica_that_is_killed_costs_the_calls_that_it_had_and_none_is_done_twice(self):
        with Load(self.there.port) as load:
            load.more(20)
            self.there.kill(0)
            load.more(20)
            self.there.start(0)
            load.more(1)
            again = self.there.replicas[0].pid
            self.assertTrue(wait_until(lambda: again in self.calls()[1]), "it is not called again")
        lost = load.without_result()
        self.assertLessEqual(len(lost), 2 * len(load.threads), lost)  # those of that moment, and no others
        calls, _ = self.calls()
        for id in load.outcomes:
            self.assertIn(calls[id], (0, 1) if id in lost else (1,), (id, lost.get(id)))
        self.assertEqual(max(calls.values()), 1)

    def test_a_rolling_restart_loses_no_call(self):
        before = self.pids()
        with Load(self.there.port) as load:
            load.more(20)
            for i in (0, 1):
                leaving = self.there.replicas[i]
                leaving.terminate()
                self.assertTrue(wait_until(lambda: self.there.health(i) == 503), "it does not say that it leaves")
                self.assertEqual(self.there.health(), 200)  # through nginx: of the other one
                load.more(5)
                self.assertEqual(leaving.wait(PATIENCE), 0)
                load.more(5)
                self.there.start(i)
                load.more(5)
            after = self.pids()
            self.assertTrue(wait_until(lambda: after <= self.calls()[1].keys()), "the new ones are not called")
        self.assertEqual(load.without_result(), {})
        self.assertEqual(self.calls()[0], {id: 1 for id in load.outcomes})
        self.assertFalse(before & after)

    def test_haft_s_client_says_that_the_fate_of_a_call_is_unknown_and_does_not_make_it_again_NX_11(self):
        caller, replica = self.begin_hold()
        self.there.kill(replica)
        said = caller.communicate(timeout=PATIENCE)[1]
        self.assertEqual(caller.returncode, 1)
        self.assertIn('MCP server "far" has not answered the call of "hold", which may have been done all the same; look before you call again', said)
        self.assertIn("haft-E0432", said)
        self.far("tally", {"id": 2}, error=None)  # by the other one
        self.assertEqual(self.calls()[0], {1: 1, 2: 1})


class Example(unittest.TestCase):
    def test_the_cookbook_shows_the_files(self):
        page = (EXAMPLE.parents[1] / "docs/cookbook/behind-nginx.md").read_text()
        for name, kind in (("mcp.conf", "nginx"), ("mcp@.service", "ini")):
            self.assertIn(f"```{kind}\n{(EXAMPLE / name).read_text()}```\n", page)

    def test_systemd_waits_longer_than_a_replica_may_take_to_end(self):
        command = unit_line("ExecStart")
        seconds = {name: int(command[command.index(name) + 1]) for name in ("--leave-time", "--drain-time")}
        self.assertLess(sum(seconds.values()) + 1, int(unit_line("TimeoutStopSec")[0]))


if __name__ == "__main__":
    if not find_nginx():
        print("skipped: there is no nginx here (Debian: nginx-light)")
        sys.exit(77)
    unittest.main(verbosity=1)
