// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_PLUGIN_CHECK_PLUGIN_CONFIG_HPP
#define HAFT_PLUGIN_CHECK_PLUGIN_CONFIG_HPP

/// Whether a configuration is what a plugin wants: everything that is wrong with it, at once. [PM-08, fault 94]

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/mended.hpp>
#include <haft/core/result.hpp>
#include <haft/core/text.hpp>
#include <haft/json/pieces.hpp>
#include <haft/json/read_settings.hpp>
#include <haft/json/string_text.hpp>
#include <haft/plugin/plugin.hpp>

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace haft::inline v0 {

namespace detail {

HAFT_COLD inline bool is_config(std::string_view text) {
    return json::is_json(text) && text.find_first_not_of(" \t\r\n") == text.find('{');
}

/// The keys that have to be there, each once: those of the manifest, and those without a default.
HAFT_COLD inline std::vector<std::string> required_keys(const plugin& p) {
    std::vector<std::string> out = p.manifest.required_config;
    for (const std::string_view item : json::items_of(json::value_of(json::members_of(p.config_schema), "required")))
        out.push_back(json::string_of(item));
    std::vector<std::string> once;
    for (std::string& key : out)
        if (std::find(once.begin(), once.end(), key) == once.end()) once.push_back(std::move(key));
    return once;
}

}  // namespace detail

/// Checks a configuration, "" for an empty one. A key that is there counts as given, be it 0, "" or false. An error lists
/// all keys that are missing (E0417) and whatever else is wrong with it (E0420), each with its place. If `may_lack_keys`,
/// missing keys are told in `warnings` and nothing else. What a key says to be secret is not shown, nor what `is_hidden` says.
HAFT_COLD inline result<void> check_plugin_config(const plugin& p, std::string_view config, bool may_lack_keys,
                                                  std::vector<error>& warnings, const hidden_values& is_hidden = {}) {
    const std::string who = concat({"plugin ", in_quotes(p.name)});
    if (config.empty()) config = "{}";
    if (!detail::is_config(config))
        return error{errc::bad_plugin_config,
                     concat({"the configuration of ", who, json::is_json(config) ? " is no object" : " is no JSON"})};

    std::vector<fault> faults;
    std::string missing;
    const auto given = json::members_of(config);
    for (const std::string& key : detail::required_keys(p)) {
        if (!json::value_of(given, key).empty()) continue;
        append_all(missing, {missing.empty() ? "" : ", ", in_quotes(key)});
        faults.push_back({errc::missing_parameter, concat({"/", key}), "required, but it is not there", {}, {}, {}});
    }
    std::size_t more = 0;
    if (p.check_config) {
        result<void> fits;
        try {
            fits = p.check_config(config);
        } catch (...) { fits = error{errc::plugin_failed, detail::caught_text()}; }
        if (!fits && fits.error().faults.empty())
            return error{errc::bad_plugin_config, concat({"the configuration of ", who, ": ", fits.error().message})};
        if (!fits) {
            more = fits.error().more_faults;
            json::hide_secrets(fits.error().faults, config, is_hidden);
            for (fault& f : fits.error().faults) {
                const auto known = [&](const fault& other) { return other.pointer == f.pointer; };
                if (f.code == errc::missing_parameter) {
                    if (std::any_of(faults.begin(), faults.end(), known)) continue;
                    append_all(missing,
                               {missing.empty() ? "" : ", ", in_quotes(std::string_view(f.pointer).substr(1))});
                }
                faults.push_back(std::move(f));
            }
        }
    }
    const std::string lacks =
        missing.empty() ? std::string() : concat({"the configuration of ", who, " lacks ", missing});
    if (may_lack_keys && !missing.empty()) {
        warnings.push_back({errc::missing_config, lacks});
        std::erase_if(faults, [](const fault& f) { return f.code == errc::missing_parameter; });
    }
    if (faults.empty()) return {};
    if (!may_lack_keys && !missing.empty()) return error{errc::missing_config, lacks, std::move(faults), more};
    return error{errc::bad_plugin_config, concat({"the configuration of ", who, " does not fit"}), std::move(faults),
                 more};
}

namespace detail {

/// A configuration with the workspace in it, where it says nothing of one and the plugin may want to know. [PM-04]
HAFT_COLD inline std::string with_workspace(const plugin& p, std::string_view config, std::string_view workspace_dir) {
    std::string out(config.empty() ? "{}" : config);
    if (workspace_dir.empty() || !detail::is_config(out)) return out;
    const auto given = json::members_of(out);
    if (!json::value_of(given, "workspace_dir").empty()) return out;
    const auto takes = json::members_of(json::value_of(json::members_of(p.config_schema), "properties"));
    if (p.config_schema.empty() ? !p.setup : json::value_of(takes, "workspace_dir").empty()) return out;
    const std::size_t end = out.rfind('}');
    out.insert(end, concat({given.empty() ? "" : ",", "\"workspace_dir\":", json::string_text(workspace_dir)}));
    return out;
}

}  // namespace detail

}  // namespace haft::inline v0

#endif  // HAFT_PLUGIN_CHECK_PLUGIN_CONFIG_HPP
