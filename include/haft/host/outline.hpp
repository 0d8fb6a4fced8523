// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_HOST_OUTLINE_HPP
#define HAFT_HOST_OUTLINE_HPP

/// A tool's parameters as a person reads them, taken from its schema text: whatever made the tool, the schema is there.

#include <haft/json/lexer.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace haft::inline v0::host {

/// One parameter in words.
struct parameter_outline {
    std::string name;
    std::string type;  ///< `integer 1..14`, `a | b`, `[string]`, `{lat, lon?}`
    bool required = false;
    std::string default_text;  ///< as JSON
    std::string description;
};

namespace detail {

using members = std::vector<std::pair<std::string, std::string_view>>;

/// The members of a JSON object with their values' text. Requires JSON; not an object gives none.
inline members members_of(std::string_view object) {
    members out;
    json::lexer in(object, 512);
    if (in.peek() != '{' || !in.enter('{')) return out;
    json::lexer::string_token key;
    std::string_view value;
    for (bool first = true; in.next('}', first) && in.key(key) && in.skip(value);) {
        out.emplace_back();
        json::lexer::decode(key, out.back().first);
        out.back().second = value;
    }
    return out;
}
inline std::string_view member_of(const members& all, std::string_view name) {
    for (const auto& [key, value] : all)
        if (key == name) return value;
    return {};
}
inline std::vector<std::string_view> items_of(std::string_view array) {
    std::vector<std::string_view> out;
    json::lexer in(array, 512);
    if (in.peek() != '[' || !in.enter('[')) return out;
    std::string_view item;
    for (bool first = true; in.next(']', first) && in.skip(item);) out.push_back(item);
    return out;
}
inline std::string text_of(std::string_view json) {
    std::string out;
    if (json.size() >= 2 && json.front() == '"') json::lexer::decode({json.substr(1, json.size() - 2), false}, out);
    else out = json;
    return out;
}

inline std::string type_outline(std::string_view schema);

inline std::string object_outline(const members& all) {
    const std::vector<std::string_view> required = items_of(member_of(all, "required"));
    std::string out;
    for (const auto& [name, schema] : members_of(member_of(all, "properties"))) {
        bool needed = false;
        for (const std::string_view r : required) needed = needed || text_of(r) == name;
        out.append(out.empty() ? "{" : ", ").append(name).append(needed ? "" : "?");
    }
    return out.empty() ? "{}" : out + "}";
}

inline std::string type_outline(std::string_view schema) {
    const members all = members_of(schema);
    if (const std::string_view values = member_of(all, "enum"); !values.empty()) {
        std::string out;
        for (const std::string_view v : items_of(values)) out.append(out.empty() ? "" : " | ").append(text_of(v));
        return out;
    }
    if (const std::string_view choices = member_of(all, "anyOf"); !choices.empty()) {
        std::string out;
        for (const std::string_view c : items_of(choices))
            out.append(out.empty() ? "" : " or ").append(type_outline(c));
        return out;
    }
    const std::string type = text_of(member_of(all, "type"));
    if (type == "object") return object_outline(all);
    std::string out = type == "array" ? "[" + type_outline(member_of(all, "items")) + "]" : type.empty() ? "any" : type;
    struct range {
        std::string_view low, high, unit;
    };
    for (const range& r : {range{"minimum", "maximum", ""}, range{"minLength", "maxLength", " character"},
                           range{"minItems", "maxItems", " item"}}) {
        const std::string_view low = member_of(all, r.low);
        const std::string_view high = member_of(all, r.high);
        if (low.empty() && high.empty()) continue;
        if (low.empty()) out.append(" <= ").append(high);
        else if (high.empty()) out.append(" >= ").append(low);
        else out.append(" ").append(low).append("..").append(high);
        if (!r.unit.empty()) out.append(r.unit).append((high.empty() ? low : high) == "1" ? "" : "s");
    }
    return out;
}

}  // namespace detail

/// The parameters in the order of the schema.
inline std::vector<parameter_outline> outline(std::string_view input_schema) {
    const detail::members root = detail::members_of(input_schema);
    const std::vector<std::string_view> required = detail::items_of(detail::member_of(root, "required"));
    std::vector<parameter_outline> out;
    for (const auto& [name, schema] : detail::members_of(detail::member_of(root, "properties"))) {
        const detail::members all = detail::members_of(schema);
        parameter_outline p;
        p.name = name;
        p.type = detail::type_outline(schema);
        for (const std::string_view r : required) p.required = p.required || detail::text_of(r) == name;
        p.default_text = detail::member_of(all, "default");
        p.description = detail::text_of(detail::member_of(all, "description"));
        out.push_back(std::move(p));
    }
    return out;
}

}  // namespace haft::inline v0::host

#endif  // HAFT_HOST_OUTLINE_HPP
