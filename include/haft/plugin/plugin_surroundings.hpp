// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_PLUGIN_PLUGIN_SURROUNDINGS_HPP
#define HAFT_PLUGIN_PLUGIN_SURROUNDINGS_HPP

/// What a plugin may know of where it lives. [PM-05]

#include <filesystem>

namespace haft::inline v0 {

class registry;

/// Given by the loader, to keep or to copy; valid as long as the plugin is loaded.
struct plugin_surroundings {
    /// That which the plugin is put into; never null. To ask it and to call what it serves; `initialize` and `shutdown` may ask
    /// only, since it is locked then.
    haft::registry* registry = nullptr;
    std::filesystem::path workspace = {};     ///< the folder that is worked in; "": none is known
    std::filesystem::path state_folder = {};  ///< the plugin's own, to keep what outlives the program; it is there. "": none
};

}  // namespace haft::inline v0

#endif  // HAFT_PLUGIN_PLUGIN_SURROUNDINGS_HPP
