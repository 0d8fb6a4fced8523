#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Drives the command haft as people and programs do: test.py HAFT [NAME of a test...]

Each test has a folder of its own, with a project, a home and nothing of this machine's.
"""
import json
import os
import pty
import shutil
import signal
import subprocess
import sys
import tempfile
import unittest
import urllib.error
import urllib.request
from pathlib import Path

HAFT = str(Path(sys.argv.pop(1)).resolve()) if len(sys.argv) > 1 else "haft"

WEATHER = """version = "1.2.0"
description = "Weather"
[config_schema]
type = "object"
properties.unit = {type = "string", enum = ["C", "F"]}
properties.days = {type = "integer", default = 3}
properties.api_key = {type = "string"}
"""
FORECAST = """description = "Tell the weather of a city"
effect = "read_only"
[run]
argv = ["/bin/echo", "sunny in", "{city}"]
[parameters]
type = "object"
required = ["city"]
properties.city = {type = "string", description = "Where"}
"""


class Case(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        self.folder = Path(tempfile.mkdtemp()).resolve()
        self.addCleanup(shutil.rmtree, self.folder)
        self.project = self.folder / "project"
        for name in ("project", "home", "data"):
            (self.folder / name).mkdir()
        self.environment = {"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "HOME": str(self.folder / "home"),
                            "XDG_CONFIG_DIRS": str(self.folder / "system"), "XDG_DATA_DIRS": str(self.folder / "data")}
        for name in ("ASAN_OPTIONS", "UBSAN_OPTIONS", "ASAN_SYMBOLIZER_PATH"):
            if name in os.environ:
                self.environment[name] = os.environ[name]

    def file(self, name, text):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        return path

    def plugin(self, place="project/.haft/plugins", name="weather", manifest=WEATHER, tools={"forecast": FORECAST}):
        self.file(f"{place}/{name}/plugin.toml", manifest)
        for tool, text in tools.items():
            self.file(f"{place}/{name}/tools/{tool}.toml", text)

    def haft(self, *words, code=0, where=None, input="", error="", **variables):
        """What it prints, newline at the end taken off. `error`: the whole of what it says on standard error, or None for anything."""
        done = subprocess.run([HAFT, *words], cwd=where or self.project, env={**self.environment, **variables}, input=input,
                              capture_output=True, text=True, timeout=120)
        self.assertEqual(done.returncode, code, f"{words}\n{done.stdout}\n{done.stderr}")
        self.said = done.stderr.rstrip("\n")
        if error is not None:
            self.assertEqual(self.said, error, words)
        return done.stdout.rstrip("\n")


class Tools(Case):
    def setUp(self):
        super().setUp()
        self.plugin()

    def test_a_plugin_in_a_folder_is_listed_shown_and_called(self):
        self.assertEqual(self.haft("list"), "tool      owner    parameters  what it does\n"
                                            "forecast  weather  city        Tell the weather of a city")
        self.assertEqual([t["name"] for t in json.loads(self.haft("list", "--json"))], ["forecast"])
        self.assertEqual(json.loads(self.haft("--json", "show", "forecast"))["owner"], "weather")
        self.assertIn("Tell the weather of a city", self.haft("show", "forecast"))
        self.assertEqual(self.haft("call", "forecast", '{"city": "Oslo"}'), "sunny in Oslo")
        self.assertEqual(self.haft("call", "forecast", "-", input='{"city": "Rome"}'), "sunny in Rome")
        self.assertEqual(self.haft("--json", "call", "forecast", '{"city": "Oslo"}'), '"sunny in Oslo\\n"')
        self.haft("call", "forecast", '{"town": "Oslo"}', code=1, error=None)
        self.assertIn("haft-E0203", self.said)
        answer = json.loads(self.haft("call", "forecast", "{}", "--json", code=1))
        self.assertEqual(answer["error"]["faults"][0]["code"], "haft-E0204")

    def test_it_runs_from_below_the_project_and_with_C_from_elsewhere(self):
        self.file("project/haft.toml", "")
        below = self.project / "a" / "b"
        below.mkdir(parents=True)
        self.assertEqual(self.haft("list", "--format", "names", where=below), "forecast")
        self.assertEqual(self.haft("-C", str(self.project), "list", "--format=names", where=self.folder), "forecast")
        self.assertEqual(self.haft("list", "--format=names", where=self.folder), "")
        self.haft("-C", "nowhere", "list", code=1, error='Error: -C "nowhere": No such file or directory')

    def test_selections_of_the_line_the_environment_and_the_file(self):
        self.plugin(name="other", tools={"thing": FORECAST})
        names = lambda *words, **more: self.haft(*words, "list", "--format", "names", **more).split()
        self.assertEqual(names(), ["thing", "forecast"])
        self.assertEqual(names("--tools", "!thing"), ["forecast"])
        self.assertEqual(names(HAFT_TOOLS="thing"), ["thing"])
        self.assertEqual(names(HAFT_TOOLS=""), [])
        self.file("project/haft.toml", '[tools]\nonly = ["forecast"]\n')
        self.assertEqual(names(), ["forecast"])
        self.assertEqual(names(HAFT_TOOLS="thing"), ["thing"])
        self.assertEqual(names("--tools", "hint:read-only", HAFT_TOOLS="thing"), ["thing", "forecast"])
        self.assertEqual(names("--set", 'tools.only=["thing"]'), ["thing"])
        self.assertIn("is not among what the registry's selection selects", self.haft("explain", "thing"))
        self.haft("call", "thing", "{}", code=1, error=None)
        self.assertIn("haft-E0275", self.said)
        self.file("project/haft.toml", '[tools]\nonly = ["forcast"]\n')
        self.haft("list", code=1, error='Error: haft.toml:2:8: no tool is named "forcast"; did you mean "forecast"?; there are '
                                        "thing, forecast [haft-E0260]")
        self.haft("list", "--tools", "@nowhere", code=1, error='Error: can\'t read the selection from "nowhere" [haft-E0260]')

    def test_explain_says_why_a_plugin_is_disabled_and_where_another_was_looked_for(self):
        self.file("project/haft.toml", '[plugins]\ndisabled = ["weather"]\n')
        self.assertEqual(self.haft("explain", "weather"), f'plugin "weather" 1.2.0 ({self.project}/.haft/plugins/weather) is disabled: '
                         "it is among the plugins that are disabled (haft.toml:2:12)")
        self.haft("explain", "wether", code=1, error=None)
        self.assertIn('no plugin is named "wether"; did you mean "weather"?', self.said)
        self.assertIn(f"searched: {self.project}/.haft/plugins (project)", self.said)
        self.file("project/haft.toml", "")
        self.assertTrue(self.haft("explain", "forecast").startswith('tool "forecast" of owner "weather"'))

    def test_places_on_the_line_come_first(self):
        self.plugin(place="project/mine", tools={"mine": FORECAST})
        self.assertEqual(self.haft("--plugins", "mine", "list", "--format", "names"), "mine")
        self.assertEqual(self.haft("--plugins", "mine/weather", "list", "--format", "names"), "mine")
        self.assertEqual(self.haft("--plugins", "mine", "--plugins", ".haft/plugins", "list", "--format", "names"), "mine")
        self.haft("--plugins", "nowhere", "list", code=1, error='Error: --plugins "nowhere" is no folder [haft-E0451]')

    def test_serve_is_an_mcp_server(self):
        lines = "".join(json.dumps({"jsonrpc": "2.0", **m}) + "\n" for m in (
            {"id": 1, "method": "initialize", "params": {"protocolVersion": "2025-11-25", "capabilities": {},
                                                         "clientInfo": {"name": "test", "version": "1"}}},
            {"method": "notifications/initialized"},
            {"id": 2, "method": "tools/list"},
            {"id": 3, "method": "tools/call", "params": {"name": "forecast", "arguments": {"city": "Oslo"}}}))
        answers = [json.loads(line) for line in self.haft("serve", input=lines).splitlines()]
        self.assertEqual(answers[0]["result"]["serverInfo"]["name"], "haft")
        self.assertEqual([t["name"] for t in answers[1]["result"]["tools"]], ["forecast"])
        self.assertEqual(answers[2]["result"]["content"][0]["text"], "sunny in Oslo\n")

    def talk(self, process):
        """Sends messages to a server over stdio; gives what it says."""
        def send(*messages):
            process.stdin.write("".join(json.dumps({"jsonrpc": "2.0", **m}) + "\n" for m in messages))
            process.stdin.flush()
        return send, lambda: json.loads(process.stdout.readline())

    META = {"io.modelcontextprotocol/protocolVersion": "2026-07-28", "io.modelcontextprotocol/clientCapabilities": {},
            "io.modelcontextprotocol/clientInfo": {"name": "test", "version": "1"}}
    CHANGES = ["notifications/prompts/list_changed", "notifications/resources/list_changed", "notifications/tools/list_changed"]

    def test_serve_tells_its_clients_what_changes(self):
        """SIGHUP to a server: plugins that came, went and became others reach its client, in both eras. [IO-05]"""
        for stateless in (False, True):
            shutil.rmtree(self.project / ".haft/plugins")
            self.plugin()
            process = subprocess.Popen([HAFT, "serve"], cwd=self.project, env=self.environment, stdin=subprocess.PIPE,
                                       stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
            for end in (process.stderr.close, process.stdout.close, process.stdin.close, process.wait, process.kill):
                self.addCleanup(end)
            send, read = self.talk(process)
            number = iter(range(10, 1000))

            def ask(method, **params):
                send({"id": next(number), "method": method, "params": {**params, **({"_meta": self.META} if stateless else {})}})
                while "result" not in (answer := read()):
                    self.assertIn(answer["method"], self.CHANGES)
                return answer["result"]

            def reload():
                process.send_signal(signal.SIGHUP)
                while "the plugins were loaded again" not in (told := process.stderr.readline()):
                    self.assertNotEqual(told, "")

            if stateless:
                wants = {"toolsListChanged": True, "promptsListChanged": True, "resourcesListChanged": True}
                send({"id": 1, "method": "subscriptions/listen", "params": {"notifications": wants, "_meta": self.META}})
                self.assertEqual(read()["method"], "notifications/subscriptions/acknowledged")
            else:
                able = ask("initialize", protocolVersion="2025-11-25", capabilities={}, clientInfo={"name": "test", "version": "1"})["capabilities"]
                self.assertEqual([able[of]["listChanged"] for of in ("tools", "prompts", "resources")], [True] * 3)
                send({"method": "notifications/initialized"})
            self.assertEqual(ask("prompts/list")["prompts"], [])

            self.plugin(name="city", manifest="", tools={"tell": FORECAST.replace("sunny in", "there is")})
            self.file("project/.haft/plugins/city/templates/praise.toml", 'prompt = "Praise $city."')
            self.file("project/.haft/plugins/city/fragments/facts.md", "It is old.")
            reload()
            self.assertEqual(sorted(read()["method"] for _ in range(3)), self.CHANGES)
            self.assertEqual(sorted(t["name"] for t in ask("tools/list")["tools"]), ["forecast", "tell"])
            self.assertEqual(ask("tools/call", name="tell", arguments={"city": "Rome"})["content"][0]["text"], "there is Rome\n")
            self.assertEqual([(p["name"], p["arguments"]) for p in ask("prompts/list")["prompts"]],
                             [("city:praise", [{"name": "city", "required": True}])])
            praise = ask("prompts/get", name="city:praise", arguments={"city": "Rome"})
            self.assertEqual(praise["messages"][0]["content"]["text"], "Praise Rome.")
            self.assertEqual([r["uri"] for r in ask("resources/list")["resources"]], ["fragment:city/facts"])
            self.assertEqual(ask("resources/read", uri="fragment:city/facts")["contents"][0]["text"], "It is old.")

            self.plugin(tools={"forecast": FORECAST.replace("sunny in", "rain in")})
            reload()
            self.assertEqual(ask("tools/call", name="forecast", arguments={"city": "Oslo"})["content"][0]["text"], "rain in Oslo\n")

            self.file("project/haft.toml", '[plugins]\ndisabled = ["city"]\n')
            reload()
            self.assertEqual(sorted(read()["method"] for _ in range(3)), self.CHANGES)
            self.assertEqual([t["name"] for t in ask("tools/list")["tools"]], ["forecast"])
            self.assertEqual([ask("prompts/list")["prompts"], ask("resources/list")["resources"]], [[], []])

            self.file("project/haft.toml", "[plugins\n")  # what can't be read changes nothing
            process.send_signal(signal.SIGHUP)
            self.assertIn("Error: nothing was loaded again: ", process.stderr.readline())
            self.assertEqual([t["name"] for t in ask("tools/list")["tools"]], ["forecast"])
            (self.project / "haft.toml").unlink()
            process.stdin.close()
            self.assertEqual(process.wait(), 0)

    def test_a_selection_holds_for_what_comes_later(self):
        process = subprocess.Popen([HAFT, "--tools", "fore*", "serve"], cwd=self.project, env=self.environment, stdin=subprocess.PIPE,
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for end in (process.stderr.close, process.stdout.close, process.wait, process.kill):
            self.addCleanup(end)
        send, read = self.talk(process)
        send({"id": 1, "method": "tools/list", "params": {"_meta": self.META}})
        self.assertEqual([t["name"] for t in read()["result"]["tools"]], ["forecast"])
        self.plugin(name="city", manifest="", tools={"tell": FORECAST, "foretell": FORECAST})
        process.send_signal(signal.SIGHUP)
        self.assertIn("loaded again", process.stderr.readline())
        send({"id": 2, "method": "tools/list", "params": {"_meta": self.META}})
        self.assertEqual(sorted(t["name"] for t in read()["result"]["tools"]), ["forecast", "foretell"])
        process.stdin.close()

    def serving(self, *line, variables=None):
        """A server over HTTP that is ready, and where it is."""
        process = subprocess.Popen([HAFT, *line], cwd=self.project, env={**self.environment, **(variables or {})},
                                   stderr=subprocess.PIPE, text=True)
        self.addCleanup(process.stderr.close)
        self.addCleanup(process.wait)
        self.addCleanup(process.kill)
        return process, process.stderr.readline().rstrip()

    def post(self, url, message, **headers):
        request = urllib.request.Request(url, json.dumps({"jsonrpc": "2.0", **message}).encode(), {
            "Content-Type": "application/json", "Accept": "application/json, text/event-stream", **headers})
        try:
            with urllib.request.urlopen(request) as answer:
                return answer.status, answer.headers, json.load(answer)
        except urllib.error.HTTPError as e:
            with e:
                return e.code, e.headers, json.load(e)

    def test_serve_over_http(self):
        self.file("project/token", "s3cret\n")
        begin = {"id": 1, "method": "initialize", "params": {"protocolVersion": "2025-11-25", "capabilities": {},
                                                             "clientInfo": {"name": "test", "version": "1"}}}
        for line, variables in ((("--token-file", "token"), {}), ((), {"HAFT_MCP_TOKEN": "s3cret"})):
            process, told = self.serving("serve", "--http", "127.0.0.1:0", *line, variables=variables)
            self.assertRegex(told, r"^haft: an MCP server at http://127\.0\.0\.1:\d+/mcp, for those who have the token; Ctrl-C ends it$")
            url = told.split()[5].rstrip(",")
            self.assertEqual(self.post(url, begin)[0], 401)
            status, headers, answer = self.post(url, begin, Authorization="Bearer s3cret")
            self.assertEqual((status, answer["result"]["serverInfo"]["name"]), (200, "haft"))
            call = {"id": 2, "method": "tools/call", "params": {"name": "forecast", "arguments": {"city": "Oslo"}}}
            answer = self.post(url, call, **{"Authorization": "Bearer s3cret", "Mcp-Session-Id": headers["Mcp-Session-Id"]})[2]
            self.assertEqual(answer["result"]["content"][0]["text"], "sunny in Oslo\n")
            process.terminate()
            self.assertEqual(process.wait(), 0)
            self.assertNotIn("s3cret", told + process.stderr.read())
        process, told = self.serving("serve", "--http", "0")
        self.assertRegex(told, r"^haft: an MCP server at http://127\.0\.0\.1:\d+/mcp; Ctrl-C ends it$")

    def test_serve_over_http_refuses(self):
        for line, error in ((("0.0.0.0:0",), "so who calls must show a token"), (("x",), '"x" is no ADDRESS:PORT'),
                            (("::1:80",), "is no ADDRESS:PORT"), (("127.0.0.1:65536",), "is no ADDRESS:PORT"),
                            (("0", "--token-file", "none"), 'can\'t read the token from "none": there is no such file')):
            told = subprocess.run([HAFT, "serve", "--http", *line], cwd=self.project, env=self.environment, capture_output=True, text=True)
            self.assertEqual(told.returncode, 2)
            self.assertIn(error, told.stderr)
        self.file("project/token", "two words")
        told = subprocess.run([HAFT, "serve", "--http", "0", "--token-file", "token"], cwd=self.project, env=self.environment,
                              capture_output=True, text=True)
        self.assertIn("haft-E0493", told.stderr)
        self.assertNotIn("two words", told.stderr)

    def test_mcp_config_brings_clients_here(self):
        written = json.loads(self.haft("mcp-config", "cursor", "--tools", "forecast", "--set", "a=1", error=None))
        self.assertEqual(written["mcpServers"]["haft"]["args"],
                         ["-C", str(self.project), "--set", "a=1", "--tools", "forecast", "serve"])
        self.assertEqual(written["mcpServers"]["haft"]["command"], HAFT)

    def test_check(self):
        self.assertEqual(self.haft("check"), "nothing is doubtful about these tools")
        self.plugin(name="worse", tools={"vague": FORECAST.replace(', description = "Where"', "")})
        self.assertIn('the parameter "city" has no description', self.haft("check"))
        self.haft("check", "--strict", code=1)
        self.plugin(name="broken", manifest="version = 3\n")
        self.assertIn("error", self.haft("check", code=1))

    def test_check_of_a_file(self):
        self.file("project/weather.so", "no library")
        self.assertRegex(self.haft("check", "weather.so", code=1), r"file\.format +failed")
        rows = json.loads(self.haft("check", "weather.so", "--json", code=1))
        self.assertEqual(rows["failed"], 1)
        self.assertEqual([row["text"] for row in rows["checks"] if row["check"] == "load.opens"], ["needs note.name"])


class Plugins(Case):
    def test_the_table(self):
        self.assertEqual(self.haft("plugins", error=None), "")
        self.assertIn("no plugins are here", self.said)
        self.plugin()
        self.plugin(place="data/haft/plugins")  # shadowed
        self.plugin(name="off", tools={})
        self.plugin(name="needy", manifest='required_config = ["key"]\n', tools={})
        self.file("project/haft.toml", '[plugins]\ndisabled = ["off"]\n')
        self.assertEqual(self.haft("plugins", error=None),
                         "plugin   version  state     brings  from, and what is wrong\n"
                         "needy    0.1.0    refused   -       ./.haft/plugins/needy\n"
                         '                                    the configuration of plugin "needy" lacks "key"\n'
                         "                                    - haft.toml:1:1: /key: required, but it is not there\n"
                         "                                    [haft-E0204]\n"
                         "off      1.2.0    disabled  -       ./.haft/plugins/off\n"
                         "                                    it is among the plugins that are disabled (haft.toml:2:12)\n"
                         "weather  1.2.0    loaded    1 tool  ./.haft/plugins/weather")
        self.assertIn(f'Warning: plugin "weather" in {self.folder}/data/haft/plugins/weather (built-in) is not used', self.said)
        states = {one["name"]: (one["state"], one.get("code")) for one in json.loads(self.haft("plugins", "--json"))}
        self.assertEqual(states, {"needy": ("refused", "haft-E0417"), "off": ("disabled", None), "weather": ("loaded", None)})

    def test_only_those_of_the_environment(self):
        self.plugin()
        self.plugin(name="other", tools={})
        states = lambda **more: {one["name"]: one["state"] for one in json.loads(self.haft("plugins", "--json", **more))}
        self.assertEqual(states(HAFT_PLUGINS="weather"), {"other": "disabled", "weather": "loaded"})

    def test_settings_that_do_not_fit_are_told_with_their_place(self):
        self.plugin()
        self.file("project/haft.toml", '[plugin.weather]\nunit = "K"\n')
        self.assertEqual(self.haft("list", error=None), "")
        self.assertIn("haft.toml:2:8: /unit", self.said)
        self.assertTrue(self.said.endswith("no tools are here; haft plugins says why"))
        self.haft("list", "--set", "plugin.weather.unit=C")
        self.haft("list", HAFT_PLUGIN_WEATHER_UNIT="F")

    def test_the_log(self):
        self.plugin()
        for words, more in ((["--log-level", "info:plugins"], {}), ([], {"HAFT_LOG": "info"}),
                            (["--log-level", "info"], {"HAFT_LOG": "error"})):
            self.haft(*words, "list", error=None, **more)
            self.assertIn('info: plugins: plugin "weather" was loaded', self.said)
        self.haft("list", HAFT_LOG="error")
        self.haft("list", "--log-level", "inof", code=2, error=None)
        self.assertIn('--log-level="inof": there is no level "inof"; did you mean "info"?', self.said)
        self.haft("list", HAFT_LOG="inof", code=2, error=None)
        self.assertIn('HAFT_LOG="inof"', self.said)


class Configuration(Case):
    def setUp(self):
        super().setUp()
        self.plugin()
        self.file("system/haft/haft.toml", "[plugin.weather]\ndays = 1\n")
        self.file("home/.config/haft/haft.toml", "[plugin.weather]\ndays = 2\n")
        self.file("project/haft.toml", '[plugin.weather]\nunit = "C"\napi_key = "s3cret"\n')

    def test_layers_and_their_places(self):
        self.assertEqual(self.haft("config"), 'plugin.weather.api_key = "(hidden)"\nplugin.weather.days = 2\nplugin.weather.unit = "C"')
        shown = self.haft("config", "--origin", "plugin.weather.days", "--set", "plugin.weather.days=5", HAFT_PLUGIN_WEATHER_DAYS="4")
        self.assertEqual(shown.split(), f'''key value layer where
            plugin.weather.days 5 command line command line
            4 environment environment variable HAFT_PLUGIN_WEATHER_DAYS (shadowed)
            2 user {self.folder}/home/.config/haft/haft.toml:2:8 (shadowed)
            1 system {self.folder}/system/haft/haft.toml:2:8 (shadowed)'''.split())
        self.assertEqual(json.loads(self.haft("config", "--json")), {"plugin": {"weather": {"api_key": "(hidden)", "days": 2, "unit": "C"}}})
        values = json.loads(self.haft("config", "plugin.weather.unit", "--origin", "--json"))
        self.assertEqual(values[0]["values"], [{"value": '"C"', "layer": "project", "origin": "haft.toml:2:8", "wins": True}])
        self.assertNotIn("s3cret", self.haft("config", "--origin") + self.haft("config", "--origin", "--json"))
        self.haft("config", "plugin.wether", code=1,
                  error='Error: nobody has configured "plugin.wether"; did you mean "weather"? (in plugin) [haft-E0378]')

    def test_another_file_instead_of_the_projects(self):
        self.file("other.toml", '[plugin.weather]\nunit = "F"\n')
        self.assertEqual(self.haft("config", "--config", "../other.toml"), 'plugin.weather.days = 2\nplugin.weather.unit = "F"')
        self.haft("config", "--config", "nowhere.toml", code=1, error="Error: nowhere.toml: this file is not there [haft-E0377]")

    def test_sections_that_nobody_reads(self):
        self.file("project/haft.toml", "[plugns]\npaths = []\n")
        self.haft("config", error='Warning: haft.toml:1:1: nobody reads "plugns"; did you mean "plugins"?')
        self.haft("list")

    def test_mistakes_stand_with_line_and_column(self):
        self.file("project/haft.toml", "a = 1\nb = \n")
        self.haft("config", code=1, error=None)
        self.assertTrue(self.said.startswith("Error: haft.toml:2:"), self.said)
        self.haft("list", code=1, error=None)
        self.file("project/haft.toml", '[plugins]\nenabled = [3]\n[tools]\nonly = ["hint:nope"]\n')
        self.haft("config", code=1, error=None)
        self.assertIn("haft.toml:2:12", self.said)
        self.file("project/haft.toml", '[tools]\nonly = ["hint:nope"]\n')
        self.haft("config", code=1, error=None)
        self.assertIn("haft.toml:2:8", self.said)
        self.haft("config", "--set", "no", code=1, error=None)
        self.assertIn("haft-E0383", self.said)


class Diff(Case):
    def test_exports_of_two_moments(self):
        self.plugin()
        before = self.haft("list", "--json")
        self.file("old.json", before)
        self.file("mcp.json", self.haft("list", "--format", "mcp"))
        self.assertEqual(self.haft("diff", "../old.json", "-", input=before), "")
        self.plugin(tools={"forecast": FORECAST.replace("Tell", "Say")})
        self.assertEqual(self.haft("diff", "../old.json", "-", input=self.haft("list", "--json"), code=1),
                         "tool      where        judged      what changed\n"
                         "forecast  description  cache-only  another description")
        self.plugin(tools={"forecast": FORECAST.replace('"Where"', '"Where", minLength = 2')})
        for old, now in (("../old.json", "--json"), ("../mcp.json", "--format=mcp")):
            self.assertEqual(self.haft("diff", old, "-", input=self.haft("list", now), code=2),
                             "tool      where       judged    what changed\n"
                             "forecast  input city  breaking  minLength 2 is new")
        changes = json.loads(self.haft("diff", "--json", "../old.json", "-", input=self.haft("list", "--json"), code=2))
        self.assertEqual(changes["judged"], "breaking")
        self.haft("diff", "../old.json", "nowhere", code=3, error="Error: nowhere: there is no such file [haft-E0313]")
        self.file("project/bad.json", "{}")
        self.haft("diff", "../old.json", "bad.json", code=3, error=None)
        self.haft("diff", "-", "-", code=3, error=None)


class New(Case):
    def test_a_plugin_that_works_at_once(self):
        self.assertEqual(self.haft("new", "plugin", "my-plug", error=None).splitlines(),
                         ["my-plug/plugin.toml", "my-plug/tools/my_plug_hello.toml", "my-plug/hello.sh", "my-plug/TOOLS.md"])
        self.assertEqual(self.haft("--plugins", "my-plug", "call", "my_plug_hello", '{"name": "Ada", "times": 2}'), "Hello Ada\nHello Ada")
        self.haft("--plugins", "my-plug", "check", "--strict")
        self.haft("new", "plugin", "my-plug", code=1,
                  error='Error: "my-plug" is there already and not empty; nothing was written [haft-E0442]')

    def test_names_and_kinds(self):
        self.haft("new", "server", "../x", code=1, error=None)
        self.assertIn('"x" can [haft-E0410]', self.said)
        self.haft("new", "plugin", "x", "--kind", "libary", code=2, error=None)
        self.assertIn('did you mean "library"?', self.said)
        self.assertFalse((self.project / "x").exists())
        self.haft("new", "plugin", "x", "--kind", "library", error=None)
        self.haft("new", "server", "y", error=None)
        self.assertIn("find_package(haft", (self.project / "x" / "CMakeLists.txt").read_text())
        self.assertIn("haft::run", (self.project / "y" / "main.cpp").read_text())


class Line(Case):
    def wrong(self, *words):
        self.assertEqual(self.haft(*words, code=2, error=None), "")
        return self.said.splitlines()[0]

    def test_what_is_wrong_is_told_with_the_nearest_name(self):
        self.assertEqual(self.wrong("lst"), 'Error: no command "lst"; did you mean "list"?')
        self.assertEqual(self.wrong("new", "plugn", "x"), 'Error: no command "plugn"; did you mean "plugin"?')
        self.assertEqual(self.wrong("list", "--fromat", "json"), 'Error: list knows no option "--fromat"; did you mean "--format"?')
        self.assertEqual(self.wrong("list", "--plugin", "x"), 'Error: list knows no option "--plugin"; did you mean "--plugins"?')
        self.assertEqual(self.wrong("--jsn", "list"), 'Error: list knows no option "--jsn"; did you mean "--json"?')
        self.assertEqual(self.wrong("list", "more"), 'Error: list does not take "more"')
        self.assertEqual(self.wrong("list", "show"), 'Error: list does not take "show"')
        self.assertEqual(self.wrong("list", "--format", "jsn"), 'Error: no format "jsn"; did you mean "json"?')
        self.assertEqual(self.wrong("list", "--color", "alwys"), 'Error: --color does not know "alwys"; did you mean "always"?')
        self.assertEqual(self.wrong("mcp-config", "curser"),
                         'Error: mcp-config wants one of claude-desktop, claude-code, vscode, cursor, or nothing for all of them; '
                         'did you mean "cursor"?')
        self.assertEqual(self.wrong("completion", "fihs"), 'Error: completion knows no shell "fihs"; did you mean "fish"?')
        self.assertIn("NAME", self.wrong("show"))
        self.assertIn("--config", self.wrong("list", "--config"))
        self.assertEqual(self.wrong(), "usage: haft [OPTION...] COMMAND")
        self.assertEqual(self.wrong("new"), "usage: haft new COMMAND")

    def test_help_and_version(self):
        self.assertRegex(self.haft("--version"), r"^haft \d+\.\d+\.\d+$")
        whole = self.haft("--help")
        for command in ("list", "show", "call", "explain", "serve", "mcp-config", "plugins", "trust", "config", "check", "diff", "new", "completion", "man"):
            self.assertIn(f"\n  {command} ", whole)
            self.assertTrue(self.haft(command, "--help").startswith(f"usage: haft {command}"))
        self.assertEqual(self.haft("-h"), whole)
        self.assertTrue(self.haft("new", "plugin", "-h").startswith("usage: haft new plugin [OPTION...] NAME\n"))
        self.assertLessEqual(max(map(len, whole.splitlines())), 100)

    def test_the_same_bytes_each_time(self):
        self.plugin()
        self.plugin(name="a", tools={"one": FORECAST, "two": FORECAST})
        for words in (["list"], ["list", "--json"], ["plugins"], ["man"], ["completion", "zsh"], ["--help"]):
            self.assertEqual(self.haft(*words), self.haft(*words))

    def test_colour_on_terminals_and_on_demand_only(self):
        self.plugin()
        self.assertNotIn("\x1b", self.haft("list"))
        self.assertNotIn("\x1b", self.haft("list", "--color=auto"))
        self.assertIn("\x1b", self.haft("list", "--color=always"))
        for words, colour in (([], True), (["--color=never"], False)):
            mine, theirs = pty.openpty()
            run = subprocess.Popen([HAFT, *words, "list"], cwd=self.project, env={**self.environment, "TERM": "xterm"}, stdin=theirs,
                                   stdout=theirs, stderr=theirs)
            os.close(theirs)
            shown = b""
            while True:
                try:
                    part = os.read(mine, 4096)
                except OSError:  # how Linux tells the end
                    break
                if not part:
                    break
                shown += part
            os.close(mine)
            self.assertEqual(run.wait(), 0)
            self.assertEqual(b"\x1b[" in shown, colour, shown)

    @unittest.skipUnless(shutil.which("bash"), "there is no bash")
    def test_bash_completes_with_its_script(self):
        self.plugin()
        self.file("haft.bash", self.haft("completion", "bash"))
        def completed(*words):
            line = " ".join(f"'{word}'" for word in words)
            text = (f'. ../haft.bash; compopt() {{ :; }}; COMP_WORDS=({line}); COMP_CWORD={len(words) - 1}; _haft; echo "${{COMPREPLY[*]}}"')
            return subprocess.run(["bash", "-c", text], cwd=self.project, env=self.environment, capture_output=True, text=True,
                                  check=True).stdout.split()
        self.assertEqual(completed(HAFT, "li"), ["list"])
        self.assertEqual(completed(HAFT, "list", "--fo"), ["--format"])
        self.assertEqual(completed(HAFT, "list", "--format", "openai"), ["openai", "openai-responses"])
        self.assertEqual(completed(HAFT, "call", ""), ["forecast"])
        self.assertEqual(completed(HAFT, "--plugins", "x", "new", "plugin", "--kind", "l"), ["library"])

    @unittest.skipUnless(shutil.which("man"), "there is no man")
    def test_man_reads_the_page(self):
        self.file("haft.1", self.haft("man"))
        shown = subprocess.run(["man", "--warnings=w", "-l", str(self.folder / "haft.1")], capture_output=True, text=True,
                               env={**self.environment, "MANPAGER": "cat", "LC_ALL": "C"})
        self.assertEqual((shown.returncode, shown.stderr), (0, ""))
        self.assertIn("EXIT STATUS", shown.stdout)


if __name__ == "__main__":
    unittest.main(verbosity=1)
