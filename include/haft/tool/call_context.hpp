// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_TOOL_CALL_CONTEXT_HPP
#define HAFT_TOOL_CALL_CONTEXT_HPP

/// What travels with a call into the tool: a function with a parameter of type `haft::call_context&`, anywhere among its
/// parameters, is given it, and the model does not see it. [EX-10]

#include <haft/core/result.hpp>
#include <haft/core/stop_token.hpp>
#include <haft/tool/asker.hpp>
#include <haft/tool/call_listener.hpp>
#include <haft/tool/call_options.hpp>
#include <haft/tool/log_level.hpp>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace haft::inline v0 {

template <class T>
struct answer;
struct root;
struct sampled;
struct sampling_request;

/// Travels with one call from the caller to the tool. Lives on the caller's stack: a tool may use it while it runs, and
/// not keep it. For use on the thread that runs the tool.
class call_context {
public:
    call_context(std::string_view name, const call_options& how) noexcept : tool_name(name), options(how) {}
    call_context(const call_context&) = delete;
    call_context& operator=(const call_context&) = delete;

    const std::string_view tool_name;
    const call_options& options;

    /// The caller's name for this call; empty if it has none.
    std::string_view call_id() const noexcept { return options.call_id; }

    /// Whether the caller no longer wants the result. A tool that takes long asks this now and then, and returns.
    bool stop_requested() const noexcept { return options.stop.stop_requested(); }
    const haft::stop_token& stop_token() const noexcept { return options.stop; }

    /// Tells how far the call is; nothing happens if nobody listens. `done` should grow.
    void progress(double done, double total = 0, std::string_view message = {}) const {
        if (options.listener) options.listener->on_progress({done, total, message});
    }
    /// Tells people something that is not the result.
    void log(log_level level, std::string_view message) const {
        if (options.listener) options.listener->on_log(level, message);
    }

    // To ask the client. Include <haft/tool/ask.hpp>, which says how a tool that asks runs.

    template <class T>
    result<answer<T>> ask(std::string_view message, std::string_view key = {}) const;
    result<answer<std::string>> ask_form(std::string_view message, std::string_view schema, std::string_view key = {}) const;
    result<answer<void>> ask_url(std::string_view message, std::string_view url, std::string_view key = {}) const;
    result<sampled> sample(const sampling_request& what, std::string_view key = {}) const;
    result<std::vector<root>> roots(std::string_view key = {}) const;

    /// What an earlier run of this call, which asked something, has kept; "" in the first run.
    std::string_view state() const noexcept { return options.asker ? options.asker->state() : std::string_view(); }
    /// Keeps something for the next run of this call. A client may read it on its way, but not change it.
    void keep(std::string state) const {
        if (options.asker) options.asker->keep(std::move(state));
    }

    /// The host's object of that type, or null if it gave none or another.
    template <class T>
    T* user() const noexcept {
        return options.user.get<T>();
    }
};

}  // namespace haft::inline v0

#endif  // HAFT_TOOL_CALL_CONTEXT_HPP
