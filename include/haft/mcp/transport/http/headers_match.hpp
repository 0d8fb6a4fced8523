// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_MCP_TRANSPORT_HTTP_HEADERS_MATCH_HPP
#define HAFT_MCP_TRANSPORT_HTTP_HEADERS_MATCH_HPP

/// Whether the headers of an HTTP request say what its body says (2026-07-28, basic/transports/streamable-http, "Request Metadata").
/// Who routes by the headers and who acts by the body must not see two requests. [fault-126]

#include <haft/core/base64.hpp>
#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/text.hpp>
#include <haft/json/pieces.hpp>
#include <haft/mcp/wire/header_parameters.hpp>
#include <haft/mcp/wire/message.hpp>

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace haft::inline v0::mcp {

/// One header of a request, as it came: names in any case, values with or without blanks around.
struct http_header {
    std::string_view name;
    std::string_view value;
};

namespace detail {

HAFT_COLD inline bool same_header_name(std::string_view a, std::string_view b) noexcept {
    if (a.size() != b.size()) return false;
    for (std::size_t i = 0; i < a.size(); ++i)
        if (lower(a[i]) != lower(b[i])) return false;
    return true;
}

/// What a header says: decoded where it `may_be_wrapped` in base64 and is; nothing if it can't be a value.
HAFT_COLD inline std::optional<std::string> said_by_header(std::string_view value, bool may_be_wrapped) {
    constexpr std::string_view blanks = " \t", before = "=?base64?", after = "?=";
    const std::size_t begin = value.find_first_not_of(blanks);
    if (begin == value.npos) return std::string();
    value = value.substr(begin, value.find_last_not_of(blanks) - begin + 1);
    for (const char c : value)
        if (c != '\t' && (c < ' ' || c > '~')) return std::nullopt;
    if (!may_be_wrapped || value.size() < before.size() + after.size() || !value.starts_with(before) || !value.ends_with(after))
        return std::string(value);
    value.remove_prefix(before.size());
    value.remove_suffix(after.size());
    std::string out;
    if (!append_base64_bytes(out, value)) return std::nullopt;
    return out;
}

/// Whether a header says what stands in a body. Of numbers there are integers only, and 42.0 is one.
HAFT_COLD inline bool says_value(std::string_view said, std::string_view json_value) {
    if (json_value.starts_with('"')) return said == json::string_of(json_value);
    if (json_value.empty() || (json_value[0] != '-' && (json_value[0] < '0' || json_value[0] > '9')))
        return said == json_value;
    const auto whole = [](std::string_view number) {  // 42.0 is 42
        const std::size_t point = number.find('.');
        return point != number.npos && number.find_first_not_of('0', point + 1) == number.npos ? number.substr(0, point) : number;
    };
    return whole(said) == whole(json_value);
}

}  // namespace detail

/// Why a request with these headers is refused (-32020, and over HTTP 400), or nothing. `input_schema` is that of the tool that is
/// called, "" otherwise. What is wrong with the body itself is for the server to say.
HAFT_COLD inline std::optional<std::string> headers_mismatch(std::span<const http_header> headers, const message& body,
                                                             std::string_view input_schema = {}) {
    std::string problem;
    const auto check = [&](std::string_view name, std::string_view json_value, bool may_be_wrapped = true) {
        const http_header* found = nullptr;
        for (const http_header& h : headers) {
            if (!detail::same_header_name(h.name, name)) continue;
            if (found) return problem = concat({"the header ", name, " stands twice"}), false;
            found = &h;
        }
        if (!found) return problem = concat({"the header ", name, " is missing"}), false;
        const std::optional<std::string> said = detail::said_by_header(found->value, may_be_wrapped);
        if (!said) return problem = concat({"the header ", name, " holds what no header may hold, or bad base64"}), false;
        if (detail::says_value(*said, json_value)) return true;
        problem = concat({"the header ", name, " says ", in_quotes(*said), ", the body ", json_value});
        return false;
    };
    if (!body.meta_version.empty() && !check("MCP-Protocol-Version", body.meta_version, false)) return problem;
    if (!body.method.empty() && !check("Mcp-Method", body.method, false)) return problem;
    const std::string method = json::string_of(body.method);
    const std::string_view named = method == "resources/read"                               ? body.uri
                                   : method == "tools/call" || method == "prompts/get" ? body.name
                                                                                            : std::string_view();
    if (named.starts_with('"') && !check("Mcp-Name", named)) return problem;
    if (method != "tools/call") return std::nullopt;
    for (const header_parameter& p : header_parameters(input_schema)) {
        std::string_view value = body.arguments;
        for (const std::string& key : p.path) value = json::value_of(json::members_of(value), key);
        if (value.empty() || value == "null") {
            for (const http_header& h : headers)
                if (detail::same_header_name(h.name, p.header))
                    return concat({"the header ", p.header, " has no value in the body"});
        } else if (!check(p.header, value)) {
            return problem;
        }
    }
    return std::nullopt;
}

}  // namespace haft::inline v0::mcp

#endif  // HAFT_MCP_TRANSPORT_HTTP_HEADERS_MATCH_HPP
