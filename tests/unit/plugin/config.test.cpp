// SPDX-License-Identifier: BSL-1.0
// What a plugin is given: what does not fit is told without its secrets, and keys x-… are free.
#include <haft/plugin/check_plugin_config.hpp>
#include <haft/plugin/make_plugin.hpp>
#include <haft/tool.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace {

struct mail {
    static constexpr haft::manifest manifest{.name = "mail"};
    struct config {
        std::string api_key = "none";
        std::string host = "h";
        double port = 25;
    };
    std::string seen = "";
    void setup(const config& c) { seen = c.host; }
};

std::string told(std::string_view config, const haft::hidden_values& is_hidden = {}) {
    std::vector<haft::error> warnings;
    const auto out = haft::check_plugin_config(haft::make_plugin<mail>(), config, false, warnings, is_hidden);
    return out ? "fits" : out.error().text();
}

}  // namespace

TEST_CASE("A plugin's secrets are not repeated where they do not fit", "[PM-08][fault-94][fault-111]") {
    CHECK(told(R"({"api_key": 987654321, "port": "25"})") ==
          "the configuration of plugin \"mail\" does not fit\n"
          "- /api_key: expected string, got (hidden) [haft-E0202]\n"
          "- /port: expected number, got string \"25\" [haft-E0202]");
    CHECK(told(R"({"host": {"a": 1, "password": "hunter2"}})").find("{\"a\":1,\"password\":\"(hidden)\"}") !=
          std::string::npos);
    CHECK(told(R"({"port": "sesame"})", [](std::string_view pointer) { return pointer == "/port"; })
              .find("/port: expected number, got (hidden) ") != std::string::npos);
    CHECK(told(R"({"pasword": "hunter2")") == "the configuration of plugin \"mail\" is no JSON [haft-E0420]");
    CHECK(told(R"("hunter2")") == "the configuration of plugin \"mail\" is no object [haft-E0420]");
    CHECK(told(R"({"prot": 1})").find("/prot: no such key; did you mean \"port\"? The keys are api_key, host, port") !=
          std::string::npos);
}

TEST_CASE("Keys that begin with x- are passed over in a plugin's configuration, and reach it in no other way",
          "[PM-08][fault-108]") {
    const std::string_view config = R"({"x-note": {"any": [1]}, "host": "free"})";
    CHECK(told(config) == "fits");
    const haft::plugin p = haft::make_plugin<mail>();
    CHECK(p.setup(config));
}
