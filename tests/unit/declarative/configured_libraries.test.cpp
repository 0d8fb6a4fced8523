// SPDX-License-Identifier: BSL-1.0
// Shared libraries in the places of a configuration.
#include <haft/config/load_layers.hpp>
#include <haft/config/parse_toml.hpp>
#include <haft/host/configured_plugins.hpp>
#include <haft/registry/registry.hpp>

#include <catch2/catch_test_macros.hpp>

#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

#include <unit/library/support.hpp>

namespace fs = std::filesystem;
using library_test::has;

namespace {

struct place : library_test::temporary_folder {
    fs::path lib = folder("plugins") / "sample.so";

    place() {
        replace_with("1.2.3");
        fs::permissions(path / "plugins", fs::perms(0755));
    }
    void replace_with(const std::string& version) const {
        std::string bytes = library_test::text_of(library_test::built("sample"));
        bytes.replace(bytes.find("1.2.3", library_test::note_of(bytes)), 5, version);
        const fs::path fresh = file("fresh", bytes);
        fs::permissions(fresh, fs::perms(0755));
        fs::rename(fresh, lib);
    }
    haft::configuration config(const std::string& text) const {
        haft::result<haft::configuration> out = haft::load_config(file("haft.toml", text));
        if (!out) FAIL(out.error().text());
        return std::move(*out);
    }
    haft::configured_plugins_options options(haft::library_options libraries = {}) const {
        haft::configured_plugins_options out;
        out.places = {{path / "plugins", haft::plugin_scope::user}};
        out.libraries = std::move(libraries);
        return out;
    }
};
std::string call(haft::registry& registry, std::string_view tool) {
    const haft::result<std::string> out = registry.call(tool, "{}");
    return out ? *out : out.error().text();
}

}  // namespace

TEST_CASE("A library in a place is loaded with its section of the configuration", "[DC-10]") {
    const place at;
    haft::registry registry;
    haft::configured_plugins plugins(registry, at.options());
    const haft::result<haft::applied_plugins> applied =
        plugins.apply(at.config("plugins.enabled = [\"sample\"]\n[plugin.sample]\nword = \"blue\"\n"));
    REQUIRE(applied);
    CHECK(applied->problems.empty());
    CHECK(applied->report.failed.empty());
    CHECK(call(registry, "config") == R"("{\"word\":\"blue\"}")");

    const haft::result<haft::applied_plugins> wrong = plugins.apply(at.config("[plugin.sample]\nword = 7\n"));
    REQUIRE(wrong);
    REQUIRE(wrong->report.failed.size() == 1);
    CHECK(has(wrong->report.failed[0].text(), "haft.toml:2:8: /word: "));
    CHECK(call(registry, "config") == R"("{\"word\":\"blue\"}")");

    // No library where the host has not said how.
    haft::registry other;
    haft::configured_plugins none(other, {.places = at.options().places});
    REQUIRE(none.apply(at.config("")));
    CHECK(other.snapshot()->tools().empty());

    fs::remove(at.lib);
    const haft::result<haft::applied_plugins> gone = plugins.apply(at.config(""));
    REQUIRE(gone);
    CHECK(gone->gone == std::vector<std::string>{"sample"});
    CHECK(registry.snapshot()->tools().empty());
}

TEST_CASE("A library that was replaced is loaded anew where that is wanted, and stays as it is elsewhere", "[NX-14]") {
    for (const bool reload : {true, false}) {
        const place at;
        haft::registry registry;
        haft::configured_plugins plugins(registry, at.options({.reload = reload}));
        REQUIRE(plugins.apply(at.config("")));
        at.replace_with("1.2.4");
        const haft::result<haft::applied_plugins> applied = plugins.apply(at.config(""));
        REQUIRE(applied);
        CHECK(plugins.loader().status()[0].version == (reload ? "1.2.4" : "1.2.3"));
        CHECK(applied->changed.size() == (reload ? 1 : 0));
        CHECK(call(registry, "tell") == "\"setup describe initialize \"");
    }
}

TEST_CASE("A folder and a library of one name: the one in the earlier place counts, and in one place the folder",
          "[DC-01]") {
    const place at;
    at.file("plugins/sample/plugin.toml", "description = \"a folder\"\n");
    fs::permissions(at.path / "plugins/sample", fs::perms(0755));
    haft::registry registry;
    haft::configured_plugins plugins(registry, at.options());
    haft::result<haft::applied_plugins> applied = plugins.apply(at.config(""));
    REQUIRE(applied);
    REQUIRE(applied->report.warnings.size() == 1);
    CHECK(has(applied->report.warnings[0].text(), "sample.so) is shadowed by \"sample\" ("));
    CHECK(plugins.loader().status()[0].description == "a folder");

    fs::create_directory(at.path / "later");
    fs::rename(at.path / "plugins/sample", at.path / "later/sample");
    haft::registry other;
    haft::configured_plugins_options options = at.options();
    options.places.push_back({at.path / "later", haft::plugin_scope::user});
    haft::configured_plugins again(other, options);
    applied = again.apply(at.config(""));
    REQUIRE(applied);
    REQUIRE(applied->report.warnings.size() == 1);
    CHECK(has(applied->report.warnings[0].text(), "later/sample) is shadowed by \"sample\" ("));
    CHECK(again.loader().status()[0].description == "One of everything");
}

TEST_CASE("Libraries come only from places that may have some, and explain tells of the others", "[DC-10]") {
    const place at;
    haft::configured_plugins_options options = at.options();
    options.libraries_from = [](const haft::plugin_place& from, const haft::config_origin* said_at) {
        return from.scope != haft::plugin_scope::user && (!said_at || has(said_at->text(), "haft.toml"));
    };
    haft::registry registry;
    haft::configured_plugins plugins(registry, options);
    const haft::result<haft::applied_plugins> applied = plugins.apply(at.config(""));
    REQUIRE(applied);
    CHECK(applied->problems.empty());
    CHECK(registry.snapshot()->tools().empty());
    CHECK(has(plugins.explain("sample").text(),
              "sample.so was skipped: it is a shared library in a place that may have none (user): its code would run unasked"));

    REQUIRE(plugins.apply(at.config("plugins.paths = [\"plugins\"]\n")));  // a place that this configuration names
    CHECK(call(registry, "config") == R"("{}")");
}
