// SPDX-License-Identifier: BSL-1.0
// A section of a configuration as a struct: its faults have the places of the file.
#include <haft/config.hpp>
#include <haft/std.hpp>

#include <catch2/catch_test_macros.hpp>

#include <array>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <unit/config/support.hpp>

using haft_test::error_of;

namespace {

struct place {
    std::string name;
    double latitude = 0;
    static constexpr std::array haft_fields{haft::field{"latitude", "", haft::minimum(-90), haft::maximum(90)}};
};

struct weather_config {
    std::string city;
    int days = 3;
    int hours = 1;
    std::string api_key = "none";
    std::optional<place> home = {};
    std::vector<place> places = {place{"here"}};
};

struct named {
    std::map<std::string, int> names = {};
    place home = {};
};

struct deaf {
    int days = 3;
};

}  // namespace

TEST_CASE("a section is read as a struct; what is left out keeps its default", "[DC-05]") {
    const auto config = haft::parse_toml("[plugin.weather]\ncity = 'Oslo'\nhome = {name = 'h', latitude = 59.9}\n", "h.toml");
    REQUIRE(config);
    const auto read = config->read<weather_config>("/plugin/weather");
    REQUIRE(read);
    CHECK(read->city == "Oslo");
    CHECK(read->days == 3);
    CHECK(read->home->latitude == 59.9);
    CHECK(read->places.size() == 1);
    // A section that is not there is an empty one.
    CHECK(config->read<deaf>("/plugin/other")->days == 3);
    CHECK(haft::configuration().read<deaf>("")->days == 3);
}

TEST_CASE("every fault of a section is told, each with its place, path, expectation and nearest key",
          "[DC-05][fault-107][fault-108]") {
    const auto config = haft::parse_toml(
        "[plugin.weather]\n"
        "dasy = 4\n"
        "hours = 2.5\n"
        "places = [{name = 'a'},\n"
        "  {name = 'b', latitude = 91}]\n",
        "h.toml");
    REQUIRE(config);
    const auto read = config->read<weather_config>("/plugin/weather");
    REQUIRE_FALSE(read);
    CHECK(read.error().code == haft::errc::bad_section);
    CHECK(error_of(read) ==
          "the section \"/plugin/weather\" can't be used: 4 faults\n"
          "- h.toml:1:1: /plugin/weather/city: required, but not given; expected string [haft-E0204]\n"
          "- h.toml:2:8: /plugin/weather/dasy: no such key; did you mean \"days\"? The keys are city, days, hours, "
          "api_key, home, places [haft-E0203]\n"
          "- h.toml:3:9: /plugin/weather/hours: expected integer from -2147483648 to 2147483647, got number 2.5 [haft-E0202]\n"
          "- h.toml:5:27: /plugin/weather/places/1/latitude: expected number from -90 to 90, got number 91 [haft-E0205]");
    CHECK(read.error().faults[1].nearest == "days");
    CHECK(read.error().faults[3].place == "h.toml:5:27");
}

TEST_CASE("keys that begin with x- are free, in every table that is a struct", "[fault-108]") {
    const auto config = haft::parse_json(
        R"({"s": {"city": "a", "x-note": 1, "places": [{"name": "b", "x-y": {}}], "home": {"name": "c", "x-z": 0}},
         "t": {"names": {"x-1": 5}, "x-": [1], "home": {"name": "d", "x-n": 0}}})");
    REQUIRE(config);
    CHECK(error_of(config->read<weather_config>("/s")) == "(no error)");
    const auto read = config->read<named>("/t");
    REQUIRE(read);
    CHECK(read->names.at("x-1") == 5);  // the keys of a map are its own
    CHECK_FALSE(haft::parse_json(R"({"s": {"city": "a", "xnote": 1}})")->read<weather_config>("/s"));
}

TEST_CASE("the value of a secret's key is not shown where it does not fit", "[fault-111]") {
    const auto config = haft::parse_toml("[s]\ncity = 'x'\napi_key = 12345\n", "h.toml");
    REQUIRE(config);
    const auto read = config->read<weather_config>("/s");
    CHECK(error_of(read).find("12345") == std::string::npos);
    CHECK(error_of(read).find("h.toml:3:11: /s/api_key: expected string, got (hidden) [haft-E0202]") != std::string::npos);
    CHECK(read.error().faults[0].got == "(hidden)");
}

TEST_CASE("a section that is no table is refused", "[fault-107]") {
    const auto config = haft::parse_toml("\nplugin = 3", "h.toml");
    REQUIRE(config);
    CHECK(error_of(config->read<deaf>("/plugin")) ==
          "h.toml:2:10: the section \"/plugin\" has to be a table, got number [haft-E0378]");
}

TEST_CASE("keys that name a secret", "[fault-111]") {
    for (const std::string_view key : {"key", "api_key", "OPENAI_API_KEY", "apiKey", "x-api-key", "token", "github-token",
                                       "clientsecret", "db_password", "Authorization", "AWS_SECRET_ACCESS_KEY", "keys"})
        CHECK(haft::names_a_secret(key));
    for (const std::string_view key : {"keyboard", "max_tokens", "monkey", "author", "days", "", "tokenizer", "keymap"})
        CHECK_FALSE(haft::names_a_secret(key));
}

TEST_CASE("a secret within a value that does not fit is not shown either, and the rest of it is", "[fault-111]") {
    const auto config = haft::parse_toml(
        "[s]\ncity = {user = 'anna', password = 'hunter2'}\ndays = ['${SECRET}', 'plain']\nhours = {token = ['hunter2']}\n"
        "[s.home]\nname = 'n'\napi_kye = 'fine'\nx-note = 1\n",
        "h.toml");
    REQUIRE(config);
    const auto filled = haft::substitute_environment(
        *config, [](std::string_view) -> std::optional<std::string> { return "sesame"; });
    REQUIRE(filled);
    const auto read = filled->read<weather_config>("/s");
    CHECK(error_of(read) ==
          "the section \"/s\" can't be used: 4 faults\n"
          "- h.toml:2:8: /s/city: expected string, got object {\"password\":\"(hidden)\",\"user\":\"anna\"} [haft-E0202]\n"
          "- h.toml:3:8: /s/days: expected integer from -2147483648 to 2147483647, got array [\"(hidden)\",\"plain\"] [haft-E0202]\n"
          "- h.toml:4:9: /s/hours: expected integer from -2147483648 to 2147483647, got object {\"token\":\"(hidden)\"} [haft-E0202]\n"
          "- h.toml:7:11: /s/home/api_kye: no such key; the keys are name, latitude [haft-E0203]");
    for (const haft::fault& f : read.error().faults) {
        CHECK(f.got.find("hunter2") == std::string::npos);
        CHECK(f.got.find("sesame") == std::string::npos);
    }
}

TEST_CASE("what stands under a key that is shortened in the message is hidden, since nobody can tell", "[fault-111]") {
    const std::string key = std::string(300, 'k') + "_password";
    const auto config = haft::parse_toml("[s.names]\n" + key + " = 'hunter2'\n", "h.toml");
    REQUIRE(config);
    const auto read = config->read<named>("/s");
    REQUIRE_FALSE(read);
    CHECK(error_of(read).find("hunter2") == std::string::npos);
    CHECK(read.error().faults[0].got == "(hidden)");
}

namespace {
struct keyed {
    std::string api_key = {};
    static constexpr std::array haft_fields{haft::field{"api_key", "", haft::not_required}};
};
}  // namespace

TEST_CASE("the value of a key that was meant to be a secret's is not shown", "[fault-111]") {
    const auto config = haft::parse_toml("[s]\napi_kye = 'hunter2'\n", "h.toml");
    REQUIRE(config);
    const auto read = config->read<keyed>("/s");
    REQUIRE_FALSE(read);
    REQUIRE(read.error().faults.size() == 1);
    CHECK(read.error().faults[0].nearest == "api_key");
    CHECK(read.error().faults[0].got == "(hidden)");
}
