// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_TOOL_APPROVER_HPP
#define HAFT_TOOL_APPROVER_HPP

/// Who is asked before a call that needs somebody's approval.

#include <string>
#include <string_view>

namespace haft::inline v0 {

struct tool;

/// The answer. Nobody's answer is a no.
struct approval {
    bool given = false;
    std::string reason = {};  ///< why not; the model is told
};

/// A person at a terminal, a policy, a client: whoever decides. Asked on the thread of the call, before the tool runs; what it
/// throws is a no.
class approver {
public:
    virtual approval ask(const tool& wanted, std::string_view arguments) = 0;

    /// The same where somebody demands that this very call is agreed to, and says why: `wanted.description` is that as well, for who
    /// implements `ask` alone. What was permitted once for many calls is no answer; who decides by rules may only say no by them.
    virtual approval demand(const tool& wanted, std::string_view arguments, std::string_view why) {
        static_cast<void>(why);
        return ask(wanted, arguments);
    }

protected:
    approver() = default;
    approver(const approver&) = default;
    approver& operator=(const approver&) = default;
    ~approver() = default;
};

}  // namespace haft::inline v0

#endif  // HAFT_TOOL_APPROVER_HPP
