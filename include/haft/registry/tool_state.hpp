// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_REGISTRY_TOOL_STATE_HPP
#define HAFT_REGISTRY_TOOL_STATE_HPP

/// How a tool, or an owner, stands in a registry: why it is there or why not.

#include <array>
#include <cstddef>
#include <string_view>

namespace haft::inline v0 {

enum class owner_state : unsigned char {
    known,  ///< added, not exposed
    exposed,
    skipped,      ///< not exposed, since it does not suit the model
    unavailable,  ///< not exposed, since what it needs is not there
    failed,       ///< not exposed, since it threw or gave an error
    clashing,     ///< not exposed, since another's tool has the name of one of its own
};

enum class tool_state : unsigned char {
    served,               ///< models see and call it
    older_version,        ///< another version of it is served
    shadowed,             ///< a tool of the same name is served
    disabled,             ///< by disable_tool
    disabled_by_default,  ///< and nobody selects it by its name
    not_selected,         ///< by the registry's selection
    unavailable,          ///< what it needs is not there
    of_hidden_owner,      ///< its owner is not exposed
};

/// `not_selected` as "not selected".
constexpr std::string_view name_of(tool_state s) noexcept {
    constexpr std::array<std::string_view, 8> names{"served",      "older version",       "shadowed",
                                                    "disabled",    "disabled by default", "not selected",
                                                    "unavailable", "owner not exposed"};
    return names[static_cast<std::size_t>(s)];
}
constexpr std::string_view name_of(owner_state s) noexcept {
    constexpr std::array<std::string_view, 6> names{"not exposed", "exposed", "skipped",
                                                    "unavailable", "failed",  "kept out by another's tool"};
    return names[static_cast<std::size_t>(s)];
}

}  // namespace haft::inline v0

#endif  // HAFT_REGISTRY_TOOL_STATE_HPP
