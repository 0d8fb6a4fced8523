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
# One that runs in the foreground, without what a distribution's configuration has, in front of servers that it may ask in turn.
NGINX = """daemon off; worker_processes 1; pid {folder}/nginx.pid; error_log stderr warn;
events {{ worker_connections 256; }}
http {{
    access_log off; client_body_temp_path {folder}/b; proxy_temp_path {folder}/p; fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
    upstream replicas {{ {servers} keepalive 8; }}
    server {{
        listen 127.0.0.1:{port};
        location / {{ proxy_pass http://replicas; proxy_http_version 1.1; proxy_set_header Connection ""; proxy_set_header Host far.example; proxy_buffering off; }}
    }}
}}
"""
UNPACKED = Path(__file__).resolve().parents[2] / "build/deps/remote/usr/sbin"


def find(name):
    places = [str(UNPACKED), "/usr/sbin", "/usr/local/sbin", *os.environ.get("PATH", "").split(":")]
    return shutil.which(name, path=":".join(places))


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def reachable(port):
    with socket.socket() as s:
        return s.connect_ex(("127.0.0.1", port)) == 0


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

    def behind_nginx(self, program, replicas=2):
        """Where so many servers for MCP answer, through one nginx."""
        nginx, port, log = find("nginx"), free_port(), self.open("nginx.log")
        urls = [self.worker([program, "serve", "--http", "127.0.0.1:0", "--host", "far.example"]).said.split()[5].rstrip(",;") for _ in range(replicas)]
        servers = " ".join(f"server {url.split('/')[2]};" for url in urls)
        (self.folder / "nginx.conf").write_text(NGINX.format(folder=self.folder, port=port, servers=servers))
        proxy = self.start([nginx, "-p", self.folder, "-e", "stderr", "-c", self.folder / "nginx.conf"], stderr=log)
        self.addCleanup(proxy.wait, PATIENCE)
        self.addCleanup(proxy.terminate)  # its workers end with it, which they do not when it is killed
        until(lambda: reachable(port), "nginx listens")
        return f"http://127.0.0.1:{port}/mcp"

    def end(self, process, code=0):
        process.send_signal(signal.SIGTERM)
        self.assertEqual(process.wait(PATIENCE), code)

    def config(self, text):
        (self.folder / "home/.config/haft/haft.toml").write_text(text)

    def haft(self, program, *words, input=""):
        """What it gives: exit code, standard output, standard error."""
        done = subprocess.run([program, *words], cwd=self.folder / "project", env=self.environment, input=input, capture_output=True, text=True, timeout=120)
        return done.returncode, done.stdout, done.stderr
