// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_MCP_WIRE_HEADER_PARAMETERS_HPP
#define HAFT_MCP_WIRE_HEADER_PARAMETERS_HPP

/// What of a call's arguments a client repeats in headers of HTTP, so that who routes need not read the body (2026-07-28,
/// basic/transports/streamable-http, "Custom Headers from Tool Parameters").

#include <haft/core/base64.hpp>
#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/json/pieces.hpp>

#include <string>
#include <string_view>
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
