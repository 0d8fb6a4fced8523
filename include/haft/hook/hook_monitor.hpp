// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_HOOK_HOOK_MONITOR_HPP
#define HAFT_HOOK_HOOK_MONITOR_HPP

/// Who watches emissions: called before and after each. [HK-15]

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace haft::inline v0 {

/// An emission, as somebody sees it who watches.
struct hook_event {
    std::string_view point;
    std::vector<std::string> hooks = {};  ///< who is called, in this order; wrappers first
    std::string data = {};                ///< the arguments as JSON, as far as they have a form there
    std::size_t depth = 1;                ///< of emissions within emissions on this thread
    bool ended = false;                   ///< afterwards: whether a hook ended it before the last one's turn
};

/// Called on the thread of the emission; what they throw is told, and breaks nothing.
struct hook_monitor {
    std::function<void(const hook_event&)> before = {};
    std::function<void(const hook_event&)> after = {};
};

namespace detail {
using hook_monitors = std::vector<std::shared_ptr<const hook_monitor>>;
}  // namespace detail

}  // namespace haft::inline v0

#endif  // HAFT_HOOK_HOOK_MONITOR_HPP
