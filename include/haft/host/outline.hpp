// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_HOST_OUTLINE_HPP
#define HAFT_HOST_OUTLINE_HPP

/// A tool's parameters as a person reads them, taken from its schema text: whatever made the tool, the schema is there.

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/json/pieces.hpp>

#include <cstddef>
#include <string>
#include <string_view>
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
HAFT_COLD inline std::string text_of(std::string_view value) {
    return value.starts_with('"') ? json::string_of(value) : std::string(value);
}
/// The text of a member; "" if there is none.
HAFT_COLD inline std::string text_of(const members& all, std::string_view name) {
    return text_of(json::value_of(all, name));
}

HAFT_COLD inline bool has_text(const std::vector<std::string_view>& items, std::string_view text) {
    for (const std::string_view item : items)
        if (text_of(item) == text) return true;
    return false;
}

std::string type_outline(std::string_view schema);

/// The items of an array, each by `one`: `[a, b`, or "" without any.
HAFT_COLD inline std::string outline_of_items(std::string_view array, std::string_view first, std::string_view between,
                                              std::string (*one)(std::string_view)) {
    std::string out;
    for (const std::string_view item : json::items_of(array))
        append_all(out, {out.empty() ? first : between, one(item)});
    return out;
}

HAFT_COLD inline std::string object_outline(const members& all) {
    const std::vector<std::string_view> required = json::items_of(json::value_of(all, "required"));
    std::string out;
    for (const json::member_piece& m : json::members_of(json::value_of(all, "properties")))
        append_all(out, {out.empty() ? "{" : ", ", m.name, has_text(required, m.name) ? "" : "?"});
    if (!out.empty()) return out += '}';
    const std::string_view any_key = json::value_of(all, "additionalProperties");
    return any_key.starts_with('{') ? concat({"{*: ", type_outline(any_key), "}"}) : "{}";
}

HAFT_COLD inline std::string type_outline(std::string_view schema) {
    const members all = json::members_of(schema);
    const auto value = [&](std::string_view name) { return json::value_of(all, name); };
    if (!value("enum").empty()) return outline_of_items(value("enum"), "", " | ", text_of);
    if (!value("anyOf").empty()) return outline_of_items(value("anyOf"), "", " or ", type_outline);
    if (const std::string to = text_of(all, "$ref"); !to.empty()) return to.substr(to.rfind('/') + 1);
    if (!value("prefixItems").empty()) return outline_of_items(value("prefixItems"), "[", ", ", type_outline) + ']';
    const std::string type = text_of(all, "type");
    if (type == "object") return object_outline(all);
    std::string out;
    if (type == "array") append_all(out, {"[", type_outline(value("items")), "]"});
    else out = type.empty() ? "any" : type;
    constexpr std::string_view ranges[][3]{
        {"minimum", "maximum", ""}, {"minLength", "maxLength", " character"}, {"minItems", "maxItems", " item"}};
    for (const auto& [least, most, unit] : ranges) {
        const std::string_view low = value(least);
        const std::string_view high = value(most);
        if (low.empty() && high.empty()) continue;
        const std::string_view sign = low.empty() ? " <= " : high.empty() ? " >= " : " ";
        append_all(out, {sign, low, low.empty() || high.empty() ? "" : "..", high});
        if (!unit.empty()) append_all(out, {unit, (high.empty() ? low : high) == "1" ? "" : "s"});
    }
    constexpr std::string_view bounds[][2]{{"exclusiveMinimum", " > "}, {"exclusiveMaximum", " < "}};
    for (const auto& [word, sign] : bounds)
        if (!value(word).empty()) append_all(out, {sign, value(word)});
    if (const std::string format = text_of(all, "format"); !format.empty()) append_all(out, {" (", format, ")"});
    return out;
}

}  // namespace detail

/// The parameters in the order of the schema.
HAFT_COLD inline std::vector<parameter_outline> outline(std::string_view input_schema) {
    const detail::members root = json::members_of(input_schema);
    const std::vector<std::string_view> required = json::items_of(json::value_of(root, "required"));
    const detail::members properties = json::members_of(json::value_of(root, "properties"));
    std::vector<parameter_outline> out(properties.size());
    for (std::size_t i = 0; i < out.size(); ++i) {
        const detail::members all = json::members_of(properties[i].value);
        parameter_outline& p = out[i];
        p.name = properties[i].name;
        p.type = detail::type_outline(properties[i].value);
        p.required = detail::has_text(required, p.name);
        p.default_text = json::value_of(all, "default");
        p.description = detail::text_of(all, "description");
    }
    return out;
}

}  // namespace haft::inline v0::host

#endif  // HAFT_HOST_OUTLINE_HPP
