// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_PLUGIN_WRITTEN_CONFIG_HPP
#define HAFT_PLUGIN_WRITTEN_CONFIG_HPP

/// The configuration of a plugin whose schema somebody wrote by hand.

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/result.hpp>
#include <haft/core/text.hpp>
#include <haft/json/fault_text.hpp>
#include <haft/json/read_settings.hpp>
#include <haft/plugin/plugin.hpp>
#include <haft/written/written_schema.hpp>

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace haft::inline v0::detail {

/// Gives a plugin that schema, a JSON object, and what holds configurations against it. An error (E0240): it is no schema, each fault
/// with its place in it. Requires the plugin's name.
HAFT_COLD inline result<void> take_written_config(plugin& out, std::string schema) {
    out.config_schema = std::move(schema);
    result<written_schema> compiled =
        written_schema::compile_for_tool(out.config_schema, schema::written::lint_of::parameters);
    if (!compiled) return std::move(compiled.error());
    out.check_config = [kept = std::make_shared<written_schema>(std::move(*compiled)),
                        name = out.name](std::string_view config) -> result<void> {
        checked_value found = kept->validate(config.empty() ? "{}" : config);
        std::erase_if(found.faults, [](const fault& f) {  // they are free, as in every section
            const std::string_view key = std::string_view(f.pointer).substr(f.pointer.rfind('/') + 1);
            return f.code == errc::unknown_parameter && json::is_extension(key);
        });
        if (found.ok()) return {};
        error e{errc::bad_configuration, {}, std::move(found.faults), found.more_faults};
        e.message = concat({"the configuration of plugin ", in_quotes(name), " can't be used: ", json::fault_count(e)});
        return e;
    };
    return {};
}

}  // namespace haft::inline v0::detail

#endif  // HAFT_PLUGIN_WRITTEN_CONFIG_HPP
