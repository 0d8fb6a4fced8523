// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_MCP_CLIENT_SERVER_LINK_HPP
#define HAFT_MCP_CLIENT_SERVER_LINK_HPP

/// What lies between a client and its server: the pipes of a child process, or HTTP.

#include <haft/core/result.hpp>
#include <haft/mcp/client/remote_tool.hpp>

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace haft::inline v0::mcp {

/// One connection, from its beginning to its end. Written to from any thread; waited on by one, which also ends it.
class server_link {
public:
    server_link() = default;
    server_link(const server_link&) = delete;
    server_link& operator=(const server_link&) = delete;
    virtual ~server_link() = default;

    /// Lines for the server, each a message with its end. Never blocks. What can't be sent is told by what comes. Any thread.
    virtual void write(std::string_view lines) = 0;
    /// Waits until something moves. `out` has what came, as lines, if anything. False: nothing more comes, or it is to end.
    virtual bool wait_and_move(std::string& out) = 0;
    /// It is to end: wait_and_move gives false from now on. Any thread.
    virtual void ask_to_end(std::chrono::milliseconds grace) = 0;
    /// Ends it, and says how it ended: `ended with exit code 3`. Once, after the last wait_and_move.
    virtual std::string end() = 0;
    /// What the server said last beside the protocol (standard error); "" if nothing. Any thread.
    virtual std::string last_words() const { return {}; }
    /// The server's tools, as it has just listed them: over HTTP some of their arguments stand in headers as well. Any thread.
    virtual void know_tools(const std::vector<remote_tool>&) {}
};

/// Begins a connection to the server that has that name in messages.
using server_connector = std::function<result<std::unique_ptr<server_link>>(std::string_view server)>;

}  // namespace haft::inline v0::mcp

#endif  // HAFT_MCP_CLIENT_SERVER_LINK_HPP
