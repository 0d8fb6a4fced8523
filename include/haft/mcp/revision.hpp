// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_MCP_REVISION_HPP
#define HAFT_MCP_REVISION_HPP

/// The revisions of the Model Context Protocol that haft speaks with a handshake, and how one is agreed on.

#include <array>
#include <string_view>

namespace haft::inline v0::mcp {

/// In the order of their publication, so that `>=` asks whether a revision has something.
enum class revision : unsigned char { r2024_11_05, r2025_03_26, r2025_06_18, r2025_11_25 };

inline constexpr std::array<std::string_view, 4> revision_names{"2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25"};
inline constexpr revision newest_revision = revision::r2025_11_25;

constexpr std::string_view name_of(revision r) noexcept { return revision_names[static_cast<unsigned>(r)]; }

/// What a server answers to the revision that a client asks for: the same if it speaks it, else its newest (basic/lifecycle,
/// "Version Negotiation").
constexpr revision negotiate(std::string_view asked) noexcept {
    for (unsigned i = 0; i < revision_names.size(); ++i)
        if (revision_names[i] == asked) return static_cast<revision>(i);
    return newest_revision;
}

}  // namespace haft::inline v0::mcp

#endif  // HAFT_MCP_REVISION_HPP
