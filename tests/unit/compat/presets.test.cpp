// SPDX-License-Identifier: BSL-1.0
// Where gptme, llm, Qanot and jaato do otherwise than haft: each value in its place, beside haft's own. (Tools of one name: see
// tests/unit/registry/duplicates.test.cpp.)
#include <haft/command.hpp>
#include <haft/compat.hpp>
#include <haft/hook.hpp>
#include <haft/kind/registry_of.hpp>
#include <haft/rules/call_limits.hpp>
#include <haft/run/thread_pool.hpp>
#include <haft/written.hpp>

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <chrono>
#include <climits>
#include <cstddef>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace compat = haft::compat;
using strings = std::vector<std::string>;

namespace {

struct tick {
    static constexpr std::string_view name = "tick";
    using signature = void(int);
};
struct tick_of_llm : compat::llm::hooks {
    static constexpr std::string_view name = "tick_of_llm";
    using signature = void(int);
};

/// The hooks of a point in the order in which they are called, each with a priority.
template <class Point>
strings called(const std::vector<std::pair<std::string, int>>& hooks) {
    haft::hook_set set;
    strings out;
    std::vector<haft::enlistment> held;
    for (const auto& [name, priority] : hooks)
        held.push_back(*set.add<Point>([&out, name] { out.push_back(name); }, {.name = name, .priority = priority}));
    set.emit<Point>(1);
    return out;
}

std::string weather_of(haft::on_duplicate policy) {
    haft::command_set set;
    set.resolve_duplicates(policy);
    const auto a =
        set.add({.name = "weather"}, [](haft::command_context&) { return std::string("from a"); }, {.owner = "a"});
    const auto b =
        set.add({.name = "weather"}, [](haft::command_context&) { return std::string("from b"); }, {.owner = "b"});
    if (!b) return "refused";
    return set.dispatch("/weather").text() + ", " + std::to_string(set.warnings().size()) + " warnings";
}

std::size_t rounds_of(haft::loop_guard guard) {
    std::size_t out = 0;
    while (guard.next() == haft::round_kind::with_tools) ++out;
    return out;
}

/// Emits a point with empty data to a hook that was added by gptme's spelling of it, as configurations have them.
template <class... Points>
strings reached_by_their_spelling() {
    strings out;
    const auto one = [&]<class Point>(std::string_view spelling) {
        haft::hook_set hooks;
        bool called = false;
        const auto held =
            hooks.add_named(spelling, {.name = "theirs"}, [&called](std::string_view) -> haft::result<std::string> {
                called = true;
                if (Point::name == haft::tool_confirm::name) return std::string(R"({"given":true,"reason":"x"})");
                return std::string(Point::name == haft::elicit::name ? "\"x\"" : "{}");
            });
        static_cast<void>(hooks.emit<Point>(typename Point::data{}));
        if (called) out.emplace_back(Point::name);
    };
    for (const compat::gptme::spelling& s : compat::gptme::points)
        ((s.ours == Points::name ? one.template operator()<Points>(s.theirs) : void()), ...);
    return out;
}

}  // namespace

TEST_CASE("commands of one name: haft refuses the second, gptme and jaato take it silently", "[CM-01]") {
    CHECK(weather_of(haft::on_duplicate::error) == "refused");
    CHECK(weather_of(compat::gptme::commands) == "from b, 0 warnings");
    CHECK(weather_of(compat::jaato::commands) == "from b, 0 warnings");
}

TEST_CASE("a command that asks nobody: haft hears no, gptme yes", "[CM-02]") {
    haft::command_set set;
    const auto ask = set.add({.name = "ask"},
                             [](haft::command_context& c) { return std::string(c.confirm("Really?") ? "yes" : "no"); });
    CHECK(set.dispatch("/ask").text() == "no");
    CHECK(set.dispatch("/ask", compat::gptme::commands_confirmed()).text() == "yes");
}

TEST_CASE("plugins of one name: haft takes the project's, gptme what came with the host", "[DC-01]") {
    const std::vector<haft::plugin_place> places{{"host", haft::plugin_scope::built_in},
                                                 {"mine", haft::plugin_scope::user},
                                                 {"here", haft::plugin_scope::project}};
    CHECK(haft::in_order(places, haft::project_first).front().folder == "here");
    const auto theirs = haft::in_order(places, compat::gptme::plugins);
    CHECK(theirs.front().folder == "host");
    CHECK(theirs.back().folder == "here");
}

TEST_CASE("lower priorities first: those of Qanot and jaato are translated", "[HK-03]") {
    const std::vector<std::pair<std::string, int>> theirs{
        {"late", 90}, {"early", 10}, {"middle", 50}, {"very early", -5}};
    CHECK(called<tick>(theirs) == strings{"late", "middle", "early", "very early"});  // as haft reads them, and gptme
    std::vector<std::pair<std::string, int>> ours = theirs;
    for (auto& [name, priority] : ours) priority = compat::qanot::hook_priority(priority);
    CHECK(called<tick>(ours) == strings{"very early", "early", "middle", "late"});
    for (std::size_t i = 0; i < ours.size(); ++i)
        CHECK(compat::jaato::hook_priority(theirs[i].second) == ours[i].second);
    STATIC_CHECK(compat::qanot::hook_priority(INT_MIN) == INT_MAX);
    STATIC_CHECK(compat::jaato::hook_priority(INT_MIN) == INT_MAX);
    STATIC_CHECK(compat::qanot::hook_priority(INT_MAX) == -INT_MAX);
}

TEST_CASE("of equal hooks haft and gptme call the first one first, llm the last one", "[HK-03][HK-11]") {
    CHECK(called<tick>({{"a", 0}, {"b", 0}, {"c", 0}}) == strings{"a", "b", "c"});
    CHECK(called<tick_of_llm>({{"a", 0}, {"b", 0}, {"c", 0}}) == strings{"c", "b", "a"});
}

TEST_CASE("a turn has ten rounds, on llm's command line five, in Qanot twenty-five", "[EX-07]") {
    CHECK(rounds_of({}) == 10);
    CHECK(rounds_of(compat::llm::rounds) == 10);
    CHECK(rounds_of(compat::llm::rounds_of_command_line) == 5);
    CHECK(rounds_of(compat::qanot::rounds) == 25);
    CHECK(compat::llm::too_many_rounds(compat::llm::rounds_of_command_line) == "Chain limit of 5 exceeded.");
}

TEST_CASE("arguments: haft checks all of the schema, Qanot what is required and the basic types, in its texts",
          "[EX-01]") {
    const std::string_view schema =
        R"({"type":"object","properties":{"days":{"type":"integer","minimum":1},"city":{"type":"string"}},"required":["city"]})";
    CHECK(haft::validate(R"({"days":0,"city":"Lund"})", schema, haft::validation::full).size() == 1);
    CHECK(haft::validate(R"({"days":0,"city":"Lund"})", schema, compat::qanot::arguments).empty());
    CHECK(haft::validate(R"({"days":"x"})", schema, compat::qanot::arguments) ==
          strings{"Missing required parameter: city", "Parameter 'days' expected integer, got str"});
}

TEST_CASE("names of calls: haft takes dots and hyphens, Qanot does not", "[EX-13]") {
    CHECK(haft::fits_limits({}, "fs.read-file", "{}"));
    CHECK(!haft::fits_limits(compat::qanot::calls, "fs.read-file", "{}"));
    CHECK(haft::fits_limits(compat::qanot::calls, "fs_read_file", "{}"));
    CHECK(!haft::fits_limits(compat::qanot::calls, std::string(65, 'a'), "{}"));
}

TEST_CASE("a tool may take as long as it likes, in Qanot 30 seconds; jaato's calls have eight threads",
          "[EX-13][EX-06]") {
    CHECK(haft::runner_options{}.time_out == std::chrono::seconds(0));
    CHECK(compat::qanot::runner().time_out == std::chrono::seconds(30));
    CHECK(haft::thread_pool(compat::jaato::threads).threads() == 8);
}

TEST_CASE("all of gptme's points are declared, and its spellings lead to them", "[HK-01]") {
    namespace g = compat::gptme;
    const strings reached = reached_by_their_spelling<
        haft::session_start, haft::session_end, haft::turn_pre, haft::turn_post, haft::step_pre, haft::step_post,
        haft::message_transform, haft::generation_pre, haft::generation_post, haft::generation_chunk,
        haft::generation_interrupt, haft::loop_continue, haft::tool_pre_execute, haft::tool_post_execute,
        g::tool_transform, haft::tool_confirm, haft::file_pre_save, haft::file_post_save, g::file_pre_patch,
        g::file_post_patch, g::cwd_changed, g::cache_invalidated, haft::elicit>();
    CHECK(reached.size() == 23);
    CHECK(std::set<std::string>(reached.begin(), reached.end()).size() == 23);
    for (const g::spelling& s : g::points) {
        CAPTURE(s.theirs);
        CHECK(haft::canonical_point_name(s.theirs) == s.ours);
    }
}

TEST_CASE("a patch can be vetoed and changed, a call transformed; the others only tell", "[HK-01]") {
    namespace g = compat::gptme;
    haft::hook_set hooks;
    std::vector<haft::enlistment> held;
    held.push_back(*hooks.add<g::file_pre_patch>([](const g::file_pre_patch::data& d) -> haft::hook_reply {
        if (d.path == "/etc/passwd") return haft::veto("not that one");
        return haft::replace_content(d.content + "\n");
    }));
    CHECK(hooks.emit<g::file_pre_patch>({.path = "/etc/passwd"}).vetoed == "not that one");
    CHECK(hooks.emit<g::file_pre_patch>({.path = "a.cpp", .content = "x"}).replacement == "x\n");
    held.push_back(*hooks.add<g::tool_transform>([](const haft::tool_call& call) -> haft::hook_reply {
        return haft::replace_arguments("[" + call.arguments + "]");
    }));
    CHECK(hooks.emit<g::tool_transform>({.call = {"1", "t", "{}"}}).replacement == "[{}]");
    std::string told;
    held.push_back(*hooks.add<g::cwd_changed>(
        [&](const g::cwd_changed::data& d) { told += d.old_cwd + " to " + d.new_cwd + "; "; }));
    held.push_back(*hooks.add<g::cache_invalidated>([&](const g::cache_invalidated::data& d) {
        told += d.reason + " " + std::to_string(d.tokens_before.value_or(0)) + "; ";
    }));
    held.push_back(*hooks.add<g::file_post_patch>([&](haft::arg<"path", std::string> path) { told += *path; }));
    hooks.emit<g::cwd_changed>({.old_cwd = "/a", .new_cwd = "/b"});
    hooks.emit<g::cache_invalidated>({.reason = "compact", .tokens_before = 900, .tokens_after = 100});
    hooks.emit<g::file_post_patch>({.path = "a.cpp"});
    CHECK(told == "/a to /b; compact 900; a.cpp");
}
