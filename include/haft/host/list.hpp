// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_HOST_LIST_HPP
#define HAFT_HOST_LIST_HPP

/// The command `list`: the tools, for people, for a provider, or what is doubtful about them.

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/nearest.hpp>
#include <haft/core/text.hpp>
#include <haft/format/export.hpp>
#include <haft/format/name.hpp>
#include <haft/host/arguments.hpp>
#include <haft/host/doubts.hpp>
#include <haft/host/list_format.hpp>
#include <haft/host/outline.hpp>
#include <haft/host/program.hpp>
#include <haft/host/table.hpp>
#include <haft/host/tool_json.hpp>
#include <haft/tool/about.hpp>
#include <haft/tool/tool.hpp>
#include <haft/tool/toolset.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace haft::inline v0::host {

namespace detail {

HAFT_COLD inline std::string list_text(const program& p, const toolset& tools) {
    bool owned = false, elsewhere = false;
    for (const tool& t : tools) {
        owned = owned || !p.sources.owner_of(t).empty();
        elsewhere = elsewhere || !p.sources.place_of(t).empty();
    }
    table rows = elsewhere ? table({"tool", "owner", "runs", "parameters", "what it does"})
                 : owned   ? table({"tool", "owner", "parameters", "what it does"})
                           : table({"tool", "parameters", "what it does"});
    for (const tool& t : tools) {
        std::string parameters;
        for (const parameter_outline& one : outline(t.input_schema))
            append_all(parameters, {parameters.empty() ? "" : ", ", one.name, one.required ? "" : "?"});
        const std::string_view shown = parameters.empty() ? std::string_view("-") : parameters;
        const std::string does =
            concat({first_paragraph(t.description), t.effect == effect::destructive ? " (destructive)" : "",
                    t.deferred ? " (deferred)" : "", t.needs_approval ? " (needs approval)" : ""});
        const std::string place = elsewhere ? p.sources.place_of(t) : std::string();
        if (elsewhere) rows.row({t.name, p.sources.owner_of(t), place.empty() ? std::string_view("here") : std::string_view(place), shown, does});
        else if (owned) rows.row({t.name, p.sources.owner_of(t), shown, does});
        else rows.row({t.name, shown, does});
    }
    std::string text = rows.text(p.out);
    if (!text.empty()) text.pop_back();
    return text;
}

HAFT_COLD inline std::string list_json(const program& p, const toolset& tools) {
    std::string text = "[";
    for (const tool& t : tools) {
        text += text.size() > 1 ? ",\n" : "\n";
        append_tool_json(text, t, p.sources.owner_of(t), p.sources.place_of(t));
    }
    return text += tools.empty() ? "]" : "\n]";
}

/// One name on each line, for the programs that complete them.
HAFT_COLD inline std::string list_names(const toolset& tools) {
    std::string out;
    for (const tool& t : tools) append_all(out, {out.empty() ? "" : "\n", t.name});
    return out;
}

/// What goes into a first prompt.
HAFT_COLD inline toolset without_deferred(const toolset& tools) {
    toolset out;
    for (std::size_t i = 0; i < tools.size(); ++i)
        if (!tools[i].deferred) out.add_from(tools, i);
    return out;
}

}  // namespace detail

/// What is doubtful about the tools. Exits with 1 at an error; strictly, at a warning too.
HAFT_COLD inline int list_check(const program& p, bool strict) {
    const std::vector<doubt> doubts =
        doubts_about(p.is_selected() ? p.tools() : p.sources.offered(), p.sources.problems());
    if (doubts.empty() && !p.json) return p.print(p.out.good("nothing is doubtful about these tools"));
    bool fails = strict && !doubts.empty();
    for (const doubt& d : doubts) fails = fails || d.is_error;
    const int printed = p.print(p.json ? doubts_json(doubts) : doubts_text(doubts, p.out));
    return fails ? exit_failed : printed;
}

/// `list --check [--strict]`
HAFT_COLD inline int list_check(const program& p, words options) {
    const bool strict = options.size() == 1 && options[0] == "--strict";
    if (!options.empty() && !strict) return p.wrong_word("list --check does not know ", options[0], {"--strict"});
    return list_check(p, strict);
}

struct list_options {
    std::string_view format = {};  ///< `text`, `json`, `names`, or one of list_formats; "": as the program was asked
    bool strict = false;           ///< schemas for the provider's strict mode
    bool all = false;              ///< deferred tools too
};

/// The tools in a format. People, and MCP's clients, which can't search, are shown deferred tools; of what is for a provider's first
/// prompt they are left out. [RG-11]
HAFT_COLD inline int list(const program& p, const list_options& how) {
    const std::string_view format = !how.format.empty() ? how.format : p.json ? "json" : "text";
    const list_format* const of_provider = find_list_format(format);
    if (how.strict && !(of_provider && of_provider->can_be_strict))
        return p.wrong("--strict is for the formats openai, openai-responses and anthropic");
    if (of_provider) {
        const bool everything = how.all || format == "mcp";
        const toolset core = everything ? toolset() : detail::without_deferred(p.tools());
        const formats::exported_tools exported =
            list_in(*of_provider, everything ? p.names() : formats::name_map(core), how.strict);
        for (const std::string& note : exported.notes) p.say(p.err.warn("Note: "), note);
        return p.print(exported.json);
    }
    if (format == "text") return p.print(detail::list_text(p, p.tools()));
    if (format == "json") return p.print(detail::list_json(p, p.tools()));
    if (format == "names") return p.tools().empty() ? exit_ok : p.print(detail::list_names(p.tools()));
    nearest_name nearest(format);
    for (const std::string_view own : {"text", "json", "names"}) nearest.consider(own);
    for (const list_format& f : list_formats) nearest.consider(f.name);
    return p.wrong(concat({"no format ", in_quotes(format)}), nearest.name());
}

/// `list [--format FORMAT] [--strict] [--all]`
HAFT_COLD inline int list(const program& p, words options) {
    list_options how;
    const char* format = "";
    for (std::size_t i = 0; i < options.size(); ++i) {
        if (options.option(i, "--format", format)) {
            if (!format) return p.wrong("--format wants the name of a format");
            how.format = format;
        } else if (options[i] == "--strict") how.strict = true;
        else if (options[i] == "--all") how.all = true;
        else
            return p.wrong_word("list does not know ", options[i],
                                {"--format", "--strict", "--check", "--all", "--tools"});
    }
    return list(p, how);
}

}  // namespace haft::inline v0::host

#endif  // HAFT_HOST_LIST_HPP
