// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_MCP_TRANSPORT_HTTP_OPTIONS_HPP
#define HAFT_MCP_TRANSPORT_HTTP_OPTIONS_HPP

/// What an MCP server over HTTP is told beside its tools: where it listens, whom it lets in, and what it stands.

#include <haft/mcp/server.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace haft::inline v0::mcp {

/// Of a server of our own. (remote_server_options are those of the way to somebody else's.) Every time is measured by a steady clock, to a
/// tenth of a second or so.
struct http_options {
    /// Of every server within: of each session, and of all requests together that stand for themselves; its limits hold beside those
    /// below, and the lower counts. Its drain_time is how long calls may end in when it stops.
    server_options server = {};

    std::string address = "127.0.0.1";  ///< where it listens: an address of this machine, or localhost
    std::uint16_t port = 0;             ///< 0: one that is free
    std::string path = "/mcp";          ///< the one endpoint
    /// A GET there is answered 200 while it serves, and 503 from the moment it is to end: for whoever shares out requests among several
    /// servers. It costs nothing, tells nothing else, and wants neither a token nor the right host. "": there is no such path.
    std::string health_path = "/health";

    /// Threads that run tools, where `server.executor` is empty. One: tools run one after the other, and whatever else is
    /// asked is answered meanwhile. More: the tools must stand being called at once. 0: tools run on the thread that serves,
    /// which is the quickest for tools that take no time, and lets everybody wait for one that does.
    std::size_t threads = 1;

    /// Names by which it is reached, beside the address it listens at and, if that is this machine's own, localhost: `mcp.example.org`
    /// or `mcp.example.org:8443`. A request that names another host is refused, since a web page could have sent it (DNS
    /// rebinding). "*" is any.
    std::vector<std::string> hosts = {};
    /// Web pages that may call it, beside those that it would have itself: `https://app.example.org`.
    std::vector<std::string> origins = {};
    /// Who calls must send this: `Authorization: Bearer TOKEN`. "": anybody who reaches it may call.
    std::string token = {};
    /// The same where there are several: who it is that has this token, or nothing. A session is for whom it was begun by alone.
    std::function<std::optional<std::string>(std::string_view token)> authenticate = {};
    std::string certificate_file = {};  ///< PEM, with the chain; with it and a key TLS is spoken, and nothing else
    std::string key_file = {};          ///< PEM

    /// Further ones are answered 503. Where the process may have fewer descriptors (`ulimit -n`, often 1024) fewer are taken, so that some
    /// are left for everything else: http_server::most_connections tells.
    std::size_t max_connections = 10'000;
    std::size_t max_requests = 1024;           ///< worked off at once; further ones are answered 429
    std::size_t max_sessions = 1000;           ///< of clients that speak a revision before 2026-07-28; for further ones see spare_time
    std::size_t max_streams = 256;             ///< that stay open to tell what changes; further ones are answered 429
    std::size_t max_head_bytes = 32u << 10;    ///< the first line and the headers of a request
    std::size_t max_unsent_bytes = 1u << 20;   ///< that a client has not taken; then its connection is closed
    std::size_t max_replay_bytes = 1u << 20;   ///< kept for each session, for clients that come back to a stream

    std::chrono::milliseconds head_time{10'000};     ///< a request's head must be there within that
    std::chrono::milliseconds body_time{60'000};     ///< and then its body within that
    std::chrono::milliseconds idle_time{120'000};    ///< an idle connection is closed after that
    std::chrono::milliseconds write_time{30'000};    ///< a client that takes nothing for that long is given up
    std::chrono::milliseconds session_time{1'800'000};  ///< a session that is not used for that long ends
    /// Where there are max_sessions, the one that is unused for the longest time, and for so long at least, ends for a new one; without
    /// one the new one is answered 503.
    std::chrono::milliseconds spare_time{60'000};
    std::chrono::milliseconds resume_time{60'000};   ///< how long a call goes on whose client has gone but may come back
    std::chrono::milliseconds stream_after{250};     ///< an answer that is not there by then becomes a stream
    std::chrono::milliseconds comment_time{15'000};  ///< a stream with nothing to tell for that long shows that it is alive
    std::chrono::milliseconds retry_time{1000};      ///< what clients are told to wait before they come back to a stream
    /// A server that is stopped takes everything as before for that long, with two differences: health_path is answered 503, and each
    /// answer closes its connection. Whoever shares out requests takes it out meanwhile, so that none is lost; then it ends as it does
    /// with 0: nobody is taken in any more, and calls may end in server.drain_time.
    std::chrono::milliseconds leave_time{0};
    /// A stream that is open for that long is closed, and the client comes back to it (2025-11-25). 0: it stays open.
    std::chrono::milliseconds poll_after{0};

    std::function<void(const std::string& url)> on_listening = {};  ///< told where, as soon as clients may come
};

}  // namespace haft::inline v0::mcp

#endif  // HAFT_MCP_TRANSPORT_HTTP_OPTIONS_HPP
