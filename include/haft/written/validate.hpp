// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_WRITTEN_VALIDATE_HPP
#define HAFT_WRITTEN_VALIDATE_HPP

/// Whether arguments fit a schema, as a list of sentences: in full, or as little and in just those words as Qanot's
/// validate_tool_params has it. [EX-01]

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/json/document.hpp>
#include <haft/json/exact_number.hpp>
#include <haft/json/read_limits.hpp>
#include <haft/json/value_faults.hpp>
#include <haft/written/written_schema.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace haft::inline v0 {

enum class validation : unsigned char {
    basic,  ///< what is required, and the types of the top level; unknown keys and unknown types pass
    full,   ///< JSON Schema, as written_schema has it
};

namespace detail {

/// A type as Python calls it.
HAFT_COLD inline std::string_view python_type(const json::value_node& v) {
    switch (v.kind) {
        case json::value_kind::null: return "NoneType";
        case json::value_kind::boolean: return "bool";
        case json::value_kind::string: return "str";
        case json::value_kind::array: return "list";
        case json::value_kind::object: return "dict";
        case json::value_kind::number: break;
    }
    return v.text.find_first_of(".eE") == std::string_view::npos ? "int" : "float";
}

/// Whether a value is of a type that basic validation knows; any other passes.
HAFT_COLD inline bool is_of_basic_type(std::string_view type, std::string_view python) {
    constexpr std::array<std::array<std::string_view, 2>, 7> rows{{{"string", "str"},
                                                                   {"integer", "int"},
                                                                   {"number", "int"},
                                                                   {"number", "float"},
                                                                   {"boolean", "bool"},
                                                                   {"array", "list"},
                                                                   {"object", "dict"}}};
    bool known = false;
    for (const auto& [name, is] : rows) {
        if (name != type) continue;
        known = true;
        if (is == python) return true;
    }
    return !known;
}

HAFT_COLD inline std::vector<std::string> validate_basic(const json::document& arguments,
                                                         const json::document& schema) {
    std::vector<std::string> out;
    if (arguments[0].kind != json::value_kind::object)
        return {concat({"Parameters must be a dict, got ", python_type(arguments[0])})};
    const auto children = [](const json::document& of, std::uint32_t at, auto each) {
        for (std::uint32_t c = json::document::first_child(at); c < of[at].behind; c = of[c].behind) each(c);
    };
    if (const std::uint32_t required = schema.find(0, "required"))
        children(schema, required, [&](std::uint32_t name) {
            if (arguments.find(0, schema[name].text) == 0)
                out.push_back(concat({"Missing required parameter: ", schema[name].text}));
        });
    const std::uint32_t properties = schema.find(0, "properties");
    if (!properties) return out;
    children(arguments, 0, [&](std::uint32_t given) {
        const std::uint32_t property = schema.find(properties, arguments[given].key);
        const std::uint32_t type = property ? schema.find(property, "type") : 0;
        if (!type) return;
        const std::string_view got = python_type(arguments[given]);
        std::string expected(schema[type].text);
        bool fits = schema[type].kind != json::value_kind::array && is_of_basic_type(expected, got);
        if (schema[type].kind == json::value_kind::array) {
            expected.clear();
            children(schema, type, [&](std::uint32_t one) {
                const std::string_view name = schema[one].text;
                fits = fits || (name == "null" ? got == "NoneType" : is_of_basic_type(name, got));
                append_all(expected, {expected.empty() ? "" : " or ", schema[one].text});
            });
        }
        if (!fits) out.push_back(concat({"Parameter '", arguments[given].key, "' expected ", expected, ", got ", got}));
    });
    return out;
}

}  // namespace detail

/// The faults, a sentence each; none if the arguments fit. `basic` has Qanot's rules and texts: a boolean is neither integer nor
/// number, an integer is a number, what is unknown passes, a list of types means any of them. `full` gives the sentences that
/// a tool's caller would see. A text that is no JSON is told in either mode.
HAFT_COLD inline std::vector<std::string> validate(std::string_view arguments, std::string_view schema,
                                                   validation how) {
    std::vector<std::string> out;
    const auto tell = [&](const std::vector<fault>& faults, std::size_t more) {
        for (const fault& f : faults) out.push_back(f.text());
        if (more) out.push_back(concat({"and ", decimal(more), " more"}));
    };
    if (how == validation::full) {
        const result<written_schema> compiled = written_schema::compile(schema);
        if (!compiled) tell(compiled.error().faults, compiled.error().more_faults);
        else {
            const checked_value found = compiled->validate(arguments);
            tell(found.faults, found.more_faults);
        }
        return out;
    }
    json::document given, rules;
    json::value_faults faults;
    if (!given.read(arguments, {}, faults) || !rules.read(schema, {}, faults)) tell(faults.faults, faults.more);
    else out = detail::validate_basic(given, rules);
    return out;
}

}  // namespace haft::inline v0

#endif  // HAFT_WRITTEN_VALIDATE_HPP
