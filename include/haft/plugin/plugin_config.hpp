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
#include <haft/json/reader.hpp>
#include <haft/json/type.hpp>

#include <algorithm>
#include <string_view>
#include <utility>

namespace haft::inline v0::detail {

/// Reads what fits; the error has all that does not.
HAFT_COLD inline result<void> read_plugin_config(std::string_view plugin_name, const json::type& type, void* to,
                                                 std::string_view text) {
    const json::read_limits limits;
    json::reader in(text.empty() ? "{}" : text, limits);
    if (in.read_arguments(type, to)) return {};
    error e{errc::bad_plugin_config, {}, in.take_faults(), in.more_faults()};
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
