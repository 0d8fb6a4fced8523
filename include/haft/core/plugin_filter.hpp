// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_CORE_PLUGIN_FILTER_HPP
#define HAFT_CORE_PLUGIN_FILTER_HPP

/// Which plugins may be loaded, decided before anything of them runs: the only such rule that there is. [DC-03, DC-04]

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/plugin_name.hpp>

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace haft::inline v0 {

/// What keeps a plugin from being loaded.
enum class kept_out_by : unsigned char {
    nothing,
    its_entry,  ///< its own entry says that it is disabled. [DC-06]
    disabled,   ///< it stands in that list
    enabled,    ///< it does not stand in that list
    only,       ///< nor in that one
};

/// Lists of names, compared as plugins' names are.
struct plugin_filter {
    std::vector<std::string> enabled = {};   ///< only these; none: all
    std::vector<std::string> disabled = {};  ///< not these, whatever the other lists say
    /// Where it is: these and no others, none if it is empty; `enabled` counts for nothing then. [DC-11]
    std::optional<std::vector<std::string>> only = {};
    std::string enabled_at = {};   ///< where the lists stand, for messages: `haft.toml:3:11`
    std::string disabled_at = {};
    std::string only_at = {};

    HAFT_COLD static bool lists(const std::vector<std::string>& names, std::string_view name) {
        return std::any_of(names.begin(), names.end(),
                           [&](const std::string& one) { return same_plugin_name(one, name); });
    }
    /// The list that keeps a plugin out, or nothing.
    HAFT_COLD kept_out_by judge(std::string_view name) const {
        if (lists(disabled, name)) return kept_out_by::disabled;
        if (only) return lists(*only, name) ? kept_out_by::nothing : kept_out_by::only;
        return enabled.empty() || lists(enabled, name) ? kept_out_by::nothing : kept_out_by::enabled;
    }
    bool allows(std::string_view name) const { return judge(name) == kept_out_by::nothing; }
    /// Why a plugin may not be loaded, in words; "" if it may.
    HAFT_COLD std::string why_not(std::string_view name) const {
        const auto said = [](std::string_view what, const std::string& at) {
            return at.empty() ? std::string(what) : concat({what, " (", at, ")"});
        };
        switch (judge(name)) {
            case kept_out_by::nothing:
            case kept_out_by::its_entry: break;
            case kept_out_by::disabled: return said("it is among the plugins that are disabled", disabled_at);
            case kept_out_by::enabled: return said("it is not among the plugins that are enabled", enabled_at);
            case kept_out_by::only: return said("it is not among the plugins that are to be loaded", only_at);
        }
        return {};
    }
    /// Another filter's names after these: a list of a user's and one of a project's are one list. Of two `only` the later
    /// counts. [DC-03]
    HAFT_COLD void merge(const plugin_filter& other) {
        const auto put = [](std::vector<std::string>& to, const std::vector<std::string>& from) {
            for (const std::string& name : from)
                if (!lists(to, name)) to.push_back(name);
        };
        put(enabled, other.enabled);
        put(disabled, other.disabled);
        if (other.only) only = other.only, only_at = other.only_at;
    }
};

}  // namespace haft::inline v0

#endif  // HAFT_CORE_PLUGIN_FILTER_HPP
