// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_PLUGIN_READ_MANIFEST_HPP
#define HAFT_PLUGIN_READ_MANIFEST_HPP

/// A manifest out of JSON: that of a `plugin.json`, or what somebody has made of a `plugin.toml`. [PM-06]

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/mended.hpp>
#include <haft/core/nearest.hpp>
#include <haft/core/text.hpp>
#include <haft/json/pieces.hpp>
#include <haft/plugin/manifest.hpp>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace haft::inline v0 {

/// There is always a manifest: where the text is no good the defaults stand in it, and why is told.
struct manifest_reading {
    kept_manifest manifest = {};
    std::vector<error> warnings = {};  ///< E0418
};

namespace detail {

class manifest_reader {
public:
    HAFT_COLD explicit manifest_reader(std::string_view where) : where_(where) {}

    HAFT_COLD manifest_reading read(std::string_view json, std::string_view default_name) {
        out_.manifest.name = default_name;
        if (json.find_first_not_of(" \t\r\n") == std::string_view::npos) return std::move(out_);  // nobody wrote one
        if (!json::is_json(json)) return warn({"it is no JSON; the defaults are taken"}), std::move(out_);
        if (json[json.find_first_not_of(" \t\r\n")] != '{')
            return warn({"it is no object; the defaults are taken"}), std::move(out_);
        kept_manifest& m = out_.manifest;
        for (const json::member_piece& p : json::members_of(json)) {
            if (p.name == "name") text(p, m.name);
            else if (p.name == "version") text(p, m.version);
            else if (p.name == "description") text(p, m.description);
            else if (p.name == "author") text(p, m.author);
            else if (p.name == "dependencies") list(p, m.dependencies);
            else if (p.name == "plugin_deps") list(p, m.plugin_deps);
            else if (p.name == "optional_plugin_deps") list(p, m.optional_plugin_deps);
            else if (p.name == "required_config") list(p, m.required_config);
            else if (p.name == "min_host_version") text(p, m.min_host_version);
            else if (p.name == "homepage") text(p, m.homepage);
            else if (p.name == "license") text(p, m.license);
            else unknown(p.name);
        }
        return std::move(out_);
    }

private:
    HAFT_COLD void warn(std::initializer_list<std::string_view> sentence) {
        out_.warnings.push_back({errc::bad_manifest, concat({"the manifest", where_.empty() ? "" : " in ", where_, ": ",
                                                             concat(sentence)})});
    }
    /// Of a value that is null nothing was said.
    HAFT_COLD void text(const json::member_piece& p, std::string& to) {
        if (p.value == "null") return;
        if (!p.value.starts_with('"'))
            return warn({in_quotes(p.name), " is no text but ", shown(p.value), "; it is left out"});
        to = detail::mended(json::string_of(p.value));
    }
    HAFT_COLD void list(const json::member_piece& p, std::vector<std::string>& to) {
        to.clear();
        if (p.value == "null") return;
        if (!p.value.starts_with('['))
            return warn({in_quotes(p.name), " is no list but ", shown(p.value), "; it is taken to be empty"});
        for (const std::string_view item : json::items_of(p.value)) {
            std::string& said = to.emplace_back();
            if (item.starts_with('"')) said = detail::mended(json::string_of(item));
            else json::append_compact(said, item);  // Qanot writes out whatever it is
        }
    }
    /// What else stands there is somebody else's, unless it looks like one of these.
    HAFT_COLD void unknown(std::string_view name) {
        const std::string_view meant =
            nearest_of(name, {"name", "version", "description", "author", "dependencies", "plugin_deps",
                              "optional_plugin_deps", "required_config", "min_host_version", "homepage", "license"});
        if (!meant.empty()) warn({"nobody reads ", in_quotes(name), "; did you mean ", in_quotes(meant), "?"});
    }
    HAFT_COLD static std::string shown(std::string_view value) {
        std::string out;
        append_echo(out, value, 40);
        return out;
    }

    std::string_view where_;
    manifest_reading out_;
};

}  // namespace detail

/// Reads a manifest. `default_name` is that of its folder, `where` a file's name for messages. An empty text is a file that
/// is not there: the defaults, and no warning. Never fails; a name that no plugin may have is for who loads it to refuse.
HAFT_COLD inline manifest_reading read_manifest(std::string_view json, std::string_view default_name,
                                                std::string_view where = {}) {
    return detail::manifest_reader(where).read(json, default_name);
}

}  // namespace haft::inline v0

#endif  // HAFT_PLUGIN_READ_MANIFEST_HPP
