// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_MCP_WIRE_RPC_HPP
#define HAFT_MCP_WIRE_RPC_HPP

/// What every answer of JSON-RPC 2.0 has around it.

#include <haft/core/config.hpp>
#include <haft/json/text_buffer.hpp>
#include <haft/json/write_string.hpp>

#include <string>
#include <string_view>

namespace haft::inline v0::mcp {

/// JSON-RPC's error codes (section 5.1 of its specification), and MCP's own.
enum class rpc_error : int {
    none = 0,
    parse_error = -32700,
    invalid_request = -32600,
    method_not_found = -32601,
    invalid_params = -32602,
    internal_error = -32603,
    resource_not_found = -32002,  ///< until 2025-11-25; from then on invalid_params
    header_mismatch = -32020,     ///< these three from 2026-07-28 on
    missing_client_capability = -32021,
    unsupported_protocol_version = -32022,
};

inline constexpr std::string_view before_id = R"({"jsonrpc":"2.0","id":)";
inline constexpr std::string_view before_result = R"(,"result":)";

/// Writes an answer up to its result, which comes next, and then a `}`. `id` is the JSON text that came with the request.
inline void put_result_head(json::text_buffer& out, std::string_view id) {
    for (const std::string_view part : {before_id, id, before_result}) out.put(part);
}
HAFT_COLD inline void append_result_head(std::string& out, std::string_view id) {
    json::text_buffer buffer(out);
    put_result_head(buffer, id);
    buffer.flush();
}

/// Appends a whole answer that says what is wrong. An id that could not be read is null. `data` is JSON, or "" for none.
HAFT_COLD inline void append_rpc_error(std::string& out, std::string_view id, rpc_error code, std::string_view what,
                                       std::string_view data = {}) {
    out.append(R"({"jsonrpc":"2.0","id":)").append(id.empty() ? "null" : id);
    out.append(R"(,"error":{"code":)").append(std::to_string(static_cast<int>(code))).append(R"(,"message":)");
    json::append_string(out, what);
    if (!data.empty()) out.append(",\"data\":").append(data);
    out += "}}";
}

}  // namespace haft::inline v0::mcp

#endif  // HAFT_MCP_WIRE_RPC_HPP
