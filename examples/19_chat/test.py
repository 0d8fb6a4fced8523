#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Talks to the chat as a person would, with a local server for its model: test.py CHAT CHAT_SERVER

What the terminal shows is compared with expected.txt, and what the model was sent is looked at: a slash command, a call that somebody
agreed to and one that nobody did, a call that a hook vetoed, two calls side by side, a pause, and a resume in another process.
"""
import json
import subprocess
import sys
import tempfile
from pathlib import Path

here = Path(__file__).resolve().parent
chat, chat_server = sys.argv[1:3]


def call(tool, **arguments):
    return {"name": tool, "arguments": arguments}


SCRIPT = [
    {"text": "Hello! How can I help?"},
    {"calls": [call("take_note", text="water the plants")]}, {"text": "Noted."},
    {"calls": [call("take_note", text="the password is 1234")]}, {"text": "I can't note that."},
    {"calls": [call("burn_notes")]}, {"text": "You did not want that."},
    {"calls": [call("burn_notes")]}, {"text": "All notes are gone."},
    {"calls": [call("meet", name="Anna"), call("meet", name="Otto")]}, {"text": "They met."},
    {"calls": [call("weather", name="Oslo"), call("transfer", amount=100)]},
    {"text": "It is done."},
    {"text": "Goodbye!"},
]
FIRST = ["Hi", "/weather Paris", "/w", "/wether Rome", "Note: water the plants", "Note my password", "Burn my notes", "n",
         "Really burn them", "y", "Let Anna and Otto meet", "How is Oslo? And transfer 100", "never read"]
SECOND = ["Bye"]


def main():
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        (folder / "script.json").write_text(json.dumps(SCRIPT))
        server = subprocess.Popen([chat_server, folder / "script.json", folder / "requests.jsonl"], stdin=subprocess.PIPE,
                                  stdout=subprocess.PIPE, text=True)
        try:
            url = server.stdout.readline().strip()
            shown = ""
            for lines, more in ((FIRST, []), (SECOND, ["--resume", "--signed"])):
                run = subprocess.run([chat, "--url", url, "--model", "scripted", "--history", folder / "talk.json", *more],
                                     input="".join(line + "\n" for line in lines), capture_output=True, text=True, timeout=60)
                shown += run.stdout + f"(exit {run.returncode})\n" + run.stderr
        finally:
            server.communicate("")
        requests = [json.loads(line) for line in (folder / "requests.jsonl").read_text().splitlines()]

    expected = (here / "expected.txt").read_text() if (here / "expected.txt").exists() else ""
    bad = []
    if shown != expected:
        bad.append(f"--- expected\n{expected}\n--- shown\n{shown}")
    if len(requests) != len(SCRIPT):
        bad.append(f"the model was asked {len(requests)} times, and not {len(SCRIPT)} times")
    answers = [m["content"] for m in requests[-1]["messages"] if m["role"] == "tool"] if requests else []
    wanted = ["1", "Cancelled: passwords are not written down", None, "1", "Anna met somebody", "Otto met somebody", "sunny in Oslo",
              "transferred 100"]
    if len(answers) != len(wanted) or any(w is not None and a != w for a, w in zip(answers, wanted)):
        bad.append(f"the model was told {json.dumps(answers, indent=1)}")
    elif "burn_notes" not in answers[2] or "not called" not in answers[2]:
        bad.append(f"of the refusal the model was told {answers[2]}")
    for number, request in enumerate(requests):
        open_calls = []
        for m in request["messages"]:
            if m["role"] == "tool":
                if not open_calls or m["tool_call_id"] != open_calls.pop(0):
                    bad.append(f"request {number}: an answer without its call: {m}")
            elif open_calls:
                bad.append(f"request {number}: calls without answers: {open_calls}")
                open_calls = []
            if m["role"] == "assistant":
                open_calls = [c["id"] for c in m.get("tool_calls", [])]
    print("\n".join(bad) or f"{len(requests)} requests, {len(answers)} answers, as expected")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
