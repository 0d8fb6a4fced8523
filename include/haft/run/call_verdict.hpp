// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_RUN_CALL_VERDICT_HPP
#define HAFT_RUN_CALL_VERDICT_HPP

/// What somebody who looks at a call before it is made says of it.

#include <haft/core/error.hpp>
#include <haft/run/outcome.hpp>

#include <string>
#include <utility>

namespace haft::inline v0 {

/// `return haft::call_verdict::refuse({haft::errc::not_approved, "…"})`; the default is to proceed.
class call_verdict {
public:
    enum class kind : unsigned char {
        proceed,
        replace,  ///< the arguments; those that stand for them are looked at as the first were
        refuse,   ///< the call's answer is an error
        answer,   ///< the call is not made, and this is its answer
        pause,    ///< the call waits for somebody
    };

    call_verdict() = default;
    static call_verdict proceed() { return {}; }
    /// Goes on with other arguments, a JSON object.
    static call_verdict replace(std::string arguments) {
        call_verdict out(kind::replace);
        out.text_ = std::move(arguments);
        return out;
    }
    static call_verdict refuse(error why) {
        call_verdict out(kind::refuse);
        out.outcome_ = failed_outcome(std::move(why));
        return out;
    }
    /// The model is told `Cancelled: reason` (llm's CancelToolCall).
    static call_verdict cancel(std::string reason) { return refuse({errc::call_vetoed, std::move(reason)}); }
    static call_verdict answer(call_outcome instead) {
        call_verdict out(kind::answer);
        out.outcome_ = std::move(instead);
        return out;
    }
    /// The same with a text, which is no error: `Operation skipped`.
    static call_verdict answer(std::string instead) {
        call_outcome said;
        said.text = std::move(instead);
        return answer(std::move(said));
    }
    static call_verdict pause(std::string reason) {
        call_verdict out(kind::pause);
        out.outcome_ = failed_outcome({errc::call_paused, std::move(reason)});
        return out;
    }

    kind what() const noexcept { return what_; }
    /// Of `replace`.
    const std::string& arguments() const noexcept { return text_; }
    /// Of `refuse`, `answer` and `pause`.
    const call_outcome& outcome() const noexcept { return outcome_; }

private:
    explicit call_verdict(kind what) noexcept : what_(what) {}
    kind what_ = kind::proceed;
    std::string text_;
    call_outcome outcome_;
};

}  // namespace haft::inline v0

#endif  // HAFT_RUN_CALL_VERDICT_HPP
