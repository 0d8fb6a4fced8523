// SPDX-License-Identifier: BSL-1.0
// What a loader loads, what it refuses and why.
#include <haft/model/provider.hpp>

#include "support.hpp"

#include <catch2/catch_test_macros.hpp>

#include <filesystem>
#include <fstream>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

using haft::errc;
using haft::plugin_state;
using plugin_test::host;
using plugin_test::one_tool;
using plugin_test::telling;
using plugin_test::texts;

TEST_CASE("A plugin is any mix, and becomes an owner with all of it", "[PM-01]") {
    host h;
    haft::plugin full{.name = "my_full_plugin",
                      .manifest = {.version = "1.2", .description = "Everything"},
                      .tools = one_tool("lookup", "Result"),
                      .instructions = "Look things up."};
    full.parts.push_back(haft::hook_part<haft::session_start>("my_plugin.start", [] { return haft::say("hello"); }));
    full.parts.push_back(
        haft::command_part({.name = "my-status", .description = "How it is"}, [] { return std::string("fine"); }));
    full.parts.push_back(haft::provider_part({.name = "my_llm", .models = {{.id = "fast"}}}));
    h.add(full);
    h.add({.name = "nothing"});
    const haft::load_report report = h.loader.load();
    CHECK(report.loaded == texts{"my_full_plugin", "nothing"});
    CHECK(report.failed.empty());
    CHECK(h.serves("lookup"));
    CHECK(h.registry.get<haft::hook_set>().emit<haft::session_start>({.workspace = "/"}).messages.size() == 1);
    CHECK(h.registry.get<haft::command_set>().find("my-status") != nullptr);
    CHECK(h.registry.get<haft::registry_of<haft::provider>>().find("my_llm") != nullptr);
    CHECK(h.row("my_full_plugin").version == "1.2");
    CHECK(h.registry.is_exposed("nothing"));

    h.loader.unload_all();
    CHECK_FALSE(h.serves("lookup"));
    CHECK(h.registry.get<haft::command_set>().find("my-status") == nullptr);
    CHECK(h.registry.get<haft::registry_of<haft::provider>>().find("my_llm") == nullptr);
}

TEST_CASE("A disabled plugin's factory never runs", "[DC-04][DC-03]") {
    int made = 0;
    const auto factory = [&] { return ++made, haft::plugin{}; };
    host h({.filter = {.enabled = {"My-Plugin", "other", "third"}, .disabled = {"OTHER"}}});
    h.loader.add(haft::make_entry("my_plugin", factory));
    h.loader.add(haft::make_entry("Other", factory));
    h.loader.add(haft::make_entry("not_listed", factory));
    haft::plugin_entry off = haft::make_entry("third", factory);
    off.enabled = false;
    h.loader.add(off);
    CHECK(h.loader.load().loaded == texts{"my_plugin"});
    CHECK(made == 1);
    CHECK(h.state("Other") == plugin_state::disabled);
    CHECK(h.problem("Other") == "it is among the plugins that are disabled");
    CHECK(h.problem("not_listed") == "it is not among the plugins that are enabled");
    CHECK(h.problem("third") == "its own entry says so");
    CHECK(h.row("my_plugin").kept_out == haft::kept_out_by::nothing);
    CHECK(h.row("Other").kept_out == haft::kept_out_by::disabled);
    CHECK(h.row("not_listed").kept_out == haft::kept_out_by::enabled);
    CHECK(h.row("third").kept_out == haft::kept_out_by::its_entry);
}

TEST_CASE("Every step sees the defaults of the schema, and what is given stays as it is", "[PM-04][PM-05][DC-05]") {
    texts seen;
    const auto step = [&](std::string name) {
        return [&seen, name](std::string_view config) { seen.push_back(name + " " + std::string(config)); };
    };
    const auto with = [&](std::string config) {
        seen.clear();
        host h;
        haft::plugin p{.name = "p"};
        p.config_schema =
            R"({"properties":{"a\"b":{"default":[1, 2]},"unit":{"default":"C"},"none":{},"in":{"properties":{"x":{"default":null}}}}})";
        p.init = step("init");
        p.setup = step("setup");
        p.initialize = step("initialize");
        p.teardown = step("teardown");
        h.add(p, std::move(config));
        static_cast<void>(h.loader.load());
        h.loader.unload_all();
        return seen;
    };
    const auto all = [](const std::string& config) {
        return texts{"init " + config, "setup " + config, "initialize " + config, "teardown " + config};
    };
    CHECK(with("") == all(R"({"a\"b":[1, 2],"unit":"C"})"));
    CHECK(with(R"( { "unit" : "F", "in": {} } )") == all(R"({"unit":"F","in":{"x":null},"a\"b":[1, 2]})"));
    CHECK(with(R"({ "unit": null, "a\u0022b": 3, "in": [{}]})") == all(R"({ "unit": null, "a\u0022b": 3, "in": [{}]})"));
}

TEST_CASE("No list at all enables all, lists are merged in their order", "[DC-03]") {
    haft::plugin_filter user{.enabled = {"a", "b"}};
    user.merge({.enabled = {"B", "c"}, .disabled = {"a"}});
    CHECK(user.enabled == texts{"a", "b", "c"});
    CHECK_FALSE(user.why_not("a").empty());
    CHECK(user.why_not("C").empty());
    CHECK_FALSE(user.why_not("d").empty());
    user.merge({.only = std::vector<std::string>{"d"}, .only_at = "HAFT_PLUGINS"});
    user.merge({});
    CHECK(user.why_not("d").empty());
    CHECK(user.judge("c") == haft::kept_out_by::only);
    CHECK(user.why_not("c") == "it is not among the plugins that are to be loaded (HAFT_PLUGINS)");
    CHECK(haft::plugin_filter{}.why_not("d").empty());
}

TEST_CASE("A list or a configuration that names nobody is a warning with the nearest name", "[DC-04]") {
    host h({.filter = {.disabled = {"wether"}}});
    h.add({.name = "weather"});
    h.loader.configure("wheather", "{}");
    const haft::load_report report = h.loader.load();
    REQUIRE(report.warnings.size() == 2);
    CHECK(report.warnings[0].code == errc::unknown_plugin);
    CHECK(report.warnings[0].message ==
          "the list of disabled plugins names \"wether\", and no plugin is called so; did you mean \"weather\"?");
    CHECK(report.warnings[1].message ==
          "a configuration names \"wheather\", and no plugin is called so; did you mean \"weather\"?");
}

TEST_CASE("Names that no plugin may have are refused before anything runs", "[fault-100]") {
    using namespace std::string_view_literals;
    for (const std::string_view bad : {"../x"sv, "/etc/passwd"sv, "a\0b"sv, "%n%n"sv, ""sv}) {
        int made = 0;
        host h;
        h.loader.add(haft::make_entry(std::string(bad), [&] { return ++made, haft::plugin{.name = "fine"}; }));
        const haft::load_report report = h.loader.load();
        CHECK(made == 0);
        REQUIRE(report.failed.size() == 1);
        CHECK(report.failed[0].code == errc::bad_plugin_name);
        CHECK(report.failed[0].message.find('\0') == std::string::npos);
    }
}

TEST_CASE("A plugin can't come in under another name than its entry's", "[DC-04]") {
    host h({.filter = {.disabled = {"evil"}}});
    h.loader.add(haft::make_entry("harmless", [] { return haft::plugin{.name = "evil"}; }));
    haft::plugin_entry told = haft::make_entry("nice", [] { return haft::plugin{}; });
    told.manifest = haft::kept_manifest{.name = "evil"};
    h.loader.add(told);
    CHECK(h.loader.load().loaded.empty());
    CHECK(h.problem("harmless") ==
          "plugin \"harmless\" turned out to be called \"evil\"; one of both names has to be changed");
    CHECK(h.problem("nice") ==
          "plugin \"nice\" is called \"evil\" in its manifest; one of both names has to be changed");
}

TEST_CASE("Of two plugins of one name the first is loaded and the other one reported", "[fault-90]") {
    host h;
    h.loader.add(haft::make_entry(haft::plugin{.name = "my_plugin", .tools = one_tool("t", "first")}, "folder"));
    int made = 0;
    h.loader.add(haft::make_entry("My-Plugin", [&] { return ++made, haft::plugin{}; }, "compiled in"));
    const haft::load_report report = h.loader.load();
    CHECK(report.loaded == texts{"my_plugin"});
    CHECK(made == 0);
    REQUIRE(report.warnings.size() == 1);
    CHECK(report.warnings[0].code == errc::duplicate_plugin);
    CHECK(report.warnings[0].message ==
          "plugin \"My-Plugin\" (compiled in) is shadowed by \"my_plugin\" (folder), which came first");
    CHECK(h.state("My-Plugin") == plugin_state::shadowed);
    CHECK(h.loader.explain("my_plugin").reasons.size() >= 2);
}

TEST_CASE("Of two entries of one file the first is loaded", "[fault-90]") {
    namespace fs = std::filesystem;
    const fs::path folder = fs::temp_directory_path() / "haft_plugin_one_file";
    fs::remove_all(folder);
    fs::create_directories(folder);
    std::ofstream(folder / "one.so") << "x";
    fs::create_hard_link(folder / "one.so", folder / "two.so");
    host h;
    for (const char* const name : {"one", "two"}) {
        haft::plugin_entry e = haft::make_entry(name, [] { return haft::plugin{}; });
        e.file = folder / (std::string(name) + ".so");
        h.loader.add(e);
    }
    CHECK(h.loader.load().loaded == texts{"one"});
    CHECK(h.problem("two") == "plugin \"two\" is the same file as \"one\", which came first");
    fs::remove_all(folder);
}

TEST_CASE("A failing setup leaves nothing of a plugin, the others load, and the next load tries again",
          "[fault-89][PM-04]") {
    texts log;
    host h;
    bool works = false;
    haft::plugin bad{.name = "bad", .tools = one_tool("bad_tool", "")};
    bad.parts.push_back(haft::command_part({.name = "bad"}, [] { return std::string(); }));
    bad.setup = [&] {
        log.push_back("setup");
        if (!works) throw std::runtime_error("no network");
    };
    bad.teardown = [&] { log.push_back("teardown"); };
    h.add(bad);
    h.add({.name = "good", .tools = one_tool("good_tool", "")});
    const haft::load_report first = h.loader.load();
    CHECK(first.loaded == texts{"good"});
    REQUIRE(first.failed.size() == 1);
    CHECK(first.failed[0].code == errc::plugin_failed);
    CHECK(first.failed[0].message == "plugin \"bad\": its setup failed: no network");
    CHECK_FALSE(h.serves("bad_tool"));
    CHECK(h.registry.list_available() == texts{"good"});
    CHECK(h.registry.get<haft::command_set>().find("bad") == nullptr);
    CHECK(log == texts{"setup"});

    works = true;
    CHECK(h.loader.load().loaded == texts{"bad"});
    CHECK(h.serves("bad_tool"));
    CHECK(log == texts{"setup", "setup"});
}

TEST_CASE("An initialize that fails half-way takes the plugin back whole", "[fault-89]") {
    texts log;
    host h;
    haft::plugin bad = telling(log, "bad");
    bad.parts.push_back(haft::command_part({.name = "bad"}, [] { return std::string(); }));
    bad.initialize = []() -> haft::toolset {
        haft::toolset three;
        for (const char* const name : {"a", "b", "c"}) three.add(name, "One of five", [] { return 1; });
        throw std::runtime_error("the fourth is broken");
    };
    h.add(bad);
    h.add(telling(log, "good"));
    const haft::load_report report = h.loader.load();
    CHECK(report.loaded == texts{"good"});
    REQUIRE(report.failed.size() == 1);
    CHECK(report.failed[0].message.find("the fourth is broken") != std::string::npos);
    CHECK(h.registry.list_available() == texts{"good"});
    CHECK(h.registry.get<haft::command_set>().rows().empty());
    CHECK(log == texts{"bad setup", "bad teardown", "good setup", "good initialize"});
}

TEST_CASE("A tool that is refused takes its plugin with it", "[fault-89]") {
    host h;
    haft::plugin bad{.name = "bad", .tools = one_tool("t", "")};
    bad.tools.add("t", "The same name", [] { return 1; });
    h.add(bad);
    const haft::load_report report = h.loader.load();
    REQUIRE(report.failed.size() == 1);
    CHECK(report.failed[0].code == errc::duplicate_tool);
    CHECK(h.registry.list_available().empty());
}

TEST_CASE("A factory that throws is its plugin's failure", "[PM-02]") {
    host h;
    h.loader.add(haft::make_entry("a", []() -> haft::plugin { throw std::runtime_error("no licence"); }));
    h.loader.add(
        haft::make_entry("b", []() -> haft::result<haft::plugin> { return haft::error{errc::tool_failed, "no"}; }));
    h.add({.name = "c"});
    CHECK(h.loader.load().loaded == texts{"c"});
    CHECK(h.problem("a") == "plugin \"a\": making it failed: no licence");
    CHECK(h.problem("b") == "plugin \"b\": making it failed: no");
}

TEST_CASE("init runs once; one that fails leaves the plugin there and is tried again at the next load", "[PM-03]") {
    host h;
    int ran = 0;
    std::string seen;
    haft::plugin p{.name = "p", .tools = one_tool("t", "")};
    p.init = [&](std::string_view config) {
        seen = config;
        if (++ran == 1) throw std::runtime_error("not yet");
    };
    h.add(p, R"({"key":1})");
    const haft::load_report first = h.loader.load();
    CHECK(first.loaded == texts{"p"});
    REQUIRE(first.warnings.size() == 1);
    CHECK(first.warnings[0].message == "plugin \"p\": its init failed: not yet");
    CHECK(h.serves("t"));
    CHECK(seen == R"({"key":1})");
    CHECK(h.row("p").init_problem.message == "plugin \"p\": its init failed: not yet");
    CHECK(h.loader.load().warnings.empty());
    CHECK(ran == 2);
    CHECK(h.row("p").init_problem.message.empty());
    static_cast<void>(h.loader.load());
    CHECK(ran == 2);
}

TEST_CASE("setup runs once, before tools are listed, with the plugin's configuration", "[PM-04]") {
    texts log;
    host h({.workspace_dir = "/work \"space\""});
    haft::plugin p{.name = "p"};
    p.setup = [&](std::string_view config) {
        log.emplace_back(config);
        return one_tool("made_by_setup", "");
    };
    h.add(p, R"({"key":1})");
    static_cast<void>(h.loader.load());
    static_cast<void>(h.loader.load());
    CHECK(log == texts{R"({"key":1,"workspace_dir":"/work \"space\""})"});
    CHECK(h.serves("made_by_setup"));
}

TEST_CASE("A workspace that a configuration names stays, one that nobody asks for is not put in", "[PM-04]") {
    host h({.workspace_dir = "/w"});
    std::string seen, strict;
    haft::plugin p{.name = "p"};
    p.setup = [&](std::string_view config) { seen = config; };
    h.add(p, R"({"workspace_dir":"/mine"})");
    haft::plugin q{.name = "q", .config_schema = R"({"type":"object","properties":{"k":{}}})"};
    q.setup = [&](std::string_view config) { strict = config; };
    h.add(q);
    static_cast<void>(h.loader.load());
    CHECK(seen == R"({"workspace_dir":"/mine"})");
    CHECK(strict == "{}");
}

TEST_CASE("Teardown goes backwards, and one that throws stops nobody", "[PM-04][fault-93]") {
    texts log;
    {
        host h;
        for (const char* const name : {"c", "a", "b"}) h.add(telling(log, name));
        haft::plugin bad{.name = "bad"};
        bad.teardown = [] { throw std::runtime_error("stuck"); };
        h.add(bad);
        static_cast<void>(h.loader.load());
        log.clear();
        h.loader.unload_all();
        CHECK(log == texts{"b shutdown", "b teardown", "a shutdown", "a teardown", "c shutdown", "c teardown"});
        REQUIRE(h.loader.problems().size() == 1);
        CHECK(h.loader.problems()[0].message == "plugin \"bad\": its teardown failed: stuck");
        CHECK(h.loader.load().loaded.empty());  // it stays out
        static_cast<void>(h.loader.reload("a"));
        CHECK(h.loader.is_loaded("a"));
        log.clear();
    }
    CHECK(log == texts{"a shutdown", "a teardown"});  // with the loader
}

TEST_CASE("A host that is too old is told both versions", "[PM-09]") {
    host h({.host_version = "1.9.0"});
    h.add({.name = "new", .manifest = {.min_host_version = "1.10"}});
    h.add({.name = "fine", .manifest = {.min_host_version = "1.9"}});
    CHECK(h.loader.load().loaded == texts{"fine"});
    CHECK(h.row("new").problem.code == errc::host_too_old);
    CHECK(h.problem("new") == "plugin \"new\" needs version 1.10 of its host, which is 1.9.0");
}

TEST_CASE("All programs that are missing are listed", "[PM-12]") {
    host h({.find_dependency = [](std::string_view name) -> std::optional<haft::found_dependency> {
        if (name == "curl") return haft::found_dependency{"/bin/curl", "7.64"};
        if (name == "git") return haft::found_dependency{"/bin/git"};
        if (name == "bad") throw std::runtime_error("disk");
        return {};
    }});
    int made = 0;
    haft::plugin_entry e = haft::make_entry("p", [&] { return ++made, haft::plugin{}; });
    e.manifest = haft::kept_manifest{.dependencies = {"curl >=7.80", "ffmpeg", "git >=2", "libfoo.so.1", "bad"}};
    h.loader.add(e);
    h.add({.name = "fine", .manifest = {.dependencies = {"curl>=7,<8"}}});
    const haft::load_report report = h.loader.load();
    CHECK(report.loaded == texts{"fine"});
    CHECK(made == 0);  // its manifest was known
    CHECK(h.row("p").problem.code == errc::missing_program);
    CHECK(h.problem("p") ==
          "plugin \"p\" needs \"curl >=7.80\", and /bin/curl has version 7.64; and \"ffmpeg\", which is not there; and "
          "\"libfoo.so.1\", which is not there; and \"bad\", and looking for it failed: disk");
    REQUIRE(report.warnings.size() == 1);
    CHECK(report.warnings[0].message ==
          "plugin \"p\" wants \"git >=2\"; of /bin/git nobody has looked which version it is");
}

TEST_CASE("Programs are found in PATH, libraries where the linker looks", "[PM-12]") {
    namespace fs = std::filesystem;
    const fs::path folder = fs::temp_directory_path() / "haft_plugin_path";
    fs::remove_all(folder);
    fs::create_directories(folder / "dir");
    std::ofstream(folder / "tool") << "#!/bin/sh\n";
    std::ofstream(folder / "text") << "no program\n";
    std::ofstream(folder / "libmine.so.1") << "";
    fs::permissions(folder / "tool", fs::perms::owner_all);
    const auto find = [&](std::string_view name, std::string path) {
        const auto found = haft::find_dependency(name, [path](std::string_view variable) -> std::optional<std::string> {
            if (variable != "PATH" && variable != "LD_LIBRARY_PATH") return {};
            return path;
        });
        return found ? found->path : "";
    };
    const std::string path = "/nowhere::" + folder.string();
    CHECK(find("tool", path) == (folder / "tool").string());
    CHECK(find("text", path) == "");
    CHECK(find("dir", path) == "");
    CHECK(find("../haft_plugin_path/tool", path) == "");
    CHECK(find("tool", "") == "");
    const fs::path before = fs::current_path();
    fs::current_path(folder);
    CHECK(find("tool", "::/nowhere:") == "");  // the working directory is nobody's
    CHECK(find("libmine.so.1", "::/nowhere:") == "");
    fs::current_path(before);
    CHECK(find("libmine.so.1", path) == (folder / "libmine.so.1").string());
    CHECK(find("libmine.so.1", "") == "");
    CHECK(haft::find_dependency("sh"));
    CHECK_FALSE(haft::find_dependency("haft_no_such_program"));
    CHECK_FALSE(haft::find_dependency("libhaft_no_such.so.9"));
    fs::remove_all(folder);
}

TEST_CASE("All keys that are missing are one error", "[PM-08][fault-94]") {
    texts log;
    host h;
    haft::plugin p = telling(log, "p", {.required_config = {"api_key", "url", "retries"}});
    h.add(p, R"({"retries":0})");
    const haft::load_report report = h.loader.load();
    REQUIRE(report.failed.size() == 1);
    CHECK(report.failed[0].code == errc::missing_config);
    CHECK(report.failed[0].message == "the configuration of plugin \"p\" lacks \"api_key\", \"url\"");
    REQUIRE(report.failed[0].faults.size() == 2);
    CHECK(report.failed[0].faults[1].pointer == "/url");
    CHECK(log.empty());

    h.loader.configure("p", R"({"api_key":"","url":false,"retries":0})");  // present is present
    CHECK(h.loader.load().loaded == texts{"p"});
}

TEST_CASE("A host may be content with less", "[PM-08]") {
    host h({.may_lack_keys = true});
    h.add({.name = "p", .manifest = {.required_config = {"api_key"}}});
    const haft::load_report report = h.loader.load();
    CHECK(report.loaded == texts{"p"});
    REQUIRE(report.warnings.size() == 1);
    CHECK(report.warnings[0].code == errc::missing_config);
}

TEST_CASE("A configuration that is no object is refused", "[fault-94]") {
    for (const char* const bad : {"[]", "{", "7", "{} {}"}) {
        host h;
        h.add({.name = "p"}, bad);
        const haft::load_report report = h.loader.load();
        REQUIRE(report.failed.size() == 1);
        CHECK(report.failed[0].code == errc::bad_plugin_config);
    }
}

TEST_CASE("explain says why a plugin is there, or not, and what was meant", "[RG-06]") {
    host h({.filter = {.disabled = {"off"}}});
    h.loader.add(haft::make_entry(haft::plugin{.name = "weather", .tools = one_tool("w", "")}, "compiled in"));
    h.add({.name = "off"});
    h.add({.name = "needy", .manifest = {.plugin_deps = {"wether"}}});
    CHECK(h.loader.explain("weather").reasons[0] ==
          "plugin \"weather\" (compiled in) is known, but not loaded: load it");
    static_cast<void>(h.loader.load());
    CHECK(h.loader.explain("Weather").reasons == texts{"plugin \"weather\" 0.1.0 (compiled in) is loaded and brings 1 tool",
                                                       "owner \"weather\" is exposed; 1 of its 1 tools are served"});
    CHECK(h.loader.explain("off").text() ==
          "plugin \"off\" 0.1.0 is disabled: it is among the plugins that are disabled");
    CHECK(h.loader.explain("needy").text() ==
          "plugin \"needy\" 0.1.0 was refused: plugin \"needy\" needs plugin \"wether\", which nobody has added; did "
          "you mean "
          "\"weather\"? [haft-E0413]");
    const haft::explanation none = h.loader.explain("weathr");
    CHECK_FALSE(none.known);
    CHECK(none.text().starts_with("no plugin is named \"weathr\"; did you mean \"weather\"?"));
    CHECK(h.row("off").text() == "off 0.1.0: disabled: it is among the plugins that are disabled");
    CHECK(h.loader.reload("wether").error().code == errc::unknown_plugin);
}

TEST_CASE("A plugin's own step may ask and add, but not load", "[PM-04]") {
    host h;
    haft::load_report within;
    haft::plugin p{.name = "p"};
    p.setup = [&] {
        within = h.loader.load();
        CHECK_FALSE(h.loader.unload("p"));
        CHECK_FALSE(h.loader.is_loaded("p"));
        h.add({.name = "brought_along"});
    };
    h.add(p);
    CHECK(h.loader.load().loaded == texts{"p"});
    REQUIRE(within.failed.size() == 1);
    CHECK(within.failed[0].code == errc::plugin_failed);
    CHECK(h.loader.load().loaded == texts{"brought_along"});
}

TEST_CASE("A plugin whose tool's name is taken is loaded and waits for the name", "[RG-03]") {
    host h;
    h.add({.name = "a", .tools = one_tool("t", "of a")});
    h.add({.name = "b", .tools = one_tool("t", "of b")});
    const haft::load_report report = h.loader.load();
    CHECK(report.loaded == texts{"a", "b"});
    REQUIRE(report.warnings.size() == 1);
    CHECK(h.row("b").problem.code == errc::duplicate_tool);
    static_cast<void>(h.loader.unload("a"));
    static_cast<void>(h.registry.reevaluate());
    CHECK(*h.registry.call("t", "{}") == "\"of b\"");
}

TEST_CASE("A plugin whose setup takes the configuration is made anew with another one, and who needs it", "[PM-05][NX-14]") {
    texts log;
    host h;
    haft::plugin keyed = telling(log, "keyed");
    keyed.setup = [&log](std::string_view config) { log.push_back("keyed setup " + std::string(config)); };
    h.add(keyed, R"({"key":"old"})");
    h.add(telling(log, "user", {.plugin_deps = {"keyed"}}));
    h.add(telling(log, "other"));
    h.loader.load();
    log.clear();

    h.loader.configure("keyed", R"({"key":"new"})");
    const haft::load_report report = h.loader.load();
    CHECK(report.loaded == texts{"keyed", "user"});
    CHECK(log == texts{"user shutdown", "user teardown", "keyed shutdown", "keyed teardown", "keyed setup {\"key\":\"new\"}",
                       "keyed initialize", "user setup", "user initialize"});
    CHECK(h.serves("keyed"));

    h.registry.unexpose("keyed");  // what somebody has hidden stays hidden
    h.loader.configure("keyed", R"({"key":"newest"})");
    h.loader.load();
    CHECK(h.state("keyed") == plugin_state::loaded);
    CHECK_FALSE(h.serves("keyed"));
    CHECK(h.serves("user"));
}

TEST_CASE("A group of entries is replaced as a whole", "[DC-01][NX-14]") {
    texts log;
    host h;
    const auto entry = [&](std::string name, std::string stamp, int rank) {
        haft::plugin_entry out = haft::make_entry(name, [&log, name, stamp]() -> haft::result<haft::plugin> {
            if (stamp == "bad") return haft::error{haft::errc::plugin_failed, "not now"};
            return telling(log, name);
        });
        out.stamp = std::move(stamp);
        out.rank = rank;
        return out;
    };
    h.add(telling(log, "last"));
    REQUIRE(h.loader.replace("folders", {entry("a", "1", -2), entry("b", "1", -1)}));
    CHECK(h.loader.load().loaded == texts{"a", "b", "last"});
    log.clear();

    const auto same = h.loader.replace("folders", {entry("a", "1", -1), entry("b", "1", -2)});  // the other way round
    REQUIRE(same);
    CHECK(same->changed.empty());
    CHECK(same->gone.empty());
    h.loader.load();
    CHECK(log.empty());
    CHECK(h.loader.status()[0].name == "b");

    const auto changed = h.loader.replace("folders", {entry("a", "bad", -1)});
    REQUIRE(changed);
    CHECK(changed->changed == texts{"a"});
    CHECK(changed->gone == texts{"b"});
    CHECK(log == texts{"b shutdown", "b teardown"});
    CHECK(h.loader.load().failed.size() == 1);
    CHECK(h.state("a") == plugin_state::loaded);
    CHECK(h.serves("a"));
    REQUIRE(h.loader.replace("folders", {entry("a", "1", -1)}));  // as it was: nothing to do
    CHECK(h.loader.load().failed.empty());
    CHECK(log.size() == 2);
    REQUIRE(h.loader.replace("folders", {entry("a", "2", -1)}));
    CHECK(h.loader.load().loaded == texts{"a"});
    CHECK(log == texts{"b shutdown", "b teardown", "a shutdown", "a teardown", "a setup", "a initialize"});
    CHECK(h.state("last") == plugin_state::loaded);
    REQUIRE(h.loader.replace("others", {entry("c", "1", 0)}));
    CHECK(h.loader.load().loaded == texts{"c"});
    CHECK(h.state("a") == plugin_state::loaded);
}

TEST_CASE("A plugin whose files have changed stays as it was while its configuration does not fit the new ones", "[NX-14]") {
    texts log;
    host h;
    const auto entry = [&](std::string stamp) {
        haft::plugin_entry out = haft::make_entry("a", [&log, stamp] {
            haft::plugin made = telling(log, "a");
            made.check_config = [stamp](std::string_view) -> haft::result<void> {
                if (stamp == "strict") return haft::error{haft::errc::plugin_failed, "not like this"};
                return {};
            };
            return made;
        });
        out.stamp = std::move(stamp);
        return out;
    };
    REQUIRE(h.loader.replace("folders", {entry("kind")}));
    h.loader.load();
    REQUIRE(h.loader.replace("folders", {entry("strict")}));
    const haft::load_report report = h.loader.load();
    REQUIRE(report.failed.size() == 1);
    CHECK(report.failed[0].message ==
          "the configuration of plugin \"a\": not like this; the one that was loaded before stays");
    CHECK(log == texts{"a setup", "a initialize"});
    CHECK(h.serves("a"));
}
