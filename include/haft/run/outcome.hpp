// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_RUN_OUTCOME_HPP
#define HAFT_RUN_OUTCOME_HPP

/// What came of a call, while it is on its way back to the model: a result, or why there is none.

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/tool/content.hpp>
#include <haft/tool/tool_call.hpp>

#include <optional>
#include <string>
#include <utility>

namespace haft::inline v0 {

/// A result (`text`, `blocks`) or a `problem`, which keeps the exception that a tool threw. [EX-04]
struct call_outcome {
    std::string text = {};
    bool is_json = false;               ///< `text` is JSON; of a tool that gives nothing `null`
    content blocks = {};                ///< what the tool gave besides, or (then `text` is empty) instead
    std::optional<error> problem = {};  ///< there is no result; what else stands here does not count

    bool failed() const noexcept { return problem.has_value(); }
    /// It has not come to an end, but waits for somebody: see call_paused.
    bool paused() const noexcept { return problem && problem->code == errc::call_paused; }
};

HAFT_COLD inline call_outcome failed_outcome(error why) {
    call_outcome out;
    out.problem = std::move(why);
    return out;
}

/// What the model is shown of it: `Error: …`, of a call that a callback or hook has vetoed `Cancelled: …` (llm's texts).
HAFT_COLD inline tool_answer answer_of(const tool_call& call, call_outcome outcome) {
    tool_answer out;
    out.id = call.id;
    out.name = call.name;
    out.is_error = outcome.failed();
    if (!out.is_error) {
        out.text = std::move(outcome.text);
        out.is_json = outcome.is_json;
        out.blocks = std::move(outcome.blocks);
    } else if (outcome.problem->code == errc::call_vetoed) {
        out.text = concat({"Cancelled: ", outcome.problem->message});
    } else {
        out.text = concat({"Error: ", outcome.problem->text()});
    }
    return out;
}

}  // namespace haft::inline v0

#endif  // HAFT_RUN_OUTCOME_HPP
