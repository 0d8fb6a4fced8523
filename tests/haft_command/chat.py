#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Talks to `haft chat` at a pseudo-terminal, with a server of its own that speaks as OpenAI's API does: chat.py HAFT [NAME of a test...]

Without HAFT's line editing (HAFT_CHAT_PLAIN is set) what needs it is skipped.
"""
import fcntl
import json
import os
import pty
import re
import select
import shutil
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import termios
import threading
import time
import unittest
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

HAFT = str(Path(sys.argv.pop(1)).resolve()) if len(sys.argv) > 1 else "haft"
PLAIN = bool(os.environ.get("HAFT_CHAT_PLAIN"))
PATIENCE = 60  # seconds, for a machine that is busy with other things

HELLO = """description = "Greet somebody"
aliases = ["hi"]
[run]
argv = ["/bin/echo", "hello", "{name}"]
[parameters]
type = "object"
required = ["name"]
properties.name = {type = "string"}
"""
FORECAST = """description = "Tell the weather of a city"
effect = "read_only"
[run]
argv = ["/bin/echo", "sunny in", "{city}"]
[parameters]
type = "object"
required = ["city"]
properties.city = {type = "string"}
"""
BURN = """description = "Burn a note"
[run]
argv = ["/bin/rm", "{note}"]
[parameters]
type = "object"
required = ["note"]
properties.note = {type = "string"}
"""
TRIP = """system = "You plan trips to $where."
prompt = "Plan this: $input"
defaults.where = "Oslo"
"""


def call(tool, **arguments):
    return {"name": tool, "arguments": json.dumps(arguments)}


class Server:
    """Answers each request with the next of `replies`: a text, a list of calls, a number (a status), or a function of the handler."""

    def __init__(self):
        self.requests, self.replies, self.keys, self.gone = [], [], [], threading.Event()
        server = self

        class Handler(BaseHTTPRequestHandler):
            def log_message(self, *_):
                pass

            def do_POST(self):
                server.requests.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
                server.keys.append(self.headers.get("Authorization"))
                reply = server.replies.pop(0) if server.replies else "(nothing more to say)"
                if callable(reply):
                    return reply(self)
                if isinstance(reply, int):
                    body = b'{"error":{"message":"no such luck"}}'
                    self.send_response(reply)
                    self.send_header("Content-Length", str(len(body)))
                    self.end_headers()
                    return self.wfile.write(body)
                self.begin()
                if isinstance(reply, str):
                    for piece in re.findall(r"\S+\s*|\s+", reply):
                        self.event({"content": piece})
                    self.event({}, "stop")
                else:
                    for index, one in enumerate(reply):
                        self.event({"tool_calls": [{"index": index, "id": f"call_{len(server.requests)}_{index}", "type": "function",
                                                    "function": one}]})
                    self.event({}, "tool_calls")
                self.wfile.write(b"data: [DONE]\n\n")

            def begin(self):
                self.send_response(200)
                self.send_header("Content-Type", "text/event-stream")
                self.end_headers()

            def event(self, delta, reason=None):
                self.wfile.write(b"data: " + json.dumps({"choices": [{"index": 0, "delta": delta, "finish_reason": reason}]}).encode() +
                                 b"\n\n")
                self.wfile.flush()

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.http.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.http.server_address[1]}/v1"
        threading.Thread(target=self.http.serve_forever, daemon=True).start()

    def said(self, number=-1, role="user"):
        """The last message of that role in a request."""
        return [m["content"] for m in self.requests[number]["messages"] if m["role"] == role][-1]

    def close(self):
        self.http.shutdown()
        self.http.server_close()


class Terminal:
    """A program that believes somebody sits there."""

    def __init__(self, words, where, environment):
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            os.chdir(where)
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 50, 200, 0, 0))
            os.execve(words[0], words, environment)
        self.all, self.seen, self.code = "", 0, None

    def read(self, until):
        """All up to what `until` finds, a function of the text that is new."""
        end = time.monotonic() + PATIENCE
        while not until(self.all[self.seen:]):
            if not select.select([self.fd], [], [], max(0, end - time.monotonic()))[0]:
                raise AssertionError(f"it does not come; shown so far:\n{self.all}")
            try:
                more = os.read(self.fd, 65536)
            except OSError:  # nobody has the terminal any more
                more = b""
            if not more:
                raise AssertionError(f"the program is gone; shown so far:\n{self.all}")
            self.all += more.decode(errors="replace")

    def expect(self, text):
        self.read(lambda new: text in new)
        at = self.all.index(text, self.seen)
        before, self.seen = self.all[self.seen:at], at + len(text)
        return before

    def type(self, text):
        os.write(self.fd, text.encode())

    def line(self, text, prompt="> "):
        """Waits for the prompt, types a line, and waits until it is there."""
        self.expect(prompt)
        self.type(text + "\n")
        if text:
            self.expect(text)

    def end(self):
        """Its exit code, once it goes by itself."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            if select.select([self.fd], [], [], 0.1)[0]:
                try:
                    self.all += os.read(self.fd, 65536).decode(errors="replace")
                except OSError:
                    pass
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.code = os.waitstatus_to_exitcode(status)
                return self.code
        raise AssertionError(f"it does not end; shown so far:\n{self.all}")

    def close(self):
        if self.code is None:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        os.close(self.fd)


class Case(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        self.folder = Path(tempfile.mkdtemp()).resolve()
        self.addCleanup(shutil.rmtree, self.folder)
        self.project = self.folder / "project"
        for name in ("project", "home", "data"):
            (self.folder / name).mkdir()
        self.environment = {"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "HOME": str(self.folder / "home"), "TERM": "xterm",
                            "NO_COLOR": "1", "LC_ALL": "C.UTF-8", "XDG_CONFIG_DIRS": str(self.folder / "system"),
                            "XDG_DATA_DIRS": str(self.folder / "data")}
        for name in ("ASAN_OPTIONS", "UBSAN_OPTIONS", "ASAN_SYMBOLIZER_PATH"):
            if name in os.environ:
                self.environment[name] = os.environ[name]
        # libedit keeps two copies of wide texts when it ends; haft makes none of that kind.
        self.environment["LSAN_OPTIONS"] = f"print_suppressions=0:suppressions={self.file('leaks', 'leak:wcsdup')}"
        self.server = Server()
        self.addCleanup(self.server.close)
        own = "home/.config/haft/plugins/weather"
        self.file(f"{own}/plugin.toml", 'version = "1.0.0"\ndescription = "Weather"\n')
        self.file(f"{own}/tools/forecast.toml", FORECAST)
        self.file(f"{own}/tools/burn.toml", BURN)
        self.file(f"{own}/commands/hello.toml", HELLO)
        self.file(f"{own}/templates/trip.toml", TRIP)
        self.file(f"{own}/fragments/packing.md", "Take a coat.\n")

    def file(self, name, text):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        return path

    def words(self, words, url=True):
        return [HAFT, "chat", *(["--url", self.server.url, "--model", "tiny"] if url else []), *words]

    def chat(self, *words, url=True, **variables):
        out = Terminal(self.words(words, url), self.project, {**self.environment, **variables})
        self.addCleanup(out.close)
        return out

    def piped(self, *words, input="", code=0, url=True, **variables):
        done = subprocess.run(self.words(words, url), cwd=self.project, env={**self.environment, **variables}, input=input,
                              capture_output=True, text=True, timeout=2 * PATIENCE)
        self.assertEqual(done.returncode, code, f"{done.stdout}\n{done.stderr}")
        self.said = done.stderr.rstrip("\n")
        return done.stdout.rstrip("\n")


class Talking(Case):
    def test_a_person_and_a_model_talk_until_exit_CM_07(self):
        self.server.replies = ["Hello there!", "Goodbye."]
        t = self.chat()
        t.expect("Chatting with tiny at " + self.server.url)
        t.line("Hi")
        t.expect("Hello there!")
        t.line("Größe 🙂 日本")
        t.expect("Goodbye.")
        t.line("exit")
        self.assertEqual(t.end(), 0)
        self.assertEqual([m["content"] for m in self.server.requests[1]["messages"]], ["Hi", "Hello there!", "Größe 🙂 日本"])
        self.assertEqual(self.server.requests[0]["model"], "tiny")
        self.assertTrue(self.server.requests[0]["stream"])

    def test_quit_and_ctrl_d_leave_CM_07(self):
        for goodbye in ("quit\n", "\x04"):
            t = self.chat()
            t.expect("> ")
            t.type(goodbye)
            self.assertEqual(t.end(), 0)
        self.assertEqual(self.server.requests, [])

    def test_a_slash_command_goes_to_nobody_else_CM_07(self):
        t = self.chat()
        t.line("/hello Ada")
        t.expect("hello Ada")
        t.line("/hi Otto")
        t.expect("hello Otto")
        t.line("/helo Ada")
        t.expect('did you mean "/hello"?')
        t.line("/help")
        t.expect("/hello, /hi")
        t.expect("!multi")
        t.line("/forecast Rome")  # a tool, as a command
        t.expect("sunny in Rome")
        t.line("quit")
        self.assertEqual(t.end(), 0)
        self.assertEqual(self.server.requests, [])

    def test_a_message_of_several_lines_CM_07(self):
        self.server.replies = ["One.", "Two."]
        t = self.chat()
        t.line("!multi")
        t.line("first", ". ")
        t.line("/hello is no command here", ". ")
        t.line("!end", ". ")
        t.expect("One.")
        self.assertEqual(self.server.said(), "first\n/hello is no command here")
        t.line("!multi STOP")
        t.line("!end", ". ")
        t.line("!end STOP", ". ")
        t.expect("Two.")
        self.assertEqual(self.server.said(), "!end")
        t.line("!mutli")
        t.expect('did you mean "!multi"?')
        t.line("!multi")
        t.line("dropped", ". ")
        t.expect(". ")
        t.type("\x03")
        t.expect("(the message is dropped)")
        t.line("exit")
        self.assertEqual(t.end(), 0)
        self.assertEqual(len(self.server.requests), 2)

    def test_the_editor_writes_a_message_CM_07(self):
        editor = self.file("editor.sh", '#!/bin/sh\n[ "$(cat "$1")" = "begun here" ] || exit 3\nprintf \'written\\nby hand\\n\' >"$1"\n')
        editor.chmod(0o755)
        self.server.replies = ["Nicely put."]
        t = self.chat(EDITOR=str(editor))
        t.line("!edit begun here")
        t.expect("Nicely put.")
        self.assertEqual(self.server.said(), "written\nby hand")
        t.line("!edit")
        t.expect("ended with 3")
        t.expect("[haft-E0388]")
        t.line("exit")
        self.assertEqual(t.end(), 0)
        self.assertEqual(len(self.server.requests), 1)

    def test_fragments_go_before_a_message_CM_07(self):
        self.file("project/notes.txt", "Bees are many.")
        self.server.replies = ["Yes.", "Also yes."]
        t = self.chat()
        t.line("!fragment notes.txt weather:packing")
        t.expect("Yes.")
        self.assertEqual(self.server.said(), "Bees are many.\nTake a coat.\n")
        t.line("!multi")
        t.line("how many?", ". ")
        t.line("!fragment notes.txt", ". ")
        t.line("!end", ". ")
        t.expect("Also yes.")
        self.assertEqual(self.server.said(), "Bees are many.\nhow many?")
        t.line("!fragment wether:packing")
        t.expect('did you mean "weather"?')
        t.line("!fragment")
        t.expect("wants to know which")
        t.line("exit")
        self.assertEqual(t.end(), 0)

    def test_ctrl_c_stops_an_answer_and_the_chat_goes_on_CM_07(self):
        def endless(handler):
            handler.begin()
            handler.event({"content": "Once upon a time"})
            while not self.server.gone.is_set():
                try:
                    handler.wfile.write(b": still here\n\n")
                    handler.wfile.flush()
                except OSError:
                    self.server.gone.set()
                self.server.gone.wait(0.05)
        self.server.replies = [endless, "Good."]
        t = self.chat()
        t.line("Tell me everything")
        t.expect("Once upon a time")
        t.type("\x03")
        t.expect("(stopped)")
        self.assertTrue(self.server.gone.wait(PATIENCE), "the connection is still open")
        t.line("Enough")
        t.expect("Good.")
        self.assertEqual([m["content"] for m in self.server.requests[1]["messages"]], ["Tell me everything", "Once upon a time", "Enough"])
        t.expect("> ")
        t.type("half a line")
        t.expect("half a line")
        t.type("\x03")
        t.line("exit")
        self.assertEqual(t.end(), 0)
        self.assertEqual(len(self.server.requests), 2)

    def test_what_a_model_says_can_t_write_over_the_screen_CM_07(self):
        self.server.replies = ["a\x1b[2Jb\x9bc\u202ed"]
        t = self.chat()
        t.line("Go")
        t.expect("a?[2Jb?c?d")
        t.line("exit")
        self.assertEqual(t.end(), 0)

    @unittest.skipIf(PLAIN, "built without line editing")
    def test_tab_completes_commands_tools_and_fragments_CM_07(self):
        self.file("project/notes.txt", "Bees are many.")
        self.server.replies = ["Fine."]
        t = self.chat()
        t.expect("> ")
        t.type("/hel\t")       # /hello and /help: what they share, and then both
        t.type("\t")
        t.expect("hello  help")
        t.type("lo\tAda\n")
        t.expect("hello Ada")
        t.expect("> ")
        t.type("/fore\tRome\n")
        t.expect("sunny in Rome")
        t.expect("> ")
        t.type("!fr\tno\tweat\tpacking\n")
        t.expect("Fine.")
        self.assertEqual(self.server.said(), "Bees are many.\nTake a coat.\n")
        t.line("exit")
        self.assertEqual(t.end(), 0)

    @unittest.skipIf(PLAIN, "built without line editing")
    def test_lines_are_edited_and_remembered_CM_07(self):
        self.server.replies = ["One.", "Two."]
        t = self.chat()
        t.expect("> ")
        t.type("Gößx\x7f!\x01Ja, \n")  # the last character, then the beginning of the line
        t.expect("One.")
        self.assertEqual(self.server.said(), "Ja, Göß!")
        t.expect("> ")
        t.type("\x1b[A\n")
        t.expect("Two.")
        self.assertEqual(self.server.said(), "Ja, Göß!")
        t.line("exit")
        self.assertEqual(t.end(), 0)


class Tools(Case):
    def test_a_call_that_may_destroy_waits_for_a_yes_CM_07(self):
        notes = [self.file(f"project/note{i}", "dear diary") for i in range(4)]
        replies = [([call("burn", note=str(n))], f"Done with {i}.") for i, n in enumerate(notes)]
        self.server.replies = [r for pair in replies for r in pair]
        t = self.chat()
        t.line("Burn 0")
        t.expect("The model wants to call ")
        t.expect("note0")
        t.line("n", "[y/n/always/never/?] ")
        t.expect("Done with 0.")
        self.assertTrue(notes[0].exists())
        self.assertIn("was denied", self.server.said(-1, "tool"))
        t.line("Burn 1")
        t.line("perhaps", "[y/n/always/never/?] ")
        t.expect("edit {")
        t.line("y", "[y/n/always/never/?] ")
        t.expect("Done with 1.")
        self.assertFalse(notes[1].exists())
        t.line("Burn 2")
        t.line("always", "[y/n/always/never/?] ")
        t.expect("Done with 2.")
        t.line("Burn 3")
        before = t.expect("Done with 3.")
        self.assertNotIn("[y/n", before)
        self.assertFalse(notes[3].exists())
        t.line("exit")
        self.assertEqual(t.end(), 0)

    def test_what_only_reads_is_not_asked_about_CM_07(self):
        self.server.replies = [[call("forecast", city="Oslo")], "It is sunny."]
        t = self.chat()
        t.line("Weather?")
        self.assertNotIn("[y/n", t.expect("It is sunny."))
        self.assertEqual(self.server.said(-1, "tool").strip(), "sunny in Oslo")
        t.line("exit")
        self.assertEqual(t.end(), 0)

    def test_ctrl_c_and_ctrl_d_at_the_question_are_a_no_CM_07(self):
        note = self.file("project/note", "dear diary")
        burns = [call("burn", note=str(note))]
        self.server.replies = [burns, "Kept.", burns]
        t = self.chat()
        t.line("Burn it")
        t.expect("[y/n/always/never/?] ")
        t.type("\x04")
        t.expect("Kept.")
        t.line("Burn it now")
        t.expect("[y/n/always/never/?] ")
        t.type("\x03")
        t.expect("(stopped)")
        t.line("exit")
        self.assertEqual(t.end(), 0)
        self.assertTrue(note.exists())
        self.assertEqual(len(self.server.requests), 3)

    def test_T_picks_tools_CM_07(self):
        def offered(number):
            return [tool["function"]["name"] for tool in self.server.requests[number].get("tools", [])]
        self.piped("-T", "forecast", input="Hi\n")
        self.piped("-T", "hint:read-only", "-T", "!forecast", input="Hi\n")
        self.piped(input="Hi\n")
        self.assertEqual([offered(0), offered(1), sorted(offered(2))], [["forecast"], [], ["burn", "forecast"]])
        self.piped("-T", "forcast", input="Hi\n", code=1)
        self.assertIn('did you mean "forecast"?', self.said)
        self.piped("-T", 'Files("/data")', input="Hi\n", code=1)
        self.assertIn("Unknown class 'Files'", self.said)
        self.assertEqual(len(self.server.requests), 3)

    def test_t_and_f_begin_the_chat_CM_07(self):
        notes = self.file("project/notes.txt", "Bees are many.")
        self.server.replies = ["Planned.", "Changed."]
        self.assertEqual(self.piped("-t", "weather:trip", "-p", "where=Rome", "-f", "weather:packing", "-f", str(notes), "-s", "Be brief.",
                                    input="Two days\nThree days\n"), "Planned.\nChanged.")
        self.assertEqual(self.server.said(0, "system"), "Be brief.\n\nYou plan trips to Rome.")
        self.assertEqual(self.server.said(0), "Take a coat.\n\nBees are many.\nPlan this: Two days")
        self.assertEqual(self.server.said(1), "Plan this: Three days")  # fragments come once, the template each time
        self.piped("-t", "weather:tripp", code=1)
        self.assertIn('did you mean "trip"?', self.said)
        self.piped("-f", "docs:page", code=1)
        self.assertIn('no fragment loader has the prefix "docs"', self.said)
        self.piped("-p", "where", code=2)
        self.assertIn("--param wants NAME=VALUE", self.said)

    def test_without_a_terminal_nothing_destroys_and_lines_come_plainly_CM_07(self):
        note = self.file("project/note", "dear diary")
        self.server.replies = [[call("burn", note=str(note))], "I could not."]
        self.assertEqual(self.piped(input="Burn it\ny\n"), "I could not.\n(nothing more to say)")
        self.assertTrue(note.exists())
        self.assertIn("there is nobody to give it", self.server.said(1, "tool"))
        self.assertEqual(self.server.said(2), "y")
        waits = subprocess.Popen(self.words([]), cwd=self.project, env=self.environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.addCleanup(waits.stdout.close)
        self.addCleanup(waits.stdin.close)
        waits.stdin.write(b"Hi\n")
        waits.stdin.flush()
        self.assertEqual(waits.stdout.readline(), b"(nothing more to say)\n")  # it waits for the next line, or will
        waits.send_signal(signal.SIGINT)
        self.assertNotEqual(waits.wait(PATIENCE), 0)
        self.piped(input="!edit\n", code=1)
        self.assertIn("!edit needs a terminal", self.said)
        self.piped(input="!multi\nhalf\n", code=1)
        self.assertIn("the message has no !end and was not sent", self.said)


class Endpoints(Case):
    def test_without_an_endpoint_it_says_how_to_name_one_CM_07(self):
        self.assertEqual(self.piped(code=2, url=False), "")
        self.assertEqual(self.said.count("\n"), 0)
        for way in ("--url", "HAFT_CHAT_BASE_URL", "base_url of [chat]", ".config/haft/haft.toml", "[haft-E0387]"):
            self.assertIn(way, self.said)
        self.piped("--url", self.server.url, code=2, url=False)
        self.assertIn("nobody says which model", self.said)
        self.piped("--url", "ftp://x", "--model", "tiny", code=1, url=False)
        self.assertIn("[haft-E0323]", self.said)

    def test_variables_and_the_user_s_file_name_it_CM_07(self):
        self.server.replies = ["By variable.", "By file."]
        self.assertEqual(self.piped(input="Hi\n", url=False, HAFT_CHAT_BASE_URL=self.server.url, HAFT_CHAT_MODEL="small"), "By variable.")
        self.file("home/.config/haft/haft.toml",
                  f'[chat]\nbase_url = "{self.server.url}"\nmodel = "big"\napi_key_env = "MY_KEY"\nsystem = "Be kind."\n')
        self.assertEqual(self.piped(input="Hi\n", url=False, MY_KEY="s3cr3t"), "By file.")
        self.assertEqual([r["model"] for r in self.server.requests], ["small", "big"])
        self.assertEqual(self.server.keys, [None, "Bearer s3cr3t"])
        self.assertEqual(self.server.said(1, "system"), "Be kind.")
        self.piped(input="Hi\n", url=False, code=1)
        self.assertIn("set the environment variable MY_KEY", self.said)
        shown = subprocess.run([HAFT, "config"], cwd=self.project, env=self.environment, capture_output=True, text=True, timeout=PATIENCE)
        self.assertEqual((shown.returncode, shown.stderr), (0, ""))
        self.assertIn('chat.model = "big"', shown.stdout)

    def test_a_project_can_t_say_where_words_and_keys_go_CM_07(self):
        self.file("project/haft.toml", f'[chat]\nbase_url = "{self.server.url}"\nmodel = "tiny"\n')
        self.piped(input="Hi\n", url=False, code=1)
        self.assertIn("base_url of [chat] says where your words and keys go", self.said)
        self.assertIn("haft.toml:2:12", self.said)
        self.assertEqual(self.server.requests, [])
        self.piped("--url", self.server.url, input="Hi\n", url=False)
        self.piped("--config", "haft.toml", input="Hi\n", url=False)
        self.assertEqual([r["model"] for r in self.server.requests], ["tiny", "tiny"])

    def test_a_project_s_plugins_wait_for_a_yes_CM_07(self):
        own = "project/.haft/plugins/nosy"
        self.file(f"{own}/plugin.toml", 'version = "1.0.0"\ndescription = "Nosy"\n')
        self.file(f"{own}/hooks/spy.toml", f'point = "session_start"\n[run]\nargv = ["/usr/bin/touch", "{self.folder}/spied"]\n')
        self.piped(input="Hi\n", code=1)
        self.assertIn("This project brings plugins: nosy", self.said)
        for answer in ("n", "y"):
            t = self.chat()
            t.expect("nosy")
            t.line(answer, "Use them? [y/n] ")
            if answer == "n":
                self.assertEqual(t.end(), 1)
                self.assertFalse((self.folder / "spied").exists())
            else:
                t.line("exit")
                self.assertEqual(t.end(), 0)
                self.assertTrue((self.folder / "spied").exists())
        self.piped("--trust-project", input="Hi\n")
        subprocess.run([HAFT, "trust"], cwd=self.project, env=self.environment, check=True, capture_output=True)
        self.piped(input="Hi\n")
        self.assertEqual(len(self.server.requests), 2)
        self.file(f"{own}/hooks/spy.toml", 'point = "session_start"\n[run]\nargv = ["/usr/bin/true"]\n')  # no more as it was
        self.piped(input="Hi\n", code=1)
        self.assertIn("This project brings plugins: nosy", self.said)

    def test_what_an_MCP_server_asks_is_asked_of_the_person_NX_11(self):
        place = self.folder / "server"
        place.mkdir()
        program = Path(__file__).resolve().parent / "server.py"
        for era in ("handshake", "stateless"):
            self.file("home/.config/haft/haft.toml", f'[mcp.s]\ncommand = "{sys.executable}"\nargs = ["-B", "{program}", "{era}"]\ncwd = "{place}"\n')
            self.server.replies = [[call("s_page")], "Thank you."]
            t = self.chat()
            t.line("Log me in")
            t.line("y", "May it? [y/n/always/never/?] ")
            t.expect('MCP server "s" wants you to open a page: Log in')
            t.expect("https://example.com/login?for=haft")
            t.line("y", "Will you open it? [y/n] ")
            t.expect("Thank you.")
            self.assertIn("accept", self.server.said(role="tool"))
            t.line("exit")
            self.assertEqual(t.end(), 0)

    def test_an_endpoint_that_refuses_drops_or_talks_nonsense_is_told_and_the_chat_goes_on_CM_07(self):
        def drops(handler):
            handler.begin()
            handler.event({"content": "I was about to"})
            handler.wfile.flush()
            handler.connection.shutdown(socket.SHUT_RDWR)

        def nonsense(handler):
            handler.send_response(200)
            handler.send_header("Content-Type", "text/html")
            handler.end_headers()
            handler.wfile.write(b"<html>It works!</html>")
        self.server.replies = [400, drops, nonsense, "Here I am."]
        t = self.chat()
        t.line("One")
        t.expect("no such luck")
        t.expect("[haft-E0318]")
        t.line("Two")
        t.expect("I was about to")
        t.expect("[haft-E03")
        t.line("Three")
        t.expect("[haft-E0317]")
        t.expect("(an empty line tries again)")
        t.expect("> ")
        t.type("\n")
        t.expect("Here I am.")
        self.assertEqual(self.server.said(), "Three")
        t.line("exit")
        self.assertEqual(t.end(), 0)

    def test_an_endpoint_that_is_not_there_is_told_CM_07(self):
        free = socket.socket()
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}/v1"  # nobody listens there
        self.addCleanup(free.close)
        self.piped("--url", url, "--model", "tiny", input="Hi\n", code=1, url=False)
        self.assertIn("is the server running", self.said)
        self.assertIn("[haft-E0319]", self.said)


if __name__ == "__main__":
    unittest.main(verbosity=1)
