// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_PLUGIN_PLUGIN_MEMBERS_HPP
#define HAFT_PLUGIN_PLUGIN_MEMBERS_HPP

/// What a plugin class may have, by name: whether something of that name is there at all, be it private or overloaded, and
/// what people write who mean one of these.

#include <string_view>
#include <type_traits>

namespace haft::inline v0::detail::plugin_member {

// A class that inherits the name from two sides can't say which it means: then both have it.
#define HAFT_PLUGIN_MEMBER(name)                                             \
    struct name {                                                            \
        static constexpr std::string_view text = #name;                      \
        struct other_side {                                                  \
            int name;                                                        \
        };                                                                   \
        template <class C>                                                   \
        struct both : C, other_side {};                                      \
        template <class C>                                                   \
        static consteval bool find() {                                       \
            if constexpr (std::is_final_v<C>) return requires { &C::name; }; \
            else return !requires { &both<C>::name; };                       \
        }                                                                    \
    };
HAFT_PLUGIN_MEMBER(manifest)
HAFT_PLUGIN_MEMBER(set_surroundings)
HAFT_PLUGIN_MEMBER(init)
HAFT_PLUGIN_MEMBER(setup)
HAFT_PLUGIN_MEMBER(teardown)
HAFT_PLUGIN_MEMBER(initialize)
HAFT_PLUGIN_MEMBER(shutdown)
HAFT_PLUGIN_MEMBER(tools)
HAFT_PLUGIN_MEMBER(commands)
HAFT_PLUGIN_MEMBER(parts)
HAFT_PLUGIN_MEMBER(tools_md)
HAFT_PLUGIN_MEMBER(soul_append)
HAFT_PLUGIN_MEMBER(haft_toolbox)
// What people write who mean one of these.
HAFT_PLUGIN_MEMBER(get_manifest)
HAFT_PLUGIN_MEMBER(plugin_manifest)
HAFT_PLUGIN_MEMBER(haft_manifest)
HAFT_PLUGIN_MEMBER(set_up)
HAFT_PLUGIN_MEMBER(setUp)
HAFT_PLUGIN_MEMBER(on_setup)
HAFT_PLUGIN_MEMBER(tear_down)
HAFT_PLUGIN_MEMBER(tearDown)
HAFT_PLUGIN_MEMBER(on_teardown)
HAFT_PLUGIN_MEMBER(initialise)
HAFT_PLUGIN_MEMBER(on_initialize)
HAFT_PLUGIN_MEMBER(on_init)
HAFT_PLUGIN_MEMBER(shut_down)
HAFT_PLUGIN_MEMBER(shutDown)
HAFT_PLUGIN_MEMBER(setSurroundings)
HAFT_PLUGIN_MEMBER(on_surroundings)
HAFT_PLUGIN_MEMBER(set_plugin_registry)
HAFT_PLUGIN_MEMBER(set_workspace_path)
HAFT_PLUGIN_MEMBER(get_persistence_state)
HAFT_PLUGIN_MEMBER(restore_persistence_state)
HAFT_PLUGIN_MEMBER(get_tools)
HAFT_PLUGIN_MEMBER(getTools)
HAFT_PLUGIN_MEMBER(haft_tools)
HAFT_PLUGIN_MEMBER(get_commands)
HAFT_PLUGIN_MEMBER(register_commands)
HAFT_PLUGIN_MEMBER(get_hooks)
HAFT_PLUGIN_MEMBER(register_hooks)
HAFT_PLUGIN_MEMBER(hooks)
HAFT_PLUGIN_MEMBER(enrichers)
HAFT_PLUGIN_MEMBER(tools_doc)
HAFT_PLUGIN_MEMBER(soul_md)
HAFT_PLUGIN_MEMBER(haft_plugin)
#undef HAFT_PLUGIN_MEMBER

template <class... Name>
struct names {};
using misspelt =
    names<get_manifest, plugin_manifest, haft_manifest, set_up, setUp, on_setup, tear_down, tearDown, on_teardown,
          initialise, on_initialize, on_init, shut_down, shutDown, setSurroundings, on_surroundings, set_plugin_registry,
          set_workspace_path, get_persistence_state, restore_persistence_state, get_tools, getTools, haft_tools, get_commands,
          register_commands, get_hooks, register_hooks, hooks, enrichers, tools_doc, soul_md, haft_plugin>;

}  // namespace haft::inline v0::detail::plugin_member

#endif  // HAFT_PLUGIN_PLUGIN_MEMBERS_HPP
