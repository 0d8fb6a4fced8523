// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_RUN_STATIONS_HPP
#define HAFT_RUN_STATIONS_HPP

/// The stations of one call, in their order: the two lists at the end of this file.

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/mended.hpp>
#include <haft/core/text.hpp>
#include <haft/json/string_text.hpp>
#include <haft/run/call_id.hpp>
#include <haft/run/callbacks.hpp>
#include <haft/run/frame.hpp>
#include <haft/run/passage.hpp>
#include <haft/run/pause.hpp>
#include <haft/run/run_tool.hpp>
#include <haft/run/runner_parts.hpp>
#include <haft/tool/call_context.hpp>
#include <haft/tool/result_writer.hpp>
#include <haft/written/written_schema.hpp>

#include <cstddef>
#include <exception>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace haft::inline v0::detail {

/// Passes one station; false if the call goes no further, and its outcome stands.
struct station {
    std::string_view name;
    bool (*pass)(runner_parts&, passage&);
};

/// Every call has an id. [EX-09]
inline bool give_id(runner_parts& parts, passage& p) {
    if (p.now.call.id.empty()) parts.under_way.change([&] { p.now.call.id = new_call_id(); });
    p.options.call_id = p.now.call.id;
    return true;
}

/// Nobody has asked for an end, and it is no call within a call within a call…
inline bool may_begin(runner_parts& parts, passage& p) {
    if (!parts.under_way.is_open()) return p.refuse({errc::runner_stopped, "no calls are made any more"});
    if (p.stop.stop_requested()) return p.refuse({errc::call_cancelled, "the call was cancelled before it was made"});
    if (p.now.depth > parts.options.max_depth)
        return p.refuse({errc::calls_too_deep,
                         concat({"tools that call tools are ", decimal(p.now.depth - 1), " deep already, and at most ",
                                 decimal(parts.options.max_depth), " may be; the call was not made"})});
    return true;
}

/// The tool, in either spelling of its name; it may turn out that there is none.
inline bool find_tool(runner_parts&, passage& p) {
    p.now.tool = p.found_in->find(p.now.call.name);
    p.now.served = p.found_in->served();
    return true;
}

/// What a callback says is done; false if it does not let the call go on. True also if it put other arguments in place.
inline bool follow_verdict(passage& p, const call_verdict& said) {
    switch (said.what()) {
        case call_verdict::kind::proceed: return true;
        case call_verdict::kind::replace: p.now.arguments = said.arguments(); return true;
        case call_verdict::kind::refuse:
        case call_verdict::kind::answer:
        case call_verdict::kind::pause: break;
    }
    return p.decide(said.outcome());
}

/// [EX-02]
inline bool ask_before_calls(runner_parts& parts, passage& p) {
    for (const before_call& f : parts.before) {
        try {
            if (!follow_verdict(p, f(p.now))) return false;
        } catch (...) {
            const std::exception_ptr thrown = std::current_exception();
            if (std::optional<error> said = said_by(thrown)) return p.refuse(std::move(*said));
            p.bug = thrown;
            return p.refuse({errc::callback_failed,
                             concat({"the call was not made: what looks at calls before has failed: ", caught_text()}),
                             {},
                             0,
                             thrown});
        }
    }
    return true;
}

/// From here on there is a tool. [EX-04]
inline bool need_tool(runner_parts&, passage& p) {
    return p.now.tool ? true : p.refuse(p.found_in->no_such_tool(p.now.call.name));
}

/// It is not one that let its time pass again and again. [fault 66]
inline bool is_enabled(runner_parts& parts, passage& p) {
    const unsigned most = parts.options.time_outs_until_disabled;
    const unsigned n = parts.time_outs.of(p.now.tool->name);
    if (most == 0 || n < most) return true;
    return p.refuse({errc::tool_disabled,
                     concat({"tool ", in_quotes(p.now.tool->name), " is not called any more: it has exceeded its time ",
                             decimal(n), n == 1 ? " time" : " times", "; do without it"})});
}

/// Its arguments fit, as far as that can be told without a call.
inline bool takes_arguments(runner_parts&, passage& p) {
    std::string nothing;
    result_writer writer(nothing, string_results::as_text, p.options);
    call_context context{p.now.tool->name, p.options};
    if (p.now.tool->accepts(p.now.arguments, context, writer)) return true;
    return p.refuse(std::move(writer.error()));
}

/// One gate. False if it keeps the call; `changed` if it has put other arguments in place.
inline bool pass_gate(passage& p, const gate& g, bool& changed) {
    try {
        const call_verdict said = g.decide(p.now);
        changed = said.what() == call_verdict::kind::replace && said.arguments() != p.now.arguments;
        return follow_verdict(p, said);
    } catch (...) {
        const std::exception_ptr thrown = std::current_exception();
        if (std::optional<error> said = said_by(thrown)) return p.refuse(std::move(*said));
        return p.refuse(
            {errc::not_approved,
             concat({"the call was not made: the gate ", in_quotes(g.name), " has failed: ", caught_text()}),
             {},
             0,
             thrown});
    }
}

/// Every gate lets these arguments pass. After a change all but the one that made it are asked again. [EX-11, EX-12, NX-08]
inline bool pass_gates(runner_parts& parts, passage& p) {
    constexpr std::size_t nobody = static_cast<std::size_t>(-1);
    constexpr unsigned most_changes = 8;
    std::size_t changer = nobody;
    unsigned changes = 0;
    for (std::size_t i = 0; i < parts.gates.size(); ++i) {
        if (i == changer) continue;
        bool changed = false;
        if (!pass_gate(p, parts.gates[i], changed)) return false;
        if (!changed) continue;
        if (++changes > most_changes)
            return p.refuse({errc::not_approved, concat({"the call was not made: its arguments were changed more than ",
                                                         decimal(most_changes), " times, last by the gate ",
                                                         in_quotes(parts.gates[i].name)})});
        if (!takes_arguments(parts, p)) return false;
        changer = i;
        i = nobody;  // from the first one on
    }
    return true;
}

/// Whoever wants to change what came of it.
inline bool let_change(runner_parts& parts, passage& p) {
    for (const change_outcome& f : parts.changes) {
        try {
            f(p.now, p.outcome);
        } catch (...) {
            if (!p.bug) p.bug = std::current_exception();
        }
    }
    if (p.outcome.paused()) p.outcome = refused_pause(p);
    return true;
}

/// A result that somebody has changed still fits the tool's output schema. [fault 150]
inline bool fits_output_schema(runner_parts& parts, passage& p) {
    if (p.outcome.failed() || p.now.tool->output_schema.empty()) return true;
    if (!may_be_changed(parts) || p.own_text == p.outcome.text) return true;
    const result<written_schema> schema = written_schema::compile(p.now.tool->output_schema);
    if (!schema) return true;  // a schema beyond what is checked here, such as one for a type's own reader
    const checked_value found =
        schema->validate(p.outcome.is_json ? p.outcome.text : concat({json::string_text(p.outcome.text)}));
    if (found.ok()) return true;
    error why{errc::result_changed,
              concat({"the result of tool ", in_quotes(p.now.tool->name),
                      " was changed and does not fit its output schema any more"}),
              found.faults, found.more_faults};
    p.outcome = failed_outcome(std::move(why));
    return true;
}

/// [EX-03]
inline bool tell_after_calls(runner_parts& parts, passage& p) {
    for (const after_call& f : parts.after) {
        try {
            f(p.now, p.outcome);
        } catch (...) {
            if (!p.bug) p.bug = std::current_exception();
        }
    }
    return true;
}

/// Before the tool runs: each call of a batch, one after the other, on the thread of run_all.
inline constexpr station stations_before[] = {
    {"id", &give_id},
    {"begin", &may_begin},
    {"find", &find_tool},
    {"before-calls", &ask_before_calls},
    {"known", &need_tool},
    {"enabled", &is_enabled},
    {"arguments", &takes_arguments},
    {"gates", &pass_gates},
};
// Then the middleware and within it the tool (run_tool.hpp): side by side, where there is an executor.

/// After it: each call that was executed and is not paused, in the order of the calls, on the thread of run_all.
inline constexpr station stations_after[] = {
    {"changes", &let_change},
    {"result", &fits_output_schema},
    {"after-calls", &tell_after_calls},
};

template <std::size_t N>
bool pass_stations(const station (&all)[N], runner_parts& parts, passage& p) {
    for (const station& s : all)
        if (!s.pass(parts, p)) return false;
    return true;
}

}  // namespace haft::inline v0::detail

#endif  // HAFT_RUN_STATIONS_HPP
