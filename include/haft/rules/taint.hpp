// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_RULES_TAINT_HPP
#define HAFT_RULES_TAINT_HPP

/// Whether a set of tools lets somebody's text send private data out of the house: one tool gives what is private, one gives texts
/// that anybody may have written, one can send. Each is harmless; together they are not. [NX-17]

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/result.hpp>
#include <haft/format/name.hpp>
#include <haft/tool/about.hpp>
#include <haft/tool/message.hpp>
#include <haft/tool/tool.hpp>
#include <haft/tool/tool_call.hpp>
#include <haft/tool/toolset.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace haft::inline v0 {

/// Which tools of a set have which of the three hints (`private_data`, `untrusted_input`, `external_send`).
struct taint {
    std::vector<std::string> private_data = {};
    std::vector<std::string> untrusted_input = {};
    std::vector<std::string> external_send = {};

    /// The set holds all three.
    bool complete() const noexcept {
        return !private_data.empty() && !untrusted_input.empty() && !external_send.empty();
    }
};

/// Looks at the hints that authors gave: a tool without any is none of the three.
HAFT_COLD inline taint taint_of(const toolset& tools) {
    taint out;
    for (const tool& t : tools) {
        if (has(t.hints, hints::private_data)) out.private_data.emplace_back(t.name);
        if (has(t.hints, hints::untrusted_input)) out.untrusted_input.emplace_back(t.name);
        if (has(t.hints, hints::external_send)) out.external_send.emplace_back(t.name);
    }
    return out;
}

/// The error (E0367) for a set that holds all three, with the tools; nothing for any other.
HAFT_COLD inline result<void> check_taint(const toolset& tools) {
    const taint found = taint_of(tools);
    if (!found.complete()) return {};
    const auto listed = [](const std::vector<std::string>& names) {
        std::string out;
        for (const std::string& name : names) append_all(out, {out.empty() ? "" : ", ", name});
        return out;
    };
    return error{errc::tainted_selection,
                 concat({"these tools together let a text that anybody may have written send private data away: ",
                         listed(found.private_data), " (private-data), ", listed(found.untrusted_input),
                         " (untrusted-input), ", listed(found.external_send),
                         " (external-send); take one of the three kinds away, or have somebody approve what is sent"})};
}

/// Watches one conversation: once private data and untrusted text have both been given to the model, what can send wants approval.
/// Not for several threads at once.
class taint_watch {
public:
    /// A call has given a result, of a tool that nobody knows any more: it may have been anything.
    void gave_something_unknown() noexcept { private_ = untrusted_ = true; }
    /// A call has given a result.
    void gave(const tool& t) noexcept {
        private_ = private_ || has(t.hints, hints::private_data);
        untrusted_ = untrusted_ || has(t.hints, hints::untrusted_input);
    }
    /// Why somebody has to be asked before that tool is called; "" if nobody has to be.
    HAFT_COLD std::string wants_approval(const tool& t) const {
        // A tool that is two of the three by itself counts as both.
        const bool knows = private_ || has(t.hints, hints::private_data);
        const bool was_told = untrusted_ || has(t.hints, hints::untrusted_input);
        if (!has(t.hints, hints::external_send) || !knows || !was_told) return {};
        return "the model has read private data, and texts that anybody may have written, and this can send something "
               "away";
    }

private:
    bool private_ = false;
    bool untrusted_ = false;
};

/// What a watch knows at the end of a talk that is gone on with: from the answers in its history, whose tools it looks up among these.
HAFT_COLD inline taint_watch taint_watch_of(const toolset& tools, const std::vector<message>& history) {
    taint_watch out;
    const formats::name_map names(tools);
    for (const message& m : history)
        for (const tool_answer& a : m.answers)
            if (const tool* const t = names.find(a.name)) out.gave(*t);
            else out.gave_something_unknown();
    return out;
}

}  // namespace haft::inline v0

#endif  // HAFT_RULES_TAINT_HPP
