// SPDX-License-Identifier: BSL-1.0
// Layers: who wins, what merges, what can't, and who said what.
#include <haft/config.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <string_view>

#include <unit/config/support.hpp>

using haft::config_layer;
using haft_test::error_of;

namespace {

haft::configuration of(std::string_view text, std::string_view file) {
    auto read = haft::parse_toml(text, file);
    REQUIRE(read);
    return std::move(*read);
}

}  // namespace

TEST_CASE("layers win in their order, however they are added; tables merge, lists and scalars replace",
          "[DC-02][fault-110]") {
    haft::config_layers layers;
    // The defaults say k0 to k6, each layer above one less.
    const config_layer order[]{config_layer::command_line, config_layer::defaults, config_layer::environment,
                               config_layer::project,      config_layer::system,   config_layer::user,
                               config_layer::compiled_in};
    for (const config_layer layer : order) {
        std::string text = "[a]\n";
        for (int i = 0; i <= 6 - static_cast<int>(layer); ++i)
            text += "k" + std::to_string(i) + " = '" + std::string(haft::layer_name(layer)) + "'\n";
        REQUIRE(layers.add(layer, of(text, "f")));
    }
    // k0 stands in all layers, k6 in the defaults alone.
    CHECK(layers.merged().value()["a"].dump() ==
          R"({"k0":"command line","k1":"environment","k2":"project","k3":"user","k4":"system","k5":"compiled in","k6":"defaults"})");

    haft::config_layers two;
    REQUIRE(two.add(config_layer::user, of("list = [1, 2, 3]\nt = {a = 1, b = 1}\nkind = 1\n", "user.toml")));
    REQUIRE(two.add(config_layer::project, of("list = [4]\nt = {b = [2]}\nkind = 'text'\n", "project.toml")));
    CHECK(two.merged().value().dump() == R"({"kind":"text","list":[4],"t":{"a":1,"b":[2]}})");
    CHECK(two.merged().origin("/list/0").text() == "project.toml:1:9");
    CHECK(two.merged().origins().count("/list/1") == 0);
    CHECK(two.merged().origin("/t/a").text() == "user.toml:2:10");
    CHECK(two.merged().origin("/t/b/0").text() == "project.toml:2:11");
    // In one layer the later one wins.
    REQUIRE(two.add(config_layer::user, of("t.a = 5\nlist = []", "more.toml")));
    CHECK(two.merged().value().dump() == R"({"kind":"text","list":[4],"t":{"a":5,"b":[2]}})");
}

TEST_CASE("a table against something else is an error that names both places, and nothing is added", "[fault-110]") {
    haft::config_layers layers;
    REQUIRE(layers.add(config_layer::user, of("a = 1\nb = {c = 1}\nd = [1]\n", "user.toml")));
    CHECK(error_of(layers.add(config_layer::project, of("a = {x = 1}\nb = 'x'\nd = {}\nok = 1", "project.toml"))) ==
          "configurations can't be merged: 3 faults\n"
          "- project.toml:1:5: /a: a table here, but number at user.toml:1:5; a table and something else can't be merged "
          "[haft-E0379]\n"
          "- project.toml:2:5: /b: string here, but a table at user.toml:2:5; a table and something else can't be merged "
          "[haft-E0379]\n"
          "- project.toml:3:5: /d: a table here, but array at user.toml:3:5; a table and something else can't be merged "
          "[haft-E0379]");
    CHECK_FALSE(layers.merged().find("/ok"));
    CHECK(*layers.merged().find("/a") == 1);
}

TEST_CASE("the lists of plugins are joined, the user's first, each item once", "[DC-02][DC-03]") {
    haft::config_layers layers;
    REQUIRE(layers.add(config_layer::project, of("[plugins]\nenabled = ['c', 'a']\nonly = ['x']", "project.toml")));
    REQUIRE(layers.add(config_layer::user, of("[plugins]\nenabled = ['a', 'b']\nonly = ['y', 'z']", "user.toml")));
    CHECK(layers.merged().value().dump() == R"({"plugins":{"enabled":["a","b","c"],"only":["x"]}})");
    CHECK(layers.merged().origin("/plugins/enabled/1").text() == "user.toml:2:17");
    CHECK(layers.merged().origin("/plugins/enabled/2").text() == "project.toml:2:12");
}

TEST_CASE("names that begin alike are not taken for what stands below them", "[fault-110]") {
    haft::config_layers layers;
    REQUIRE(layers.add(config_layer::user, of("a = [1]\na-b = 2\nab = 3\n", "user.toml")));
    REQUIRE(layers.add(config_layer::project, of("a = [2, 3]\n", "project.toml")));
    CHECK(layers.merged().origin("/a-b").text() == "user.toml:2:7");
    CHECK(layers.merged().origin("/ab").text() == "user.toml:3:6");
    CHECK(layers.merged().origin("/a/1").text() == "project.toml:1:9");
}

TEST_CASE("explain shows what each layer says of a value, and who wins; secrets are hidden", "[fault-110][fault-111]") {
    haft::config_layers layers;
    REQUIRE(layers.add(config_layer::defaults, haft::configuration({{"days", 1}, {"api_key", "hunter0"}}, {})));
    REQUIRE(layers.add(config_layer::user, of("days = 3\napi_key = 'hunter2'\n[plugins]\nenabled = ['a']\n", "user.toml")));
    REQUIRE(layers.add(config_layer::project,
                       of("days = 5\nservers = [{url = 'u', token = 'hunter3'}]\n[plugins]\nenabled = ['b']\n", "project.toml")));
    CHECK(layers.explain_text("/days") ==
          "/days\n"
          "  project       5  project.toml:1:8\n"
          "  user          3  user.toml:1:8  (shadowed)\n"
          "  defaults      1  (shadowed)\n");
    CHECK(layers.explain_text() ==
          "/api_key\n"
          "  user          \"(hidden)\"  user.toml:2:11\n"
          "  defaults      \"(hidden)\"  (shadowed)\n" +
              layers.explain_text("/days") +
              "/plugins/enabled\n"
              "  project       [\"b\"]  project.toml:4:11\n"
              "  user          [\"a\"]  user.toml:4:11\n"
              "/servers\n"
              "  project       [{\"token\":\"(hidden)\",\"url\":\"u\"}]  project.toml:2:11\n");
    CHECK(layers.explain("/nothing").empty());
    const auto days = layers.explain("/days");
    REQUIRE(days.size() == 1);
    REQUIRE(days[0].candidates.size() == 3);
    CHECK(days[0].candidates[0].wins);
    CHECK_FALSE(days[0].candidates[1].wins);
    CHECK(haft::shown_value(layers.merged(), "/servers/0/token") == "\"(hidden)\"");
}
