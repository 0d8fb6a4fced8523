// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_TOOL_SPEAKER_HPP
#define HAFT_TOOL_SPEAKER_HPP

/// Who says a message of a conversation with a model.

#include <string_view>

namespace haft::inline v0 {

enum class speaker : unsigned char { user, assistant };

constexpr std::string_view name_of(speaker s) noexcept { return s == speaker::user ? "user" : "assistant"; }

}  // namespace haft::inline v0

#endif  // HAFT_TOOL_SPEAKER_HPP
