// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_MCP_WIRE_HEADER_PARAMETERS_HPP
#define HAFT_MCP_WIRE_HEADER_PARAMETERS_HPP

/// What of a call's arguments a client repeats in headers of HTTP, so that who routes need not read the body (2026-07-28,
/// basic/transports/streamable-http, "Custom Headers from Tool Parameters").

#include <haft/core/base64.hpp>
#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/text.hpp>
#include <haft/json/pieces.hpp>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace haft::inline v0::mcp {

/// A parameter whose value a client repeats in the header `Mcp-Param-NAME`.
struct header_parameter {
    std::string header;             ///< with `Mcp-Param-`
    std::vector<std::string> path;  ///< the keys that lead to it in the arguments
};

namespace detail {

HAFT_COLD inline void find_header_parameters(std::string_view schema, std::vector<std::string>& path,
                                             std::vector<header_parameter>& out) {
    const auto members = json::members_of(schema);
    if (const std::string_view name = json::value_of(members, "x-mcp-header"); name.starts_with('"') && !path.empty())
        out.push_back({concat({"Mcp-Param-", json::string_of(name)}), path});
    if (path.size() > 32) return;
    for (const json::member_piece& property : json::members_of(json::value_of(members, "properties"))) {
        path.push_back(property.name);
        detail::find_header_parameters(property.value, path, out);
        path.pop_back();
    }
}

}  // namespace detail

/// The parameters of a tool's schema that clients repeat in headers: those with `x-mcp-header`.
HAFT_COLD inline std::vector<header_parameter> header_parameters(std::string_view input_schema) {
    std::vector<header_parameter> out;
    std::vector<std::string> path;
    if (input_schema.find("\"x-mcp-header\"") != input_schema.npos) detail::find_header_parameters(input_schema, path, out);
    return out;
}

/// What is wrong with the `x-mcp-header` of a schema, which its tool must not be called for then; "" if nothing is.
HAFT_COLD inline std::string problem_of_header_parameters(std::string_view input_schema) {
    if (input_schema.find("\"x-mcp-header\"") == input_schema.npos) return {};
    std::vector<std::string> seen;
    std::vector<std::string_view> open{input_schema};
    while (!open.empty()) {
        const std::vector<json::member_piece> at = json::members_of(open.back());
        open.pop_back();
        for (const json::member_piece& property : json::members_of(json::value_of(at, "properties"))) {
            open.push_back(property.value);
            const std::vector<json::member_piece> members = json::members_of(property.value);
            const std::string_view given = json::value_of(members, "x-mcp-header");
            if (given.empty()) continue;
            std::string name = json::string_of(given);
            bool token = !name.empty();
            for (char& c : name) {
                constexpr std::string_view marks = "!#$%&'*+-.^_`|~";  // RFC 9110, 5.6.2
                const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
                token = token && (letter || marks.find(c) != marks.npos);
                if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
            }
            if (!token) return concat({"the x-mcp-header ", given.substr(0, 100), " of ", in_quotes(property.name), " can't be part of a header's name"});
            const std::string type = json::string_of(json::value_of(members, "type"));
            if (type != "string" && type != "integer" && type != "boolean")
                return concat({in_quotes(property.name), " has an x-mcp-header, which only a string, an integer or a boolean may have"});
            for (const std::string& other : seen)
                if (other == name) return concat({"two properties have the x-mcp-header ", in_quotes(name)});
            seen.push_back(std::move(name));
        }
    }
    return {};
}

/// A text as the value of a header: as it is, or in base64 where a header could not hold it or would change it.
HAFT_COLD inline std::string header_value(std::string_view text) {
    bool plain = !text.empty() && text.front() != ' ' && text.back() != ' ' && !text.starts_with("=?base64?");
    for (const char c : text) plain = plain && c >= ' ' && c <= '~';
    if (plain) return std::string(text);
    std::string out = "=?base64?";
    append_base64(out, text);
    return out += "?=";
}

}  // namespace haft::inline v0::mcp

#endif  // HAFT_MCP_WIRE_HEADER_PARAMETERS_HPP
