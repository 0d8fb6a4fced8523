// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_HOST_EXPORT_DIFF_HPP
#define HAFT_HOST_EXPORT_DIFF_HPP

/// What changed between two exports of tools, and whether it breaks who calls them, or prompt caches. [NX-16]

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/result.hpp>
#include <haft/core/text.hpp>
#include <haft/host/schema_diff.hpp>
#include <haft/host/table.hpp>
#include <haft/host/terminal.hpp>
#include <haft/json/canonical.hpp>
#include <haft/json/pieces.hpp>
#include <haft/json/read_limits.hpp>
#include <haft/json/string_text.hpp>

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace haft::inline v0::host {

/// What a change does to those who have the old export.
enum class impact : unsigned char {
    none,
    cache_only,  ///< every call means what it did; but a prompt has other bytes, so what is cached of it is lost
    compatible,  ///< what was called before still can be, and means the same or a little more
    breaking,    ///< some calls are refused now, or some results are what nobody was told of
};
constexpr std::string_view name_of(impact i) noexcept {
    constexpr std::array<std::string_view, 4> names{"none", "cache-only", "compatible", "breaking"};
    return names[static_cast<unsigned char>(i)];
}

/// One tool of an export. The views point into its text.
struct exported_tool {
    std::string name;
    std::string_view text;                     ///< all of it
    std::vector<json::member_piece> members;   ///< of the object that has the name
    std::string_view input, output;            ///< the schemas; "": none
};

/// One thing that changed.
struct export_change {
    std::string tool;   ///< "": the order of the tools
    std::string where;  ///< `input days`, `output`, `description`; "": the tool itself
    impact judged = impact::none;
    std::string what;   ///< `maximum was 14, is 7`
};

namespace detail {

HAFT_COLD inline error bad_export(std::string_view file, std::string_view what) {
    return {errc::bad_tool, concat({file, " is no export of tools: ", what})};
}

/// The array of tools in an export, wherever that has it; "" if nowhere.
HAFT_COLD inline std::string_view tools_of_export(std::string_view text) {
    if (text.starts_with('[')) return text;
    const auto all = json::members_of(text);
    if (const std::string_view tools = json::value_of(all, "tools"); tools.starts_with('[')) return tools;
    const std::string_view answer = json::value_of(all, "result");  // of JSON-RPC
    return answer.empty() ? answer : json::value_of(json::members_of(answer), "tools");
}

}  // namespace detail

/// Reads an export: what `list --json` prints, MCP's `tools/list` (the array, the object with `tools`, or the whole answer), or what
/// `list --format` makes for OpenAI or Anthropic. `text` must outlive what is given. An error (E0215; E0201 to E0208 for what is no
/// JSON) names the file and says what is wrong with it.
HAFT_COLD inline result<std::vector<exported_tool>> read_export(std::string_view text, std::string_view file) {
    json::document whole;
    json::read_limits limits;
    limits.max_bytes = limits.max_string_bytes = text.size();
    if (result<void> read = json::read_document(whole, text, limits); !read) {
        error e = std::move(read.error());
        e.message = concat({file, " is no JSON"});
        return e;
    }
    const std::size_t first = text.find_first_not_of(" \t\r\n");
    const std::string_view tools = detail::tools_of_export(text.substr(first));
    if (!tools.starts_with('[')) return detail::bad_export(file, "expected an array of tools, or an object with one under \"tools\"");
    std::vector<exported_tool> out;
    for (const std::string_view item : json::items_of(tools)) {
        const std::string number = decimal(out.size() + 1);
        exported_tool one;
        one.text = item;
        one.members = json::members_of(item);
        if (const std::string_view function = json::value_of(one.members, "function"); function.starts_with('{'))
            one.members = json::members_of(function);
        one.name = json::string_of(json::value_of(one.members, "name"));
        if (one.name.empty()) return detail::bad_export(file, concat({"tool ", number, " has no name"}));
        for (const exported_tool& other : out)
            if (other.name == one.name) return detail::bad_export(file, concat({"two tools are named ", in_quotes(one.name)}));
        for (const std::string_view key : {"input_schema", "inputSchema", "parameters"})
            if (one.input.empty()) one.input = json::value_of(one.members, key);
        for (const std::string_view key : {"output_schema", "outputSchema"})
            if (one.output.empty()) one.output = json::value_of(one.members, key);
        for (const std::string_view schema : {one.input, one.output})
            if (!schema.empty() && !schema.starts_with('{') && schema != "true" && schema != "false")
                return detail::bad_export(file, concat({"a schema of tool ", in_quotes(one.name), " is no object"}));
        out.push_back(std::move(one));
    }
    return out;
}

namespace detail {

/// How a difference of the schema of arguments is judged: what was taken must still be.
constexpr impact impact_on_arguments(schema_change change) noexcept {
    switch (change) {
        case schema_change::words: return impact::cache_only;
        case schema_change::default_:
        case schema_change::wider:
        case schema_change::added: return impact::compatible;
        default: return impact::breaking;
    }
}
/// And that of results: what comes must be what was told of.
constexpr impact impact_on_results(schema_change change) noexcept {
    switch (change) {
        case schema_change::words: return impact::cache_only;
        case schema_change::default_:
        case schema_change::narrower:
        case schema_change::added:
        case schema_change::removed: return impact::compatible;
        default: return impact::breaking;
    }
}

class export_comparison {
public:
    HAFT_COLD std::vector<export_change> run(const std::vector<exported_tool>& before, const std::vector<exported_tool>& after) {
        const auto find = [](const std::vector<exported_tool>& in, std::string_view name) -> const exported_tool* {
            for (const exported_tool& one : in)
                if (one.name == name) return &one;
            return nullptr;
        };
        std::vector<std::string_view> kept_before, kept_after;
        for (const exported_tool& one : before) {
            if (const exported_tool* const now = find(after, one.name)) {
                kept_before.push_back(one.name);
                compare(one, *now);
            } else {
                say(one.name, "", impact::breaking, "is gone");
            }
        }
        for (const exported_tool& one : after) {
            if (find(before, one.name)) kept_after.push_back(one.name);
            else say(one.name, "", impact::compatible, "is new");
        }
        if (kept_before != kept_after) say("", "", impact::cache_only, "the tools are in another order");
        return std::move(out_);
    }

private:
    HAFT_COLD void say(std::string_view tool, std::string_view where, impact judged, std::string what) {
        out_.push_back({std::string(tool), std::string(where), judged, std::move(what)});
    }

    HAFT_COLD void compare(const exported_tool& before, const exported_tool& after) {
        std::string a, b;
        json::append_compact(a, before.text);
        json::append_compact(b, after.text);
        if (a == b) return;
        const std::size_t known = out_.size();
        compare_words(before, after);
        compare_schema(before, before.input, after.input, "input", impact_on_arguments);
        compare_schema(before, before.output, after.output, "output", impact_on_results);
        if (out_.size() == known) say(before.name, "", impact::cache_only, "the same in another order or spelling");
    }

    HAFT_COLD void compare_schema(const exported_tool& of, std::string_view before, std::string_view after, std::string_view which,
                                  impact (*judge)(schema_change)) {
        if (before == after) return;
        const bool is_input = which == "input";
        if (before.empty() && !is_input) return say(of.name, which, impact::compatible, "results have a schema now");
        if (after.empty() && !is_input) return say(of.name, which, impact::breaking, "results have no schema any more");
        for (const schema_difference& one : compare_schemas(before.empty() ? "true" : before, after.empty() ? "true" : after))
            say(of.name, concat({which, one.where.empty() ? "" : " ", one.where}), judge(one.change), one.what);
    }

    /// Everything but the name and the schemas.
    HAFT_COLD void compare_words(const exported_tool& before, const exported_tool& after) {
        const auto passes = [](std::string_view key) {
            for (const std::string_view known : {"name", "input_schema", "inputSchema", "parameters", "output_schema", "outputSchema"})
                if (key == known) return true;
            return false;
        };
        for (const json::member_piece& one : before.members)
            if (!passes(one.name)) compare_word(before.name, one.name, one.value, json::value_of(after.members, one.name));
        for (const json::member_piece& one : after.members)
            if (!passes(one.name) && json::value_of(before.members, one.name).empty())
                compare_word(before.name, one.name, {}, one.value);
    }
    HAFT_COLD void compare_word(const std::string& tool, const std::string& key, std::string_view before, std::string_view after) {
        if (before == after) return;
        std::string a, b;
        if (!before.empty()) a = json::canonical(before) ? *json::canonical(before) : std::string(before);
        if (!after.empty()) b = json::canonical(after) ? *json::canonical(after) : std::string(after);
        if (a == b) return;
        if (key == "annotations") return compare_annotations(tool, json::members_of(before), json::members_of(after));
        const bool is_text = key == "description" || key == "title" || key == "instructions" || key == "owner" || key == "deferred";
        std::string what = "another " + key;
        if (key == "deferred") what = before.empty() ? "is deferred now" : "is not deferred any more";
        else if (!is_text) what = concat({"was ", before.empty() ? "nothing" : shown(before), ", is ", after.empty() ? "nothing" : shown(after)});
        say(tool, key, is_text ? impact::cache_only : impact_of_word(key, before, after), std::move(what));
    }
    /// MCP's hints.
    HAFT_COLD void compare_annotations(const std::string& tool, const std::vector<json::member_piece>& before,
                                       const std::vector<json::member_piece>& after) {
        const auto one = [&](const std::string& key) {
            const std::string_view a = json::value_of(before, key), b = json::value_of(after, key);
            if (a == b) return;
            const bool worse = (key == "readOnlyHint" && a == "true") || (key == "destructiveHint" && b == "true");
            say(tool, key, key == "title" ? impact::cache_only : worse ? impact::breaking : impact::compatible,
                concat({"was ", a.empty() ? "nothing" : shown(a), ", is ", b.empty() ? "nothing" : shown(b)}));
        };
        for (const json::member_piece& m : before) one(m.name);
        for (const json::member_piece& m : after)
            if (json::value_of(before, m.name).empty()) one(m.name);
    }
    /// Who lets tools run because they only read, or without asking anybody, has to hear of it.
    static impact impact_of_word(std::string_view key, std::string_view before, std::string_view after) noexcept {
        if (key == "effect" && (before == "\"read_only\"" || after == "\"destructive\"")) return impact::breaking;
        if (key == "needs_approval" && after == "true") return impact::breaking;
        return impact::compatible;
    }
    HAFT_COLD static std::string shown(std::string_view value) {
        std::string compact, out;
        json::append_compact(compact, value);
        append_echo(out, compact, 60);
        return out;
    }

    std::vector<export_change> out_;
};

}  // namespace detail

/// What changed, tool by tool in the order of the first export, then what is new. Of arguments each change is judged by whether what
/// was taken still is, of results by whether what comes was told of; what can't be decided counts as breaking. A tool that only reads
/// no more, that destroys now, or that somebody has to approve now is a breaking change as well.
HAFT_COLD inline std::vector<export_change> compare_exports(const std::vector<exported_tool>& before,
                                                            const std::vector<exported_tool>& after) {
    return detail::export_comparison().run(before, after);
}

/// The worst of some changes.
HAFT_COLD inline impact worst_of(const std::vector<export_change>& changes) {
    impact out = impact::none;
    for (const export_change& one : changes)
        if (one.judged > out) out = one.judged;
    return out;
}

/// A row for each change. Requires some.
HAFT_COLD inline std::string changes_text(const std::vector<export_change>& changes, const terminal& to) {
    table rows({"tool", "where", "judged", "what changed"});
    for (const export_change& one : changes)
        rows.row({one.tool.empty() ? std::string_view("-") : one.tool, one.where.empty() ? std::string_view("-") : one.where,
                  name_of(one.judged), one.what});
    std::string text = rows.text(to);
    text.pop_back();
    return text;
}

/// `{"judged":"breaking","changes":[{"tool":…,"where":…,"judged":…,"what":…}]}`
HAFT_COLD inline std::string changes_json(const std::vector<export_change>& changes) {
    std::string out = concat({"{\"judged\":\"", name_of(worst_of(changes)), "\",\"changes\":["});
    for (const export_change& one : changes)
        append_all(out, {&one == changes.data() ? "\n" : ",\n", "{\"tool\":", json::string_text(one.tool),
                         ",\"where\":", json::string_text(one.where), ",\"judged\":\"", name_of(one.judged),
                         "\",\"what\":", json::string_text(one.what), "}"});
    return out += changes.empty() ? "]}" : "\n]}";
}

}  // namespace haft::inline v0::host

#endif  // HAFT_HOST_EXPORT_DIFF_HPP
