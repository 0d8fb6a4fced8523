// SPDX-License-Identifier: BSL-1.0
// All layers at once, as a program has them.
#include <haft/config.hpp>

#include <catch2/catch_test_macros.hpp>

#include <optional>
#include <string>
#include <string_view>

#include <unit/config/support.hpp>

using haft_test::error_of;

TEST_CASE("files, environment and command line are layers of one configuration", "[DC-02][DC-11][fault-110]") {
    const haft_test::folder here;
    haft::config_sources from;
    from.defaults = *haft::parse_toml("days = 1\ncity = 'Rome'\nunits = []\n", "(defaults)");
    from.system = {here.path() / "gone.toml"};
    from.user = {here.write("user.toml", "days = 2\n[plugin.A-B]\nx = 1\n"), here.write("user2.json", R"({"days": 3})")};
    from.project = {here.write("project.toml", "city = '${CITY}'\n[plugins]\npaths = ['p']\n")};
    from.settings = {"units=[\"km\"]", "plugin.a-B.x=2"};
    from.load.environment = [](std::string_view name) -> std::optional<std::string> {
        if (name == "CITY") return "Oslo";
        if (name == "HAFT_DAYS") return "4";
        if (name == "HAFT_NEW") return "5";
        return std::nullopt;
    };
    from.variables = {"/new"};
    const auto layers = haft::load_layers(from);
    INFO(error_of(layers));
    REQUIRE(layers);
    CHECK(layers->merged().value().dump() ==
          R"({"city":"Oslo","days":4,"new":5,"plugin":{"a_b":{"x":2}},"plugins":{"paths":[")" + (here.path() / "p").string() +
              R"("]},"units":["km"]})");
    CHECK(layers->explain_text("/days") ==
          "/days\n"
          "  environment   4  environment variable HAFT_DAYS\n"
          "  user          3  " + here.path().string() + "/user2.json:1:10  (shadowed)\n"
          "  user          2  " + here.path().string() + "/user.toml:1:8  (shadowed)\n"
          "  defaults      1  (defaults):1:8  (shadowed)\n");
    CHECK(layers->explain_text("/city").find("Oslo") == std::string::npos);

    here.write("project.toml", "city = {a = 1}\n");
    CHECK(error_of(haft::load_layers(from)).find("project.toml:1:8: /city: a table here, but string at (defaults):2:8") !=
          std::string::npos);
    here.write("project.toml", "city = \n");
    CHECK(error_of(haft::load_layers(from)).find("project.toml:1:8: no valid TOML") != std::string::npos);
    here.write("project.toml", "");
    from.settings = {"nonsense"};
    CHECK(error_of(haft::load_layers(from)).starts_with("command line: expected key=value"));
}

TEST_CASE("environment and command line say of plugins what files say: ~, folders, names", "[DC-02][DC-11]") {
    const haft_test::folder here;
    haft::config_sources from;
    from.load.root = here.path();
    from.project = {here.write("project.toml", "[plugins]\npaths = ['p']\n[plugin.my-mail]\nhost = 'h'\n")};
    from.variables = {"/plugin/My-Mail/port"};
    from.settings = {"plugins.paths=['~/x']", "plugin.MY-mail.host=1"};
    from.load.environment = [](std::string_view name) -> std::optional<std::string> {
        if (name == "HOME") return "/users/me";
        if (name == "HAFT_PLUGINS_PATHS") return "~/e,rel/e";
        if (name == "HAFT_PLUGIN_MY_MAIL_PORT") return "80";
        return std::nullopt;
    };
    const auto layers = haft::load_layers(from);
    INFO(error_of(layers));
    REQUIRE(layers);
    const std::string at = here.path().string();
    CHECK(layers->merged().value().dump() == R"({"plugin":{"my_mail":{"host":"1","port":80}},"plugins":{"paths":[")" + at +
                                                 R"(/p","/users/me/e",")" + at + R"(/rel/e","/users/me/x"]}})");
}
