// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_MCP_TRANSPORT_HTTP_EVENT_STREAM_HPP
#define HAFT_MCP_TRANSPORT_HTTP_EVENT_STREAM_HPP

/// Messages as server-sent events (WHATWG HTML, 9.2), and the ids by which a client comes back to a stream.

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>

#include <charconv>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>

namespace haft::inline v0::mcp::http {

/// Which event of which stream of a session: `3-7`.
struct event_id {
    std::uint64_t stream = 0;
    std::uint64_t event = 0;
    bool operator==(const event_id&) const = default;
};

HAFT_COLD inline std::optional<event_id> read_event_id(std::string_view text) {
    event_id out;
    const char* const end = text.data() + text.size();
    const auto [dash, bad] = std::from_chars(text.data(), end, out.stream);
    if (bad != std::errc() || dash == end || *dash != '-') return {};
    const auto [last, worse] = std::from_chars(dash + 1, end, out.event);
    if (worse != std::errc() || last != end) return {};
    return out;
}

/// Appends the id of the event that comes.
inline void append_event_id(std::string& out, event_id id) {
    append_all(out, {"id: ", decimal(id.stream), "-", decimal(id.event), "\n"});
}

/// Appends an event. Whatever the text holds, it is one event: each of its lines is a line of data.
inline void append_event(std::string& out, std::string_view text) {
    for (;;) {
        const std::size_t end = text.find_first_of("\r\n");
        out.append("data: ").append(text.substr(0, end)) += '\n';
        if (end == std::string_view::npos) break;
        text.remove_prefix(end + (text.substr(end, 2) == "\r\n" ? 2 : 1));
    }
    out += '\n';
}

}  // namespace haft::inline v0::mcp::http

#endif  // HAFT_MCP_TRANSPORT_HTTP_EVENT_STREAM_HPP
