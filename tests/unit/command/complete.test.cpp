// SPDX-License-Identifier: BSL-1.0
// What may come next, and what a host lists.
#include <haft/command.hpp>
#include <haft/std.hpp>

#include <catch2/catch_test_macros.hpp>

#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

namespace {

enum class unit { celsius, fahrenheit };
struct request {
    std::string city;
    unit scale = unit::celsius;
    std::optional<bool> verbose;
};
std::vector<haft::completion> cities(std::string_view partial, const std::vector<std::string>& previous) {
    if (partial == "throw") throw std::runtime_error("no cities");
    std::vector<haft::completion> out{{"London", "England"}, {"Lyon", "France"}, {"New York", "America"}};
    if (!previous.empty()) out.push_back({"L" + std::to_string(previous.size()), previous[0]});
    return out;
}
std::string weather(const request& r) { return r.city; }
constexpr haft::command weather_command = haft::make_command<&weather>(
    {.aliases = {"w", "sky"}, .description = "Tell the weather\nof a city", .completers = {{"city", &cities}}});

std::vector<std::string> values(const haft::command_completions& of) {
    std::vector<std::string> out;
    for (const haft::completion& one : of.values) out.push_back(one.value);
    return out;
}
using texts = std::vector<std::string>;

struct filled {
    haft::command_set set;
    std::vector<haft::enlistment> handles;
    filled() {
        add(set.add(weather_command, {.owner = "sky"}));
        add(set.add({.name = "joke", .aliases = {"j"}, .description = "Tell a joke"}, [] { return "ha"; }));
        add(set.add({.name = "db migrate", .description = "Move the tables"}, [] {}));
    }
    void add(haft::result<haft::enlistment> handle) {
        REQUIRE(handle);
        handles.push_back(std::move(*handle));
    }
    texts complete(std::string_view line) const { return values(set.complete(line)); }
};

}  // namespace

TEST_CASE("Names are completed, and aliases where no name begins so", "[CM-06]") {
    const filled all;
    CHECK(all.complete("/") == texts{"db migrate", "help", "joke", "weather"});
    CHECK(all.complete("/w") == texts{"weather"});
    CHECK(all.complete("/j") == texts{"joke"});
    CHECK(all.complete("/sk") == texts{"sky", "sky.weather"});
    CHECK(all.complete("/sky.") == texts{"sky.weather"});
    CHECK(all.complete("/x").empty());
    CHECK(all.complete("w").empty());
    CHECK(all.complete("/usr/").empty());
    CHECK(all.set.complete("/w").from == 1);
    CHECK(all.set.complete("/w").values[0].description == "Tell the weather");
    CHECK(all.complete("/help j") == texts{"joke"});
    CHECK(values(all.set.complete("/he", false)).empty());
    CHECK(all.complete("/db ") == texts{"migrate"});
    CHECK(all.complete("/db mi") == texts{"migrate"});
    CHECK(all.set.complete("/db mi").from == 4);
}

TEST_CASE("A parameter's own completer proposes values, with what stands before", "[CM-06]") {
    const filled all;
    const haft::command_completions l = all.set.complete("/weather L");
    CHECK(l.from == 9);
    REQUIRE(l.values.size() == 2);
    CHECK(l.values[0] == haft::completion{"London", "England"});
    CHECK(l.values[1] == haft::completion{"Lyon", "France"});
    CHECK(all.complete("/weather \"New") == texts{"\"New York\""});  // as it is to be typed
    CHECK(all.set.complete("/weather \"New").from == 9);
    CHECK(all.complete("/w --verbose L") == texts{"London", "Lyon", "L1"});
    CHECK(all.complete("/w throw").empty());
}

TEST_CASE("Enums and booleans complete themselves", "[CM-06]") {
    const filled all;
    CHECK(all.complete("/weather Rome ") == texts{"celsius", "fahrenheit"});
    CHECK(all.complete("/weather Rome f") == texts{"fahrenheit"});
    CHECK(all.complete("/weather 'Santa Fe' f") == texts{"fahrenheit"});
    CHECK(all.complete("/weather Rome celsius ") == texts{"true", "false"});
    CHECK(all.complete("/weather Rome celsius true ").empty());
    CHECK(all.complete("/weather --scale ") == texts{"celsius", "fahrenheit"});
    CHECK(all.complete("/weather --scale=c") == texts{"--scale=celsius"});
    CHECK(all.complete("/weather --scale celsius R").empty());
    CHECK(all.complete("/weather --scale celsius Rome ") == texts{"true", "false"});
}

TEST_CASE("Names of parameters are completed behind two dashes, those that were given left out", "[CM-06]") {
    const filled all;
    CHECK(all.complete("/weather --") == texts{"--city", "--scale", "--verbose"});
    CHECK(all.complete("/weather Rome --s") == texts{"--scale"});
    CHECK(all.complete("/weather Rome --") == texts{"--scale", "--verbose"});
    CHECK(all.complete("/weather -- --").empty());
}

TEST_CASE("A completer with state serves the parameters that have none of their own", "[CM-06]") {
    haft::command_set set;
    std::vector<std::string> seen;
    const auto open = set.add({.name = "open"}, [](haft::command_context&) {},
                              {.completer = [&](std::string_view partial, const std::vector<std::string>& previous) {
                                  seen = previous;
                                  return std::vector<haft::completion>{{std::string(partial) + "!"}, {"other"}};
                              }});
    CHECK(values(set.complete("/open a b")) == texts{"b!"});
    CHECK(seen == texts{"a"});
    CHECK(values(set.complete("/open ")) == texts{"!", "other"});
}

TEST_CASE("A completion from anywhere is of no harm", "[CM-06]") {
    const filled all;
    const std::string line = "/weather --scale \"cel\\\\ 'x --city= -- \xFF\xC3 \n f";
    for (std::size_t n = 0; n <= line.size(); ++n) {
        const haft::command_completions found = all.set.complete(line.substr(0, n));
        CHECK(found.from <= n);
    }
}

TEST_CASE("The list has each command once, sorted, with the first line of its description", "[CM-06]") {
    const filled all;
    CHECK(all.set.help() == "/db migrate         Move the tables\n"
                            "/joke, /j           Tell a joke\n"
                            "/weather, /w, /sky  Tell the weather");
    CHECK(all.set.dispatch("/help").text() == all.set.help());
    CHECK(all.set.dispatch("/help").name == "help");
    const std::vector<haft::command_row> rows = all.set.rows();
    REQUIRE(rows.size() == 3);
    CHECK(rows[2].name == "weather");
    CHECK(rows[2].aliases == texts{"w", "sky"});
    CHECK(rows[2].owner == "sky");
    CHECK(rows[2].qualified == "sky.weather");
    CHECK(rows[2].summary == "Tell the weather");
    CHECK(rows[2].usage == "/weather <city> [<scale>] [<verbose>]");
    CHECK_FALSE(rows[2].shadowed);
}

TEST_CASE("Help about one command says how it goes, and all of its description", "[CM-06]") {
    const filled all;
    const std::string text = all.set.dispatch("/help /w").text();
    CHECK(text ==
          "/weather <city> [<scale>] [<verbose>]\n"
          "also /w, /sky\n"
          "Tell the weather\nof a city\n"
          "  <city>\n"
          "  <scale>  one of celsius, fahrenheit; default \"celsius\"\n"
          "  <verbose>");
    CHECK(*all.set.help("weather") == text);
    CHECK(all.set.help("wether").error().code == haft::errc::unknown_command);
    CHECK(all.set.dispatch("/help db migrate").text() == "/db migrate\nMove the tables");
    CHECK(all.set.dispatch("/help", {.help = false}).problem->code == haft::errc::unknown_command);
}

TEST_CASE("A command may be called help, and is that then", "[CM-06]") {
    haft::command_set set;
    const auto help =
        set.add({.name = "help"}, [](haft::command_context& c) { return "own " + std::string(c.full_args); });
    CHECK(set.dispatch("/help me").text() == "own me");
}

TEST_CASE("Of what is shadowed the list shows the qualified name, and not the aliases it lost", "[CM-06]") {
    haft::command_set set(haft::on_duplicate::replace);
    const auto a = set.add({.name = "say", .aliases = {"s"}}, [] {}, {.owner = "a"});
    const auto b = set.add({.name = "say", .aliases = {"s"}}, [] {}, {.owner = "b"});
    CHECK(set.help() == "/a.say\n/say, /s");
    const std::vector<haft::command_row> rows = set.rows();
    REQUIRE(rows.size() == 2);
    CHECK(rows[0].shadowed);
    CHECK(rows[0].aliases.empty());
    CHECK(rows[1].aliases == texts{"s"});
}
