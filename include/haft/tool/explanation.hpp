// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_TOOL_EXPLANATION_HPP
#define HAFT_TOOL_EXPLANATION_HPP

/// Why something of a name is there, or why not, in sentences; and the error of a call that follows from it.

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/text.hpp>
#include <haft/tool/about.hpp>
#include <haft/tool/tool.hpp>
#include <haft/tool/toolset.hpp>

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace haft::inline v0 {

/// The answer: one sentence for each thing of that name and each reason, the most important first.
struct explanation {
    std::string name;
    bool served = false;  ///< it is a tool that models can call
    bool known = false;   ///< something has that name, or was refused under it
    std::vector<std::string> reasons = {};

    /// The sentences, a line for each.
    HAFT_COLD std::string text() const {
        std::string out;
        for (const std::string& one : reasons) append_all(out, {out.empty() ? "" : "\n", one});
        return out;
    }

    HAFT_COLD void say(std::initializer_list<std::string_view> sentence) { reasons.push_back(concat(sentence)); }
    /// What a set has refused or warned of under that name: the messages have it in quotes.
    HAFT_COLD void say_problems_of(const toolset& tools, std::string_view before = {}) {
        const std::string quoted = in_quotes(name);
        for (const auto* told : {&tools.refusals(), &tools.warnings()})
            for (const error& e : *told)
                if (e.message.find(quoted) != std::string::npos) say({before, e.text()});
    }

    // The sentences about a tool, `what` being how it is called: `tool "x" of owner "files"`.
    HAFT_COLD void say_served(std::string_view what, const tool& t, std::string_view under = {}) {
        served = true;
        say({what, " is served", under,
             t.deferred ? "; it is deferred: a search finds it, the first prompt does not list it" : "",
             t.needs_approval ? "; each call needs somebody's approval" : ""});
    }
    HAFT_COLD void say_missing(std::string_view what, const availability& missing) {
        say({what, " is not available here", missing.hint.empty() ? "" : ": ", missing.hint});
    }
    HAFT_COLD void say_disabled_by_default(std::string_view what) {
        say({what, " is disabled by default: select it by its name to have it"});
    }
};

/// The error of a call to what is not served: why not, or the nearest name that is.
HAFT_COLD inline error not_served(const explanation& why, const toolset& served) {
    if (!why.known) return served.no_such_tool(why.name);
    return {errc::tool_not_served,
            concat({"tool ", in_quotes(why.name), " can't be called now: ", why.reasons.front()})};
}

}  // namespace haft::inline v0

#endif  // HAFT_TOOL_EXPLANATION_HPP
