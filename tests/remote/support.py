# SPDX-License-Identifier: BSL-1.0
"""Real servers on free ports, and hosts: what the tests of tools on other machines start."""
import json
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import unittest
from pathlib import Path

PATIENCE = 60  # seconds, for a machine that is busy with other things
UNPACKED = Path(__file__).resolve().parents[2] / "build/deps/remote/usr/sbin"


def find(name):
    places = [str(UNPACKED), "/usr/sbin", "/usr/local/sbin", *os.environ.get("PATH", "").split(":")]
    return shutil.which(name, path=":".join(places))


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def until(what, about):
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if got := what():
            return got
        time.sleep(0.02)
    raise AssertionError(f"it does not happen: {about}")


class Case(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        self.folder = Path(tempfile.mkdtemp(prefix="haft-remote-")).resolve()
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        for one in ("home/.config/haft", "project/saved"):
            (self.folder / one).mkdir(parents=True)
        self.environment = {k: v for k, v in os.environ.items() if not k.startswith(("HAFT_", "XDG_"))}
        self.environment |= {"HOME": str(self.folder / "home"), "NO_COLOR": "1"}

    def start(self, words, **how):
        """A program that ends with the test."""
        process = subprocess.Popen(words, stdin=subprocess.DEVNULL, **how)
        self.addCleanup(process.wait)
        self.addCleanup(process.kill)
        return process

    def open(self, name):
        """A file to write to."""
        file = open(self.folder / name, "a")
        self.addCleanup(file.close)
        return file

    def nats(self, port=None):
        """A nats-server of the test's own; its address is `url`."""
        program = find("nats-server")
        if not program:
            self.skipTest("there is no nats-server (scripts/deps.sh --remote)")
        ports = self.folder / f"ports{time.monotonic_ns()}"
        ports.mkdir()
        log = self.open("nats.log")
        process = self.start([program, "-a", "127.0.0.1", "-p", str(port or -1), "--ports_file_dir", ports], stdout=log, stderr=log)

        def told():
            for file in ports.glob("*.ports"):
                try:
                    return json.loads(file.read_text())["nats"][0]
                except (ValueError, KeyError):
                    return None
        process.url = until(told, "nats-server tells its port")
        return process

    def worker(self, words, **variables):
        """One that serves, and has said so: what it said is `said`."""
        process = self.start(words, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, cwd=self.folder / "project",
                             env={**self.environment, **variables})
        self.addCleanup(process.stderr.close)
        process.said = process.stderr.readline()
        self.assertTrue("worker" in process.said or "MCP server" in process.said, process.said + (process.stderr.read() if process.poll() else ""))
        return process

    def end(self, process, code=0):
        process.send_signal(signal.SIGTERM)
        self.assertEqual(process.wait(PATIENCE), code)

    def config(self, text):
        (self.folder / "home/.config/haft/haft.toml").write_text(text)

    def haft(self, program, *words, input=""):
        """What it gives: exit code, standard output, standard error."""
        done = subprocess.run([program, *words], cwd=self.folder / "project", env=self.environment, input=input, capture_output=True, text=True, timeout=120)
        return done.returncode, done.stdout, done.stderr
