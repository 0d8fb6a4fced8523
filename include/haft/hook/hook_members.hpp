// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_HOOK_HOOK_MEMBERS_HPP
#define HAFT_HOOK_HOOK_MEMBERS_HPP

/// The members of a class that are hooks, by name, and what people write who mean one of these. [HK-10]

#include <haft/reflect/named_member.hpp>

namespace haft::inline v0::detail {

HAFT_NAMED_MEMBER(has_on_startup, on_startup)
HAFT_NAMED_MEMBER(has_on_shutdown, on_shutdown)
HAFT_NAMED_MEMBER(has_on_pre_turn, on_pre_turn)
HAFT_NAMED_MEMBER(has_on_post_turn, on_post_turn)
HAFT_NAMED_MEMBER(has_on_tool_use, on_tool_use)
HAFT_NAMED_MEMBER(has_on_error, on_error)
HAFT_NAMED_MEMBER(has_on_compaction, on_compaction)
// What people write who mean one of these.
HAFT_NAMED_MEMBER(has_on_start, on_start)
HAFT_NAMED_MEMBER(has_on_start_up, on_start_up)
HAFT_NAMED_MEMBER(has_on_stop, on_stop)
HAFT_NAMED_MEMBER(has_on_shut_down, on_shut_down)
HAFT_NAMED_MEMBER(has_on_exit, on_exit)
HAFT_NAMED_MEMBER(has_on_turn, on_turn)
HAFT_NAMED_MEMBER(has_on_turn_pre, on_turn_pre)
HAFT_NAMED_MEMBER(has_on_turn_post, on_turn_post)
HAFT_NAMED_MEMBER(has_on_preturn, on_preturn)
HAFT_NAMED_MEMBER(has_on_postturn, on_postturn)
HAFT_NAMED_MEMBER(has_on_before_turn, on_before_turn)
HAFT_NAMED_MEMBER(has_on_after_turn, on_after_turn)
HAFT_NAMED_MEMBER(has_on_tool, on_tool)
HAFT_NAMED_MEMBER(has_on_tool_used, on_tool_used)
HAFT_NAMED_MEMBER(has_on_tool_call, on_tool_call)
HAFT_NAMED_MEMBER(has_on_tool_error, on_tool_error)
HAFT_NAMED_MEMBER(has_on_errors, on_errors)
HAFT_NAMED_MEMBER(has_on_fail, on_fail)
HAFT_NAMED_MEMBER(has_on_compact, on_compact)
HAFT_NAMED_MEMBER(has_on_compress, on_compress)

}  // namespace haft::inline v0::detail

#endif  // HAFT_HOOK_HOOK_MEMBERS_HPP
