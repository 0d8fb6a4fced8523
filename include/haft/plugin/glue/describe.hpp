// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_PLUGIN_GLUE_DESCRIBE_HPP
#define HAFT_PLUGIN_GLUE_DESCRIBE_HPP

/// What a library offers, as `describe` gives it: docs/guide/shared-libraries.md.

#include <haft/command/command.hpp>
#include <haft/command/completion.hpp>
#include <haft/core/config.hpp>
#include <haft/enrich/enricher.hpp>
#include <haft/hook/hook_options.hpp>
#include <haft/plugin/glue/json_object.hpp>
#include <haft/tool/about.hpp>
#include <haft/tool/tool.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace haft::inline v0::detail::glue {

inline std::string_view word_of(effect e) noexcept {
    return e == effect::read_only     ? "read_only"
           : e == effect::additive    ? "additive"
           : e == effect::destructive ? "destructive"
                                      : "";
}

/// `called`: what stands in haft_call::name.
HAFT_COLD inline void describe_name(json_object& o, std::string_view name, std::string_view called) {
    o.any_text("name", name);
    if (called != name) o.text("call_as", called);
}

HAFT_COLD inline void describe(json_object& o, const tool& t, std::string_view called) {
    describe_name(o, t.name, called);
    o.text("title", t.title);
    o.text("description", t.description);
    o.raw("inputSchema", t.input_schema);
    o.raw("outputSchema", t.output_schema);
    o.text("effect", word_of(t.effect));
    std::vector<std::string_view> all;
    for (const named_hint& one : hint_tags)
        if (has(t.hints, one.value)) all.push_back(one.tag);
    o.texts("hints", all);
    o.text("group", t.group);
    o.text("category", t.category);
    o.text("instructions", t.instructions);
    o.text("tags", t.tags.text());
    o.text("version", t.version);
    o.flag("deferred", t.deferred);
    o.flag("disabled_by_default", t.disabled_by_default);
    o.flag("needs_approval", t.needs_approval);
    o.number("default_gap", t.default_gap);
    if (const availability* const missing = t.available ? t.available->missing() : nullptr) {
        o.flag("available", false, true);
        o.text("available_hint", missing->hint);
    }
    o.flag("asks_available", t.available != nullptr);
    o.flag("checks_arguments", true);
    o.flag("validates", t.validate != nullptr);
    if (!t.origin) return;
    std::string where;
    json_object origin(where);
    origin.text("name", t.origin->name);
    origin.text("file", t.origin->file);
    origin.number("line", t.origin->line);
    origin.text("toolbox", t.origin->toolbox);
    origin.end();
    o.raw("origin", where);
}

/// `completes_rest`: there are proposals for parameters that have no completer of their own.
HAFT_COLD inline void describe(json_object& o, const command& c, std::string_view called, bool completes_rest) {
    describe_name(o, c.name, called);
    o.texts("aliases", c.aliases);
    o.text("description", c.description);
    o.raw("inputSchema", c.input_schema);
    o.flag("share_with_model", c.share_with_model);
    o.flag("auto_undo", c.auto_undo, true);
    o.flag("takes_any_words", c.takes_any_words);
    std::vector<std::string_view> completed;
    for (const command_completer& one : c.completers) completed.push_back(one.parameter);
    if (completes_rest) completed.push_back("");
    o.texts("completes", completed);
}

HAFT_COLD inline void describe(json_object& o, const hook_options& h, std::string_view point, std::string_view called,
                               bool optional) {
    describe_name(o, h.name, called);
    o.text("point", point);
    o.number("priority", h.priority);
    if (h.order != hook_order::normal) o.text("order", h.order == hook_order::first ? "first" : "last");
    o.flag("async", h.async);
    o.flag("guard", h.guard);
    o.flag("optional", optional);
}

HAFT_COLD inline void describe(json_object& o, const enricher& e, std::string_view called) {
    describe_name(o, e.name, called);
    const auto pipeline = [&](std::string_view name, bool there, int order) {
        if (there) o.raw(name, std::to_string(order));
    };
    pipeline("prompt", static_cast<bool>(e.prompt), e.prompt_order);
    pipeline("system_instructions", static_cast<bool>(e.system_instructions), e.system_order);
    pipeline("tool_result", static_cast<bool>(e.tool_result), e.result_order);
}

}  // namespace haft::inline v0::detail::glue

#endif  // HAFT_PLUGIN_GLUE_DESCRIBE_HPP
