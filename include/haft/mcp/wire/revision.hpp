// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_MCP_WIRE_REVISION_HPP
#define HAFT_MCP_WIRE_REVISION_HPP

/// The revisions of the Model Context Protocol that haft speaks, and how one is agreed on: until 2025-11-25 by a handshake, from
/// 2026-07-28 on by each request for itself.

#include <array>
#include <cstddef>
#include <string_view>

namespace haft::inline v0::mcp {

/// In the order of their publication, so that `>=` asks whether a revision has something.
enum class revision : unsigned char { r2024_11_05, r2025_03_26, r2025_06_18, r2025_11_25, r2026_07_28 };

inline constexpr std::size_t revision_count = 5;
inline constexpr std::array<std::string_view, revision_count> revision_names{"2024-11-05", "2025-03-26", "2025-06-18",
                                                                             "2025-11-25", "2026-07-28"};
inline constexpr revision newest_revision = revision::r2025_11_25;     ///< of those that begin with a handshake
inline constexpr revision stateless_revision = revision::r2026_07_28;  ///< the first without: nothing is known from before

constexpr std::string_view name_of(revision r) noexcept { return revision_names[static_cast<unsigned>(r)]; }
/// Whether each request says for itself what its client is.
constexpr bool is_stateless(revision r) noexcept { return r >= stateless_revision; }

/// What a server answers to the revision that a client asks for: the same if it speaks it, else its newest (basic/lifecycle,
/// "Version Negotiation").
constexpr revision negotiate(std::string_view asked) noexcept {
    for (unsigned i = 0; i <= static_cast<unsigned>(newest_revision); ++i)
        if (revision_names[i] == asked) return static_cast<revision>(i);
    return newest_revision;
}

}  // namespace haft::inline v0::mcp

#endif  // HAFT_MCP_WIRE_REVISION_HPP
