// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_PLUGIN_LIBRARY_CHECK_CALL_CHECKS_HPP
#define HAFT_PLUGIN_LIBRARY_CHECK_CALL_CHECKS_HPP

/// Checks of calls. Only tools that say that they are read-only are called with arguments that fit, since nobody has asked for what the
/// others do; all may be called with what they have to refuse.

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/is_utf8.hpp>
#include <haft/core/text.hpp>
#include <haft/json/document.hpp>
#include <haft/json/pieces.hpp>
#include <haft/json/read_limits.hpp>
#include <haft/json/value_faults.hpp>
#include <haft/plugin/abi.h>
#include <haft/plugin/library/check/check_bench.hpp>
#include <haft/plugin/library/check/check_finding.hpp>
#include <haft/plugin/library/check/guarded_text.hpp>
#include <haft/plugin/library/check/watched_result.hpp>
#include <haft/plugin/library/written_offer.hpp>
#include <haft/tool/message.hpp>
#include <haft/tool/read_block.hpp>
#include <haft/written/written_schema.hpp>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace haft::inline v0::detail::library_checks {

/// What may be called; a library without is not looked at.
HAFT_COLD inline std::vector<check_bench::callable> ready_tools(check_bench& b) {
    b.setup();
    std::vector<check_bench::callable> out = b.callables(b.offer());
    if (const watched_result* const done = b.initialize(); done && done->failed()) throw check_obstacle{"initialize fails"};
    if (out.empty()) throw check_obstacle{"it has no read-only tool for which plain arguments were found"};
    return out;
}
HAFT_COLD inline void ready(check_bench& b) {
    b.setup();
    static_cast<void>(b.offer());
    if (const watched_result* const done = b.initialize(); done && done->failed()) throw check_obstacle{"initialize fails"};
}
/// Each tool that may be called, held against something; the first text is what is wrong.
template <class F>
HAFT_COLD check_finding each_call(check_bench& b, F look_at) {
    const std::vector<check_bench::callable> tools = ready_tools(b);
    for (const check_bench::callable& one : tools) {
        const check_bench::made_call done = b.call({.name = one.name, .arguments = one.arguments});
        if (const std::string problem = look_at(one, done); !problem.empty()) return broken({"tool ", in_quotes(one.title), " with ", one.arguments, ": ", problem});
    }
    return fine();
}
HAFT_COLD inline check_finding call_returns(check_bench& b) {
    return each_call(b, [](const auto&, const auto&) { return std::string(); });
}
HAFT_COLD inline check_finding call_unknown_tool(check_bench& b) {
    ready(b);
    return b.call({.name = "haft-check.nobody-has-this"}).given.failed() ? fine() : broken({"a tool that it does not offer does not fail"});
}
HAFT_COLD inline check_finding call_unknown_kind(check_bench& b) {
    ready(b);
    return b.call({.kind = "haft-check", .name = "haft-check"}).given.failed() ? fine() : broken({"what it does not offer does not fail"});
}
HAFT_COLD inline check_finding call_no_name(check_bench& b) {
    ready(b);
    return b.call({.name = {}}).given.failed() ? fine() : broken({"a tool without a name does not fail"});
}
HAFT_COLD inline check_finding call_whole_names(check_bench& b) {
    ready(b);
    const written_offer offer = b.offer();
    if (offer.tools.empty()) return not_looked({"it has no tools"});
    for (const offered_tool& one : offer.tools) {
        const std::string is = one.call_as.empty() ? one.name : one.call_as, longer = is + "_", shorter = is.substr(0, is.size() - 1);
        const auto is_offered = [&](std::string_view name) {
            return std::any_of(offer.tools.begin(), offer.tools.end(), [&](const offered_tool& t) { return name == (t.call_as.empty() ? t.name : t.call_as); });
        };
        // Arguments that no tool takes: if it is taken for another one, nothing is done.
        for (const std::string* wrong : {&longer, &shorter})
            if (!is_offered(*wrong) && !b.call({.name = *wrong, .arguments = "[]"}).given.failed())
                return broken({in_quotes(*wrong), " is taken for ", in_quotes(is)});
    }
    return fine();
}
HAFT_COLD inline check_finding call_text_ends(check_bench& b) {
    const std::vector<check_bench::callable> tools = ready_tools(b);
    for (const check_bench::callable& one : tools) {
        // Kept for ever: the library may know of them.
        const auto& name = *new guarded_text(one.name);
        const auto& arguments = *new guarded_text(one.arguments);
        const auto& kind = *new guarded_text("tool");
        b.call({.kind = kind.view(), .name = name.view(), .arguments = arguments.view()});
    }
    return fine();
}
HAFT_COLD inline check_finding call_texts_gone(check_bench& b) {
    const std::vector<check_bench::callable> tools = ready_tools(b);
    for (unsigned round = 0; round < 2; ++round)
        for (const check_bench::callable& one : tools) {
            const auto& name = *new guarded_text(one.name);
            const auto& arguments = *new guarded_text(one.arguments);
            b.call({.name = name.view(), .arguments = arguments.view()});
            name.take_away();
            arguments.take_away();
        }
    b.shutdown();
    b.teardown();
    return fine();
}
HAFT_COLD inline check_finding call_no_id(check_bench& b) {
    const std::vector<check_bench::callable> tools = ready_tools(b);
    for (const check_bench::callable& one : tools) b.call({.name = one.name, .arguments = one.arguments, .id = {}});
    return fine();
}
HAFT_COLD inline check_finding call_says_why(check_bench& b) {
    ready(b);
    const watched_result& done = b.call({.name = "haft-check.nobody-has-this"}).given;
    return done.returned != 0 && !done.told_why() && done.thrown.empty() ? broken({"it gives ", done.returned < 0 ? "-" : "", decimal(static_cast<unsigned>(std::abs(done.returned))), ", and tells nothing"}) : fine();
}
HAFT_COLD inline check_finding call_agrees(check_bench& b) {
    ready(b);
    const watched_result& unknown = b.call({.name = "haft-check.nobody-has-this"}).given;
    if (unknown.returned == 0 && unknown.told_why()) return broken({"it told a failure, and gave 0"});
    const written_offer offer = b.offer();
    const std::vector<check_bench::callable> tools = b.callables(offer);
    for (const check_bench::callable& one : tools)
        if (const watched_result& done = b.call({.name = one.name, .arguments = one.arguments}).given; done.returned == 0 && done.told_why())
            return broken({"tool ", in_quotes(one.title), " told a failure, and gave 0"});
    return fine();
}
/// Tools that check their arguments themselves, with each of some texts that have to be refused.
HAFT_COLD inline check_finding refused(check_bench& b, const std::vector<std::string>& wrong) {
    ready(b);
    const written_offer offer = b.offer();
    bool any = false;
    for (const offered_tool& one : offer.tools) {
        if (!one.checks_arguments) continue;
        any = true;
        const std::string_view name = one.call_as.empty() ? one.name : one.call_as;
        for (const std::string& text : wrong)
            if (!b.call({.name = name, .arguments = text}).given.failed())
                return broken({"tool ", in_quotes(one.name), " takes ", text.empty() ? "an empty text" : in_quotes(text.substr(0, 40))});
    }
    return any ? fine() : not_looked({"the host checks the arguments of its tools"});
}
HAFT_COLD inline check_finding call_broken_json(check_bench& b) {
    static const std::vector<std::string> wrong{"", " ", "{", "{\"a\":1", "{\"a\":1}}", "{'a':1}", "nul", std::string("{}\0x", 4), "{\"\xFF\":1}", std::string(100000, '[')};
    return refused(b, wrong);
}
HAFT_COLD inline check_finding call_no_object(check_bench& b) {
    static const std::vector<std::string> wrong{"null", "[]", "\"text\"", "7", "true"};
    return refused(b, wrong);
}
HAFT_COLD inline check_finding call_wrong_arguments(check_bench& b) {
    ready(b);
    const written_offer offer = b.offer();
    bool any = false;
    for (const offered_tool& one : offer.tools) {
        const std::string_view schema = check_bench::schema_text(one.inputSchema);
        if (!one.checks_arguments || schema.empty()) continue;
        const result<written_schema> holds = written_schema::compile(schema);
        if (!holds) continue;
        // Every parameter with a value of each kind; which of them don't fit its own schema says.
        std::vector<std::string>& wrong = *new std::vector<std::string>{"{}", "{\"haft-check-unknown\":1}"};
        for (const auto& p : json::members_of(json::value_of(json::members_of(schema), "properties")))
            for (const std::string_view value : {"\"text\"", "-1.5", "[[]]", "{\"a\":{}}", "true", "1e400"}) wrong.push_back(concat({"{", p.key, ":", value, "}"}));
        for (const std::string& text : wrong) {
            if (holds->validate(text, {}, {.null_is_absence = true}).ok()) continue;
            any = true;
            if (!b.call({.name = one.call_as.empty() ? one.name : one.call_as, .arguments = text}).given.failed())
                return broken({"tool ", in_quotes(one.name), " takes ", text, ", which does not fit its inputSchema"});
        }
    }
    return any ? fine() : not_looked({"the host checks the arguments of its tools"});
}
HAFT_COLD inline check_finding call_result_json(check_bench& b) {
    return each_call(b, [](const auto&, const auto& done) -> std::string {
        for (const std::string& one : done.given.values)
            if (!json::is_json(one)) return concat({"its value is no JSON: ", in_quotes(one)});
        return {};
    });
}
HAFT_COLD inline check_finding call_result_text(check_bench& b) {
    return each_call(b, [](const auto&, const auto& done) -> std::string {
        for (const auto* list : {&done.given.texts, &done.given.problems})
            for (const std::string& one : *list)
                if (!is_utf8(one)) return concat({"its text is no UTF-8: ", in_quotes(one)});
        return {};
    });
}
HAFT_COLD inline check_finding call_result_fits(check_bench& b) {
    return each_call(b, [](const auto& tool, const auto& done) -> std::string {
        if (tool.output_schema.empty() || done.given.failed()) return {};
        if (done.given.values.empty()) return "it has an outputSchema, and gives no value";
        const result<written_schema> holds = written_schema::compile(tool.output_schema);
        if (!holds || !json::is_json(done.given.values.front())) return {};  // told elsewhere
        const checked_value found = holds->validate(done.given.values.front());
        return found.ok() ? std::string() : concat({"its value does not fit its outputSchema: ", found.faults.empty() ? "" : found.faults.front().message});
    });
}
HAFT_COLD inline check_finding call_blocks(check_bench& b) {
    return each_call(b, [](const auto&, const auto& done) -> std::string {
        for (const std::string& one : done.given.blocks) {
            json::document read;
            json::value_faults faults;
            json::read_limits limits;
            limits.max_bytes = limits.max_string_bytes = static_cast<std::size_t>(-1);
            content blocks;
            if (!read.read(one, limits, faults) || read[0].kind != json::value_kind::object || !read_block(read, 0, blocks))
                return concat({"no content block: ", in_quotes(one)});
        }
        return {};
    });
}
HAFT_COLD inline check_finding call_failure_json(check_bench& b) {
    const auto look_at = [](const watched_result& done) {
        for (const std::string& one : done.json_problems)
            if (!json::is_json(one) || json::members_of(one).empty()) return concat({"what it gave to fail_json is no JSON object: ", in_quotes(one)});
        return std::string();
    };
    ready(b);
    if (const std::string problem = look_at(b.call({.name = "haft-check.nobody-has-this"}).given); !problem.empty()) return broken({problem});
    const written_offer offer = b.offer();
    const std::vector<check_bench::callable> tools = b.callables(offer);
    for (const check_bench::callable& one : tools)
        if (const std::string problem = look_at(b.call({.name = one.name, .arguments = one.arguments}).given); !problem.empty()) return broken({problem});
    return fine();
}
HAFT_COLD inline check_finding call_one_result(check_bench& b) {
    return each_call(b, [](const auto&, const auto& done) -> std::string {
        const std::size_t given = done.given.texts.size() + done.given.values.size();
        return given <= 1 ? std::string() : concat({"it gives ", decimal(given)});
    });
}
HAFT_COLD inline check_finding call_own_thread(check_bench& b) {
    const check_finding done = each_call(b, [&](const auto&, const auto&) {
        const std::string member = b.misused(&border_watch::used_elsewhere);
        return member.empty() ? member : concat({member, " was used on another thread"});
    });
    return done;
}
HAFT_COLD inline check_finding call_after_return(check_bench& b) {
    b.live();
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
    const std::string member = b.misused(&border_watch::used_late);
    return member.empty() ? fine() : broken({member, " was used after the function had returned for which it was made"});
}
HAFT_COLD inline check_finding call_log_levels(check_bench& b) {
    return each_call(b, [](const auto&, const auto& done) -> std::string {
        for (const int level : done.asked.levels)
            if (level < HAFT_LOG_DEBUG || level > HAFT_LOG_EMERGENCY) return "it told something at a level that there is not";
        return {};
    });
}
HAFT_COLD inline check_finding call_progress(check_bench& b) {
    return each_call(b, [](const auto&, const auto& done) -> std::string {
        double before = -HUGE_VAL;
        for (const auto& [now, total] : done.asked.progress) {
            if (!std::isfinite(now) || !std::isfinite(total) || total < 0) return "what it told is no number of steps";
            if (total > 0 && now > total) return "it has done more than there is";
            if (now < before) return "it went back";
            before = now;
        }
        return {};
    });
}
HAFT_COLD inline check_finding call_stop(check_bench& b) {
    const std::vector<check_bench::callable> tools = ready_tools(b);
    for (const check_bench::callable& one : tools) b.call({.name = one.name, .arguments = one.arguments, .stop_after = std::chrono::milliseconds(0)});
    return fine();
}
HAFT_COLD inline check_finding call_threads(check_bench& b) {
    const std::vector<check_bench::callable> tools = ready_tools(b);
    std::atomic<bool> begin{false};
    std::vector<std::thread> threads;
    for (const check_bench::callable& one : tools)
        // Of a tool that is not thread-safe the host lets one call in at a time; different tools run side by side.
        for (unsigned i = 0; i < (one.thread_safe ? 4u : 1u); ++i)
            threads.emplace_back([&] {
                while (!begin.load()) std::this_thread::yield();
                for (unsigned round = 0; round < 64; ++round)
                    b.call({.name = one.name, .arguments = one.arguments, .stop_after = std::chrono::milliseconds(10)});
            });
    begin = true;
    for (std::thread& one : threads) one.join();
    return fine();
}
HAFT_COLD inline check_finding call_meanwhile(check_bench& b) {
    const std::vector<check_bench::callable> tools = ready_tools(b);
    const haft_plugin& t = b.table();
    constexpr unsigned rounds = 200;
    std::atomic<unsigned> made{0};
    std::thread caller([&] {
        for (unsigned i = 0; i < rounds; made = ++i)
            b.call({.name = tools[i % tools.size()].name, .arguments = tools[i % tools.size()].arguments, .stop_after = std::chrono::milliseconds(1)});
    });
    while (made < rounds / 2) {
        b.try_describe();
        if (t.initialize) b.initialize();
    }
    b.shutdown();  // calls that began before may still run
    caller.join();
    b.teardown();
    return fine();
}

}  // namespace haft::inline v0::detail::library_checks

#endif  // HAFT_PLUGIN_LIBRARY_CHECK_CALL_CHECKS_HPP
