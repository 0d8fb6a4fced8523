// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_PLUGIN_PLUGIN_STATUS_HPP
#define HAFT_PLUGIN_PLUGIN_STATUS_HPP

/// How a plugin stands, for tables and for whoever asks why.

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/plugin_filter.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace haft::inline v0 {

enum class plugin_state : unsigned char {
    known,     ///< it waits for the next load
    loaded,    ///< it is an owner of the registry
    disabled,  ///< by the lists, or by its own entry
    refused,   ///< `problem` says why
    shadowed,  ///< another one of its name came before it
    unloaded,  ///< somebody has taken it out
};

constexpr std::string_view name_of(plugin_state s) noexcept {
    constexpr std::string_view names[]{"known", "loaded", "disabled", "refused", "shadowed", "unloaded"};
    return names[static_cast<unsigned char>(s)];
}

/// A row of the table.
struct plugin_status {
    std::string name = {};
    plugin_state state = plugin_state::known;
    kept_out_by kept_out = kept_out_by::nothing;  ///< of a disabled one: by what; `problem` says it in words
    std::string version = {};  ///< "": nobody has asked it yet
    std::string description = {};
    std::string source = {};
    std::string brings = {};  ///< of a loaded one: `2 tools, 1 hook`, or `nothing`
    error problem =
        {};  ///< why it is disabled, refused or shadowed; of a loaded one, why it is not exposed. Or no message
    error init_problem = {};  ///< its init failed and will be tried again. [PM-03]

    /// `weather 1.0.0: refused: …`
    HAFT_COLD std::string text() const {
        std::string out = name;
        if (!version.empty()) append_all(out, {" ", version});
        append_all(out, {": ", name_of(state)});
        for (const error* e : {&problem, &init_problem})
            if (!e->message.empty()) append_all(out, {": ", e->message});
        return out;
    }
};

/// What has come of loading.
struct load_report {
    std::vector<std::string> loaded = {};  ///< in the order of loading
    std::vector<error> failed = {};        ///< each names its plugin; the others went on
    std::vector<error> warnings = {};
};

}  // namespace haft::inline v0

#endif  // HAFT_PLUGIN_PLUGIN_STATUS_HPP
