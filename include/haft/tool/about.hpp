// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_TOOL_ABOUT_HPP
#define HAFT_TOOL_ABOUT_HPP

/// What an author says of a tool beyond its signature: description, name, effect on the world, hints.

#include <cstddef>
#include <string_view>

namespace haft::inline v0 {

/// What a call does to the world. Hosts ask before a destructive call, and may repeat or cache a read-only one.
/// MCP's annotations readOnlyHint and destructiveHint; `unspecified` says nothing, which MCP reads as destructive.
enum class effect : unsigned char { unspecified, read_only, additive, destructive };
inline constexpr effect read_only = effect::read_only;      ///< changes nothing
inline constexpr effect additive = effect::additive;        ///< changes something, loses nothing
inline constexpr effect destructive = effect::destructive;  ///< may overwrite or delete

/// Further properties, combined with `|`. MCP's idempotentHint and openWorldHint.
enum class hints : unsigned char {
    none = 0,
    idempotent = 1,    ///< a second call with the same arguments changes nothing more
    closed_world = 2,  ///< touches nothing outside the program and its data
};
inline constexpr hints idempotent = hints::idempotent;
inline constexpr hints closed_world = hints::closed_world;

constexpr hints operator|(hints a, hints b) noexcept {
    return static_cast<hints>(static_cast<unsigned>(a) | static_cast<unsigned>(b));
}
constexpr bool has(hints all, hints one) noexcept {
    return (static_cast<unsigned>(all) & static_cast<unsigned>(one)) != 0;
}

/// The words for a tool: `{.description = "Delete a note", .effect = haft::destructive}`. Whoever keeps a tool copies the
/// texts or (haft::make) takes literals.
struct about {
    std::string_view description = {};  ///< what it does and when to use it, for the model
    std::string_view name = {};         ///< instead of the function's own
    std::string_view title = {};        ///< for people's eyes; MCP's `title`
    haft::effect effect = haft::effect::unspecified;
    haft::hints hints = haft::hints::none;
};

/// Whether a name may be a tool's: 1 to 128 of A-Z a-z 0-9 _ - . (MCP 2025-11-25, server/tools, "Tool Names").
constexpr bool legal_tool_name(std::string_view name) noexcept {
    if (name.empty() || name.size() > 128) return false;
    for (const char c : name)
        if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' ||
              c == '.'))
            return false;
    return true;
}

}  // namespace haft::inline v0

#endif  // HAFT_TOOL_ABOUT_HPP
