#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Weighs an MCP server over HTTP: test.py SERVER [CONNECTIONS [CALLS [most KiB of a connection [most MiB of all calls]]]]

Memory is resident memory of the server's process, as /proc has it: what the system keeps for sockets is not in it. Connections lie in a
process of their own, this one, since each takes a descriptor at either end. Nothing here is timed.
"""
import http.client
import json
import resource
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

REVISION = "2026-07-28"
META = {"io.modelcontextprotocol/protocolVersion": REVISION, "io.modelcontextprotocol/clientCapabilities": {},
        "io.modelcontextprotocol/clientInfo": {"name": "memory", "version": "1"}}
SPARE = 200   # descriptors for everything else


def memory(process, what):
    for line in Path(f"/proc/{process.pid}/status").read_text().splitlines():
        if line.startswith(what + ":"):
            return int(line.split()[1]) * 1024
    raise KeyError(what)


def send(client, number, method, name=None, **params):
    headers = {"Content-Type": "application/json", "Accept": "application/json, text/event-stream", "MCP-Protocol-Version": REVISION,
               "Mcp-Method": method, **({"Mcp-Name": name} if name else {})}
    if name:
        params["name"] = name
    client.request("POST", "/mcp", json.dumps({"jsonrpc": "2.0", "id": number, "method": method, "params": {**params, "_meta": META}}), headers)


def receive(client, number):
    """The answer, be it JSON or the last event of a stream."""
    got = client.getresponse()
    text = got.read().decode()
    if got.status != 200:
        raise AssertionError(f"HTTP {got.status}: {text[:200]}")
    if got.headers["Content-Type"] == "text/event-stream":
        text = [line[5:] for line in text.splitlines() if line.startswith("data:")][-1]
    answer = json.loads(text)
    if answer.get("id") != number or "result" not in answer:
        raise AssertionError(text[:200])
    return answer["result"]


def main(server, connections=10_000, calls=1_000, most_kib=64, most_mib=1024):
    connections, calls, most_kib, most_mib = int(connections), int(calls), float(most_kib), float(most_mib)
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    want = connections + SPARE
    if soft < want:
        if hard != resource.RLIM_INFINITY and hard < want:
            connections = hard - SPARE
            print(f"SKIP  some of it: at most {hard} files may be open here (ulimit -Hn), so {connections} connections are opened, and not "
                  f"{want - SPARE}")
        resource.setrlimit(resource.RLIMIT_NOFILE, (connections + SPARE, hard))
    calls = min(calls, connections)
    process = subprocess.Popen([server], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        at = urlsplit(process.stdout.readline().strip())
        clients = []

        def connect():
            client = http.client.HTTPConnection(at.hostname, at.port)
            send(client, 1, "tools/list")
            receive(client, 1)
            clients.append(client)

        connect()
        before = memory(process, "VmRSS")
        while len(clients) < connections:
            connect()
        each = (memory(process, "VmRSS") - before) / (connections - 1)
        for client in clients[::max(1, connections // 100)]:   # they are all there still
            send(client, 2, "tools/list")
            receive(client, 2)
        print(f"{connections} idle connections: {each / 1024:.2f} KiB each, at most {most_kib:g}")

        text = "x" * 10_240
        for number, client in enumerate(clients[:calls]):
            send(client, number, "tools/call", "meet", arguments={"text": f"{number} {text}", "together": calls})
        assert process.stdout.readline() == "together\n"
        process.stdin.write("\n")
        process.stdin.flush()
        for number, client in enumerate(clients[:calls]):
            said = receive(client, number)["content"][0]["text"]
            assert said == f"{number} {text}", said[:40]
        peak = memory(process, "VmHWM")
        print(f"{calls} calls of 10 KiB at once, beside {connections} connections: {peak / (1 << 20):.1f} MiB at most, bound {most_mib:g}")
        process.stdin.close()
        assert process.wait() == 0
        return 0 if each <= most_kib * 1024 and peak <= most_mib * (1 << 20) else 1
    finally:
        process.kill()
        process.wait()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
