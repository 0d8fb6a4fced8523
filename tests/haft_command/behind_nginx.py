# SPDX-License-Identifier: BSL-1.0
"""Two replicas of an MCP server behind nginx, as examples/behind_nginx has it: its mcp.conf, with ports that are free, and the command of
its mcp@.service, or another one. For tests: nothing here asserts anything."""
import http.client
import json
import os
import shlex
import shutil
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path

EXAMPLE = Path(__file__).resolve().parents[2] / "examples/behind_nginx"
PATIENCE = 60
META = {"io.modelcontextprotocol/protocolVersion": "2026-07-28", "io.modelcontextprotocol/clientCapabilities": {},
        "io.modelcontextprotocol/clientInfo": {"name": "test", "version": "1"}}


def find_nginx():
    """Its path, or None: that of scripts/deps.sh --remote, or the system's. Debian has it where only root looks."""
    unpacked = Path(__file__).resolve().parents[2] / "build/deps/remote/usr/sbin"
    return shutil.which("nginx", path=f"{unpacked}:{os.environ.get('PATH', '')}:/usr/sbin:/sbin")


def free_ports(number):
    """nginx can't tell which port it was given, so it is not given 0."""
    held = [socket.create_server(("127.0.0.1", 0)) for _ in range(number)]
    ports = [one.getsockname()[1] for one in held]
    for one in held:
        one.close()
    return ports


def unit_line(key):
    """A line of the unit, in words."""
    lines = [line for line in (EXAMPLE / "mcp@.service").read_text().splitlines() if line.startswith(key + "=")]
    return shlex.split(lines[0].partition("=")[2])


def wait_until(true):
    """Gives what it waited for; None if that has not come."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if got := true():
            return got
        time.sleep(0.02)
    return None


class BehindNginx:
    """`command` has %i where the port stands and 127.0.0.1 among the names of its host; without one it is the unit's, with that haft.

    `port` is nginx's, `url` the endpoint through it. Replicas are 0 and 1. Use it as a context."""

    def __init__(self, folder, haft=None, command=None, where=None, environment=None):
        self.folder, self.where, self.environment = Path(folder), where, environment
        self.command = command or [haft, *unit_line("ExecStart")[1:]]
        *self.replica_ports, self.port = free_ports(3)
        self.url = f"http://127.0.0.1:{self.port}/mcp"
        self.replicas = [None, None]
        self.nginx = None

    def __enter__(self):
        try:
            for i in (0, 1):
                self.start(i)
            self.start_nginx()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        for one in self.replicas:
            if one:
                one.kill()
                one.wait()
        if self.nginx:
            self.nginx.terminate()  # killed, it would leave its workers behind
            self.nginx.wait(PATIENCE)

    def __text(self, text):
        for old, new in zip((8001, 8002, 8000), (*self.replica_ports, self.port)):
            text = text.replace(f"127.0.0.1:{old}", f"127.0.0.1:{new}")
        return text.replace("mcp.example.org", "127.0.0.1")

    # --- replicas

    def start(self, i):
        """Returns when it is healthy."""
        port = str(self.replica_ports[i])
        command = [word.replace("mcp.example.org", "127.0.0.1").replace("%i", port) for word in self.command]
        with open(self.folder / f"replica{i}.log", "ab") as log:
            self.replicas[i] = subprocess.Popen(command, cwd=self.where, env=self.environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        if wait_until(lambda: self.replicas[i].poll() is not None or self.health(i) == 200) is None or self.replicas[i].poll() is not None:
            raise RuntimeError(f"replica {i} does not serve: " + (self.folder / f"replica{i}.log").read_text())

    def health(self, i=None):
        """The status of GET /health at that replica, or through nginx. 0: nobody is there."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port if i is None else self.replica_ports[i]}/health", timeout=PATIENCE) as got:
                return got.status
        except urllib.error.HTTPError as e:
            return e.code
        except OSError:
            return 0

    def stop(self, i):
        """As systemd does it: SIGTERM to it alone, and then its end is waited for. Gives its exit code."""
        self.replicas[i].send_signal(signal.SIGTERM)
        return self.replicas[i].wait(PATIENCE)

    def kill(self, i):
        self.replicas[i].kill()
        self.replicas[i].wait()

    # --- nginx

    def start_nginx(self):
        (self.folder / "mcp.conf").write_text(self.__text((EXAMPLE / "mcp.conf").read_text()))
        places = "".join(f"    {name}_temp_path {self.folder};\n" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
        user = "user root;\n" if os.geteuid() == 0 else ""  # the folder of a test is nobody else's
        (self.folder / "nginx.conf").write_text(f"""daemon off;
{user}worker_processes 2;
pid {self.folder}/nginx.pid;
error_log {self.folder}/nginx.log info;
events {{ worker_connections 256; }}
http {{
    access_log off;
{places}    include {self.folder}/mcp.conf;
}}
""")
        self.nginx = subprocess.Popen([find_nginx(), "-e", f"{self.folder}/nginx.log", "-p", str(self.folder), "-c", f"{self.folder}/nginx.conf"],
                                      stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        if wait_until(lambda: self.nginx.poll() is not None or self.health() == 200) is None or self.nginx.poll() is not None:
            raise RuntimeError("nginx does not serve: " + (self.folder / "nginx.log").read_text())


class Client:
    """Calls of 2026-07-28 over one connection, as many as it lives; none is sent twice."""

    def __init__(self, port, host=None):
        self.port, self.host, self.connection = port, host, None

    def send(self, tool, arguments, progress=None):
        """The response, of which only the head was read."""
        params = {"name": tool, "arguments": arguments, "_meta": {**META, **({"progressToken": progress} if progress is not None else {})}}
        headers = {"Content-Type": "application/json", "Accept": "application/json, text/event-stream", "MCP-Protocol-Version": "2026-07-28",
                   "Mcp-Method": "tools/call", "Mcp-Name": tool, **({"Host": self.host} if self.host else {})}
        if self.connection is None:
            self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        self.connection.request("POST", "/mcp", json.dumps({"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": params}), headers)
        return self.connection.getresponse()

    def messages(self, response):
        """What comes, as it comes."""
        if not response.getheader("Content-Type", "").startswith("text/event-stream"):
            yield json.loads(response.read())
            return
        while line := response.readline():
            if line.startswith(b"data: "):
                yield json.loads(line[6:])

    def call(self, tool, arguments):
        """The result; or why there is none, as text: of its fate nothing is known."""
        try:
            response = self.send(tool, arguments)
            if response.status != 200:
                response.read()
                return f"HTTP {response.status}"
            answers = [message["result"] for message in self.messages(response) if "result" in message]
            return answers[0] if answers else "the stream has ended"
        except (OSError, http.client.HTTPException) as e:
            self.close()
            return repr(e)

    def close(self):
        if self.connection is not None:
            self.connection.close()
            self.connection = None
