// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_HOOK_MEMBER_NAMED_HPP
#define HAFT_HOOK_MEMBER_NAMED_HPP

/// Whether a class has a member of a name at all, be it private, overloaded or inherited: a name that is there and does not fit
/// must not be passed over in silence. [HK-10]

#include <string_view>
#include <type_traits>

namespace haft::inline v0::detail {

// A class that inherits the name from two sides can't say which it means: then both have it.
#define HAFT_MEMBER_NAME(name)                                               \
    struct has_##name {                                                      \
        static constexpr std::string_view text = #name;                      \
        struct other_side {                                                  \
            int name;                                                        \
        };                                                                   \
        template <class T>                                                   \
        struct both : T, other_side {};                                      \
        template <class T>                                                   \
        static consteval bool find() {                                       \
            if constexpr (std::is_final_v<T>) return requires { &T::name; }; \
            else return !requires { &both<T>::name; };                       \
        }                                                                    \
        template <class T>                                                   \
        static constexpr bool in = find<T>();                                \
    };
HAFT_MEMBER_NAME(on_startup)
HAFT_MEMBER_NAME(on_shutdown)
HAFT_MEMBER_NAME(on_pre_turn)
HAFT_MEMBER_NAME(on_post_turn)
HAFT_MEMBER_NAME(on_tool_use)
HAFT_MEMBER_NAME(on_error)
HAFT_MEMBER_NAME(on_compaction)
// What people write who mean one of these.
HAFT_MEMBER_NAME(on_start)
HAFT_MEMBER_NAME(on_start_up)
HAFT_MEMBER_NAME(on_stop)
HAFT_MEMBER_NAME(on_shut_down)
HAFT_MEMBER_NAME(on_exit)
HAFT_MEMBER_NAME(on_turn)
HAFT_MEMBER_NAME(on_turn_pre)
HAFT_MEMBER_NAME(on_turn_post)
HAFT_MEMBER_NAME(on_preturn)
HAFT_MEMBER_NAME(on_postturn)
HAFT_MEMBER_NAME(on_before_turn)
HAFT_MEMBER_NAME(on_after_turn)
HAFT_MEMBER_NAME(on_tool)
HAFT_MEMBER_NAME(on_tool_used)
HAFT_MEMBER_NAME(on_tool_call)
HAFT_MEMBER_NAME(on_tool_error)
HAFT_MEMBER_NAME(on_errors)
HAFT_MEMBER_NAME(on_fail)
HAFT_MEMBER_NAME(on_compact)
HAFT_MEMBER_NAME(on_compress)
#undef HAFT_MEMBER_NAME

}  // namespace haft::inline v0::detail

#endif  // HAFT_HOOK_MEMBER_NAMED_HPP
