// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_HOOK_POINT_NAMES_HPP
#define HAFT_HOOK_POINT_NAMES_HPP

/// The names of haft's own points, and other names that configurations may use for them. [HK-01]

#include <haft/core/config.hpp>

#include <array>
#include <string>
#include <string_view>
#include <utility>

namespace haft::inline v0 {

/// What points.hpp declares.
inline constexpr std::array<std::string_view, 22> own_point_names{
    "startup",          "shutdown",          "session_start",    "session_end",          "turn_pre",
    "turn_post",        "step_pre",          "step_post",        "message_transform",    "loop_continue",
    "compaction",       "generation_pre",    "generation_chunk", "generation_interrupt", "generation_post",
    "tool_pre_execute", "tool_post_execute", "tool_error",       "tool_confirm",         "elicit",
    "file_pre_save",    "file_post_save"};

/// The name of a point as haft spells it: gptme's newer spellings (`tool.execute.pre`, `session.start`), the names of its
/// constants (`TOOL_PRE_EXECUTE`) and Qanot's methods (`on_pre_turn`) mean the same points. Other names stay what they are, but
/// in lower case, and `_` for `.`.
HAFT_COLD inline std::string canonical_point_name(std::string_view name) {
    std::string out(name);
    for (char& c : out) c = c == '.' || c == '-' ? '_' : c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    constexpr std::pair<std::string_view, std::string_view> others[] = {
        {"tool_execute_pre", "tool_pre_execute"},
        {"tool_execute_post", "tool_post_execute"},
        {"file_save_pre", "file_pre_save"},
        {"file_save_post", "file_post_save"},
        {"file_patch_pre", "file_pre_patch"},
        {"file_patch_post", "file_post_patch"},
        {"on_startup", "startup"},
        {"on_shutdown", "shutdown"},
        {"on_pre_turn", "turn_pre"},
        {"on_post_turn", "turn_post"},
        {"on_tool_use", "tool_post_execute"},
        {"on_error", "tool_error"},
        {"on_compaction", "compaction"},
    };
    for (const auto& [other, ours] : others)
        if (out == other) return std::string(ours);
    return out;
}

}  // namespace haft::inline v0

#endif  // HAFT_HOOK_POINT_NAMES_HPP
