// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_RUN_RUN_TOOL_HPP
#define HAFT_RUN_RUN_TOOL_HPP

/// The middle of a call: the layers of middleware, and within them the tool.

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/mended.hpp>
#include <haft/core/text.hpp>
#include <haft/run/environment.hpp>
#include <haft/run/frame.hpp>
#include <haft/run/outcome.hpp>
#include <haft/run/passage.hpp>
#include <haft/run/pause.hpp>
#include <haft/run/runner_parts.hpp>
#include <haft/run/tool_turns.hpp>
#include <haft/tool/call_context.hpp>
#include <haft/tool/result_writer.hpp>

#include <cstddef>
#include <cstdint>
#include <exception>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

namespace haft::inline v0::detail {

/// Of one that has begun nobody can say how far it came; the model should not take it for not made.
inline error cancelled_call(const passage& p, bool begun = false) {
    return {errc::call_cancelled, concat({"the call of tool ", in_quotes(p.now.tool->name), " was cancelled",
                                          begun ? " while it ran; it may have done its work" : ""})};
}
inline error timed_out_call(const passage& p) {
    return {errc::call_timed_out, concat({"tool ", in_quotes(p.now.tool->name), " did not answer within ",
                                          decimal(static_cast<std::uint64_t>(p.time_out.count())), " ms"})};
}

/// Who is behind a tool that has run can't have the call wait: resumed, it would run again.
inline call_outcome refused_pause(const passage& p) {
    return failed_outcome(
        {errc::callback_failed, concat({"tool ", in_quotes(p.now.tool->name),
                                        " has run, and then its result was changed into a pause, which is "
                                        "possible only before it runs"})});
}

/// The tool has its turn: from now on its time counts.
inline void begin_running(passage& p) {
    const auto now = run_clock::now();
    if (p.meeting) {
        const std::lock_guard guard(p.meeting->mutex);
        if (p.at == passage::stage::waiting) p.at = passage::stage::running, p.since = now;
        p.meeting->last_event = now;
    }
    if (p.time_out.count() > 0) p.stop.set_deadline(now + p.time_out);
}

/// Whether the tool itself says that the call waits.
inline bool says_pause(error& why) {
    if (why.code == errc::call_paused) return true;
    std::optional<error> said = said_by(why.cause);
    if (!said || said->code != errc::call_paused) return false;
    why = std::move(*said);
    return true;
}

/// The tool, with nobody around it.
HAFT_COLD inline call_outcome run_tool(runner_parts& parts, passage& p) {
    const haft::tool& t = *p.now.tool;
    std::optional<tool_turn> ours;
    if (p.turns) {
        ours.emplace(*p.turns, [&] { return p.stop.asked(); });
        if (!ours->has()) return failed_outcome(cancelled_call(p));
    }
    begin_running(p);
    call_outcome out;
    result_writer writer(out.text, string_results::as_text, p.options);
    {
        const run_frame frame(&parts, p.now.depth, true);
        environment_guard around(parts.options.check_environment);
        call_context context{t.name, p.options};
        t.run(p.now.arguments, context, writer);
        if (const std::string changed = around.changes(); !changed.empty())
            parts.tell(
                {errc::environment_changed,
                 concat({"while tool ", in_quotes(t.name), " ran, the process's ", changed, " changed",
                         parts.options.check_environment == environment_check::restore ? "; it was put back" : ""})});
    }
    if (writer.failed()) {
        if (!says_pause(writer.error()) && p.stop.is_late()) return failed_outcome(timed_out_call(p));
        return failed_outcome(std::move(writer.error()));
    }
    if (writer.form() == result_form::none) out.text = "null";
    out.is_json = writer.form() == result_form::json || writer.form() == result_form::none;
    out.blocks = writer.take_attachments();
    return out;
}

inline bool may_be_changed(const runner_parts& parts) { return !parts.layers.empty() || !parts.changes.empty(); }

/// From that layer inwards.
inline call_outcome run_layers(runner_parts& parts, passage& p, std::size_t layer) {
    if (layer < parts.layers.size())
        return parts.layers[layer](p.now, [&parts, &p, layer] { return run_layers(parts, p, layer + 1); });
    call_outcome out = run_tool(parts, p);
    p.ran = !out.paused();
    if (may_be_changed(parts) && !p.now.tool->output_schema.empty()) p.own_text = out.text;
    return out;
}

/// All of it; never throws but for want of memory.
inline call_outcome run_layers(runner_parts& parts, passage& p) {
    try {
        const run_frame frame(&parts, p.now.depth, false);
        call_outcome out = run_layers(parts, p, 0);
        if (out.paused() && p.ran) out = refused_pause(p);
        return out;
    } catch (...) {
        const std::exception_ptr thrown = std::current_exception();
        if (std::optional<error> said = said_by(thrown)) return failed_outcome(std::move(*said));
        return failed_outcome(
            {errc::tool_failed, p.options.show_exceptions ? caught_text() : "the tool failed", {}, 0, thrown});
    }
}

}  // namespace haft::inline v0::detail

#endif  // HAFT_RUN_RUN_TOOL_HPP
