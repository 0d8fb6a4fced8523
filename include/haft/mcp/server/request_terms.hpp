// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_MCP_SERVER_REQUEST_TERMS_HPP
#define HAFT_MCP_SERVER_REQUEST_TERMS_HPP

/// What holds for one request and its answer: known from a handshake, or brought by the request itself.

#include <haft/mcp/asking/client_abilities.hpp>
#include <haft/mcp/wire/revision.hpp>
#include <haft/mcp/wire/rpc.hpp>

#include <string>
#include <string_view>

namespace haft::inline v0::mcp {

struct request_terms {
    revision r = newest_revision;
    client_abilities can = {};
    std::string_view head = "{";       ///< begins every result; what comes next is a member without a comma before it
    std::string_view list_hints = {};  ///< at the end of a list, how long it may be kept
    std::string_view read_hints = {};  ///< and of what was read
};

/// Why a request gets an error.
struct rpc_refusal {
    rpc_error code = rpc_error::none;  ///< none: it was answered
    std::string message = {};
    std::string data = {};  ///< JSON
};

}  // namespace haft::inline v0::mcp

#endif  // HAFT_MCP_SERVER_REQUEST_TERMS_HPP
