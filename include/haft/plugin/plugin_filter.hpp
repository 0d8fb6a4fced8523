// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_PLUGIN_PLUGIN_FILTER_HPP
#define HAFT_PLUGIN_PLUGIN_FILTER_HPP

/// Which plugins may be loaded, decided before anything of them runs. [DC-03, DC-04]

#include <haft/core/config.hpp>
#include <haft/core/plugin_name.hpp>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace haft::inline v0 {

/// Two lists of names, compared as plugins' names are.
struct plugin_filter {
    std::vector<std::string> enabled = {};   ///< only these; none: all
    std::vector<std::string> disabled = {};  ///< not these, whatever `enabled` says

    HAFT_COLD static bool lists(const std::vector<std::string>& names, std::string_view name) {
        return std::any_of(names.begin(), names.end(),
                           [&](const std::string& one) { return same_plugin_name(one, name); });
    }
    /// Why a plugin may not be loaded; "" if it may.
    HAFT_COLD std::string_view why_not(std::string_view name) const {
        if (lists(disabled, name)) return "it is among the plugins that are disabled";
        if (!enabled.empty() && !lists(enabled, name)) return "it is not among the plugins that are enabled";
        return {};
    }
    /// Another filter's names after these: a list of a user's and one of a project's are one list. [DC-03]
    HAFT_COLD void merge(const plugin_filter& other) {
        const auto put = [](std::vector<std::string>& to, const std::vector<std::string>& from) {
            for (const std::string& name : from)
                if (!lists(to, name)) to.push_back(name);
        };
        put(enabled, other.enabled);
        put(disabled, other.disabled);
    }
};

}  // namespace haft::inline v0

#endif  // HAFT_PLUGIN_PLUGIN_FILTER_HPP
