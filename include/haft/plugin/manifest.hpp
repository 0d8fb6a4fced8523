// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_PLUGIN_MANIFEST_HPP
#define HAFT_PLUGIN_MANIFEST_HPP

/// What a plugin says of itself: who made it, and what it needs. [PM-06]

#include <haft/command/short_list.hpp>
#include <haft/core/config.hpp>
#include <haft/core/mended.hpp>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace haft::inline v0 {

/// The fields, for texts that somebody else keeps and for texts of its own. All but the name have defaults that are Qanot's.
template <class Text, class List>
struct basic_manifest {
    Text name = {};  ///< 1 to 64 of A-Z a-z 0-9 _ -; "": that of its entry, its folder or its class
    Text version = "0.1.0";
    Text description = {};
    Text author = {};
    /// Programs, and shared libraries (`libfoo.so.1`), that must be found before the plugin is loaded: `curl`,
    /// `git >=2.30`. [PM-12]
    List dependencies = {};
    List plugin_deps = {};           ///< plugins that must be loaded before it: `report`, `report >=1.2`. [PM-07]
    List optional_plugin_deps = {};  ///< the same, where it can do without: if they are loaded, then before it
    List required_config = {};       ///< keys that must stand in its configuration. [PM-08]
    Text min_host_version = {};      ///< "": any will do. [PM-09]
    Text homepage = {};
    Text license = "MIT";
};

/// A manifest in code, which can be a constant: `static constexpr haft::manifest manifest{.name = "weather"};` in a plugin
/// class.
using manifest = basic_manifest<std::string_view, short_list<std::string_view, 16>>;
/// One that owns what it says: of a plugin that is a value, of a file.
using kept_manifest = basic_manifest<std::string, std::vector<std::string>>;

HAFT_COLD inline kept_manifest keep(const manifest& m) {
    const auto texts = [](const auto& list) { return std::vector<std::string>(list.begin(), list.end()); };
    return {.name = std::string(m.name),
            .version = std::string(m.version),
            .description = std::string(m.description),
            .author = std::string(m.author),
            .dependencies = texts(m.dependencies),
            .plugin_deps = texts(m.plugin_deps),
            .optional_plugin_deps = texts(m.optional_plugin_deps),
            .required_config = texts(m.required_config),
            .min_host_version = std::string(m.min_host_version),
            .homepage = std::string(m.homepage),
            .license = std::string(m.license)};
}

namespace detail {

/// A manifest out of a struct with the same members that somebody's file was read into. What nobody sees is taken out of its texts.
template <class Read>
kept_manifest manifest_read(Read& from) {
    const auto text = [](const std::string& said, std::string otherwise = {}) {
        return said.empty() ? std::move(otherwise) : mended(said);
    };
    kept_manifest out;
    out.name = from.name;
    out.version = text(from.version, std::move(out.version));
    out.description = text(from.description);
    out.author = text(from.author);
    out.dependencies = std::move(from.dependencies);
    out.plugin_deps = std::move(from.plugin_deps);
    out.optional_plugin_deps = std::move(from.optional_plugin_deps);
    out.required_config = std::move(from.required_config);
    out.min_host_version = text(from.min_host_version);
    out.homepage = text(from.homepage);
    out.license = text(from.license, std::move(out.license));
    return out;
}

}  // namespace detail

}  // namespace haft::inline v0

#endif  // HAFT_PLUGIN_MANIFEST_HPP
