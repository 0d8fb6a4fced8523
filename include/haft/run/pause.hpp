// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_RUN_PAUSE_HPP
#define HAFT_RUN_PAUSE_HPP

/// How a tool or a callback says that a call has to wait, or is not to be made. [EX-02, EX-08]

#include <haft/core/error.hpp>
#include <haft/core/mended.hpp>

#include <exception>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>

namespace haft::inline v0 {

/// Thrown by a tool, a before-call, a gate or a middleware: the call waits for somebody, the talk stops after its siblings, and
/// goes on, in this process or another, with call_runner::resume. The reason is for people.
class call_paused : public std::runtime_error {
public:
    explicit call_paused(const std::string& reason = "it waits for somebody") : std::runtime_error(reason) {}
};
/// The same as a tool's result, for functions that return haft::result: `return haft::paused("waits for the payment")`.
inline error paused(std::string reason) { return {errc::call_paused, std::move(reason)}; }

/// Thrown by a before-call or a gate: the call is not made, and the model is told `Cancelled: reason`.
class call_cancelled : public std::runtime_error {
public:
    explicit call_cancelled(const std::string& reason) : std::runtime_error(reason) {}
};

namespace detail {

/// What an exception says about the call, if it is one of these.
inline std::optional<error> said_by(const std::exception_ptr& thrown) {
    if (!thrown) return {};
    try {
        std::rethrow_exception(thrown);
    } catch (const call_paused& pause) {
        return error{errc::call_paused, mended(pause.what())};
    } catch (const call_cancelled& cancelled) {
        return error{errc::call_vetoed, mended(cancelled.what())};
    } catch (...) { return {}; }
}

}  // namespace detail
}  // namespace haft::inline v0

#endif  // HAFT_RUN_PAUSE_HPP
