// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_MCP_SERVER_STREAM_HPP
#define HAFT_MCP_SERVER_STREAM_HPP

/// Where what belongs to one message goes, on transports on which messages come apart from each other.

#include <cstddef>
#include <memory>
#include <string_view>

namespace haft::inline v0::mcp {

/// Why a message of 2026-07-28 is refused before anything is done: a transport may have a word of its own for it.
enum class refusal : unsigned char {
    bad_request,  ///< HTTP 400: no or bad `_meta`, another version, a capability that the client lacks
    not_found,    ///< HTTP 404: no such method
};

/// The way back to the client from one message of its: an HTTP response, for one. Used from the thread that uses the server.
class stream {
public:
    /// Whole frames, each with a line end: the answer, and before it notifications and what the server asks the client.
    virtual void send(std::string_view frames) = 0;
    /// All is sent: nothing comes after this. Once, unless the server goes first.
    virtual void answered() = 0;
    /// Comes before the answer that says so.
    virtual void refused(refusal) {}
    /// Who is authenticated there; "" if nobody is. A call that asks its client something goes on only for the same one.
    virtual std::string_view principal() const { return {}; }
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

#endif  // HAFT_MCP_SERVER_STREAM_HPP
