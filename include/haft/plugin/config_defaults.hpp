// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_PLUGIN_CONFIG_DEFAULTS_HPP
#define HAFT_PLUGIN_CONFIG_DEFAULTS_HPP

/// A configuration with the defaults of its schema: a program that is given it as text has no struct whose members have them.

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/json/pieces.hpp>

#include <string>
#include <string_view>

namespace haft::inline v0::detail {

/// What is given, and behind it each property that is not and has a default; the same in every object that is there. (`$ref` and
/// what is below a keyword such as `anyOf` is not looked into.) What has nothing to fill in stays as it is written. As deep as
/// the schema.
HAFT_COLD inline std::string with_defaults(std::string_view schema, std::string_view config) {
    const auto properties = json::members_of(json::value_of(json::members_of(schema), "properties"));
    const auto given = json::members_of(config);
    const bool is_object = config.find_first_not_of(" \t\r\n") == config.find('{') && !config.empty();
    if (properties.empty() || !is_object) return std::string(config);
    std::string out;
    bool filled = false;
    const auto put = [&](std::string_view key, std::string_view value) {
        append_all(out, {out.empty() ? "{" : ",", key, ":", value});
    };
    for (const json::member_piece& one : given) {
        const std::string value = detail::with_defaults(json::value_of(properties, one.name), one.value);
        filled = filled || value != one.value;
        put(one.key, value);
    }
    for (const json::member_piece& one : properties) {
        const std::string_view fallback = json::value_of(json::members_of(one.value), "default");
        if (fallback.empty() || !json::value_of(given, one.name).empty()) continue;
        put(one.key, fallback);
        filled = true;
    }
    return filled ? out + '}' : std::string(config);
}

}  // namespace haft::inline v0::detail

#endif  // HAFT_PLUGIN_CONFIG_DEFAULTS_HPP
