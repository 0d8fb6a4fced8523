#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""The way of a new user, against an installed haft: newcomer.py PREFIX CACHE.cmake GENERATOR

`haft new plugin hello`, built outside of any tree of haft's, dropped into the user's folder of plugins; seen in the list, called, served,
to the Inspector too where Node and it are there (scripts/deps.sh --node), disabled in a file, and explained.
"""
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

prefix, cache, generator = sys.argv[1:4]
haft = f"{prefix}/bin/haft"
folder = Path(tempfile.mkdtemp()).resolve()
project = folder / "project"
home = folder / "home"
project.mkdir()
plugins = home / ".local/share/haft/plugins"
plugins.mkdir(parents=True)
environment = {"PATH": os.environ["PATH"], "HOME": str(home), "XDG_DATA_DIRS": str(folder / "nothing"),
               "XDG_CONFIG_DIRS": str(folder / "nothing")}
for name in ("CCACHE_DIR", "CCACHE_BASEDIR", "CCACHE_NOHASHDIR"):
    if name in os.environ:
        environment[name] = os.environ[name]


def run(*words, code=0, where=project, input=None):
    done = subprocess.run(words, cwd=where, env=environment, input=input, capture_output=True, text=True, timeout=600)
    said = f"{' '.join(map(str, words))}\n{done.stdout}{done.stderr}"
    assert done.returncode == code, f"exit {done.returncode}, not {code}: {said}"
    return done.stdout


def inspect(node, script, *words):
    """What the official MCP Inspector, headless, gets from `haft serve`."""
    done = run(node, script, "--cli", haft, "serve", *words, "--format", "json", "--connect-timeout", "60000")
    return json.loads(done)["result"]


def holds(text, *parts):
    for part in parts:
        assert part in text, f"{part!r} is not in:\n{text}"


try:
    run(haft, "new", "plugin", "hello", "--kind", "library", where=folder)
    source = folder / "hello"
    build = folder / "build"
    run("cmake", "-G", generator, "-C", cache, "-S", source, "-B", build)
    run("cmake", "--build", build)
    assert "hello" not in run(haft, "plugins", "--json"), "it is there before it was dropped in"
    shutil.copy(build / "hello.so", plugins / "hello.so")

    holds(run(haft, "list"), "hello.hello", "Say hello to somebody", "name, times?")
    assert run(haft, "call", "hello.hello", '{"name": "Ada", "times": 2}').rstrip("\n") == "Hello Ada\nHello Ada"
    holds(run(haft, "plugins"), "hello", "0.1.0", "loaded", "1 tool")
    (project / "haft.toml").write_text('[plugin.hello]\ngreeting = "Salut"\n')
    assert run(haft, "call", "hello.hello", '{"name": "Ada"}').rstrip("\n") == "Salut Ada"

    lines = [{"jsonrpc": "2.0", "id": 1, "method": "initialize",
              "params": {"protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": {"name": "newcomer", "version": "1"}}},
             {"jsonrpc": "2.0", "method": "notifications/initialized"},
             {"jsonrpc": "2.0", "id": 2, "method": "tools/list"},
             {"jsonrpc": "2.0", "id": 3, "method": "tools/call", "params": {"name": "hello_hello", "arguments": {"name": "Ada"}}}]
    served = run(haft, "serve", input="".join(json.dumps(line) + "\n" for line in lines))
    answers = {answer["id"]: answer["result"] for answer in map(json.loads, served.splitlines()) if "id" in answer}
    assert [tool["name"] for tool in answers[2]["tools"]] == ["hello_hello"], answers[2]
    assert answers[3]["content"] == [{"type": "text", "text": "Salut Ada\n"}], answers[3]

    deps = Path(__file__).resolve().parents[2] / "build/deps"
    inspector = deps / "npm/node_modules/@modelcontextprotocol/inspector/clients/launcher/build/index.js"
    node = shutil.which("node", path=f"{deps}/node22/node_modules/.bin:{os.environ['PATH']}")
    if node and inspector.exists():
        listed = inspect(node, inspector, "--method", "tools/list", "--strict")
        assert [tool["name"] for tool in listed["tools"]] == ["hello_hello"], listed
        assert sorted(listed["tools"][0]["inputSchema"]["properties"]) == ["name", "times"], listed
        called = inspect(node, inspector, "--method", "tools/call", "--tool-name", "hello_hello", "--tool-args-json", '{"name": "Ada"}')
        assert called["content"] == [{"type": "text", "text": "Salut Ada\n"}], called
    else:
        print("skipped: serving it to the Inspector; scripts/deps.sh --node brings Node and it")

    (project / "haft.toml").write_text('[plugins]\ndisabled = ["hello"]\n')
    assert "hello" not in run(haft, "list"), "it is listed though it is disabled"
    holds(run(haft, "explain", "hello"), 'plugin "hello"', "is disabled", "haft.toml:2:")
    run(haft, "call", "hello.hello", '{"name": "Ada"}', code=1)
    print("right")
finally:
    shutil.rmtree(folder)
