// SPDX-License-Identifier: BSL-1.0
// What plugins are told of where they live.
#include <haft/plugin/make_plugin.hpp>
#include <haft/tool.hpp>

#include "support.hpp"

#include <catch2/catch_test_macros.hpp>

#include <filesystem>
#include <stdexcept>
#include <string>

#include <support/temporary_folder.hpp>

namespace fs = std::filesystem;
using haft_test::temporary_folder;
using plugin_test::host;
using plugin_test::one_tool;
using plugin_test::texts;

namespace {

texts told;

/// Keeps what it is told, and calls a tool of another plugin.
class notes_plugin {
public:
    static constexpr haft::manifest manifest{.name = "My-Notes"};
    void set_surroundings(const haft::plugin_surroundings& s) {
        around_ = s;
        told.push_back("workspace " + s.workspace.string());
    }
    void init() { told.push_back(fs::is_directory(around_.state_folder) ? "init, with a folder" : "init"); }
    std::string other() { return *around_.registry->call("other", "{}"); }
    static consteval auto haft_toolbox() {
        return haft::toolbox_words("Notes", haft::method<&notes_plugin::other>("Ask the other one"));
    }
    static inline haft::plugin_surroundings around_ = {};
};

haft::plugin_entry notes() {
    return haft::make_entry("my_notes", [] { return haft::make_plugin<notes_plugin>(); });
}

}  // namespace

TEST_CASE("A plugin is told of its registry, the workspace and a folder of its own before all other steps", "[PM-05]") {
    const temporary_folder at;
    told.clear();
    host h({.workspace_dir = "/work", .state_dir = (at.path / "state").string()});
    h.loader.add(notes());
    h.add({.name = "other", .tools = one_tool("other", "here")});
    CHECK_FALSE(fs::exists(at.path / "state"));
    REQUIRE(h.loader.load().failed.empty());
    CHECK(told == texts{"workspace /work", "init, with a folder"});
    CHECK(notes_plugin::around_.registry == &h.registry);
    CHECK(notes_plugin::around_.state_folder == at.path / "state" / "my_notes");
    CHECK_FALSE(fs::exists(at.path / "state/other"));  // who does not ask has none
    const haft::result<std::string> said = h.registry.call("My-Notes.other", "{}");
    REQUIRE(said);
    CHECK(*said == R"("\"here\"")");

    host bare;
    bare.loader.add(notes());
    REQUIRE(bare.loader.load().failed.empty());
    CHECK(notes_plugin::around_.state_folder.empty());
    CHECK(notes_plugin::around_.workspace.empty());
}

TEST_CASE("Another workspace is told to plugins that are loaded, and stands in configurations later", "[PM-05][PM-04]") {
    told.clear();
    host h({.workspace_dir = "/one"});
    haft::plugin configured{.name = "configured"};
    configured.setup = [] {};
    configured.initialize = [](std::string_view config) { told.push_back("configured " + std::string(config)); };
    configured.set_surroundings = [](const haft::plugin_surroundings& s) {
        if (s.workspace == "/two") throw std::runtime_error("not there");
    };
    h.add(configured, R"({"a":1})");
    h.loader.add(notes());
    REQUIRE(h.loader.load().failed.empty());
    REQUIRE(h.loader.unload("my_notes"));
    told.clear();
    h.loader.set_workspace_dir("/two");
    CHECK(told.empty());  // it is not loaded
    REQUIRE(h.loader.problems().size() == 1);
    CHECK(h.loader.problems()[0].message == "plugin \"configured\": its set_surroundings failed: not there");
    CHECK(h.loader.is_loaded("configured"));
    REQUIRE(h.loader.reload("my_notes"));
    CHECK(told == texts{R"(configured {"a":1,"workspace_dir":"/two"})", "workspace /two", "init"});
    told.clear();
    h.loader.set_workspace_dir("/three");
    CHECK(told == texts{"workspace /three"});
    CHECK(h.loader.problems().size() == 1);
}

TEST_CASE("Who can't bear his surroundings, or has no place in them, is not loaded", "[PM-05]") {
    const temporary_folder at;
    const fs::path taken = at.file("taken", "");
    bool set_up = false;
    haft::plugin sulks{.name = "sulks"};
    sulks.set_surroundings = [] { return haft::result<void>(haft::error{haft::errc::plugin_failed, "too dark"}); };
    sulks.setup = [&] { set_up = true; };
    host h({.state_dir = taken.string()});
    h.add(sulks);
    h.loader.add(notes());
    CHECK(h.loader.load().failed.size() == 2);
    CHECK(h.problem("sulks").starts_with("plugin \"sulks\": making its folder " + (taken / "sulks").string() + " failed: "));
    host bare;
    bare.add(sulks);
    CHECK(bare.loader.load().failed.size() == 1);
    CHECK(bare.problem("sulks") == "plugin \"sulks\": its set_surroundings failed: too dark");
    CHECK_FALSE(set_up);
}

TEST_CASE("A plugin's step can't change the workspace", "[PM-05]") {
    host h({.workspace_dir = "/one"});
    haft::plugin bold{.name = "bold"};
    bold.setup = [&h] { h.loader.set_workspace_dir("/two"); };
    h.add(bold);
    told.clear();
    h.loader.add(notes());
    REQUIRE(h.loader.load().loaded.size() == 2);
    CHECK(h.loader.problems().size() == 1);
    CHECK(told[0] == "workspace /one");
}
