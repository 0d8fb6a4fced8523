// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_HOOK_TRACING_HPP
#define HAFT_HOOK_TRACING_HPP

/// Emissions as lines of text. [HK-15]

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/hook/hook_monitor.hpp>

#include <functional>
#include <string>
#include <string_view>
#include <utility>

namespace haft::inline v0::detail {

/// `session_start {"workspace":"/src"} -> logger, greeter`, then `finish session_start`.
HAFT_COLD inline hook_monitor tracing_monitor(std::function<void(std::string_view line)> to) {
    const auto indented = [](const hook_event& event) { return std::string(2 * (event.depth - 1), ' '); };
    hook_monitor out;
    out.before = [to, indented](const hook_event& event) {
        std::string line = indented(event);
        append_all(line, {event.point, " ", event.data, " ->"});
        for (const std::string& name : event.hooks) append_all(line, {&name == event.hooks.data() ? " " : ", ", name});
        to(line);
    };
    out.after = [to, indented](const hook_event& event) {
        to(concat({indented(event), "finish ", event.point, event.ended ? ", ended by a hook" : ""}));
    };
    return out;
}

}  // namespace haft::inline v0::detail

#endif  // HAFT_HOOK_TRACING_HPP
