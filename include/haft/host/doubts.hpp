// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_HOST_DOUBTS_HPP
#define HAFT_HOST_DOUBTS_HPP

/// What is doubtful about a toolset: what a model will stumble over although everything compiles. `list --check` shows it.

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/text.hpp>
#include <haft/core/visible.hpp>
#include <haft/format/default_gap.hpp>
#include <haft/host/outline.hpp>
#include <haft/host/table.hpp>
#include <haft/host/terminal.hpp>
#include <haft/host/tool_sources.hpp>
#include <haft/json/string_text.hpp>
#include <haft/search/token_estimate.hpp>
#include <haft/tool/toolset.hpp>

#include <cstddef>
#include <initializer_list>
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

/// Everything doubtful: what went wrong with the tools, then tool by tool what lacks words. [NX-01]
HAFT_COLD inline std::vector<doubt> doubts_about(const toolset& tools, const std::vector<problem>& problems) {
    std::vector<doubt> out;
    const auto add = [&](bool is_error, std::string_view tool, std::string what) {
        out.push_back({is_error, std::string(tool), std::move(what)});
    };
    for (const problem& p : problems) add(p.is_error, "", p.text);
    if (const std::size_t tokens = estimate_tokens(tools); tokens > token_budget)
        add(false, "",
            concat({"the tools take about ", decimal(tokens), " tokens of every prompt, more than ",
                    decimal(token_budget), "; defer some, or select"}));
    for (const tool& t : tools) {
        const auto doubt_it = [&](std::initializer_list<std::string_view> what) { add(false, t.name, concat(what)); };
        if (t.description.find_first_not_of(" \n\t\r") == std::string_view::npos)
            doubt_it({"no description: a model can only guess what it does"});
        if (t.name[0] >= 'A' && t.name[0] <= 'Z' && t.name.find('.') == std::string_view::npos)
            doubt_it({"its name begins with a capital letter, as those of toolboxes do"});
        for (const parameter_outline& p : outline(t.input_schema)) {
            if (p.description.empty()) doubt_it({"the parameter ", in_quotes(p.name), " has no description"});
            else if (find_hidden(p.description, line_breaks::allowed) != std::string_view::npos)
                doubt_it(
                    {"the description of the parameter ", in_quotes(p.name), " holds characters that nobody sees"});
        }
        if (const std::string reason = formats::reason_of_default_gap(t); !reason.empty())
            doubt_it({"it is never exported as strict: ", reason});
        const auto known = [&](std::string_view tag, bool set, std::string_view word) {
            if (t.tags.has(tag) && !set)
                doubt_it(
                    {"the tag ", in_quotes(tag), " says it to nobody but readers of tags; write ", word, " as well"});
        };
        for (const auto& [value, tag] : effect_tags) known(tag, t.effect == value, ".effect");
        for (const auto& [value, tag] : hint_tags) known(tag, has(t.hints, value), ".hints");
    }
    return out;
}

HAFT_COLD inline std::vector<doubt> doubts_about(const toolset& tools) {
    return doubts_about(tools, set_sources(tools).problems());
}

/// The doubts as a table, one line for each.
HAFT_COLD inline std::string doubts_text(const std::vector<doubt>& doubts, const terminal& to) {
    table rows({"tool", "", "what is doubtful"});
    for (const doubt& d : doubts)
        rows.row({d.tool.empty() ? std::string_view("-") : d.tool, d.is_error ? "error" : "warning", d.what});
    std::string text = rows.text(to);
    text.pop_back();
    return text;
}

/// The same as JSON: `[{"tool":…,"error":false,"what":…}]`.
HAFT_COLD inline std::string doubts_json(const std::vector<doubt>& doubts) {
    std::string out = "[";
    for (const doubt& d : doubts)
        append_all(out,
                   {&d == doubts.data() ? "" : ",", "{\"tool\":", json::string_text(d.tool),
                    d.is_error ? ",\"error\":true" : ",\"error\":false", ",\"what\":", json::string_text(d.what), "}"});
    return out + "]";
}

}  // namespace haft::inline v0::host

#endif  // HAFT_HOST_DOUBTS_HPP
