// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_MCP_TRANSPORT_HTTP_STATELESS_HPP
#define HAFT_MCP_TRANSPORT_HTTP_STATELESS_HPP

/// Requests that stand for themselves (from 2026-07-28 on): which they are, and what their headers must say.

#include <haft/core/config.hpp>
#include <haft/mcp/transport/http/headers_match.hpp>
#include <haft/mcp/transport/http/request.hpp>
#include <haft/mcp/wire/message.hpp>
#include <haft/mcp/wire/revision.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace haft::inline v0::mcp::http {

/// Whether a message that was posted with that MCP-Protocol-Version stands for itself.
inline bool is_stateless_request(std::string_view version, const message& m) {
    return !m.meta_version.empty() || version == name_of(stateless_revision);
}

/// What the headers say that the body does not, or nothing. `input_schema` is that of the tool that is called, if it is one.
HAFT_COLD inline std::optional<std::string> stateless_headers_mismatch(const http_head& head, const message& m,
                                                                       std::string_view input_schema) {
    std::vector<http_header> headers;
    for (const auto& field : head) {
        const auto name = field.name_string(), value = field.value();
        headers.push_back({{name.data(), name.size()}, {value.data(), value.size()}});
    }
    return headers_mismatch(headers, m, input_schema);
}

}  // namespace haft::inline v0::mcp::http

#endif  // HAFT_MCP_TRANSPORT_HTTP_STATELESS_HPP
