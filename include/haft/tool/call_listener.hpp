// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_TOOL_CALL_LISTENER_HPP
#define HAFT_TOOL_CALL_LISTENER_HPP

/// What a running tool tells, and who hears it.

#include <haft/tool/log_level.hpp>

#include <string_view>

namespace haft::inline v0 {

/// How far a call is. `total` is 0 where nobody knows it.
struct progress {
    double done = 0;
    double total = 0;
    std::string_view message = {};
};

/// Hears what a running tool tells. Called on the tool's thread, any number of times, until the call has ended.
class call_listener {
public:
    virtual void on_progress(const progress&) {}
    virtual void on_log(log_level, std::string_view /*message*/) {}

protected:
    ~call_listener() = default;
};

}  // namespace haft::inline v0

#endif  // HAFT_TOOL_CALL_LISTENER_HPP
