// SPDX-License-Identifier: BSL-1.0
#include <haft/config/load.hpp>
#include <haft/config/load_layers.hpp>
#include <haft/config/parse_toml.hpp>
#include <haft/host/configured_plugins.hpp>
#include <haft/plugin/plugin_entry.hpp>
#include <haft/registry/registry.hpp>

#include <catch2/catch_test_macros.hpp>

#include <atomic>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include <support/temporary_folder.hpp>

namespace {

using haft_test::temporary_folder;
using texts = std::vector<std::string>;

void write_plugin(const temporary_folder& at, const std::string& folder, const std::string& says) {
    at.file(folder + "/plugin.toml",
            "[config_schema]\ntype = \"object\"\nproperties.unit = {type = \"string\", enum = [\"C\", \"F\"]}\n");
    at.file(folder + "/tools/" + says + ".toml",
            "description = \"Say it\"\neffect = \"read_only\"\n[run]\nargv = [\"/bin/echo\", \"" + says + "\"]\n");
}
haft::configuration written(const temporary_folder& at, const std::string& text) {
    haft::result<haft::configuration> out = haft::load_config(at.file("haft.toml", text));
    if (!out) FAIL(out.error().text());
    return std::move(*out);
}
/// `a: loaded`, a line for each plugin.
texts states(haft::configured_plugins& plugins) {
    texts out;
    for (const haft::plugin_status& one : plugins.loader().status())
        out.push_back(one.name + ": " + std::string(haft::name_of(one.state)));
    return out;
}
std::string call(haft::registry& registry, std::string_view tool) {
    const haft::result<std::string> out = registry.call(tool, "{}");
    return out ? *out : out.error().message;
}
/// Whether one of the reasons has that text.
bool says(const haft::explanation& e, std::string_view text) {
    for (const std::string& one : e.reasons)
        if (one.find(text) != std::string::npos) return true;
    UNSCOPED_INFO(e.text());
    return false;
}

}  // namespace

TEST_CASE("A configuration says where plugins are, which may be loaded, and what they are told",
          "[DC-01][DC-02][DC-04][DC-05]") {
    const temporary_folder at;
    write_plugin(at, "shipped/weather", "sunny");
    write_plugin(at, "mine/Weather", "rainy");
    write_plugin(at, "mine/notes", "note");
    write_plugin(at, "mine/secret", "secret");
    int made = 0;
    haft::registry registry;
    haft::configured_plugins plugins(registry, {.places = {{at.path / "shipped", haft::plugin_scope::built_in}}});

    plugins.loader().add(haft::make_entry("counted", [&] {
        ++made;
        return haft::plugin{.name = "counted"};
    }));
    const auto out = plugins.apply(written(at, "[plugins]\npaths = [\"mine\"]\ndisabled = [\"SECRET\", \"counted\"]\n"
                                            "[plugin.weather]\nunit = \"F\"\n"));
    REQUIRE(out);
    CHECK(out->problems.empty());
    CHECK(out->report.failed.empty());
    CHECK(out->report.loaded == texts{"Weather", "notes"});
    REQUIRE(out->warnings.size() == 1);  // the shipped one is shadowed
    CHECK(out->warnings[0].code == haft::errc::plugin_shadowed);
    CHECK(states(plugins) == texts{"Weather: loaded", "notes: loaded", "secret: disabled", "counted: disabled"});
    CHECK(made == 0);
    CHECK(call(registry, "rainy") == "\"rainy\\n\"");
    CHECK_FALSE(registry.call("secret", "{}"));

    // The paths of the configuration come before the host's places of their scope.
    haft::registry other;
    haft::configured_plugins same_scope(other, {.places = {{at.path / "shipped", haft::plugin_scope::project}}});
    REQUIRE(same_scope.apply(written(at, "[plugins]\npaths = [\"mine\"]\n")));
    CHECK(call(other, "rainy") == "\"rainy\\n\"");
}

TEST_CASE("A setting that does not fit is told with its place in the file, also when it is asked for later", "[DC-05][PM-08]") {
    const temporary_folder at;
    write_plugin(at, "mine/weather", "sunny");
    at.file("mine/needy/plugin.toml", "required_config = [\"key\"]\n");
    haft::registry registry;
    haft::configured_plugins plugins(registry);
    const auto out =
        plugins.apply(written(at, "[plugins]\npaths = [\"mine\"]\n[plugin.weather]\nunit = \"K\"\n[plugin.needy]\nother = 1\n"));
    REQUIRE(out);
    REQUIRE(out->report.failed.size() == 2);
    const std::string file = (at.path / "haft.toml").string();
    CHECK(out->report.failed[0].text().find(file + ":5:1") != std::string::npos);  // the table that lacks the key
    CHECK(out->report.failed[1].text().find(file + ":4:8") != std::string::npos);
    CHECK(says(plugins.explain("weather"), file + ":4:8"));
}

TEST_CASE("Applied again, only what has changed changes", "[NX-14][DC-03]") {
    const temporary_folder at;
    write_plugin(at, "mine/a", "one");
    write_plugin(at, "mine/b", "two");
    write_plugin(at, "mine/c", "three");
    int set_up = 0, torn_down = 0;
    haft::registry registry;
    haft::configured_plugins plugins(registry);
    haft::plugin still{.name = "still"};
    still.setup = [&]() { ++set_up; };
    still.teardown = [&]() { ++torn_down; };
    plugins.loader().add(haft::make_entry(still));
    const std::string paths = "[plugins]\npaths = [\"mine\"]\n";
    REQUIRE(plugins.apply(written(at, paths)));
    CHECK(states(plugins) == texts{"a: loaded", "b: loaded", "c: loaded", "still: loaded"});

    const auto same = plugins.apply(written(at, paths));
    REQUIRE(same);
    CHECK(same->report.loaded.empty());
    CHECK(same->changed.empty());
    CHECK(same->gone.empty());

    write_plugin(at, "mine/a", "four");  // a further tool
    std::filesystem::remove_all(at.path / "mine/b");
    const auto out = plugins.apply(written(at, paths + "disabled = [\"c\"]\n"));
    REQUIRE(out);
    CHECK(out->changed == texts{"a"});
    CHECK(out->gone == texts{"b"});
    CHECK(states(plugins) == texts{"a: loaded", "c: disabled", "still: loaded"});
    CHECK(call(registry, "four") == "\"four\\n\"");
    CHECK_FALSE(registry.call("two", "{}"));
    CHECK_FALSE(registry.call("three", "{}"));
    CHECK(out->problems.empty());

    REQUIRE(plugins.apply(written(at, paths)));
    CHECK(states(plugins) == texts{"a: loaded", "c: loaded", "still: loaded"});
    // Whom the list counts on, and who is gone, is told of.
    std::filesystem::remove_all(at.path / "mine/c");
    const auto less = plugins.apply(written(at, paths + "enabled = [\"a\", \"c\", \"still\"]\n"));
    REQUIRE(less);
    REQUIRE(less->problems.size() == 1);
    CHECK(less->problems[0].message.starts_with("plugin \"c\" was not found; searched in "));
    CHECK(set_up == 1);
    CHECK(torn_down == 0);
}

TEST_CASE("Other settings reach a plugin that is loaded; none any more are none", "[NX-14][PM-05]") {
    const temporary_folder at;
    texts seen;
    haft::registry registry;
    haft::configured_plugins plugins(registry);
    haft::plugin hearing{.name = "hearing"};
    hearing.initialize = [&](std::string_view config) -> haft::toolset {
        seen.emplace_back(config);
        return {};
    };
    plugins.loader().add(haft::make_entry(hearing));
    for (const std::string text : {"[plugin.hearing]\nloud = 1\n", "[plugin.hearing]\nloud = 1\n", "[plugin.hearing]\nloud = 2\n", ""})
        REQUIRE(plugins.apply(written(at, text)));
    REQUIRE(seen.size() == 3);
    CHECK(seen[0] == R"({"loud":1})");
    CHECK(seen[1] == R"({"loud":2})");
    CHECK((seen[2].empty() || seen[2] == "{}"));
}

TEST_CASE("A configuration that says nonsense of plugins changes nothing", "[NX-14][fault-114]") {
    const temporary_folder at;
    write_plugin(at, "mine/a", "one");
    haft::registry registry;
    haft::configured_plugins plugins(registry);
    REQUIRE(plugins.apply(written(at, "[plugins]\npaths = [\"mine\"]\n")));
    const haft::result<haft::configuration> bad = haft::parse_toml("[plugins]\nenabled = 7\n", "bad.toml");
    REQUIRE(bad);
    const auto out = plugins.apply(*bad);
    REQUIRE_FALSE(out);
    CHECK(out.error().text().find("bad.toml:2:11") != std::string::npos);
    CHECK(states(plugins) == texts{"a: loaded"});
}

TEST_CASE("HAFT_PLUGINS takes the place of the list; empty, it lets nobody in", "[DC-11]") {
    const temporary_folder at;
    write_plugin(at, "mine/a", "one");
    write_plugin(at, "mine/b", "two");
    at.file("haft.toml", "[plugins]\npaths = [\"mine\"]\nenabled = [\"a\"]\n");
    const auto loaded_with = [&](const std::string& value) {
        haft::config_sources sources;
        sources.project = {at.path / "haft.toml"};
        sources.load.environment = [&](std::string_view name) -> std::optional<std::string> {
            if (name == "HAFT_PLUGINS") return value;
            return {};
        };
        const haft::result<haft::config_layers> layers = haft::load_layers(sources);
        if (!layers) FAIL(layers.error().text());
        haft::registry registry;
        haft::configured_plugins plugins(registry);
        const auto out = plugins.apply(layers->merged());
        if (!out) FAIL(out.error().text());
        return out->report.loaded;
    };
    CHECK(loaded_with("b") == texts{"b"});
    CHECK(loaded_with("").empty());
}

// The lines of "Troubleshooting" in gptme's document, one after the other.
TEST_CASE("explain answers what a page on troubleshooting would have to", "[RG-06][DC-07][DC-08][DC-12]") {
    const temporary_folder at;
    at.file("mine/bare/README.md", "no manifest\n");
    at.file("mine/broken/plugin.toml", "");
    at.file("mine/broken/tools/t.toml", "descripton = \"A tool\"\n");
    at.file("mine/empty/plugin.toml", "");
    at.file("mine/mangled/plugin.toml", "verison = \"1\"\n");
    at.file("a_file", "");
    write_plugin(at, "mine/weather", "sunny");
    haft::registry registry;
    haft::configured_plugins plugins(registry);
    plugins.loader().add(haft::make_entry("factory", [] { return haft::result<haft::plugin>(haft::error{haft::errc::plugin_failed, "no licence"}); }));
    const std::string file = (at.path / "haft.toml").string();
    const auto out = plugins.apply(written(at, "[plugins]\npaths = [\"mine\", \"nowhere\", \"a_file\"]\n"
                                            "enabled = [\"bare\", \"broken\", \"empty\", \"factory\", \"ghost\"]\n"));
    REQUIRE(out);

    SECTION("Ensure plugin directory has __init__.py") {
        CHECK(says(plugins.explain("bare"), (at.path / "mine/bare").string() + " was skipped: it has no plugin.toml"));
    }
    SECTION("Check plugin path is correctly configured; verify path is absolute or relative to config directory") {
        const haft::explanation ghost = plugins.explain("ghost");
        CHECK_FALSE(ghost.known);
        CHECK(says(ghost, "searched: " + (at.path / "mine").string() + " (project)"));
        CHECK(says(ghost, "searched: " + (at.path / "nowhere").string() + " (project), which is not there"));
        CHECK(says(ghost, "searched: " + (at.path / "a_file").string() + " (project), which is no folder"));
    }
    SECTION("For entry-point plugins: verify the package is installed; the entry point is declared; reinstall") {
        CHECK(says(plugins.explain("ghost"), "HAFT_PLUGIN enrols it, and its object file has to be linked"));
        CHECK(says(plugins.explain("factry"), "no plugin is named \"factry\"; did you mean \"factory\"?"));
    }
    SECTION("Check tools/ directory exists and has proper structure") {
        CHECK(says(plugins.explain("empty"), (at.path / "mine/empty").string() + " has no tools/*.toml"));
    }
    SECTION("Verify tool modules define ToolSpec instances; look for import errors in logs") {
        CHECK(says(plugins.explain("broken"), (at.path / "mine/broken/tools/t.toml").string() + ":1:"));
        CHECK(says(plugins.explain("broken"), "did you mean \"description\"?"));
    }
    SECTION("A manifest that can't be read") {
        CHECK(says(plugins.explain("mangled"), (at.path / "mine/mangled/plugin.toml").string() + ":1:11"));
        CHECK(says(plugins.explain("mangled"), "did you mean \"version\"?"));
    }
    SECTION("If using plugins.enabled allowlist, ensure plugin name is included; remove enabled list") {
        CHECK(says(plugins.explain("Weather"), "is disabled: it is not among the plugins that are enabled (" + file + ":3:11)"));
        CHECK(says(plugins.explain("Weather"), "add \"weather\" to that list, or take the list away"));
    }
    SECTION("Check that the exported object is a GptmePlugin instance or a callable returning one") {
        CHECK(says(plugins.explain("factory"), "was refused: plugin \"factory\": making it failed: no licence"));  // (no instance at all does not compile: E0165)
    }
}

TEST_CASE("Which of two plugins of one name counts does not depend on what was there before", "[DC-01][NX-14]") {
    const temporary_folder at;
    write_plugin(at, "mine/a", "one");
    haft::registry registry;
    haft::configured_plugins plugins(registry);
    plugins.loader().add(haft::make_entry(haft::plugin{.name = "hosty"}, "host"));
    const haft::configuration config = written(at, "[plugins]\npaths = [\"mine\"]\n");
    REQUIRE(plugins.apply(config));
    CHECK(states(plugins) == texts{"a: loaded", "hosty: loaded"});

    write_plugin(at, "mine/hosty", "folder");  // comes later, and comes first
    REQUIRE(plugins.apply(config));
    CHECK(states(plugins) == texts{"a: loaded", "hosty: loaded", "hosty: shadowed"});
    CHECK(call(registry, "folder") == "\"folder\\n\"");

    write_plugin(at, "mine/hosty", "folders");  // changed, it stays where it was
    const auto changed = plugins.apply(config);
    REQUIRE(changed);
    CHECK(changed->changed == texts{"hosty"});
    CHECK(states(plugins) == texts{"a: loaded", "hosty: loaded", "hosty: shadowed"});
    CHECK(call(registry, "folders") == "\"folders\\n\"");

    std::filesystem::remove_all(at.path / "mine/hosty");  // gone: the host's own is back
    const auto gone = plugins.apply(config);
    REQUIRE(gone);
    CHECK(gone->gone == texts{"hosty"});
    CHECK(gone->report.failed.empty());
    CHECK(states(plugins) == texts{"a: loaded", "hosty: loaded"});
    CHECK(plugins.loader().status()[1].source == "host");
}

TEST_CASE("A folder that is shadowed may go or change without a trace", "[DC-01][NX-14]") {
    const temporary_folder at;
    write_plugin(at, "mine/hosty", "folder");
    haft::registry registry;
    haft::configured_plugins plugins(registry);
    haft::plugin_entry first = haft::make_entry(haft::plugin{.name = "hosty"}, "host");
    first.rank = -1000;
    plugins.loader().add(std::move(first));
    const haft::configuration config = written(at, "[plugins]\npaths = [\"mine\"]\n");
    REQUIRE(plugins.apply(config));
    CHECK(states(plugins) == texts{"hosty: loaded", "hosty: shadowed"});
    write_plugin(at, "mine/hosty", "more");
    REQUIRE(plugins.apply(config));
    CHECK(states(plugins) == texts{"hosty: loaded", "hosty: shadowed"});
    std::filesystem::remove_all(at.path / "mine/hosty");
    REQUIRE(plugins.apply(config));
    CHECK(states(plugins) == texts{"hosty: loaded"});
    CHECK(plugins.loader().is_loaded("hosty"));
}

TEST_CASE("A file that is half written takes nothing away", "[NX-14]") {
    const temporary_folder at;
    write_plugin(at, "mine/a", "one");
    write_plugin(at, "mine/c", "three");
    at.file("mine/b/plugin.toml", "plugin_deps = [\"a\"]\n");
    haft::registry registry;
    haft::configured_plugins plugins(registry);
    const haft::configuration config = written(at, "[plugins]\npaths = [\"mine\"]\n");
    REQUIRE(plugins.apply(config));

    at.file("mine/a/tools/one.toml", "description = \"Say it\n");  // the quote is to come
    at.file("mine/c/plugin.toml", "name = \n");
    const auto bad = plugins.apply(config);
    REQUIRE(bad);
    CHECK(bad->changed == texts{"a"});
    CHECK(bad->gone.empty());
    CHECK(bad->report.loaded.empty());
    REQUIRE(bad->report.failed.size() == 1);
    CHECK(bad->report.failed[0].text().find("one.toml:1:") != std::string::npos);
    CHECK(bad->report.failed[0].message.ends_with("; the one that was loaded before stays"));
    REQUIRE(bad->problems.size() == 1);
    CHECK(bad->problems[0].text().find("plugin.toml:1:") != std::string::npos);
    CHECK(states(plugins) == texts{"a: loaded", "b: loaded", "c: loaded"});
    CHECK(call(registry, "one") == "\"one\\n\"");
    CHECK(call(registry, "three") == "\"three\\n\"");
    REQUIRE(plugins.apply(config)->report.failed.size() == 1);  // still so

    write_plugin(at, "mine/a", "one");
    at.file("mine/a/tools/two.toml",
            "description = \"Say it\"\neffect = \"read_only\"\n[run]\nargv = [\"/bin/echo\", \"two\"]\n");
    write_plugin(at, "mine/c", "three");
    const auto good = plugins.apply(config);
    REQUIRE(good);
    CHECK(good->report.failed.empty());
    CHECK(good->problems.empty());
    CHECK(call(registry, "two") == "\"two\\n\"");
    CHECK(states(plugins) == texts{"a: loaded", "b: loaded", "c: loaded"});
}

TEST_CASE("What came from the environment is in no message about a plugin's settings", "[DC-05]") {
    const temporary_folder at;
    write_plugin(at, "mine/weather", "sunny");
    haft::load_options options;
    options.environment = [](std::string_view name) -> std::optional<std::string> {
        return name == "UNIT" ? std::optional<std::string>("hunter2") : std::nullopt;
    };
    const auto config = haft::load_config(
        at.file("haft.toml", "[plugins]\npaths = [\"mine\"]\n[plugin.weather]\nunit = \"${UNIT}\"\n"), options);
    REQUIRE(config);
    haft::registry registry;
    haft::configured_plugins plugins(registry);
    const auto out = plugins.apply(*config);
    REQUIRE(out);
    REQUIRE(out->report.failed.size() == 1);
    CHECK(out->report.failed[0].text().find("/unit") != std::string::npos);
    CHECK(out->report.failed[0].text().find("hunter2") == std::string::npos);
    CHECK_FALSE(says(plugins.explain("weather"), "hunter2"));
}

TEST_CASE("A section for a plugin that nobody has is told as long as it stands there", "[DC-05]") {
    const temporary_folder at;
    write_plugin(at, "mine/mail", "mail");
    haft::registry registry;
    haft::configured_plugins plugins(registry);
    const std::string paths = "[plugins]\npaths = [\"mine\"]\n";
    const auto out = plugins.apply(written(at, paths + "[plugin.mial]\nunit = \"F\"\n"));
    REQUIRE(out);
    REQUIRE(out->report.warnings.size() == 1);
    CHECK(out->report.warnings[0].message.find("\"mial\"") != std::string::npos);
    CHECK(out->report.warnings[0].message.find("did you mean \"mail\"?") != std::string::npos);
    const auto mended = plugins.apply(written(at, paths));
    REQUIRE(mended);
    CHECK(mended->report.warnings.empty());
}

TEST_CASE("A plugin's own step can't apply a configuration", "[NX-14]") {
    const temporary_folder at;
    haft::registry registry;
    haft::configured_plugins plugins(registry);
    const haft::configuration config = written(at, "");
    std::string said;
    haft::plugin nosy{.name = "nosy"};
    nosy.setup = [&]() {
        if (const auto out = plugins.apply(config); !out) said = out.error().message;
    };
    plugins.loader().add(haft::make_entry(nosy));
    REQUIRE(plugins.apply(config));
    CHECK(said == "a configuration is being applied: a plugin's own step can't apply another");
    CHECK(plugins.apply(config));
}

TEST_CASE("Calls, explanations and new configurations at once", "[NX-14]") {
    const temporary_folder at;
    write_plugin(at, "mine/a", "one");
    write_plugin(at, "mine/b", "two");
    const haft::configuration all = written(at, "[plugins]\npaths = [\"mine\"]\n[plugin.a]\nunit = \"C\"\n");
    const haft::configuration few = written(at, "[plugins]\npaths = [\"mine\"]\ndisabled = [\"b\"]\n[plugin.a]\nunit = \"F\"\n");
    haft::registry registry;
    haft::configured_plugins plugins(registry);
    REQUIRE(plugins.apply(all));
    std::atomic<bool> over = false;
    std::atomic<int> wrong = 0, answered = 0;
    std::vector<std::thread> others;
    others.emplace_back([&] {
        while (!over) {
            const haft::result<std::string> out = registry.call("one", "{}");
            if (out && *out != "\"one\\n\"") ++wrong;
            ++answered;
        }
    });
    others.emplace_back([&] {
        while (!over)
            if (!plugins.explain("b").known) ++wrong;
    });
    for (int round = 0; round < 20; ++round)
        if (!plugins.apply(round % 2 ? all : few)) ++wrong;
    while (answered == 0) std::this_thread::yield();
    over = true;
    for (std::thread& one : others) one.join();
    CHECK(wrong == 0);
    CHECK(states(plugins) == texts{"a: loaded", "b: loaded"});
}
