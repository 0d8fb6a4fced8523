// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_HOST_CHECK_HPP
#define HAFT_HOST_CHECK_HPP

/// What is doubtful about a toolset: what a model will stumble over although everything compiles. `list --check` shows it.

#include <haft/core/text.hpp>
#include <haft/core/visible.hpp>
#include <haft/host/outline.hpp>
#include <haft/host/terminal.hpp>
#include <haft/tool/toolset.hpp>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace haft::inline v0::host {

/// One thing that its author should look at.
struct doubt {
    bool is_error = false;  ///< a tool that its author meant to be there is not; otherwise a warning
    std::string tool;       ///< its name; "" where `what` names it
    std::string what;
};

/// Everything doubtful: what the set has refused, what it warns of, then tool by tool what lacks words. [NX-01]
inline std::vector<doubt> doubts_about(const toolset& tools) {
    std::vector<doubt> out;
    for (const error& e : tools.refusals()) out.push_back({true, "", e.text()});
    for (const error& e : tools.warnings()) out.push_back({false, "", e.text()});
    for (const tool& t : tools) {
        const auto doubt_it = [&](std::string what) { out.push_back({false, std::string(t.name), std::move(what)}); };
        if (t.description.find_first_not_of(" \n\t\r") == std::string_view::npos)
            doubt_it("no description: a model can only guess what it does");
        for (const parameter_outline& p : outline(t.input_schema)) {
            // haft::quoted by its full name: of a std::string std::quoted would be the better match.
            if (p.description.empty()) doubt_it("the parameter " + haft::in_quotes(p.name) + " has no description");
            else if (find_hidden(p.description, line_breaks::allowed) != std::string_view::npos)
                doubt_it("the description of the parameter " + haft::in_quotes(p.name) +
                         " holds characters that nobody sees");
        }
        const auto known = [&](std::string_view tag, bool set, std::string_view word) {
            if (t.tags.has(tag) && !set)
                doubt_it("the tag " + haft::in_quotes(tag) + " says it to nobody but readers of tags; write " +
                         std::string(word) + " as well");
        };
        for (const auto& [value, tag] : haft::detail::effect_tags) known(tag, t.effect == value, ".effect");
        for (const auto& [value, tag] : haft::detail::hint_tags) known(tag, has(t.hints, value), ".hints");
    }
    return out;
}

/// The doubts as a table, one line for each.
inline std::string doubts_text(const std::vector<doubt>& doubts, const terminal& to) {
    table rows({"tool", "", "what is doubtful"});
    for (const doubt& d : doubts) rows.row({d.tool.empty() ? "-" : d.tool, d.is_error ? "error" : "warning", d.what});
    std::string text = rows.text(to);
    text.pop_back();
    return text;
}

}  // namespace haft::inline v0::host

#endif  // HAFT_HOST_CHECK_HPP
