// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_PLUGIN_LIBRARY_PLUGIN_TABLE_HPP
#define HAFT_PLUGIN_LIBRARY_PLUGIN_TABLE_HPP

/// The table that a library has given for its plugin, looked at before any of it is used. [fault 84]

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/result.hpp>
#include <haft/plugin/abi.h>
#include <haft/plugin/library/loaded_objects.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <initializer_list>
#include <string_view>

namespace haft::inline v0::detail {

/// The least that a table must have: all up to and with `call`.
inline constexpr std::size_t least_table = offsetof(haft_plugin, initialize);

/// A copy of the table: what it does not have is null. `base` is where the library is loaded, `who` its name for messages. Nothing is
/// read that is not the library's. Errors: E0461, E0455.
HAFT_COLD inline result<haft_plugin> read_plugin_table(const haft_plugin* given, std::uintptr_t base,
                                                       std::string_view who) {
    const auto bad = [&](std::initializer_list<std::string_view> why) {
        return error{errc::bad_plugin_table, concat({"library ", who, " can't be used: ", concat(why)})};
    };
    if (!given) return bad({"its ", HAFT_PLUGIN_ENTRY_NAME, " says that the plugin can't run here: it gave no table"});
    if (reinterpret_cast<std::uintptr_t>(given) % alignof(haft_plugin) != 0)
        return bad({"the table of its plugin stands at no place where a table can be"});
    const loaded_objects memory;
    std::size_t size = 0;
    if (!memory.readable(base, given, sizeof size))
        return bad({"the table of its plugin does not stand in its own memory"});
    std::memcpy(&size, given, sizeof size);
    if (size < least_table)
        return bad(
            {"the table of its plugin has ", decimal(size), " bytes; at least ", decimal(least_table), " are needed"});
    if (!memory.readable(base, given, size))
        return bad(
            {"the table of its plugin has ", decimal(size), " bytes, as it says, and they are not all in its memory"});
    haft_plugin out{};
    std::memcpy(&out, given, (std::min)(size, sizeof out));
    if (out.abi_major != HAFT_ABI_MAJOR)
        return error{errc::other_abi, concat({"library ", who, " can't be used: the table of its plugin is of version ",
                                              decimal(out.abi_major), " of the border to plugins, and its note of ",
                                              decimal(HAFT_ABI_MAJOR)})};
    const auto look_at = [&](std::string_view name, auto* function, bool needed) -> result<void> {
        if (!function) {
            if (!needed) return {};
            return bad({"the table of its plugin has no ", name});
        }
        if (memory.runs(reinterpret_cast<const void*>(function))) return {};
        return bad({"the table of its plugin has a ", name, " that leads to no code"});
    };
    for (const result<void>& one :
         {look_at("setup", out.setup, true), look_at("describe", out.describe, true), look_at("call", out.call, true),
          look_at("teardown", out.teardown, false), look_at("initialize", out.initialize, false),
          look_at("shutdown", out.shutdown, false), look_at("extension", out.extension, false)})
        if (!one) return one.error();
    return out;
}

}  // namespace haft::inline v0::detail

#endif  // HAFT_PLUGIN_LIBRARY_PLUGIN_TABLE_HPP
