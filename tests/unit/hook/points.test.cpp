// SPDX-License-Identifier: BSL-1.0
// haft's own points, their other names, and objects whose methods are hooks.
#include <haft/hook.hpp>
#include <haft/hook/point_names.hpp>
#include <haft/registry.hpp>

#include "unit/hook/support.hpp"

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace {

template <class... Points>
struct points {};
using own_points =
    points<haft::startup, haft::shutdown, haft::session_start, haft::session_end, haft::turn_pre, haft::turn_post,
           haft::step_pre, haft::step_post, haft::message_transform, haft::loop_continue, haft::compaction,
           haft::generation_pre, haft::generation_chunk, haft::generation_interrupt, haft::generation_post,
           haft::tool_pre_execute, haft::tool_post_execute, haft::tool_error, haft::tool_confirm, haft::elicit,
           haft::file_pre_save, haft::file_post_save>;

template <class... Points>
string_list names_of(points<Points...>) {
    return {std::string(Points::name)...};
}

/// Emits each with empty data; a hook at each of them takes the data.
template <class... Points>
string_list fired(points<Points...>) {
    haft::hook_set hooks;
    string_list out;
    std::vector<haft::enlistment> held;
    (held.push_back(*hooks.add<Points>([&](const typename Points::data&) { out.emplace_back(Points::name); })), ...);
    (static_cast<void>(hooks.emit<Points>(typename Points::data{})), ...);
    return out;
}

struct full {
    std::string mark = "?";
    string_list calls = {};
    void on_startup() { calls.emplace_back("startup"); }
    void on_shutdown() { calls.emplace_back("shutdown"); }
    std::optional<std::string> on_pre_turn(const std::string& message) {
        calls.push_back("pre " + message);
        return message.empty() ? std::nullopt : std::optional(message + mark);
    }
    std::string on_post_turn(const std::string& reply) { return reply + "."; }
    void on_tool_use(const std::string& tool, const std::string& arguments) { calls.push_back(tool + arguments); }
    void on_error(const std::string& tool, const haft::error& e) { calls.push_back(tool + ": " + e.message); }
    void on_compaction() { calls.emplace_back("compaction"); }
};
struct one_only {
    int on_errors_seen = 0;
    void on_error(std::string_view, std::string_view text) { on_errors_seen += text.empty() ? 0 : 1; }
};
struct by_data final {
    haft::hook_reply on_pre_turn(const haft::message& m) { return haft::say("seen " + m.text); }
    std::size_t dropped = 0;
    void on_compaction(const haft::compaction::data& data) { dropped = data.before - data.after; }
};

}  // namespace

TEST_CASE("haft's own points, each with its data", "[HK-01]") {
    string_list names = names_of(own_points{});
    CHECK(fired(own_points{}) == names);
    string_list listed(haft::own_point_names.begin(), haft::own_point_names.end());
    std::sort(names.begin(), names.end());
    std::sort(listed.begin(), listed.end());
    CHECK(listed == names);
}

TEST_CASE("The seed's names are the canonical ones", "[HK-01]") {
    for (const char* name : {"session_start", "session_end", "tool_pre_execute", "tool_post_execute", "file_pre_save",
                             "file_post_save", "generation_pre", "generation_post"}) {
        CHECK(haft::canonical_point_name(name) == name);
        CHECK(std::count(haft::own_point_names.begin(), haft::own_point_names.end(), name) == 1);
    }
}

TEST_CASE("gptme's newer spellings, its constants and Qanot's methods name the same points", "[HK-01]") {
    const std::pair<const char*, const char*> pairs[] = {{"session.start", "session_start"},
                                                         {"tool.execute.pre", "tool_pre_execute"},
                                                         {"tool.execute.post", "tool_post_execute"},
                                                         {"file.save.pre", "file_pre_save"},
                                                         {"file.save.post", "file_post_save"},
                                                         {"step.pre", "step_pre"},
                                                         {"message.transform", "message_transform"},
                                                         {"TOOL_PRE_EXECUTE", "tool_pre_execute"},
                                                         {"loop.continue", "loop_continue"},
                                                         {"on_pre_turn", "turn_pre"},
                                                         {"on_error", "tool_error"},
                                                         {"Tool-Execute-Pre", "tool_pre_execute"},
                                                         {"generation.interrupt", "generation_interrupt"}};
    for (const auto& [other, ours] : pairs) CHECK(haft::canonical_point_name(other) == ours);
    haft::hook_set hooks;
    const auto a = hooks.add_named(
        "tool.execute.pre", {.name = "a"},
        [](std::string_view) -> haft::result<std::string> { return std::string(R"({"veto":"by its other name"})"); });
    CHECK(hooks.emit<haft::tool_pre_execute>({}).vetoed == "by its other name");
    CHECK(hooks.remove("a", "TOOL_PRE_EXECUTE") == 1);
}

TEST_CASE("A point of one's own is declared as haft's are", "[HK-01]") {
    haft::hook_set hooks;
    int sum = 0;
    const auto a = hooks.add<tick>([&](int n) { sum += n; }, {.name = "a"});
    hooks.emit<tick>(2);
    hooks.at<tick>().emit(3);
    CHECK(sum == 5);
}

TEST_CASE("Methods with the names of hooks are called at their points", "[HK-10]") {
    haft::registry r;
    auto& hooks = r.get<haft::hook_set>();
    const auto object = std::make_shared<full>();
    haft::owner o;
    o.name = "full";
    o.parts = haft::hooks_of(object, "full");
    CHECK(o.parts.size() == 7);
    REQUIRE(r.add_exposed(o));
    static_cast<void>(hooks.emit<haft::startup>({}));
    CHECK(hooks.emit<haft::turn_pre>({.input = {.text = "hi"}}).replacement == "hi?");
    CHECK_FALSE(hooks.emit<haft::turn_pre>({}).replacement);
    CHECK(hooks.emit<haft::turn_post>({.reply = {.text = "yes"}}).replacement == "yes.");
    static_cast<void>(
        hooks.emit<haft::tool_post_execute>({.call = {.id = "", .name = "f", .arguments = "{}"}, .tool = "f"}));
    static_cast<void>(hooks.emit<haft::tool_error>({.tool = "f", .error = {haft::errc::tool_failed, "broken"}}));
    static_cast<void>(hooks.emit<haft::compaction>({}));
    static_cast<void>(hooks.emit<haft::shutdown>({}));
    CHECK(object->calls == string_list{"startup", "pre hi", "pre ", "f{}", "f: broken", "compaction", "shutdown"});
    CHECK(hooks.errors().empty());
}

TEST_CASE("Only the methods that are there are registered", "[HK-10]") {
    const auto object = std::make_shared<one_only>();
    const std::vector<haft::part> parts = haft::hooks_of(object);
    REQUIRE(parts.size() == 1);
    CHECK(parts[0].kind == "hook");
    CHECK(parts[0].name == "on_error");
    haft::kinds where;
    const auto held = parts[0].enlist(where, "o");
    static_cast<void>(where.get<haft::hook_set>().emit<haft::tool_error>({}));
    CHECK(object->on_errors_seen == 1);
}

TEST_CASE("Of several replacements the last one counts, and each sees the one before", "[HK-10]") {
    haft::kinds where;
    const auto first = haft::hooks_of(std::make_shared<full>(full{.mark = "1"}), "first", 2);
    const auto second = haft::hooks_of(std::make_shared<full>(full{.mark = "2"}), "second", 1);
    std::vector<haft::enlistment> held;
    for (const auto* parts : {&second, &first})  // in the order of their priorities, not of their coming
        for (const haft::part& one : *parts) held.push_back(*one.enlist(where, "o"));
    CHECK(where.get<haft::hook_set>().emit<haft::turn_pre>({.input = {.text = "hi"}}).replacement == "hi12");
}

TEST_CASE("Methods may take the message or the data, and reply as hooks do", "[HK-10]") {
    haft::kinds where;
    const auto object = std::make_shared<by_data>();
    std::vector<haft::enlistment> held;
    for (const haft::part& one : haft::hooks_of(object, "d")) held.push_back(*one.enlist(where, "o"));
    auto& hooks = where.get<haft::hook_set>();
    CHECK(texts(hooks.emit<haft::turn_pre>({.input = {.text = "hi"}})) == string_list{"seen hi"});
    static_cast<void>(hooks.emit<haft::compaction>({.before = 9, .after = 2}));
    CHECK(object->dropped == 7);
}

TEST_CASE("Who is exposed after the start is started, too", "[HK-10]") {
    haft::registry r;
    static_cast<void>(r.get<haft::hook_set>().emit<haft::startup>({}));
    const auto object = std::make_shared<full>();
    haft::owner o;
    o.name = "late";
    o.parts = haft::hooks_of(object, "late");
    REQUIRE(r.add_exposed(o));
    CHECK(object->calls == string_list{"startup"});
}
