// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_RUN_BATCH_RESULT_HPP
#define HAFT_RUN_BATCH_RESULT_HPP

/// What has come of the calls of one message.

#include <haft/core/error.hpp>
#include <haft/tool/message.hpp>
#include <haft/tool/tool_call.hpp>

#include <exception>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace haft::inline v0 {

/// A call that waits for somebody. It has no answer yet; call_runner::resume makes it again.
struct paused_call {
    tool_call call;
    std::string reason;
};

/// Every call is either among the answers, once, or among the paused ones; both in the order of the calls. [IO-07, EX-06, EX-08]
struct batch_result {
    std::vector<tool_call> calls;  ///< as they came, but each with an id: who keeps a history keeps these
    std::vector<tool_answer> answers;
    std::vector<std::optional<error>>
        problems;  ///< for each answer why it is an error, with the tool's exception; or nothing
    std::vector<paused_call> paused;
    std::vector<message> messages;  ///< what hooks and callbacks have to say, for behind the answers
    /// A hook has thrown session_complete, and why: whoever runs the session ends it when the answers are in the history. [HK-07]
    std::optional<std::string> session_ends;

    bool complete() const noexcept { return paused.empty(); }
};

/// A before-call or an after-call has thrown, which is a bug: thrown by call_runner::run_all when all calls of the batch have
/// ended, with the first such exception in the order of the calls. Nothing of the batch is lost. [EX-03, EX-06]
class run_failed : public std::runtime_error {
public:
    run_failed(const std::string& what, batch_result so_far, std::exception_ptr why)
        : std::runtime_error(what), batch(std::move(so_far)), cause(std::move(why)) {}
    batch_result batch;
    std::exception_ptr cause;
};

}  // namespace haft::inline v0

#endif  // HAFT_RUN_BATCH_RESULT_HPP
