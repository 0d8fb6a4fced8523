// SPDX-License-Identifier: BSL-1.0
// What a plugin says of itself, in code and in a file.
#include <haft/core/plugin_name.hpp>
#include <haft/plugin/manifest.hpp>
#include <haft/plugin/read_manifest.hpp>
#include <haft/plugin/requirement.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace {

using texts = std::vector<std::string>;

constexpr haft::manifest in_code{.name = "weather",
                                 .description = "Weather of cities",
                                 .dependencies = {"curl >=7"},
                                 .plugin_deps = {"cloud_reporter", "units>=1,<2"},
                                 .required_config = {"api_key"},
                                 .min_host_version = "0.1"};
static_assert(in_code.version == "0.1.0" && in_code.license == "MIT" && in_code.plugin_deps.size() == 2);

}  // namespace

TEST_CASE("A manifest in code is a constant and becomes the same struct as one of a file", "[PM-06]") {
    const haft::kept_manifest kept = haft::keep(in_code);
    const haft::kept_manifest read =
        haft::read_manifest(R"({"name": "weather", "description": "Weather of cities", "dependencies": ["curl >=7"],
                                "plugin_deps": ["cloud_reporter", "units>=1,<2"], "required_config": ["api_key"],
                                "min_host_version": "0.1"})",
                            "folder")
            .manifest;
    for (const haft::kept_manifest* m : {&kept, &read}) {
        CHECK(m->name == "weather");
        CHECK(m->version == "0.1.0");
        CHECK(m->description == "Weather of cities");
        CHECK(m->author.empty());
        CHECK(m->dependencies == texts{"curl >=7"});
        CHECK(m->plugin_deps == texts{"cloud_reporter", "units>=1,<2"});
        CHECK(m->required_config == texts{"api_key"});
        CHECK(m->min_host_version == "0.1");
        CHECK(m->license == "MIT");
    }
}

TEST_CASE("Qanot's whole manifest is read", "[PM-06]") {
    const auto [m, warnings] = haft::read_manifest(R"({
        "name": "weather", "version": "1.0.0", "description": "Weather information for Uzbekistan cities",
        "author": "Your Name", "dependencies": ["aiohttp>=3.9"], "plugin_deps": ["cloud_reporter"],
        "required_config": ["api_key"], "min_host_version": "2.0.0",
        "homepage": "https://github.com/example/weather-plugin", "license": "BSL-1.0"})",
                                                   "folder");
    CHECK(warnings.empty());
    CHECK(m.version == "1.0.0");
    CHECK(m.author == "Your Name");
    CHECK(m.dependencies == texts{"aiohttp>=3.9"});
    CHECK(m.min_host_version == "2.0.0");
    CHECK(m.homepage == "https://github.com/example/weather-plugin");
    CHECK(m.license == "BSL-1.0");
}

TEST_CASE("Without a file the defaults are there, and nobody is warned", "[PM-06]") {
    for (const std::string_view none : {"", " \n"}) {
        const auto [m, warnings] = haft::read_manifest(none, "folder");
        CHECK(warnings.empty());
        CHECK(m.name == "folder");
        CHECK(m.version == "0.1.0");
        CHECK(m.license == "MIT");
        CHECK(m.plugin_deps.empty());
    }
}

TEST_CASE("Broken JSON and what is no object are a warning and the defaults", "[PM-06]") {
    for (const std::string_view bad : {"{\"name\": ", "[1]", "\"weather\"", "{} {}", "\xEF\xBB\xBF{}"}) {
        const auto [m, warnings] = haft::read_manifest(bad, "folder", "folder/plugin.json");
        INFO(bad);
        REQUIRE(warnings.size() == 1);
        CHECK(warnings[0].code == haft::errc::bad_manifest);
        CHECK(warnings[0].message.starts_with("the manifest in folder/plugin.json: it is no "));
        CHECK(m.name == "folder");
    }
    const std::string deep(100000, '[');
    CHECK(haft::read_manifest(deep, "folder").warnings.size() == 1);
}

TEST_CASE("A field of a wrong type is a warning, an item of a list becomes a text", "[PM-06]") {
    const auto [m, warnings] = haft::read_manifest(
        R"({"version": 2, "plugin_deps": "report", "required_config": ["a", 7, true, {"k": [1]}], "dependencies": null,
            "author": null, "unrelated": 1, "required_confg": []})",
        "folder");
    CHECK(m.version == "0.1.0");
    CHECK(m.plugin_deps.empty());
    CHECK(m.required_config == texts{"a", "7", "true", "{\"k\":[1]}"});
    REQUIRE(warnings.size() == 3);
    CHECK(warnings[0].message == "the manifest: \"version\" is no text but 2; it is left out");
    CHECK(warnings[1].message == "the manifest: \"plugin_deps\" is no list but \"report\"; it is taken to be empty");
    CHECK(warnings[2].message == "the manifest: nobody reads \"required_confg\"; did you mean \"required_config\"?");
}

TEST_CASE("Names of plugins are of few characters", "[fault-100]") {
    for (const std::string_view good : {"a", "my_plugin", "My-Plugin-2", "_"}) CHECK(haft::legal_plugin_name(good));
    using namespace std::string_view_literals;
    for (const std::string_view bad : {""sv, "../x"sv, "/x"sv, "a\0b"sv, "%n"sv, "a b"sv, "a.b"sv, "\xC3\xA4"sv})
        CHECK_FALSE(haft::legal_plugin_name(bad));
    CHECK(haft::legal_plugin_name(std::string(64, 'a')));
    CHECK_FALSE(haft::legal_plugin_name(std::string(65, 'a')));
    CHECK_FALSE(haft::legal_plugin_name(std::string(4096, 'a')));
}

TEST_CASE("Names are compared in one way", "[DC-04]") {
    CHECK(haft::same_plugin_name("My-Plugin", "my_plugin"));
    CHECK_FALSE(haft::same_plugin_name("my_plugin", "my_plugins"));
    CHECK_FALSE(haft::same_plugin_name("myplugin", "my_plugin"));
}

TEST_CASE("A requirement is a name and the versions that will do", "[PM-07][PM-12]") {
    constexpr haft::requirement bare = haft::read_requirement(" report ");
    CHECK(bare.name == "report");
    CHECK(bare.allows("0.0.1"));
    constexpr haft::requirement python = haft::read_requirement("aiohttp>=3.9,<4");
    CHECK(python.name == "aiohttp");
    CHECK(python.is_sound());
    CHECK(python.allows("3.10"));
    CHECK_FALSE(python.allows("3.8"));
    CHECK_FALSE(python.allows("4.0"));
    CHECK(haft::read_requirement("git >= 2.30").allows("2.43.0"));
    CHECK(haft::read_requirement("git 2.30").range == "2.30");
    CHECK_FALSE(haft::read_requirement("git ~=2").is_sound());
    CHECK_FALSE(haft::read_requirement("git >=").is_sound());
}
