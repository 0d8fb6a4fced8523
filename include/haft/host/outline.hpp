// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_HOST_OUTLINE_HPP
#define HAFT_HOST_OUTLINE_HPP

/// A tool's parameters as a person reads them, taken from its schema text: whatever made the tool, the schema is there.

#include <haft/json/pieces.hpp>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace haft::inline v0::host {

/// One parameter in words.
struct parameter_outline {
    std::string name;
    std::string type;  ///< `integer 1..14`, `a | b`, `[string]`, `{lat, lon?}`, `{*: integer}`
    bool required = false;
    std::string default_text;  ///< as JSON
    std::string description;
};

namespace detail {

using members = std::vector<json::member_piece>;

/// What a string says; anything else as it stands.
inline std::string text_of(std::string_view value) {
    return value.starts_with('"') ? json::string_of(value) : std::string(value);
}

inline std::string type_outline(std::string_view schema);

inline std::string object_outline(const members& all) {
    const std::vector<std::string_view> required = json::items_of(json::value_of(all, "required"));
    std::string out;
    for (const auto& [name, key, schema] : json::members_of(json::value_of(all, "properties"))) {
        bool needed = false;
        for (const std::string_view r : required) needed = needed || text_of(r) == name;
        out.append(out.empty() ? "{" : ", ").append(name).append(needed ? "" : "?");
    }
    if (!out.empty()) return out + "}";
    const std::string_view any_key = json::value_of(all, "additionalProperties");
    return any_key.starts_with('{') ? "{*: " + type_outline(any_key) + "}" : "{}";
}

inline std::string type_outline(std::string_view schema) {
    const members all = json::members_of(schema);
    if (const std::string_view values = json::value_of(all, "enum"); !values.empty()) {
        std::string out;
        for (const std::string_view v : json::items_of(values)) out.append(out.empty() ? "" : " | ").append(text_of(v));
        return out;
    }
    if (const std::string_view choices = json::value_of(all, "anyOf"); !choices.empty()) {
        std::string out;
        for (const std::string_view c : json::items_of(choices))
            out.append(out.empty() ? "" : " or ").append(type_outline(c));
        return out;
    }
    if (const std::string to = text_of(json::value_of(all, "$ref")); !to.empty()) return to.substr(to.rfind('/') + 1);
    if (const std::string_view items = json::value_of(all, "prefixItems"); !items.empty()) {
        std::string out;
        for (const std::string_view i : json::items_of(items))
            out.append(out.empty() ? "[" : ", ").append(type_outline(i));
        return out + "]";
    }
    const std::string type = text_of(json::value_of(all, "type"));
    if (type == "object") return object_outline(all);
    std::string out = type == "array" ? "[" + type_outline(json::value_of(all, "items")) + "]"
                      : type.empty()  ? "any"
                                      : type;
    struct range {
        std::string_view low, high, unit;
    };
    for (const range& r : {range{"minimum", "maximum", ""}, range{"minLength", "maxLength", " character"},
                           range{"minItems", "maxItems", " item"}}) {
        const std::string_view low = json::value_of(all, r.low);
        const std::string_view high = json::value_of(all, r.high);
        if (low.empty() && high.empty()) continue;
        if (low.empty()) out.append(" <= ").append(high);
        else if (high.empty()) out.append(" >= ").append(low);
        else out.append(" ").append(low).append("..").append(high);
        if (!r.unit.empty()) out.append(r.unit).append((high.empty() ? low : high) == "1" ? "" : "s");
    }
    for (const auto& [word, sign] : {std::pair{"exclusiveMinimum", " > "}, std::pair{"exclusiveMaximum", " < "}})
        if (const std::string_view limit = json::value_of(all, word); !limit.empty()) out.append(sign).append(limit);
    if (const std::string format = text_of(json::value_of(all, "format")); !format.empty())
        out.append(" (").append(format).append(")");
    return out;
}

}  // namespace detail

/// The parameters in the order of the schema.
inline std::vector<parameter_outline> outline(std::string_view input_schema) {
    const detail::members root = json::members_of(input_schema);
    const std::vector<std::string_view> required = json::items_of(json::value_of(root, "required"));
    std::vector<parameter_outline> out;
    for (const auto& [name, key, schema] : json::members_of(json::value_of(root, "properties"))) {
        const detail::members all = json::members_of(schema);
        parameter_outline p;
        p.name = name;
        p.type = detail::type_outline(schema);
        for (const std::string_view r : required) p.required = p.required || detail::text_of(r) == name;
        p.default_text = json::value_of(all, "default");
        p.description = detail::text_of(json::value_of(all, "description"));
        out.push_back(std::move(p));
    }
    return out;
}

}  // namespace haft::inline v0::host

#endif  // HAFT_HOST_OUTLINE_HPP
