// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_COMMAND_COMPLETION_HPP
#define HAFT_COMMAND_COMPLETION_HPP

/// What may be typed next: one proposal, and who makes proposals for a parameter. [CM-06]

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace haft::inline v0 {

/// One thing that may stand where somebody types.
struct completion {
    std::string value;
    std::string description = {};

    bool operator==(const completion&) const = default;
};

/// Proposes values: `partial` is what stands there already, `previous` are the words before it. What does not begin with
/// `partial` is dropped by who asked. An exception is no proposals.
using complete_function = std::vector<completion>(std::string_view partial, const std::vector<std::string>& previous);

/// Who proposes values for one parameter of a command; with `parameter` empty, for each that has none of its own.
struct command_completer {
    std::string_view parameter = {};
    complete_function* complete = nullptr;
};

/// The same with state, for all parameters of a command that have none of their own.
using stateful_completer = std::function<complete_function>;

}  // namespace haft::inline v0

#endif  // HAFT_COMMAND_COMPLETION_HPP
