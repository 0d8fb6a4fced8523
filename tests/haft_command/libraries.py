#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""The command haft and plugins that are shared libraries: libraries.py HAFT LIBRARIES [NAME of a test...]

LIBRARIES is the folder of those that tests/plugin builds.
"""
import json
import os
import shutil
import signal
import stat
import subprocess
import sys
import unittest
from pathlib import Path

from test import HAFT, Case  # takes the first word of the command line

from at_terminal import AtTerminal

LIBRARIES = Path(sys.argv.pop(1)).resolve()


@unittest.skipUnless((LIBRARIES / "odd.so").exists(), f"{LIBRARIES} has no libraries: the target haft_test_libraries builds them")
class WithLibraries(Case):
    user = "home/.local/share/haft/plugins"
    project_place = "project/.haft/plugins"

    def put_library(self, name, place, end=b""):
        path = self.folder / place / f"{name}.so"
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_name("fresh")
        fresh.write_bytes((LIBRARIES / f"{name}.so").read_bytes() + end)
        fresh.chmod(0o755)
        fresh.rename(path)
        return path

    def names(self, *words, error="", **variables):
        return self.haft(*words, "list", "--format", "names", error=error, **variables).split()

    def mode(self, path):
        return stat.S_IMODE(os.stat(path).st_mode)


class Progress(WithLibraries):
    """[EX-10]"""

    def test_a_tool_of_this_process_has_a_bar_on_a_terminal_EX_10(self):
        self.put_library("sample", self.user)
        t = AtTerminal(self, [HAFT, "call", "wait", "{}"])
        t.expect("\r[###############               ] 50% half")
        t.expect("\r\x1b[Knotice: waiting\r\n")  # which takes the bar away
        t.process.send_signal(signal.SIGINT)
        self.assertEqual(t.finish(), "stopped\n")


class Crashes(WithLibraries):
    """[fault-88]"""

    def die(self, **more):
        self.haft("list", code=-signal.SIGABRT, error=None, HAFT_TEST_ODD="dies", **more)

    def test_what_ended_haft_while_it_was_loaded_is_not_loaded_again(self):
        odd = self.put_library("odd", self.user)
        marks = self.folder / "home/.local/state/haft/loading"
        self.assertEqual(self.names(), ["odd"])
        self.assertEqual(list(marks.iterdir()), [])
        self.die()
        self.assertEqual(self.names(error=None), [])
        self.assertRegex(self.said, f'plugin "odd" is not loaded: the host ended while {odd} was being loaded, '
                         rf'20\d\d-\d\d-\d\d \d\d:\d\d:\d\d UTC; replace it, or to try again remove {marks}/odd.loading \[haft-E0465\]')
        self.assertIn("the host ended while", " ".join(self.haft("plugins").split()))
        self.assertEqual([self.mode(marks), self.mode(marks.parent), self.mode(marks / "odd.loading")], [0o700, 0o700, 0o600])

        (marks / "odd.loading").unlink()
        self.assertEqual(self.names(), ["odd"])
        self.die()
        self.put_library("odd", self.user)  # another file, though of the same bytes
        self.assertEqual(self.names(), ["odd"])
        self.assertEqual(list(marks.iterdir()), [])

    def test_others_are_loaded_all_the_same(self):
        self.put_library("odd", self.user)
        self.put_library("sample", self.user)
        self.die()
        names = self.names(error=None)
        self.assertIn("echo", names)
        self.assertNotIn("odd", names)

    def test_marks_are_where_the_state_is_and_there_may_be_none(self):
        self.put_library("odd", self.user)
        state = self.folder / "state"
        self.die(XDG_STATE_HOME=str(state))
        self.assertTrue((state / "haft/loading/odd.loading").exists())
        self.assertEqual(self.names(), ["odd"])  # of another state nobody knows it
        blocked = self.file("blocked", "a file")
        self.assertEqual(self.names(XDG_STATE_HOME=str(blocked)), ["odd"])


class Trust(WithLibraries):
    unknown = "nobody has trusted them"
    changed = "they are not what was trusted"

    def refuses(self, why, *files):
        self.assertNotIn("echo", self.names(error=None))
        self.assertEqual(self.said, "Warning: this project brings shared libraries, whose code could do whatever you can, and they are "
                         f"not loaded: {why} ({', '.join(files)}); haft trust lets them in, --trust-project this once")

    def test_libraries_of_a_project_are_loaded_once_they_are_trusted(self):
        self.put_library("sample", self.project_place)
        self.refuses(self.unknown, "./.haft/plugins/sample.so")
        self.assertIn("echo", self.names("--trust-project"))
        self.refuses(self.unknown, "./.haft/plugins/sample.so")
        self.assertEqual(self.haft("trust"), "trusted: ./.haft/plugins/sample.so")
        self.assertIn("echo", self.names())
        self.assertEqual(self.haft("call", "echo", '{"text": "a"}'), '{"text": "a"}')
        state = self.folder / "home/.local/state/haft"
        kept = list((state / "trusted").iterdir())
        self.assertEqual([self.mode(path) for path in (state, state / "trusted", *kept)], [0o700, 0o700, 0o600])
        self.assertEqual(self.haft("trust", "--forget"), "forgotten: ./.haft/plugins")
        self.haft("trust", "--forget", error="nothing of this project was trusted")
        self.refuses(self.unknown, "./.haft/plugins/sample.so")

    def test_other_files_are_trusted_anew(self):
        self.put_library("sample", self.project_place)
        self.haft("trust")
        self.put_library("sample", self.project_place)  # the same again
        self.assertIn("echo", self.names())
        self.put_library("sample", self.project_place, end=b"x")
        self.refuses(self.changed, "./.haft/plugins/sample.so")
        self.haft("trust")
        self.assertIn("echo", self.names())
        self.file(f"{self.project_place}/lib/libmore.so.1", "what a plugin may load")
        self.refuses(self.changed, "./.haft/plugins/lib/libmore.so.1", "./.haft/plugins/sample.so")
        self.haft("trust")
        self.file(f"{self.project_place}/lib/libmore.so.1", "what a plugin may lead")
        self.refuses(self.changed, "./.haft/plugins/lib/libmore.so.1", "./.haft/plugins/sample.so")
        (self.folder / self.project_place / "lib/libmore.so.1").rename(self.folder / self.project_place / "lib/libmore.so.2")
        self.haft("trust")
        self.assertIn("echo", self.names())
        self.plugin()  # its programs run when somebody calls them, but what changed is not what was trusted
        self.refuses(self.changed, "./.haft/plugins/lib/libmore.so.2", "./.haft/plugins/sample.so")

    def test_a_server_that_looks_again_asks_for_trust_again(self):
        self.put_library("sample", self.project_place)
        process = subprocess.Popen([HAFT, "serve"], cwd=self.project, env=self.environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                   stderr=subprocess.PIPE, text=True)
        for end in (process.stderr.close, process.stdout.close, process.stdin.close, process.wait, process.kill):
            self.addCleanup(end)

        def served(reload=True):
            if reload:
                process.send_signal(signal.SIGHUP)
                while "loaded again" not in (told := process.stderr.readline()):
                    self.assertNotEqual(told, "")
            meta = {"io.modelcontextprotocol/protocolVersion": "2026-07-28", "io.modelcontextprotocol/clientCapabilities": {}}
            process.stdin.write(json.dumps({"jsonrpc": "2.0", "id": 1, "method": "tools/list", "params": {"_meta": meta}}) + "\n")
            process.stdin.flush()
            return sorted(t["name"] for t in json.loads(process.stdout.readline())["result"]["tools"])

        self.assertEqual(served(reload=False), [])
        self.assertEqual(served(), [])
        self.haft("trust")
        self.assertIn("echo", served())
        self.put_library("odd", self.project_place)
        self.assertNotIn("odd", served())  # nor what was trusted with other files beside it
        self.haft("trust")
        self.assertIn("odd", served())

    def test_trust_is_of_one_project(self):
        self.put_library("sample", self.project_place)
        self.haft("trust")
        shutil.copytree(self.project, self.folder / "another", symlinks=True)
        self.project = self.folder / "another"
        self.refuses(self.unknown, "./.haft/plugins/sample.so")

    def test_a_place_that_the_project_names_is_its_own_too(self):
        self.put_library("sample", "elsewhere")
        self.file("project/haft.toml", f'[plugins]\npaths = ["../elsewhere"]\n')
        self.refuses(self.unknown, f"{self.folder}/elsewhere/sample.so")
        self.assertEqual(self.haft("trust"), f"trusted: {self.folder}/elsewhere/sample.so")
        self.assertIn("echo", self.names())
        self.file("project/haft.toml", "")
        self.file("home/.config/haft/haft.toml", f'[plugins]\npaths = ["{self.folder}/elsewhere"]\n')
        self.haft("trust", error="this project brings no plugins")
        self.assertIn("echo", self.names())

    def test_what_others_can_write_is_no_word_of_the_user(self):
        self.put_library("sample", self.project_place)
        self.haft("trust")
        kept, = (self.folder / "home/.local/state/haft/trusted").iterdir()
        kept.chmod(0o666)
        self.refuses(self.unknown, "./.haft/plugins/sample.so")

    def test_links_to_folders_are_looked_through(self):
        self.put_library("sample", "elsewhere/sample")
        place = self.folder / self.project_place
        place.mkdir(parents=True)
        (place / "sample").symlink_to(self.folder / "elsewhere/sample")
        self.haft("trust")
        self.assertIn("echo", self.names())
        self.put_library("sample", "elsewhere/sample", end=b"x")
        self.refuses(self.changed, "./.haft/plugins/sample/sample.so")

    def test_without_a_home_nothing_is_remembered(self):
        self.put_library("sample", self.project_place)
        del self.environment["HOME"]
        self.haft("trust", code=1, error=None)
        self.assertIn("neither XDG_STATE_HOME nor HOME says where to remember it", self.said)

    def test_json(self):
        sample = self.put_library("sample", self.project_place)
        self.assertEqual(json.loads(self.haft("trust", "--json")), {"trusted": [str(sample)]})
        self.assertEqual(json.loads(self.haft("trust", "--json", "--forget")), {"forgotten": [str(sample.parent)]})


if __name__ == "__main__":
    unittest.main(verbosity=1)
