// SPDX-License-Identifier: BSL-1.0
// What configurations say of plugins, in both shapes.
#include <haft/config.hpp>

#include <catch2/catch_test_macros.hpp>

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include <unit/config/support.hpp>

namespace fs = std::filesystem;
using haft::config_layer;
using haft_test::error_of;
using haft_test::folder;

namespace {

const haft::config_places at_work{"/srv/project", "/users/ada"};

haft::configuration of(std::string_view text, std::string_view file = "haft.toml") {
    auto read = file.ends_with(".json") ? haft::parse_json(text, file) : haft::parse_toml(text, file);
    REQUIRE(read);
    return std::move(*read);
}

haft::plugins_config plugins(std::string_view text, std::string_view file = "haft.toml") {
    auto read = haft::plugins_of(of(text, file), at_work);
    INFO(error_of(read));
    REQUIRE(read);
    return std::move(*read);
}

std::vector<std::string> paths(const haft::plugins_config& of) {
    std::vector<std::string> out;
    for (const auto& p : of.paths) out.push_back(p.path.string());
    return out;
}

struct weather_config {
    int days = 3;
};

using words = std::vector<std::string>;

}  // namespace

TEST_CASE("names of plugins are compared without case, - as _", "[DC-03]") {
    CHECK(haft::same_plugin_name("My-Plugin", "my_plugin"));
    CHECK_FALSE(haft::same_plugin_name("my-plugin", "myplugin"));
    CHECK(haft::folded_plugin_name("My-Plugin_2") == "my_plugin_2");
    CHECK(haft::plugin_pointer("A/b-C") == "/plugin/a~1b_c");
}

TEST_CASE("paths of plugins: relative to the root, ~ expanded, each folder once, the user's first", "[DC-02]") {
    CHECK(paths(plugins("[plugins]\npaths = ['~/p', './a/../b/', '/x//y', '~', 'b', '../c']")) ==
          words{"/users/ada/p", "/srv/project/b", "/x/y", "/users/ada", "/srv/c"});

    const folder here;
    fs::create_directories(here.path() / "real");
    fs::create_directory_symlink(here.path() / "real", here.path() / "link");
    const std::string at = here.path().string();
    haft::load_options options;
    options.environment = [](std::string_view) { return std::nullopt; };
    haft::config_layers layers;
    auto project = haft::load_config(here.write("project/haft.toml", "[plugins]\npaths = ['own', '../link']\n"), options);
    auto user = haft::load_config(here.write("user/haft.toml", "[plugins]\npaths = ['own', '../real']\n"), options);
    REQUIRE((project && user));
    REQUIRE(layers.add(config_layer::project, std::move(*project)));
    REQUIRE(layers.add(config_layer::user, std::move(*user)));
    const auto both = haft::plugins_of(layers.merged());
    REQUIRE(both);
    CHECK(paths(*both) == words{at + "/user/own", at + "/real", at + "/project/own"});
    CHECK(both->paths[2].origin.text() == at + "/project/haft.toml:2:10");

    CHECK(error_of(haft::normalise_plugins(of("plugins.paths = ['~bob/p', '', '~']"), {"/r", {}})) ==
          "what is said of plugins can't be used: 3 faults\n"
          "- haft.toml:1:18: /plugins/paths/0: only ~/ is expanded, not \"~bob/p\"; write the path in full [haft-E0384]\n"
          "- haft.toml:1:28: /plugins/paths/1: expected a path [haft-E0384]\n"
          "- haft.toml:1:32: /plugins/paths/2: ~ can't be expanded, since HOME is not set [haft-E0384]");
}

TEST_CASE("the lists of user and project are united; disabled wins; empty is all", "[DC-03]") {
    haft::config_layers layers;
    REQUIRE(layers.add(config_layer::user, of("[plugins]\nenabled = ['My-Plugin', 'b']\n", "user.toml")));
    REQUIRE(layers.add(config_layer::project, of("[plugins]\nenabled = ['c', 'my_plugin']\ndisabled = ['B']\n", "p.toml")));
    const auto both = haft::plugins_of(layers.merged());
    REQUIRE(both);
    CHECK(both->filter.enabled == words{"My-Plugin", "b", "c"});
    CHECK(both->filter.disabled == words{"B"});
    CHECK(both->filter.allows("MY_PLUGIN"));
    CHECK(both->filter.allows("c"));
    CHECK_FALSE(both->filter.allows("b"));
    CHECK_FALSE(both->filter.allows("d"));  // a user's list also restricts a project's plugins
    CHECK(both->filter.why_not("d") == "it is not among the plugins that are enabled (user.toml:2:11)");
    CHECK(both->filter.why_not("b") == "it is among the plugins that are disabled (p.toml:3:12)");
    const haft::plugins_config none = plugins("");
    CHECK(none.filter.allows("anything"));
    CHECK_FALSE(plugins("plugins.disabled = ['x-y']").filter.allows("X_y"));
    // Exactly these, also if there are none.
    CHECK(plugins("plugins = {only = ['a'], enabled = ['b']}").filter.allows("a"));
    CHECK_FALSE(plugins("plugins = {only = ['a'], enabled = ['b']}").filter.allows("b"));
    CHECK_FALSE(plugins("plugins.only = []").filter.allows("a"));
    CHECK_FALSE(plugins("plugins = {only = ['a'], disabled = ['a']}").filter.allows("a"));
}

TEST_CASE("each plugin has its section, {} by default", "[DC-05]") {
    haft::config_layers layers;
    const auto add = [&](config_layer layer, std::string_view text, std::string_view file) {
        auto one = haft::normalise_plugins(of(text, file), at_work);
        REQUIRE(one);
        REQUIRE(layers.add(layer, std::move(*one)));
    };
    add(config_layer::user, "[plugin.My-Weather]\ndays = 2\nkeep = 1\n[plugins]\nenabled=['other']", "user.toml");
    add(config_layer::project, "[plugin.my_weather]\ndays = 7\n", "project.toml");
    const auto all = haft::plugins_of(layers.merged());
    REQUIRE(all);
    REQUIRE(all->plugins.size() == 2);
    const haft::plugin_settings* const weather = all->find("MY-WEATHER");
    REQUIRE(weather);
    CHECK(weather->config.dump() == R"({"days":7,"keep":1})");
    CHECK_FALSE(weather->enabled);
    CHECK(all->find("other")->config.dump() == "{}");
    CHECK(all->find("other")->enabled);
    CHECK(all->find("none") == nullptr);
    const haft::configuration& merged = layers.merged();
    CHECK(merged.read<weather_config>(haft::plugin_pointer("none"))->days == 3);
    CHECK(error_of(merged.read<weather_config>(haft::plugin_pointer("My-Weather"))) ==
          "the section \"/plugin/my_weather\" can't be used: 1 fault\n"
          "- user.toml:3:8: /plugin/my_weather/keep: no such key; the key is days [haft-E0203]");
}

TEST_CASE("a list of plugins with name, enabled and config says the same, in JSON and TOML", "[DC-05][DC-06]") {
    const haft::plugins_config json = plugins(
        R"({"plugins": [{"name": "My-Weather", "enabled": true, "config": {"days": 4}}, {"name": "b", "enabled": false},
            {"name": "c", "x-note": 1}], "plugin": {"b": {"k": 1}}})", "haft.json");
    const haft::plugins_config toml = plugins(
        "[[plugins]]\nname='My-Weather'\nconfig={days=4}\n[[plugins]]\nname='b'\nenabled=false\n[[plugins]]\nname='c'\n"
        "[plugin.b]\nk=1\n");
    for (const haft::plugins_config& all : {json, toml}) {
        CHECK(all.filter.enabled == words{"My-Weather", "b", "c"});
        CHECK(all.filter.disabled == words{"b"});
        REQUIRE(all.plugins.size() == 3);
        CHECK(all.find("my-weather")->name == "My-Weather");
        CHECK(all.find("my-weather")->config.dump() == R"({"days":4})");
        CHECK(all.find("my-weather")->enabled);
        CHECK_FALSE(all.find("b")->enabled);
        CHECK(all.find("b")->config.dump() == R"({"k":1})");
        CHECK_FALSE(all.filter.allows("d"));
    }
    CHECK(json.find("my_weather")->origin.text() == "haft.json:1:64");
    CHECK(toml.find("c")->origin.text() == "haft.toml:8:6");
    // Places go with what was moved.
    const auto one = haft::normalise_plugins(of("plugins = [{name='w', config={days='x'}}]"), at_work);
    REQUIRE(one);
    CHECK(error_of(one->read<weather_config>("/plugin/w")).find("- haft.toml:1:36: /plugin/w/days: expected integer") !=
          std::string::npos);
    // All disabled is none, and not all.
    CHECK_FALSE(plugins("plugins = [{name='a', enabled=false}]").filter.allows("z"));
    // Twice is once.
    const auto again = haft::normalise_plugins(*one, at_work);
    REQUIRE(again);
    CHECK(again->value() == one->value());
    CHECK(again->origin("/plugins/enabled/0").text() == one->origin("/plugins/enabled/0").text());
}

TEST_CASE("what is wrong with lists of plugins is told with its place, all at once", "[DC-05][DC-06]") {
    CHECK(error_of(haft::plugins_of(of("plugins = [{nmae='a'}, 3, {name='b', config=1}, {name='c'}, {name='C'}]"))) ==
          "what is said of plugins can't be used: 5 faults\n"
          "- haft.toml:1:12: /plugins/0/name: required, but not given; expected string of at least 1 character [haft-E0204]\n"
          "- haft.toml:1:18: /plugins/0/nmae: no such key; did you mean \"name\"? The keys are name, enabled, config [haft-E0203]\n"
          "- haft.toml:1:24: /plugins/1: expected a table {name, enabled, config} [haft-E0384]\n"
          "- haft.toml:1:45: /plugins/2/config: expected a table, got number [haft-E0384]\n"
          "- haft.toml:1:61: /plugins/4: the plugin \"C\" stands in the list twice, first at haft.toml:1:49 [haft-E0384]");
    CHECK(error_of(haft::plugins_of(of("[plugins]\nenable = []\npaths = 3\n[plugin.a-b]\n[plugin.A_B]\n[plugin]\nc=1"))) ==
          "what is said of plugins can't be used: 4 faults\n"
          "- haft.toml:4:1: /plugin/a-b: a second section of the plugin \"a_b\"; the first is at haft.toml:5:1 [haft-E0384]\n"
          "- haft.toml:7:3: /plugin/c: expected a table, got number [haft-E0384]\n"
          "- haft.toml:2:10: /plugins/enable: no such key; did you mean \"enabled\"? The keys are paths, enabled, disabled, only "
          "[haft-E0203]\n"
          "- haft.toml:3:9: /plugins/paths: expected array of string, got number 3 [haft-E0202]");
    CHECK(error_of(haft::plugins_of(of("plugins = [{name='a', config={x=1}}]\n[plugin.A]\ny=1"))).find(
              "/plugins/0/config: a second section of the plugin \"a\"; the first is at haft.toml:2:1") != std::string::npos);
    CHECK(error_of(haft::plugins_of(of("plugin = 1"))).find("/plugin: expected a table, got number") != std::string::npos);
    CHECK(error_of(haft::plugins_of(of("plugins = 1"))).find("/plugins: ") != std::string::npos);
}
