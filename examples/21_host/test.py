#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Runs the host as people, models and clients do, with a local server for its model: test.py HOST CHAT_SERVER [--write]

What is shown, and what the model was sent, is compared with expected.txt, or written there.
"""
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

here = Path(__file__).resolve().parent
host, chat_server = (str(Path(one).resolve()) for one in sys.argv[1:3])


def call(tool, **arguments):
    return {"name": tool, "arguments": arguments}


SCRIPT = [
    {"calls": [call("pantry_list"), call("pantry_put", name="rice", count=2), call("boil_time", food="rice")]},
    {"calls": [call("pantry_take", name="flour"), call("pantry_take", name="rice"), call("pantry_put", name="salt"),
               call("pantry_put", name="cat food")]},
    {"text": "Done."},
]
REQUESTS = [
    {"jsonrpc": "2.0", "id": 1, "method": "initialize",
     "params": {"protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": {"name": "test", "version": "1"}}},
    {"jsonrpc": "2.0", "method": "notifications/initialized"},
    {"jsonrpc": "2.0", "id": 2, "method": "tools/call", "params": {"name": "pantry_list", "arguments": {}}},
    {"jsonrpc": "2.0", "id": 3, "method": "prompts/get", "params": {"name": "recipes:soup", "arguments": {"input": "No salt."}}},
]


def main():
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        os.umask(0o022)
        shutil.copytree(here, folder / "kitchen", ignore=shutil.ignore_patterns("*.cpp", "test.py"))
        for path in [folder / "kitchen", *(folder / "kitchen").rglob("*")]:   # a checkout may be anybody's; a kitchen is not
            path.chmod(path.stat().st_mode & ~0o022)
        shown = ""

        def run(words, lines="", said=None, **variables):
            nonlocal shown
            done = subprocess.run([host, *words], cwd=folder / "kitchen", input=lines, capture_output=True, text=True, timeout=60,
                                  env={"PATH": os.environ["PATH"], "HOME": str(folder), "LC_ALL": "C", **variables})
            shown += f"$ host {said or ' '.join(words)}\n{done.stdout}{done.stderr}".replace(str(folder), "~")
            if done.returncode:
                shown += f"(exit {done.returncode})\n"

        run(["list"])
        run(["call", "scale", '{"grams":500,"people":6}'])
        run(["call", "boil_time", '{"food":"eg"}'])
        run(["explain", "boil_time"])
        run(["serve"], "".join(json.dumps(one) + "\n" for one in REQUESTS), "serve < requests")
        run(["chat"], "Hello\n/menu\n/boil egg\n", "chat < lines")

        (folder / "script.json").write_text(json.dumps(SCRIPT))
        server = subprocess.Popen([chat_server, folder / "script.json", folder / "requests.jsonl"], stdin=subprocess.PIPE,
                                  stdout=subprocess.PIPE, text=True)
        try:
            run(["chat", "recipes:soup"], "For two.\n", "chat recipes:soup < lines   (HAFT_CHAT_BASE_URL and HAFT_CHAT_MODEL name a scripted server)",
                HAFT_CHAT_BASE_URL=server.stdout.readline().strip(), HAFT_CHAT_MODEL="scripted")
            shown += "\nWhat the model was told in the end:\n"
        finally:
            server.communicate("")
        requests = [json.loads(line) for line in (folder / "requests.jsonl").read_text().splitlines()]
    for one in requests[-1]["messages"] if requests else []:
        shown += f"{one['role']}: {one.get('content') or ', '.join(c['function']['name'] for c in one.get('tool_calls', []))}\n"

    expected = (here / "expected.txt").read_text() if (here / "expected.txt").exists() else ""
    if "--write" in sys.argv:
        (here / "expected.txt").write_text(shown)
    elif shown != expected:
        print(f"--- expected\n{expected}\n--- shown\n{shown}")
        return 1
    print(f"{len(requests)} requests to the model, as expected")
    return 0


if __name__ == "__main__":
    sys.exit(main())
