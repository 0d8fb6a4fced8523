// SPDX-License-Identifier: BSL-1.0
// The layers of the environment and of the command line.
#include <haft/config.hpp>

#include <catch2/catch_test_macros.hpp>

#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

#include <unit/config/support.hpp>

using haft_test::error_of;

namespace {

/// An environment of a map, which notes what it was asked for.
struct environment {
    std::map<std::string, std::string, std::less<>> values;
    std::string asked = {};
    haft::environment_function function() {
        return [this](std::string_view name) -> std::optional<std::string> {
            asked += std::string(name) + ' ';
            const auto found = values.find(name);
            return found == values.end() ? std::nullopt : std::optional(found->second);
        };
    }
};

haft::configuration below() {
    auto read = haft::parse_toml(
        "[plugin.my-weather]\ndays = 3\nfast = false\nratio = 0.5\ncity = 'Oslo'\nunits = ['a']\n[plugin.s]\napi_key = 5\n", "h.toml");
    REQUIRE(read);
    return std::move(*read);
}

}  // namespace

TEST_CASE("variables of the environment replace what stands below, by its type", "[DC-11][fault-110]") {
    environment all{{{"HAFT_PLUGIN_MY_WEATHER_DAYS", "7"},
                     {"HAFT_PLUGIN_MY_WEATHER_FAST", "true"},
                     {"HAFT_PLUGIN_MY_WEATHER_RATIO", "1e3"},
                     {"HAFT_PLUGIN_MY_WEATHER_CITY", "12"},
                     {"HAFT_PLUGIN_MY_WEATHER_UNITS", " km , m,,"},
                     {"HAFT_NEW_KEY", "[1, 'x']"},
                     {"HAFT_NEW_TEXT", "two words # three"},
                     {"PATH", "/bin"}}};
    const auto layer = haft::environment_config(all.function(), below(), {"/new/key", "/new/text"});
    INFO(error_of(layer));
    REQUIRE(layer);
    CHECK(layer->value().dump() ==
          R"({"new":{"key":[1,"x"],"text":"two words # three"},"plugin":{"my-weather":{"city":"12","days":7,"fast":true,"ratio":1000.0,"units":["km","m"]}}})");
    CHECK(layer->origin("/plugin/my-weather/units/1").text() == "environment variable HAFT_PLUGIN_MY_WEATHER_UNITS");
    CHECK(all.asked.find("PATH") == std::string::npos);  // nothing else is looked at
    CHECK(haft::environment_config({}, below())->value().empty());
}

TEST_CASE("HAFT_PLUGINS and HAFT_TOOLS are lists of what may be used; an empty one is none", "[DC-11]") {
    environment two{{{"HAFT_PLUGINS", "a, b-c"}, {"HAFT_TOOLS", "t"}}};
    haft::config_layers layers;
    REQUIRE(layers.add(haft::config_layer::user, *haft::parse_toml("[plugins]\nenabled = ['z']\nonly = ['y']")));
    REQUIRE(layers.add(haft::config_layer::environment, *haft::environment_config(two.function(), layers.merged())));
    CHECK(layers.merged().value()["tools"].dump() == R"({"only":["t"]})");
    const auto plugins = haft::plugins_of(layers.merged());
    REQUIRE(plugins);
    CHECK(plugins->filter.allows("B_C"));
    CHECK_FALSE(plugins->filter.allows("z"));
    CHECK_FALSE(plugins->filter.allows("y"));

    environment none{{{"HAFT_PLUGINS", ""}}};
    const auto nothing = haft::plugins_of(*haft::environment_config(none.function(), {}));
    REQUIRE(nothing);
    CHECK_FALSE(nothing->filter.allows("a"));
    environment unset;
    CHECK(haft::plugins_of(*haft::environment_config(unset.function(), {}))->filter.allows("a"));
}

TEST_CASE("a variable that does not fit is an error that names it, and shows no secret", "[DC-11][fault-111]") {
    environment bad{{{"HAFT_PLUGIN_MY_WEATHER_DAYS", "many"},
                     {"HAFT_PLUGIN_MY_WEATHER_FAST", "yes"},
                     {"HAFT_PLUGIN_S_API_KEY", "hunter2"},
                     {"HAFT_A", "1"},
                     {"HAFT_A_B", "1"}}};
    CHECK(error_of(haft::environment_config(bad.function(), below(), {"/a", "/a/b"})) ==
          "the environment can't be used: 4 faults\n"
          "- environment variable HAFT_A_B: /a/b: another variable has set a part of this [haft-E0383]\n"
          "- environment variable HAFT_PLUGIN_MY_WEATHER_DAYS: /plugin/my-weather/days: expected a number, as at h.toml:2:8, got "
          "\"many\" [haft-E0383]\n"
          "- environment variable HAFT_PLUGIN_MY_WEATHER_FAST: /plugin/my-weather/fast: expected a boolean, as at h.toml:3:8, "
          "got \"yes\" [haft-E0383]\n"
          "- environment variable HAFT_PLUGIN_S_API_KEY: /plugin/s/api_key: expected a number, as at h.toml:8:11, got (hidden) "
          "[haft-E0383]");
    const haft::environment_function broken = [](std::string_view) -> std::optional<std::string> {
        throw std::runtime_error("x");
    };
    CHECK(error_of(haft::environment_config(broken, {})).find("the host's environment function failed") != std::string::npos);
}

TEST_CASE("settings of a command line are the highest layer", "[fault-110]") {
    const auto layer = haft::command_line_config(
        {"plugin.weather.days=5", "plugin.\"a.b\".c = [1, 2]", "city=Oslo = nice", "plugin.weather.days=6", "empty="});
    INFO(error_of(layer));
    REQUIRE(layer);
    CHECK(layer->value().dump() ==
          R"({"city":"Oslo = nice","empty":"","plugin":{"a.b":{"c":[1,2]},"weather":{"days":6}}})");
    CHECK(layer->origin("/plugin/a.b/c/1").text() == "command line");
    for (const char* bad : {"days", "=1", "a b=1", "[a]\nb=1", "a.=1", "a=1\nb", "#a=1"}) {
        INFO(bad);
        const auto read = haft::command_line_config({bad});
        if (std::string_view(bad) == "a=1\nb") CHECK(read->value().dump() == R"({"a":"1\nb"})");
        else CHECK(error_of(read).find("[haft-E0383]") != std::string::npos);
    }
    CHECK(error_of(haft::command_line_config({"a=1", "a.b=2"})) ==
          "command line: a key within one that has a value already, as in plugin.weather.days=5; got \"a.b\" [haft-E0383]");
}

TEST_CASE("lists are of the type of those below, on the command line too, and a text stays one", "[DC-11][fault-110]") {
    const auto config = haft::parse_toml("ports = [1, 2]\nflags = [true]\nnames = ['a']\nnone = []\ncity = 'x'\ndays = 3\n[m]\nauth = 1\n", "h.toml");
    REQUIRE(config);
    const auto env = [&](std::map<std::string, std::string, std::less<>> values) {
        environment all{std::move(values)};
        const auto out = haft::environment_config(all.function(), *config);
        return out ? out->value().dump() : out.error().text();
    };
    const auto line = [&](std::vector<std::string> settings) {
        const auto out = haft::command_line_config(settings, *config);
        return out ? out->value().dump() : out.error().text();
    };
    CHECK(env({{"HAFT_PORTS", "80, 443"}, {"HAFT_FLAGS", "false,true"}, {"HAFT_NAMES", "1,2"}, {"HAFT_NONE", "1"}}) ==
          R"({"flags":[false,true],"names":["1","2"],"none":["1"],"ports":[80,443]})");
    CHECK(line({"ports=80,443", "flags=[false]", "names=1,2"}) ==
          R"({"flags":[false],"names":["1","2"],"ports":[80,443]})");
    CHECK(env({{"HAFT_PORTS", "80,http"}}).find("HAFT_PORTS: /ports: expected a list of numbers with commas, as at h.toml:1:9, "
                                                "got \"80,http\" [haft-E0383]") != std::string::npos);
    CHECK(line({"ports=80,http"}) ==
          "command line: ports: expected a list of numbers with commas, as at h.toml:1:9, got \"80,http\" [haft-E0383]");
    CHECK(line({"city=123", "new=123"}) == R"({"city":"123","new":123})");
    CHECK(env({{"HAFT_CITY", "123"}}) == R"({"city":"123"})");
    CHECK(line({"city=\"a#b\"", "new='c # d'", "more=5 # six"}) == R"({"city":"a#b","more":"5 # six","new":"c # d"})");
    CHECK(line({"days=many"}) == "command line: days: expected a number, as at h.toml:6:8, got \"many\" [haft-E0383]");
    CHECK(line({"days='many'"}) == R"({"days":"many"})");  // somebody means it
    CHECK(line({"m.auth=hunter2"}).find("got (hidden)") != std::string::npos);
}

TEST_CASE("of two tables on the command line the later wins", "[fault-110]") {
    const auto layer = haft::command_line_config({"m={a=1, b=[1]}", "m={c=3}", "m.d=4"});
    REQUIRE(layer);
    CHECK(layer->value().dump() == R"({"m":{"c":3,"d":4}})");
}

TEST_CASE("one variable for two values is told, and sets neither unseen", "[DC-11]") {
    const auto config = haft::parse_toml("[plugin.a_b]\nc = '1'\n[plugin.a]\nb_c = '2'\n", "h.toml");
    REQUIRE(config);
    environment both{{{"HAFT_PLUGIN_A_B_C", "x"}}};
    CHECK(error_of(haft::environment_config(both.function(), *config)) ==
          "the environment can't be used: 1 fault\n"
          "- environment variable HAFT_PLUGIN_A_B_C: /plugin/a_b/c: stands for /plugin/a/b_c as well; set them in a file or on the "
          "command line, and not here [haft-E0383]");
    environment unset;
    CHECK(haft::environment_config(unset.function(), *config));
    CHECK(haft::environment_config(both.function(), {}, {"/plugin/a_b/c", "/plugin/a_b/c"}));
}
