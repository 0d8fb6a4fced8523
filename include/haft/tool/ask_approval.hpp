// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_TOOL_ASK_APPROVAL_HPP
#define HAFT_TOOL_ASK_APPROVAL_HPP

/// A call that waits for somebody's approval, on the thread that runs it.

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/mended.hpp>
#include <haft/core/text.hpp>
#include <haft/tool/approver.hpp>
#include <haft/tool/call_context.hpp>
#include <haft/tool/result_writer.hpp>
#include <haft/tool/tool.hpp>

#include <string_view>

namespace haft::inline v0::detail {

/// Whether somebody agrees (`call_options::asked`); if not, the call's error says who said no. Nobody to ask, and asking that
/// throws, is a no. A tool without a name of its own is what a check of an author's demands: its description says why, and what
/// was permitted once for many calls is no answer to that.
HAFT_ABI_OF_EXCEPTIONS HAFT_COLD inline bool agreed(const tool& wanted, std::string_view arguments,
                                                    call_context& context, result_writer& out) {
    const auto no = [&](std::string_view why) {
        out.fail({errc::not_approved, concat({"tool ", in_quotes(context.tool_name), " was not called: ", why})});
        return false;
    };
    if (!context.options.asked) return no("it needs approval, and there is nobody to give it");
    tool named = wanted;
    named.name = context.tool_name;
    named.needs_approval = true;
#if HAFT_HAS_EXCEPTIONS()
    try {
#endif
        approver& asked = *context.options.asked;
        const approval answer =
            wanted.name.empty() ? asked.demand(named, arguments, named.description) : asked.ask(named, arguments);
        if (answer.given) return true;
        return no(answer.reason.empty() ? "approval was denied"
                                        : concat({"approval was denied: ", mended(answer.reason)}));
#if HAFT_HAS_EXCEPTIONS()
    } catch (...) { return no("asking for approval failed"); }
#endif
}

}  // namespace haft::inline v0::detail

#endif  // HAFT_TOOL_ASK_APPROVAL_HPP
