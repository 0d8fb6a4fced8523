// SPDX-License-Identifier: BSL-1.0
#include <haft/command/command_set.hpp>
#include <haft/hook/hook_set.hpp>
#include <haft/hook/points.hpp>
#include <haft/plugin/declarative/load_declarative.hpp>
#include <haft/plugin/plugin_loader.hpp>
#include <haft/prompt/load_fragments.hpp>
#include <haft/prompt/load_template.hpp>
#include <haft/registry/registry.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <variant>
#include <vector>

#include <support/temporary_folder.hpp>

namespace {

using haft_test::temporary_folder;

/// A plugin with everything.
void write_weather(const temporary_folder& at) {
    at.file("weather/plugin.toml",
            "version = \"1.2.0\"\ndescription = \"Weather\"\nauthor = \"me\"\n"
            "required_config = [\"unit\"]\ninstructions = \"Ask for one city at a time.\"\n"
            "[config_schema]\ntype = \"object\"\nproperties.unit = {type = \"string\", enum = [\"C\", \"F\"]}\n");
    at.script("weather/forecast.sh", "echo \"$1: fine, $HAFT_PLUGIN_CONFIG\"");
    at.file("weather/tools/forecast.toml",
            "description = \"Tell the weather\"\neffect = \"read_only\"\nhints = [\"web\", \"untrusted_input\"]\n"
            "[run]\nargv = [\"./forecast.sh\", \"{city}\"]\n"
            "[parameters]\ntype = \"object\"\nrequired = [\"city\"]\nproperties.city = {type = \"string\"}\n");
    at.file("weather/tools/_draft.toml", "this is no TOML");
    at.file("weather/tools/alarm.json", R"({"description": "Ring", "run": {"argv": ["/bin/echo", "ring"]}})");
    at.file("weather/commands/weather.toml",
            "description = \"Say the weather\"\naliases = [\"w\"]\nshare_with_model = true\n[run]\nargv = "
            "[\"./forecast.sh\", \"{city}\"]\n"
            "[parameters]\ntype = \"object\"\nrequired = [\"city\"]\nproperties.city = {type = \"string\"}\n");
    at.file("weather/hooks/note.toml", "point = \"session_start\"\n[run]\nargv = [\"./note.sh\"]\n");
    at.script("weather/note.sh", "cat > seen; echo '{\"messages\": [{\"text\": \"It is cold.\"}]}'");
    at.file("weather/templates/report.toml", "prompt = \"Report on $city\"\nsystem = \"Be short\"\n");
    at.file("weather/fragments/packing.md", "Take a coat.\n");
    at.file("weather/TOOLS.md", "# Weather\n");
}
haft::declarative_plugin loaded(const std::filesystem::path& folder) {
    haft::result<haft::declarative_plugin> out = haft::load_declarative(folder);
    if (!out) FAIL(out.error().text());
    return std::move(*out);
}
std::string why(const std::filesystem::path& folder) {
    const haft::result<haft::declarative_plugin> out = haft::load_declarative(folder);
    return out ? "it was loaded" : out.error().text();
}

}  // namespace

TEST_CASE("A folder is a plugin: manifest, tools, TOOLS.md", "[DC-08][PM-06][PM-10]") {
    const temporary_folder at;
    write_weather(at);
    const haft::declarative_plugin out = loaded(at.path / "weather");
    CHECK(out.warnings.empty());
    const haft::plugin& p = out.plugin;
    CHECK(p.name == "weather");
    CHECK(p.manifest.version == "1.2.0");
    CHECK(p.manifest.license == "MIT");
    CHECK(p.manifest.required_config == std::vector<std::string>{"unit"});
    CHECK(p.instructions == "Ask for one city at a time.");
    CHECK(p.tools_md == "# Weather\n");
    REQUIRE(p.tools.size() == 2);  // in the order of the files' names; the draft is skipped
    CHECK(p.tools[0].name == "alarm");
    CHECK(p.tools[1].name == "forecast");
    CHECK(p.tools[1].effect == haft::effect::read_only);
    CHECK(has(p.tools[1].hints, haft::hints::untrusted_input));
    CHECK(p.tools[0].effect == haft::effect::destructive);
    CHECK(*p.tools.call("alarm", "{}") == "\"ring\\n\"");
    CHECK(p.parts.size() == 4);
}

TEST_CASE("Loaded by a registry it serves tools, commands, hooks and templates, with its configuration", "[DC-08]") {
    const temporary_folder at;
    write_weather(at);
    haft::registry registry;
    haft::plugin_loader loader(registry);
    loader.add(haft::make_entry(loaded(at.path / "weather").plugin), R"({"unit":"C"})");
    const haft::load_report report = loader.load();
    for (const haft::error& e : report.failed) FAIL_CHECK(e.text());
    REQUIRE(loader.is_loaded("weather"));

    CHECK(*registry.call("forecast", R"({"city":"Ulm"})") == R"("Ulm: fine, {\"unit\":\"C\"}\n")");
    auto& commands = registry.get<haft::command_set>();
    const haft::command_outcome said = commands.dispatch("/w \"New York\"");
    CHECK(said.text() == R"(New York: fine, {"unit":"C"})");
    CHECK(said.share_with_model);
    CHECK(commands.dispatch("/weather").problem);
    auto& templates = registry.get<haft::template_loaders>();
    const auto report_template = haft::load_template(templates, "weather:report");
    REQUIRE(report_template);
    CHECK(report_template->what.prompt == "Report on $city");
    CHECK_FALSE(report_template->trusted);
    CHECK(haft::load_template(templates, "weather:repotr").error().message.find("did you mean \"report\"?") !=
          std::string::npos);
}

TEST_CASE("The files of fragments/ are fragments", "[DC-08][TF-05][CM-07]") {
    const temporary_folder at;
    write_weather(at);
    at.file("weather/fragments/_draft.md", "not yet");
    haft::registry registry;
    haft::plugin_loader loader(registry);
    loader.add(haft::make_entry(loaded(at.path / "weather").plugin), R"({"unit":"C"})");
    static_cast<void>(loader.load());
    auto& loaders = registry.get<haft::fragment_loaders>();
    const auto packing = haft::load_fragments(loaders, {"weather:packing"});
    REQUIRE(packing);
    REQUIRE(packing->size() == 1);
    CHECK(std::get<haft::fragment>(packing->front()).content == "Take a coat.\n");
    CHECK(std::get<haft::fragment>(packing->front()).source.ends_with("weather/fragments/packing.md"));
    CHECK(haft::load_fragments(loaders, {"weather:pakcing"}).error().message.find("did you mean \"packing\"?") != std::string::npos);
    CHECK_FALSE(haft::load_fragments(loaders, {"weather:_draft"}));
    CHECK_FALSE(haft::load_fragments(loaders, {"weather:../plugin"}));
    at.file("weather/fragments/packing.txt", "Another coat.");
    CHECK(why(at.path / "weather").find("a fragment \"packing\" is there already, besides fragments/packing.txt") != std::string::npos);
}

TEST_CASE("A hook's program reads JSON and replies in JSON", "[DC-08]") {
    const temporary_folder at;
    write_weather(at);
    at.file("weather/hooks/note.toml",
            "point = \"session_start\"\npriority = 5\n[run]\nargv = [\"./note.sh\"]\nfolder = \".\"\n");
    haft::registry registry;
    haft::plugin_loader loader(registry);
    loader.add(haft::make_entry(loaded(at.path / "weather").plugin), R"({"unit":"C"})");
    static_cast<void>(loader.load());
    auto& hooks = registry.get<haft::hook_set>();
    const auto out = hooks.emit<haft::session_start>(haft::session_start::data{});
    for (const haft::hook_error& e : hooks.errors()) FAIL_CHECK(e.text());
    REQUIRE(hooks.list().size() == 1);
    CHECK(hooks.list()[0].hook == "note");
    CHECK(hooks.list()[0].priority == 5);
    REQUIRE(out.messages.size() == 1);
    CHECK(out.messages[0].text == "It is cold.");
    CHECK(haft_test::text_of(at.path / "weather/seen").starts_with('{'));

    at.script("weather/note.sh", "echo broken >&2; exit 2");
    static_cast<void>(hooks.emit<haft::session_start>(haft::session_start::data{}));
    REQUIRE(hooks.errors().size() == 1);
    CHECK(hooks.errors()[0].what.find("failed with exit code 2: broken") != std::string::npos);
    CHECK(hooks.errors()[0].owner == "weather");
}

TEST_CASE("Programs see the defaults of the schema where the configuration says nothing", "[DC-08][DC-05]") {
    const temporary_folder at;
    at.file("p/plugin.toml",
            "[config_schema]\ntype = \"object\"\nproperties.unit = {type = \"string\", default = \"C\"}\n"
            "properties.days = {type = \"integer\"}\n"
            "[config_schema.properties.server]\ntype = \"object\"\nadditionalProperties = false\n"
            "properties.host = {type = \"string\"}\nproperties.port = {type = \"integer\", default = 80}\n");
    at.script("p/show.sh", "printf '%s' \"$HAFT_PLUGIN_CONFIG\"");
    at.file("p/tools/show.toml", "description = \"Show it\"\noutput = \"json\"\nrun.argv = [\"./show.sh\"]\n");
    const haft::plugin p = loaded(at.path / "p").plugin;
    CHECK(*p.tools.call("show", "{}") == R"({"unit":"C"})");  // before anybody has configured it

    haft::registry registry;
    haft::plugin_loader loader(registry);
    loader.add(haft::make_entry(p), R"({ "days": 2, "server": {"host": "h"}})");
    REQUIRE(loader.load().loaded.size() == 1);
    CHECK(*registry.call("show", "{}") == R"({"days":2,"server":{"host":"h","port":80},"unit":"C"})");
    loader.configure("p", R"({"unit":"F"})");
    CHECK(loader.load().failed.empty());
    CHECK(*registry.call("show", "{}") == R"({"unit":"F"})");
}

TEST_CASE("A configuration that does not fit keeps the plugin out", "[DC-08]") {
    const temporary_folder at;
    write_weather(at);
    const haft::plugin p = loaded(at.path / "weather").plugin;
    REQUIRE(p.check_config);
    CHECK(p.check_config(R"({"unit":"F"})"));
    const haft::result<void> no = p.check_config(R"({"unit":"K","unti":1})");
    REQUIRE_FALSE(no);
    CHECK(no.error().text().find("/unit: expected one of \"C\", \"F\", got \"K\"") != std::string::npos);
    CHECK(no.error().text().find("/unti: no such parameter") != std::string::npos);
}

TEST_CASE("Every mistake of every file is told, with its place, its key and what was meant", "[DC-08]") {
    const temporary_folder at;
    const std::string p = (at.path / "weather").string();
    at.file("weather/plugin.toml", "name = \"we/ather\"\nverison = \"1\"\n");
    at.file("weather/tools/a.toml", "description = \"Tell\"\neffect = \"readonly\"\nrun.argv = [\"x\"]\n");
    at.file("weather/tools/b.toml",
            "description = \"Tell\"\n[run]\nargv = [\"x\", \"{ctiy}\"]\n[parameters]\ntype = \"object\"\n"
            "[parameters.properties.city]\ntype = \"strin\"\n");
    at.file("weather/tools/c.toml", "description = \"Tell\n");
    at.file("weather/hooks/h.toml", "point = \"session_start\"\nrun = {argv = []}\n");
    at.file("weather/commands/bad name!.toml", "description = \"x\"\nrun.argv = [\"x\"]\n");
    const std::string out = why(at.path / "weather");
    CAPTURE(out);
    const auto has = [&](std::string_view line) { CHECK(out.find(line) != std::string::npos); };
    CHECK(out.starts_with("plugin \"weather\" can't be loaded: its files have "));
    has("\n- " + p + "/plugin.toml:2:11: /verison: no such key; did you mean \"version\"?");
    has("\n- " + p + "/tools/a.toml:2:");
    has("/effect: ");
    has("did you mean \"read_only\"?");
    has("\n- " + p + "/tools/b.toml:3:14: /run/argv/1: no parameter is named \"ctiy\"; did you mean \"city\"?");
    has("\n- " + p + "/tools/b.toml:7:8: /parameters/properties/city/type: ");
    has("\n- " + p + "/tools/c.toml:1:20: the top: no valid TOML: ");
    has("\n- " + p + "/hooks/h.toml:2:15: /run/argv: it is empty; it begins with the program [haft-E0447]");
    has("\n- " + p + "/commands/bad name!.toml:1:1: /name: no command can be named \"bad name!\"");
}

TEST_CASE("A key that there is not hides no other mistake of its file", "[DC-08]") {
    const temporary_folder at;
    at.file("weather/plugin.toml", "");
    at.file("weather/tools/a.toml",
            "description = \"Tell\"\ntitel = \"x\"\n[run]\nargv = [\"x\", \"{ctiy}\"]\ntime_limt = 3\n[parameters]\ntype = \"object\"\n"
            "[parameters.properties.city]\ntype = \"string\"\n");
    at.file("weather/hooks/h.toml", "point = \"session_start\"\npriorty = 1\nrun = {argv = []}\n");
    std::string out = why(at.path / "weather");
    CAPTURE(out);
    const auto has = [&](std::string_view line) { CHECK(out.find(line) != std::string::npos); };
    has("its files have 6 faults");
    has("/tools/a.toml:2:9: /titel: no such key; did you mean \"title\"?");
    has("/tools/a.toml:5:13: /run/time_limt: no such key; did you mean \"time_limit\"?");
    has("/tools/a.toml:4:14: /run/argv/1: no parameter is named \"ctiy\"; did you mean \"city\"?");
    has("/parameters/properties/city: is used nowhere");
    has("/hooks/h.toml:2:11: /priorty: no such key; did you mean \"priority\"?");
    has("/hooks/h.toml:3:15: /run/argv: it is empty");

    // A schema under another key: that its parameters are not there is no mistake of its own.
    at.file("weather/hooks/h.toml", "point = \"session_start\"\nrun = {argv = [\"x\"]}\n");
    at.file("weather/tools/a.toml", "description = \"Tell\"\nrun.argv = [\"x\", \"{city}\"]\n[paramters.properties.city]\ntype = \"string\"\n");
    out = why(at.path / "weather");
    CHECK(out.find("its files have 1 fault\n") != std::string::npos);
    has("/paramters: no such key; did you mean \"parameters\"?");
}

TEST_CASE("The names of plugins are letters, digits, _ and -", "[fault-100]") {
    const temporary_folder at;
    for (const std::string name : {"../x", "/etc", "%n", "a b", "", "a\\u0000b"}) {
        at.file("weather/plugin.toml", "name = \"" + name + "\"\n");
        if (name.empty()) CHECK(why(at.path / "weather") == "it was loaded");  // the folder's
        else
            CHECK(why(at.path / "weather").find("/plugin.toml:1:8: /name: no plugin can be named ") !=
                  std::string::npos);
    }
    at.file("weather/plugin.toml", "name = \"" + std::string(4096, 'x') + "\"\n");
    CHECK(why(at.path / "weather").find("no plugin can be named ") != std::string::npos);
    at.file("100%/plugin.toml", "");
    CHECK(why(at.path / "100%").find("no plugin can be named \"100%\"") != std::string::npos);
}

TEST_CASE("A folder may be named from where the host is, which may go elsewhere", "[DC-08]") {
    const temporary_folder at;
    write_weather(at);
    const auto here = std::filesystem::current_path();
    std::filesystem::current_path(at.path / "weather");
    const haft::result<haft::declarative_plugin> out = haft::load_declarative("./");
    std::filesystem::current_path(here);
    REQUIRE(out);
    CHECK(out->plugin.name == "weather");
    CHECK(*out->plugin.tools.call("forecast", R"({"city":"Ulm"})") == R"("Ulm: fine, {}\n")");
}

TEST_CASE("What is no plugin, and what is odd", "[DC-08]") {
    const temporary_folder at;
    const std::string folder = at.folder("empty").string();
    CHECK(why(folder) == "plugin \"empty\" can't be loaded: its files have 1 fault\n- " + folder +
                             ": the top: there is no plugin.toml, and no plugin.json [haft-E0447]");
    at.file("weather/plugin.json", R"({"version": "2"})");
    at.file("weather/tools/readme.txt", "");
    at.file("weather/tools/.hidden", "");
    const haft::declarative_plugin out = loaded(at.path / "weather");
    CHECK(out.plugin.manifest.version == "2");
    REQUIRE(out.warnings.size() == 1);
    CHECK(out.warnings[0].message ==
          (at.path / "weather/tools/readme.txt").string() + " is neither *.toml nor *.json; nobody reads it");
}

TEST_CASE("A folder's configuration: keys x- are free, secrets are not repeated, and one too long for programs is refused",
          "[DC-08][PM-08][fault-108][fault-111]") {
    const temporary_folder at;
    at.file("mail/plugin.toml",
            "[config_schema]\ntype = \"object\"\nproperties.api_key = {type = \"string\"}\n"
            "properties.host = {type = \"object\", properties = {a = {type = \"integer\"}}, additionalProperties = false}\n");
    at.file("free/plugin.toml", "");
    at.file("free/tools/say.toml", "description = \"Say it\"\n[run]\nargv = [\"/bin/echo\", \"fine\"]\n");
    const auto told = [&](const char* plugin, const std::string& config) {
        std::vector<haft::error> warnings;
        const auto out = haft::check_plugin_config(loaded(at.path / plugin).plugin, config, false, warnings);
        return out ? "fits" : out.error().text();
    };
    CHECK(told("mail", R"({"x-note": 1, "host": {"x-": 2}})") == "fits");
    CHECK(told("mail", R"({"y-note": 1})").find("/y-note: no such parameter") != std::string::npos);
    CHECK(told("mail", R"({"api_key": 987654321})").find("/api_key: expected string, got (hidden) ") != std::string::npos);
    CHECK(told("mail", R"({"host": [{"token": "hunter2"}]})").find("got array [{\"token\":\"(hidden)\"}]") !=
          std::string::npos);

    // The longest that programs can be given, and one byte more.
    const std::string most(131052 - std::string(R"({"x":""})").size(), 'q');
    CHECK(told("free", R"({"x":")" + most + R"(q"})") ==
          "the configuration of plugin \"free\": it has 131053 bytes; its programs are given "
          "it in the variable HAFT_PLUGIN_CONFIG, which holds at most 131052; write what is long into a file, and its name here "
          "[haft-E0420]");
    const haft::declarative_plugin free = loaded(at.path / "free");
    CHECK(told("free", R"({"x":")" + most + R"("})") == "fits");
    REQUIRE(free.plugin.initialize(R"({"x":")" + most + R"("})"));
    CHECK(free.plugin.tools[0].call("{}"));
}
