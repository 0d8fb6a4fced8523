// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_PLUGIN_PLUGIN_FILTER_HPP
#define HAFT_PLUGIN_PLUGIN_FILTER_HPP

/// Which plugins may be loaded, decided before anything of them runs. [DC-03, DC-04]

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/plugin_name.hpp>

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace haft::inline v0 {

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
    /// Why a plugin may not be loaded; "" if it may.
    HAFT_COLD std::string why_not(std::string_view name) const {
        const auto said = [](std::string_view what, const std::string& at) {
            return at.empty() ? std::string(what) : concat({what, " (", at, ")"});
        };
        if (lists(disabled, name)) return said("it is among the plugins that are disabled", disabled_at);
        if (only) return lists(*only, name) ? "" : said("it is not among the plugins that are to be loaded", only_at);
        if (!enabled.empty() && !lists(enabled, name))
            return said("it is not among the plugins that are enabled", enabled_at);
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

#endif  // HAFT_PLUGIN_PLUGIN_FILTER_HPP
