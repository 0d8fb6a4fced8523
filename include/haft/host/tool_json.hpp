// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_HOST_TOOL_JSON_HPP
#define HAFT_HOST_TOOL_JSON_HPP

/// Tools, errors and explanations as JSON, for programs that read what haft::run prints.

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/json/pieces.hpp>
#include <haft/json/string_text.hpp>
#include <haft/tool/about.hpp>
#include <haft/tool/explanation.hpp>
#include <haft/tool/tool.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace haft::inline v0::host {

HAFT_COLD inline std::string_view effect_name(effect e) {
    static constexpr std::string_view names[]{"unspecified", "read_only", "additive", "destructive"};
    return names[static_cast<unsigned>(e)];
}

/// `closed_world` of `closed-world`, as it is written in C++.
HAFT_COLD inline std::string hint_name(std::string_view tag) {
    std::string name(tag);
    for (char& c : name)
        if (c == '-') c = '_';
    return name;
}

/// Appends a tool with all that is said of it; what is empty is left out.
HAFT_COLD inline void append_tool_json(std::string& text, const tool& t, std::string_view owner = {}, std::string_view runs = {}) {
    const auto word = [&](std::string_view before, std::string_view words) {
        if (!words.empty()) append_all(text, {before, json::string_text(words)});
    };
    append_all(text, {"{\"name\":", json::string_text(t.name)});
    word(",\"owner\":", owner);
    word(",\"runs\":", runs);
    word(",\"title\":", t.title);
    append_all(text, {",\"description\":", json::string_text(t.description), ",\"effect\":\"", effect_name(t.effect),
                      "\",\"hints\":["});
    std::string_view separator;
    for (const auto& hint : hint_tags) {
        if (!has(t.hints, hint.value)) continue;
        append_all(text, {separator, "\"", hint_name(hint.tag), "\""});
        separator = ",";
    }
    text += ']';
    if (!t.tags.empty()) {
        std::string_view before = ",\"tags\":[";
        for (const std::string_view tag : t.tags) word(before, tag), before = ",";
        text += ']';
    }
    word(",\"group\":", t.group);
    word(",\"category\":", t.category);
    word(",\"version\":", t.version);
    if (t.deferred) text += ",\"deferred\":true";
    if (t.needs_approval) text += ",\"needs_approval\":true";
    word(",\"instructions\":", t.instructions);
    json::append_compact(text += ",\"input_schema\":", t.input_schema);
    if (!t.output_schema.empty()) json::append_compact(text += ",\"output_schema\":", t.output_schema);
    text += '}';
}

/// `{"error":{"code":"haft-E0209","message":…,"faults":[{"code":…,"pointer":…,"message":…}]}}`
HAFT_COLD inline std::string error_json(const error& e) {
    std::string out =
        concat({"{\"error\":{\"code\":\"", code_text(e.code), "\",\"message\":", json::string_text(e.message)});
    std::string_view before = ",\"faults\":[";
    for (const fault& f : e.faults) {
        append_all(out, {before, "{\"code\":\"", code_text(f.code), "\",\"pointer\":", json::string_text(f.pointer),
                         ",\"message\":", json::string_text(f.message)});
        if (!f.nearest.empty()) append_all(out, {",\"nearest\":", json::string_text(f.nearest)});
        out += '}';
        before = ",";
    }
    if (!e.faults.empty()) out += ']';
    if (e.more_faults) append_all(out, {",\"more_faults\":", decimal(e.more_faults)});
    return out + "}}";
}

/// `{"name":…,"known":true,"served":true,"reasons":[…]}`
HAFT_COLD inline std::string explanation_json(std::string_view name, const explanation& why) {
    std::string out = concat({"{\"name\":", json::string_text(name), ",\"known\":", why.known ? "true" : "false",
                              ",\"served\":", why.served ? "true" : "false", ",\"reasons\":["});
    for (const std::string& one : why.reasons)
        append_all(out, {&one == why.reasons.data() ? "" : ",", json::string_text(one)});
    return out + "]}";
}

}  // namespace haft::inline v0::host

#endif  // HAFT_HOST_TOOL_JSON_HPP
