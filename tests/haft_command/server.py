#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""An MCP server for tests: server.py ERA, in a folder of its own. ERA is handshake or stateless.

Its tools stand in the file `tools`, a line each: NAME DESCRIPTION. When that file has changed since they were listed, the next call says so.
"""
import json
import sys
import time
from pathlib import Path

stateless = sys.argv[1] == "stateless"
FORM = {"type": "object", "required": ["name", "colour"], "properties": {
    "name": {"type": "string", "title": "Your name", "minLength": 2},
    "age": {"type": "integer", "minimum": 0},
    "sure": {"type": "boolean", "default": True},
    "colour": {"type": "string", "oneOf": [{"const": "r", "title": "Red"}, {"const": "g", "title": "Green"}]},
    "days": {"type": "array", "items": {"type": "string", "enum": ["mo", "tu", "we"]}}}}
FORM_QUESTION = {"message": "Who are you?\n> exit", "requestedSchema": FORM}
PAGE_QUESTION = {"mode": "url", "message": "Log in", "url": "https://example.com/login?for=haft", "elicitationId": "1"}
listed = None


def send(**message):
    print(json.dumps({"jsonrpc": "2.0", **message}), flush=True)


def tools():
    lines = Path("tools").read_text().splitlines() if Path("tools").exists() else ["count Counts", "ask Asks", "page Opens", "echo Says"]
    return [dict(zip(("name", "description"), line.split(" ", 1)), inputSchema={"type": "object"}) for line in lines]


def text(id, words):
    send(id=id, result={"content": [{"type": "text", "text": words}], **({"resultType": "complete"} if stateless else {})})


def ask(id, params, question):
    """What the client answers: within the result and a second call, or by a request."""
    if stateless:
        if "inputResponses" in params:
            assert params["requestState"] == "kept"
            return params["inputResponses"]["it"]
        send(id=id, result={"resultType": "input_required", "requestState": "kept",
                            "inputRequests": {"it": {"method": "elicitation/create", "params": question}}})
        return None
    send(id="q", method="elicitation/create", params=question)
    for line in sys.stdin:
        message = json.loads(line)
        if message.get("id") == "q":
            return message.get("result") or message["error"]


def call(id, params):
    name = params["name"]
    if name == "count":
        for done in range(1, 5):
            send(method="notifications/progress", params={"progressToken": params["_meta"]["progressToken"], "progress": done, "total": 4,
                                                          "message": "step \x1b[31m" if done == 2 else ""})
        return text(id, "counted")
    if name == "gate":  # it tells a step, and waits until the file `open` is there
        send(method="notifications/progress", params={"progressToken": params["_meta"]["progressToken"], "progress": 1, "total": 2})
        while not Path("open").exists():
            time.sleep(0.02)
        return text(id, "passed")
    if name in ("ask", "page"):
        answer = ask(id, params, FORM_QUESTION if name == "ask" else PAGE_QUESTION)
        return answer is None or text(id, json.dumps(answer))
    if tools() != listed:
        send(method="notifications/tools/list_changed")
    text(id, name)


for line in sys.stdin:
    message = json.loads(line)
    method, id = message.get("method"), message.get("id")
    if method == "server/discover" and stateless:
        send(id=id, result={"resultType": "complete", "supportedVersions": ["2026-07-28"], "capabilities": {"tools": {"listChanged": True}}})
    elif method == "initialize" and not stateless:
        send(id=id, result={"protocolVersion": "2025-11-25", "capabilities": {"tools": {"listChanged": True}},
                            "serverInfo": {"name": "test", "version": "1"}})
        Path("capabilities").write_text(json.dumps(message["params"]["capabilities"]))
    elif method == "tools/list":
        listed = tools()
        send(id=id, result={"tools": listed})
    elif method == "tools/call":
        call(id, message["params"])
    elif id is not None and method:
        send(id=id, error={"code": -32601, "message": "no"})
