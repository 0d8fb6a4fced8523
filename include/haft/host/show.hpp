// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_HOST_SHOW_HPP
#define HAFT_HOST_SHOW_HPP

/// The commands `show` and `explain`: one tool, or why there is none.

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/host/arguments.hpp>
#include <haft/host/outline.hpp>
#include <haft/host/pretty.hpp>
#include <haft/host/program.hpp>
#include <haft/host/table.hpp>
#include <haft/host/tool_json.hpp>
#include <haft/tool/about.hpp>
#include <haft/tool/explanation.hpp>
#include <haft/tool/tool.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace haft::inline v0::host {

/// One tool: its words, parameters and schemas.
HAFT_COLD inline int show(const program& p, std::string_view name) {
    const tool* const t = p.names().find(name);
    if (!t) return p.not_served(name);
    if (p.json) {
        std::string all;
        append_tool_json(all, *t, p.sources.owner_of(*t), p.sources.place_of(*t));
        return p.print(all);
    }
    std::string text = p.out.name(t->name);
    if (!t->title.empty()) append_all(text, {"  ", t->title});
    if (t->effect != effect::unspecified) append_all(text, {"  ", p.out.dim(effect_name(t->effect))});
    for (const auto& hint : hint_tags)
        if (has(t->hints, hint.value)) append_all(text, {"  ", p.out.dim(hint_name(hint.tag))});
    text += '\n';
    for (const std::string& line : wrap(t->description, p.out.width)) append_all(text, {line, "\n"});
    const auto word = [&](std::string_view label, std::string_view value) {
        if (!value.empty()) append_all(text, {p.out.dim(label), " ", value, "\n"});
    };
    word("owner", p.sources.owner_of(*t));
    word("runs", p.sources.place_of(*t));
    word("version", t->version);
    word("group", t->group);
    word("category", t->category);
    word("tags", t->tags.text());
    if (t->origin) word("from", t->origin->text());
    if (!t->instructions.empty()) append_all(text, {"\n", p.out.dim("instructions"), "\n", t->instructions, "\n"});
    const std::vector<parameter_outline> parameters = outline(t->input_schema);
    if (!parameters.empty()) {
        table rows({"parameter", "type", "", "about"});
        for (const parameter_outline& one : parameters) {
            const bool has_default = !one.required && !one.default_text.empty();
            const std::string need = concat({one.required  ? "required"
                                             : has_default ? "= "
                                                           : "optional",
                                             has_default ? one.default_text : ""});
            rows.row({one.name, one.type, need, one.description});
        }
        append_all(text, {"\n", rows.text(p.out)});
    }
    append_all(text, {"\n", p.out.dim("input schema"), "\n", pretty_json(t->input_schema, p.out, 2)});
    if (!t->output_schema.empty())
        append_all(text, {"\n\n", p.out.dim("output schema"), "\n", pretty_json(t->output_schema, p.out, 2)});
    return p.print(text);
}

/// `show NAME`
HAFT_COLD inline int show(const program& p, words names) {
    return names.size() == 1 ? show(p, names[0]) : p.wrong("show wants one tool's name");
}

/// Why a name is there or not: exits with 1 if nothing is known of it.
HAFT_COLD inline int explain(const program& p, std::string_view name) {
    const tool* const t = p.names().find(name);  // in either spelling
    const explanation why = p.sources.explain(t ? t->name : name);
    if (p.json) return p.print(explanation_json(name, why)), why.known ? exit_ok : exit_failed;
    return why.known ? p.print(why.text()) : p.fail(why.text());
}

/// `explain NAME`
HAFT_COLD inline int explain(const program& p, words names) {
    return names.size() == 1 ? explain(p, names[0]) : p.wrong("explain wants one name");
}

}  // namespace haft::inline v0::host

#endif  // HAFT_HOST_SHOW_HPP
