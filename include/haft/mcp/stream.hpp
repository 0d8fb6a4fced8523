// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_MCP_STREAM_HPP
#define HAFT_MCP_STREAM_HPP

/// Where what belongs to one message goes, on transports on which messages come apart from each other.

#include <cstddef>
#include <memory>
#include <string_view>

namespace haft::inline v0::mcp {

/// The way back to the client from one message of its: an HTTP response, for one. Used from the thread that uses the server.
class stream {
public:
    /// Whole frames, each with a line end: the answer, and before it notifications and what the server asks the client.
    virtual void send(std::string_view frames) = 0;
    /// All is sent: nothing comes after this. Once, unless the server goes first.
    virtual void answered() = 0;
    virtual ~stream() = default;
};

/// A stream, and how many calls will still answer there.
struct open_stream {
    std::shared_ptr<stream> to;
    std::size_t calls = 0;  ///< that an executor holds, and one while the message itself is worked off

    void one_done() {
        if (--calls == 0) to->answered();
    }
};

}  // namespace haft::inline v0::mcp

#endif  // HAFT_MCP_STREAM_HPP
