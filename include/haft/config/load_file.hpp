// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_CONFIG_LOAD_FILE_HPP
#define HAFT_CONFIG_LOAD_FILE_HPP

/// A configuration from one file, by its name. [DC-02]

#include <haft/config/configuration.hpp>
#include <haft/config/limits.hpp>
#include <haft/config/parse_json.hpp>
#include <haft/config/parse_toml.hpp>
#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/read_file.hpp>
#include <haft/core/result.hpp>
#include <haft/os/shown_path.hpp>

#include <filesystem>
#include <string>
#include <string_view>

namespace haft::inline v0 {

/// Parses a text as the name of its file says: `.toml` or `.json`. Errors: as those two; E0377 for another name.
HAFT_COLD inline result<configuration> parse_config(std::string_view text, std::string_view file,
                                                    const config_limits& limits = {}) {
    if (file.ends_with(".toml")) return haft::parse_toml(text, file, limits);
    if (file.ends_with(".json")) return haft::parse_json(text, file, limits);
    return error{errc::unread_config, concat({file, ": a configuration is named *.toml or *.json"})};
}

/// Reads one file and nothing that it includes; messages call it `shown`, if that is given. Errors: as parse_config; E0377 if it
/// is not there, can't be read, or is no regular file (a device never ends).
HAFT_COLD inline result<configuration> load_config_file(const std::filesystem::path& file, const config_limits& limits = {},
                                                        std::string shown = {}) {
    std::string text, why;
    const std::string name = file.string();
    if (shown.empty()) shown = detail::shown(file);
    if (!haft::read_file(file, limits.max_bytes, text, why))
        return error{errc::unread_config, concat({shown, ": ", why})};
    if (name.ends_with(".toml")) return haft::parse_toml(text, shown, limits);
    if (name.ends_with(".json")) return haft::parse_json(text, shown, limits);
    return haft::parse_config(text, shown, limits);
}

}  // namespace haft::inline v0

#endif  // HAFT_CONFIG_LOAD_FILE_HPP
