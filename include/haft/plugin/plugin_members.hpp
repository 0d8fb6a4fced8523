// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_PLUGIN_PLUGIN_MEMBERS_HPP
#define HAFT_PLUGIN_PLUGIN_MEMBERS_HPP

/// What a plugin class may have, by name: whether something of that name is there at all, be it private or overloaded, and
/// what people write who mean one of these.

#include <haft/reflect/named_member.hpp>

namespace haft::inline v0::detail::plugin_member {

HAFT_NAMED_MEMBER(manifest, manifest)
HAFT_NAMED_MEMBER(set_surroundings, set_surroundings)
HAFT_NAMED_MEMBER(init, init)
HAFT_NAMED_MEMBER(setup, setup)
HAFT_NAMED_MEMBER(teardown, teardown)
HAFT_NAMED_MEMBER(initialize, initialize)
HAFT_NAMED_MEMBER(shutdown, shutdown)
HAFT_NAMED_MEMBER(tools, tools)
HAFT_NAMED_MEMBER(commands, commands)
HAFT_NAMED_MEMBER(parts, parts)
HAFT_NAMED_MEMBER(tools_md, tools_md)
HAFT_NAMED_MEMBER(soul_append, soul_append)
HAFT_NAMED_MEMBER(haft_toolbox, haft_toolbox)
// What people write who mean one of these.
HAFT_NAMED_MEMBER(get_manifest, get_manifest)
HAFT_NAMED_MEMBER(plugin_manifest, plugin_manifest)
HAFT_NAMED_MEMBER(haft_manifest, haft_manifest)
HAFT_NAMED_MEMBER(set_up, set_up)
HAFT_NAMED_MEMBER(setUp, setUp)
HAFT_NAMED_MEMBER(on_setup, on_setup)
HAFT_NAMED_MEMBER(tear_down, tear_down)
HAFT_NAMED_MEMBER(tearDown, tearDown)
HAFT_NAMED_MEMBER(on_teardown, on_teardown)
HAFT_NAMED_MEMBER(initialise, initialise)
HAFT_NAMED_MEMBER(on_initialize, on_initialize)
HAFT_NAMED_MEMBER(on_init, on_init)
HAFT_NAMED_MEMBER(shut_down, shut_down)
HAFT_NAMED_MEMBER(shutDown, shutDown)
HAFT_NAMED_MEMBER(setSurroundings, setSurroundings)
HAFT_NAMED_MEMBER(on_surroundings, on_surroundings)
HAFT_NAMED_MEMBER(set_plugin_registry, set_plugin_registry)
HAFT_NAMED_MEMBER(set_workspace_path, set_workspace_path)
HAFT_NAMED_MEMBER(get_persistence_state, get_persistence_state)
HAFT_NAMED_MEMBER(restore_persistence_state, restore_persistence_state)
HAFT_NAMED_MEMBER(get_tools, get_tools)
HAFT_NAMED_MEMBER(getTools, getTools)
HAFT_NAMED_MEMBER(haft_tools, haft_tools)
HAFT_NAMED_MEMBER(get_commands, get_commands)
HAFT_NAMED_MEMBER(register_commands, register_commands)
HAFT_NAMED_MEMBER(get_hooks, get_hooks)
HAFT_NAMED_MEMBER(register_hooks, register_hooks)
HAFT_NAMED_MEMBER(hooks, hooks)
HAFT_NAMED_MEMBER(enrichers, enrichers)
HAFT_NAMED_MEMBER(tools_doc, tools_doc)
HAFT_NAMED_MEMBER(soul_md, soul_md)
HAFT_NAMED_MEMBER(haft_plugin, haft_plugin)

template <class... Name>
struct names {};
using misspelt =
    names<get_manifest, plugin_manifest, haft_manifest, set_up, setUp, on_setup, tear_down, tearDown, on_teardown,
          initialise, on_initialize, on_init, shut_down, shutDown, setSurroundings, on_surroundings, set_plugin_registry,
          set_workspace_path, get_persistence_state, restore_persistence_state, get_tools, getTools, haft_tools, get_commands,
          register_commands, get_hooks, register_hooks, hooks, enrichers, tools_doc, soul_md, haft_plugin>;

}  // namespace haft::inline v0::detail::plugin_member

#endif  // HAFT_PLUGIN_PLUGIN_MEMBERS_HPP
