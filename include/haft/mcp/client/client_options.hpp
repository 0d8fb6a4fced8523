// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_MCP_CLIENT_CLIENT_OPTIONS_HPP
#define HAFT_MCP_CLIENT_CLIENT_OPTIONS_HPP

/// What a client of an MCP server says of itself, and how much of a server it bears.

#include <haft/tool/asker.hpp>
#include <haft/version.hpp>

#include <cstddef>
#include <string>
#include <vector>

namespace haft::inline v0::mcp {

/// How a client begins with a server of which it knows nothing.
enum class opening : unsigned char {
    probe,      ///< asks as 2026-07-28 does (server/discover), and goes back to the handshake where that is not known
    handshake,  ///< initialize: for servers that do not bear a request before it
    stateless,  ///< 2026-07-28 or nothing
};

/// How much of a server is borne. Nothing that it sends is trusted.
struct client_limits {
    std::size_t max_message_bytes = std::size_t{32} << 20;
    unsigned max_depth = 128;             ///< brackets within a message
    std::size_t max_tools = 1000;         ///< of one server; more are an error, not a cut
    std::size_t max_pages = 200;          ///< of one list
    std::size_t max_rounds = 10;          ///< a call that wants input again and again
    std::size_t max_strange_lines = 100;  ///< that are no message; then the connection is given up
    std::size_t max_questions = 32;       ///< of the server that wait for an answer at a time
};

struct client_options {
    std::string server = "(nameless)";  ///< its name, for messages
    std::string client_name = "haft";
    std::string client_version = HAFT_VERSION;
    opening begins = opening::probe;
    client_limits limits = {};
    /// What the host answers; only that is declared, and whatever else a server asks is refused.
    std::vector<question_kind> answers = {};
};

}  // namespace haft::inline v0::mcp

#endif  // HAFT_MCP_CLIENT_CLIENT_OPTIONS_HPP
