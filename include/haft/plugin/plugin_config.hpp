// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_PLUGIN_PLUGIN_CONFIG_HPP
#define HAFT_PLUGIN_PLUGIN_CONFIG_HPP

/// The configuration of a plugin class: a struct, read as arguments are. [PM-08, fault 94]

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/result.hpp>
#include <haft/core/text.hpp>
#include <haft/json/fault_text.hpp>
#include <haft/json/read_settings.hpp>
#include <haft/json/type.hpp>

#include <algorithm>
#include <string_view>
#include <utility>

namespace haft::inline v0::detail {

/// Reads what fits; the error has all that does not.
HAFT_COLD inline result<void> read_plugin_config(std::string_view plugin_name, const json::type& type, void* to,
                                                 std::string_view text) {
    result<void> read = json::read_settings(text, type, to);
    if (read) return {};
    error e = std::move(read.error());
    e.code = errc::bad_plugin_config;
    e.message = concat({"plugin ", in_quotes(plugin_name), ": ", json::fault_count(e), " in its configuration"});
    return e;
}

inline bool only_lacks_keys(const error& e) {
    return !e.more_faults && !e.faults.empty() && std::all_of(e.faults.begin(), e.faults.end(), [](const fault& f) {
        return f.code == errc::missing_parameter;
    });
}

}  // namespace haft::inline v0::detail

#endif  // HAFT_PLUGIN_PLUGIN_CONFIG_HPP
