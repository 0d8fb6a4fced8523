// SPDX-License-Identifier: BSL-1.0
// Commands side by side: names and aliases, what is a command and what not, tools behind them, the end.
#include <haft/command.hpp>
#include <haft/registry/registry.hpp>
#include <haft/std.hpp>

#include <catch2/catch_test_macros.hpp>

#include <atomic>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace {

bool has(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

/// A command that says where it comes from.
haft::enlistment put(haft::command_set& set, std::string_view name, const std::string& says,
                     const std::string& owner = "", haft::command_aliases aliases = {}) {
    auto handle =
        set.add({.name = name, .aliases = aliases}, [says](haft::command_context&) { return says; }, {.owner = owner});
    REQUIRE(handle);
    return std::move(*handle);
}

}  // namespace

TEST_CASE("A command is found by its name and by each alias, and all of them go with its handle", "[CM-01]") {
    haft::command_set set;
    haft::enlistment weather = put(set, "weather", "sunny", "sky", {"w", "forecast"});
    const haft::enlistment joke = put(set, "joke", "ha", "fun", {"j"});
    CHECK(set.dispatch("/weather").text() == "sunny");
    CHECK(set.dispatch("/w").text() == "sunny");
    CHECK(set.dispatch("/forecast").text() == "sunny");
    CHECK(set.dispatch("/w").name == "weather");
    CHECK(set.dispatch("/w").owner == "sky");
    weather.withdraw();
    CHECK(set.dispatch("/weather").problem->code == haft::errc::unknown_command);
    CHECK(set.dispatch("/w").problem->code == haft::errc::unknown_command);
    CHECK(set.dispatch("/forecast").problem->code == haft::errc::unknown_command);
    CHECK(set.dispatch("/sky.weather").problem->code == haft::errc::unknown_command);
    CHECK(set.dispatch("/j").text() == "ha");
}

TEST_CASE("Two commands of one name: the second is refused, and the error names both owners", "[CM-01][fault-155]") {
    haft::command_set set;
    const haft::enlistment first = put(set, "weather", "sunny", "sky", {"w"});
    const auto second = set.add({.name = "weather"}, [] {}, {.owner = "sea"});
    REQUIRE_FALSE(second);
    CHECK(second.error().code == haft::errc::duplicate_command);
    CHECK(has(second.error().message, "\"sky\""));
    CHECK(has(second.error().message, "\"sea\""));
    CHECK_FALSE(set.add({.name = "wind", .aliases = {"w"}}, [] {}, {.owner = "sea"}));
    CHECK_FALSE(set.add({.name = "wind", .aliases = {"weather"}}, [] {}, {.owner = "sea"}));
    CHECK_FALSE(set.add({.name = "w"}, [] {}, {.owner = "sea"}));
    CHECK(set.dispatch("/wind").problem);
    CHECK(set.dispatch("/w").text() == "sunny");
    CHECK(set.rows().size() == 1);
}

TEST_CASE("A policy says which of two commands of one name is meant; the qualified names tell them apart",
          "[CM-01][fault-155]") {
    haft::command_set set;
    SECTION("the first stays (gptme's tools)") {
        set.resolve_duplicates(haft::on_duplicate::keep_first);
        haft::enlistment a = put(set, "weather", "from a", "a", {"w"});
        const haft::enlistment b = put(set, "weather", "from b", "b", {"w"});
        CHECK(set.dispatch("/weather").text() == "from a");
        CHECK(set.dispatch("/w").text() == "from a");
        CHECK(set.dispatch("/b.weather").text() == "from b");
        CHECK(set.dispatch("/a.weather").text() == "from a");
        a.withdraw();
        CHECK(set.dispatch("/weather").text() == "from b");
    }
    SECTION("the last wins (gptme's commands), and the first is back when it goes") {
        set.resolve_duplicates(haft::on_duplicate::replace);
        const haft::enlistment a = put(set, "weather", "from a", "a", {"w"});
        haft::enlistment b = put(set, "weather", "from b", "b");
        CHECK(set.dispatch("/weather").text() == "from b");
        CHECK(set.dispatch("/w").problem);  // an alias of what is shadowed leads nowhere
        CHECK(set.dispatch("/a.weather").text() == "from a");
        CHECK(set.warnings().empty());
        b.withdraw();
        CHECK(set.dispatch("/w").text() == "from a");
    }
    SECTION("with a warning that names both") {
        set.resolve_duplicates(haft::on_duplicate::replace_with_warning);
        const haft::enlistment a = put(set, "weather", "from a", "a");
        const haft::enlistment b = put(set, "weather", "from b", "b");
        CHECK(set.dispatch("/weather").text() == "from b");
        REQUIRE(set.warnings().size() == 1);
        CHECK(has(set.warnings()[0].message, "/weather of owner \"a\", gives way to /weather of owner \"b\""));
    }
    SECTION("the second has a number") {
        set.resolve_duplicates(haft::on_duplicate::suffix);
        const haft::enlistment a = put(set, "weather", "from a", "a", {"w"});
        const haft::enlistment b = put(set, "weather", "from b", "b", {"w"});
        CHECK(set.dispatch("/weather").text() == "from a");
        CHECK(set.dispatch("/weather_1").text() == "from b");
        CHECK(set.dispatch("/b.weather").text() == "from b");
        CHECK(set.dispatch("/w").text() == "from a");
    }
}

TEST_CASE("A name beats an alias, whoever came first", "[CM-01]") {
    haft::command_set set(haft::on_duplicate::keep_first);
    const haft::enlistment a = put(set, "undo", "alias", "a", {"back"});
    const haft::enlistment b = put(set, "back", "name", "b");
    CHECK(set.dispatch("/back").text() == "name");
}

TEST_CASE("A command without a legal name or a function is refused", "[CM-01]") {
    haft::command_set set;
    CHECK(set.add({.name = ""}, [] {}).error().code == haft::errc::bad_command);
    CHECK(set.add({.name = "a/b"}, [] {}).error().code == haft::errc::bad_command);
    CHECK(set.add({.name = "a  b"}, [] {}).error().code == haft::errc::bad_command);
    CHECK(set.add({.name = "a "}, [] {}).error().code == haft::errc::bad_command);
    CHECK(set.add({.name = "-a"}, [] {}).error().code == haft::errc::bad_command);
    CHECK(set.add({.name = "a", .aliases = {"b\n"}}, [] {}).error().code == haft::errc::bad_command);
    CHECK(set.add(haft::command{.name = "a"}).error().code == haft::errc::bad_command);
    CHECK(set.add({.name = std::string(65, 'a')}, [] {}).error().code == haft::errc::bad_command);
    CHECK(set.add({.name = std::string(64, 'a')}, [] {}).has_value());
}

TEST_CASE("Only one slash and a word without another is a command", "[CM-04]") {
    haft::command_set set;
    const haft::enlistment usr = put(set, "usr", "a command");
    for (const std::string_view text : {"", "/", "//", "//usr", "/usr/x", "/usr/", "/ usr", " /usr", "usr", "/?",
                                        "/.usr", "/-x", "/usr/bin is a path", "\n/usr", "a /usr"}) {
        INFO(text);
        const haft::command_outcome none = set.dispatch(text);
        CHECK_FALSE(none.is_command);
        CHECK_FALSE(none.problem);
        CHECK(none.messages.empty());
    }
    CHECK(set.dispatch("/usr").text() == "a command");
    CHECK(set.dispatch("/usr a/b").text() == "a command");
    CHECK(set.dispatch("/usr\n/other").text() == "a command");
}

TEST_CASE("An unknown command is an error that names the nearest, and all there are", "[CM-04][fault-155]") {
    haft::command_set set;
    CHECK(has(set.dispatch("/help me").text(), "unknown command /me; there is none"));
    const haft::enlistment weather = put(set, "weather", "sunny", "sky", {"w"});
    const haft::enlistment joke = put(set, "joke", "ha");
    const haft::command_outcome unknown = set.dispatch("/wether London");
    REQUIRE(unknown.is_command);
    REQUIRE(unknown.problem);
    CHECK(unknown.problem->code == haft::errc::unknown_command);
    CHECK(unknown.problem->message == "unknown command /wether; did you mean \"/weather\"?; there are /joke, /weather");
    CHECK(unknown.name.empty());
    CHECK(set.dispatch("/sky.wether").problem->message.find("did you mean \"/sky.weather\"?") != std::string::npos);
    std::vector<haft::enlistment> more;
    for (char c = 'a'; c <= 's'; ++c) more.push_back(put(set, std::string("x") + c, ""));
    const std::string listed = set.dispatch("/nothing like these").problem->message;
    CHECK(listed.ends_with("/xq, /xr, \xE2\x80\xA6"));  // 20 of them
}

TEST_CASE("A prefix is no name: what begins so is told; of one alone the host may allow it", "[CM-04][fault-155]") {
    haft::command_set set;
    const haft::enlistment weather = put(set, "weather", "sunny");
    const haft::enlistment week = put(set, "week", "47");
    const haft::enlistment joke = put(set, "joke", "ha");
    const haft::command_outcome two = set.dispatch("/we");
    REQUIRE(two.problem);
    CHECK(two.problem->code == haft::errc::ambiguous_command);
    CHECK(two.problem->message == "/we could be /weather or /week");
    CHECK(set.dispatch("/jo").problem->code == haft::errc::unknown_command);
    const haft::dispatch_options lenient{.unique_prefixes = true};
    CHECK(set.dispatch("/jo", lenient).text() == "ha");
    CHECK(set.dispatch("/jo", lenient).name == "joke");
    CHECK(set.dispatch("/we", lenient).problem->code == haft::errc::ambiguous_command);
}

TEST_CASE("A name that no command has may be a tool's", "[CM-04]") {
    struct place {
        std::string city;
        int days = 1;
    };
    haft::toolset tools;
    tools.add("forecast", "Forecasts", [](const place& p) { return p.city + ":" + std::to_string(p.days); });
    tools.add("shell", "Runs", [](haft::arg<"code", std::string> code) { return "would run " + *code; });
    tools.add("count", "Counts", [] { return 42; });
    haft::command_set set;
    const haft::enlistment joke = put(set, "joke", "ha");
    CHECK(set.dispatch("/forecast Rome").problem->code == haft::errc::unknown_command);

    const haft::dispatch_options with{.tools = haft::fallback_to(tools)};
    const haft::command_outcome forecast = set.dispatch("/forecast 'New York' 3", with);
    CHECK(forecast.text() == "New York:3");
    CHECK(forecast.was_tool);
    CHECK(forecast.name == "forecast");
    CHECK_FALSE(forecast.share_with_model);
    CHECK(set.dispatch("/count", with).text() == "42");
    // A tool of one text is given all of the line.
    CHECK(set.dispatch("/shell ls \"my  files\" | wc", with).text() == "would run ls \"my  files\" | wc");
    CHECK(has(set.dispatch("/forecast", with).text(), "usage: /forecast <city> [<days>]"));
    CHECK(has(set.dispatch("/forecast Rome many", with).text(), "/days: "));
    CHECK(has(set.dispatch("/forecats Rome", with).text(), "did you mean \"/forecast\"?"));
    CHECK(set.dispatch("/joke", with).text() == "ha");
    CHECK_FALSE(set.dispatch("/joke", with).was_tool);
    haft::dispatch_options broken;
    broken.tools.schema_of = [](std::string_view) -> std::optional<std::string> { throw std::runtime_error("no tools"); };
    CHECK(set.dispatch("/forecast Rome", broken).text() == "no tools [haft-E0307]");
}

TEST_CASE("In a registry commands come and go with their owners, and its tools stand behind them", "[CM-01][CM-04]") {
    haft::registry registry;
    haft::owner sky{.name = "sky"};
    sky.tools.add("forecast", "Forecasts", [] { return std::string("rain"); });
    sky.parts.push_back(haft::command_part({.name = "weather", .aliases = {"w"}}, [] { return "sunny"; }));
    REQUIRE(registry.add(std::move(sky)));
    auto& commands = registry.get<haft::command_set>();
    const haft::dispatch_options with{.tools = haft::fallback_to(registry)};
    CHECK(commands.dispatch("/w", with).problem);
    REQUIRE(registry.expose("sky"));
    CHECK(commands.dispatch("/w", with).text() == "sunny");
    CHECK(commands.dispatch("/w", with).owner == "sky");
    CHECK(commands.dispatch("/sky.weather", with).text() == "sunny");
    CHECK(commands.dispatch("/forecast", with).text() == "rain");
    registry.disable_tool("forecast");
    CHECK(commands.dispatch("/forecast", with).problem->code == haft::errc::unknown_command);
    registry.unexpose("sky");
    CHECK(commands.dispatch("/w", with).problem->code == haft::errc::unknown_command);
}

TEST_CASE("Of commands of several words the longest name is meant", "[CM-01]") {
    haft::command_set set;
    const haft::enlistment db = put(set, "db", "all of it");
    const haft::enlistment migrate = put(set, "db migrate", "migrated", "base");
    const haft::enlistment down = put(set, "db migrate down", "down");
    const haft::enlistment stash = put(set, "git stash", "stashed");
    CHECK(set.dispatch("/db").text() == "all of it");
    CHECK(set.dispatch("/db other").text() == "all of it");
    CHECK(set.dispatch("/db   migrate").text() == "migrated");
    CHECK(set.dispatch("/db migrate up").text() == "migrated");
    CHECK(set.dispatch("/db migrate down now").text() == "down");
    CHECK(set.dispatch("/base.db migrate").text() == "migrated");
    CHECK(has(set.dispatch("/git").text(), "/git alone is no command; there are /git stash"));
    CHECK(has(set.dispatch("/git stsh").text(), "did you mean \"/git stash\"?"));
    std::string rest;
    const auto tail = set.add({.name = "note add"}, [&](haft::command_context& c) { rest = c.full_args; });
    static_cast<void>(set.dispatch("/note add  two  blanks"));
    CHECK(rest == " two  blanks");
}

TEST_CASE("A host walks the commands as a tree of words", "[CM-01]") {
    haft::command_set set;
    const haft::enlistment db = put(set, "db migrate", "", "", {"dbm"});
    const haft::enlistment seed = put(set, "db seed", "");
    const haft::enlistment joke = put(set, "joke", "");
    const haft::command_node root = set.tree();
    REQUIRE(root.children.size() == 2);
    CHECK(root.children[0].word == "db");
    CHECK(root.children[0].command == nullptr);
    REQUIRE(root.children[0].children.size() == 2);
    CHECK(root.children[0].children[0].word == "migrate");
    CHECK(root.children[0].children[0].command->name == "db migrate");
    CHECK(root.children[0].children[1].word == "seed");
    CHECK(root.children[1].command == set.find("joke"));
}

TEST_CASE("A quote that is never closed is an error with its column", "[fault-155]") {
    haft::command_set set;
    const auto say = set.add({.name = "say"}, [](haft::arg<"text", std::string> t) { return *t; });
    const haft::command_outcome open = set.dispatch("/say \"hello there");
    REQUIRE(open.problem);
    CHECK(open.problem->code == haft::errc::bad_command_line);
    CHECK(open.problem->message == "the quote \" at column 6 is never closed; usage: /say <text>");
    CHECK(has(set.dispatch("/say \xC3\xA4 '").text(), "the quote ' at column 8 "));
    CHECK(has(set.dispatch("/say 'a\\'").text().append("."), "a\\"));  // a backslash is itself within '…'
}

TEST_CASE("What means something to a shell means nothing here", "[fault-155]") {
    haft::command_set set;
    const auto say = set.add({.name = "say"}, [](haft::arg<"words", std::vector<std::string>> words) {
        std::string out;
        for (const std::string& word : *words) out += "[" + word + "]";
        return out;
    });
    CHECK(set.dispatch("/say $(rm -rf /) `id` ; | && > * ~ $HOME #x !! \\n").text() ==
          "[$(rm][-rf][/)][`id`][;][|][&&][>][*][~][$HOME][#x][!!][\\n]");
    CHECK(set.dispatch("/say;id").problem->code == haft::errc::unknown_command);
    CHECK(set.dispatch("/say|id").problem->code == haft::errc::unknown_command);
}

TEST_CASE("A line that is too long, no UTF-8, or holds control characters is refused", "[fault-155]") {
    haft::command_set set;
    bool ran = false;
    const auto say =
        set.add({.name = "say"}, [&](haft::command_context& c) { return ran = true, std::string(c.full_args); });
    const haft::command_outcome huge = set.dispatch("/say " + std::string(1u << 20, 'x'));
    REQUIRE(huge.problem);
    CHECK(huge.problem->code == haft::errc::bad_command_line);
    CHECK(huge.problem->message == "the line has 1048581 bytes; a command may have 262144");
    CHECK(set.dispatch("/" + std::string(1u << 20, 'x')).problem->code == haft::errc::bad_command_line);
    CHECK(has(set.dispatch("/say \xC3\xA4 \xFF!").text(), "not UTF-8, \\xff, at column 8"));
    CHECK(has(set.dispatch("/say\xFF").text(), "not UTF-8"));
    CHECK(has(set.dispatch(std::string_view("/say a\0b", 8)).text(), "a control character, \\x00, at column 7"));
    CHECK(has(set.dispatch("/say \x1B[31m").text(), "a control character, \\x1b, at column 6"));
    CHECK(has(set.dispatch("/say \xC2\x85").text(), "a control character"));
    CHECK(has(set.dispatch("/say \x7F").text(), "a control character"));
    CHECK_FALSE(ran);
    CHECK(set.dispatch("/say a\tb\nc\r\n").text() == "a\tb\nc");
    CHECK(ran);
    // The longest that is read.
    const std::string most = "/say " + std::string((256u << 10) - 5, 'x');
    CHECK(set.dispatch(most).text().size() == most.size() - 5);
    CHECK(set.dispatch("/say abc", {.most_line_bytes = 7}).problem->code == haft::errc::bad_command_line);
}

TEST_CASE("A line of nothing but words, quotes and dashes is read in one pass", "[fault-155]") {
    haft::command_set set;
    const auto count = set.add({.name = "count"}, [](haft::arg<"words", std::vector<std::string>> words) {
        return static_cast<int>(words->size());
    });
    std::string line = "/count";
    for (int i = 0; i < 100000; ++i) line += " a";
    CHECK(set.dispatch(line).text() == "100000");
    CHECK(set.dispatch("/count " + std::string(100000, '\'') + "x\"").text() == "1");
    CHECK(set.dispatch("/count --" + std::string(100000, '-')).problem);
    CHECK(set.dispatch("/" + std::string(100000, 'c')).problem->message.size() < 1000);
}

TEST_CASE("Commands that are shut down are not run, completed or added", "[fault-156]") {
    haft::command_set set;
    bool ran = false;
    haft::enlistment say = std::move(*set.add({.name = "say"}, [&] { ran = true; }));
    CHECK_FALSE(set.is_shut_down());
    set.shut_down();
    set.shut_down();
    CHECK(set.is_shut_down());
    const haft::command_outcome refused = set.dispatch("/say");
    CHECK(refused.is_command);
    REQUIRE(refused.problem);
    CHECK(refused.problem->code == haft::errc::commands_closed);
    CHECK_FALSE(ran);
    CHECK(set.dispatch("/help").problem->code == haft::errc::commands_closed);
    CHECK_FALSE(set.dispatch("no command").is_command);
    CHECK(set.complete("/s").values.empty());
    CHECK(set.add({.name = "more"}, [] {}).error().code == haft::errc::commands_closed);
    say.withdraw();
}

TEST_CASE("A command may shut down, withdraw and dispatch itself", "[fault-156]") {
    haft::command_set set;
    haft::enlistment self;
    auto quit = set.add({.name = "quit"}, [&](haft::command_context&) {
        std::string out = set.dispatch("/inner").text();
        self.withdraw();
        set.shut_down();
        return out + (set.dispatch("/inner").problem ? " refused" : " ran");
    });
    const auto inner = set.add({.name = "inner"}, [] { return "inner"; });
    self = std::move(*quit);
    CHECK(set.dispatch("/quit").text() == "inner refused");
}

TEST_CASE("A handle may outlive its set", "[CM-01]") {
    haft::enlistment handle;
    {
        haft::command_set set;
        handle = put(set, "say", "x");
    }
    handle.withdraw();
}

TEST_CASE("Commands are added, run and withdrawn from several threads", "[CM-01]") {
    haft::command_set set(haft::on_duplicate::replace);
    std::atomic<int> ran = 0;
    const auto counts = set.add({.name = "count"}, [&] { ++ran; });
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t)
        threads.emplace_back([&, t] {
            for (int i = 0; i < 50; ++i) {
                const auto mine = set.add({.name = "x" + std::to_string(t), .aliases = {"all"}}, [&] { ++ran; });
                static_cast<void>(set.dispatch("/x" + std::to_string(t)));
                static_cast<void>(set.dispatch("/count"));
                static_cast<void>(set.help());
            }
        });
    for (std::thread& one : threads) one.join();
    CHECK(ran == 400);
    CHECK(set.rows().size() == 1);
}
