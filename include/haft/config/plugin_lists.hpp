// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_CONFIG_PLUGIN_LISTS_HPP
#define HAFT_CONFIG_PLUGIN_LISTS_HPP

/// What one file says of plugins, in either of two shapes, brought into one, so that files of both merge. [DC-02] [DC-05] [DC-06]

#include <haft/config/configuration.hpp>
#include <haft/config/origin.hpp>
#include <haft/config/read_section.hpp>
#include <haft/config/shown_value.hpp>
#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/plugin_name.hpp>
#include <haft/core/result.hpp>
#include <haft/core/text.hpp>
#include <haft/json/fault_text.hpp>
#include <haft/json/nlohmann_value_json.hpp>
#include <haft/schema/json_text.hpp>
#include <haft/schema/scalar.hpp>
#include <haft/schema/std/optional.hpp>
#include <haft/schema/std/string.hpp>
#include <haft/schema/std/vector.hpp>
#include <haft/schema/words.hpp>

#include <array>
#include <cstddef>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace haft::inline v0 {

/// What relative paths and `~` mean in a file.
struct config_places {
    std::filesystem::path root = {};                    ///< for relative paths; absolute
    std::optional<std::string> home = {};  ///< for `~`; nothing: a path with `~` is an error
};

/// Where the section of a plugin stands in a configuration: `/plugin/my_plugin` for "My-Plugin".
HAFT_COLD inline std::string plugin_pointer(std::string_view name) {
    return detail::pointer_below("/plugin", folded_plugin_name(name));
}

namespace detail {

/// `[plugins]`
struct plugins_table {
    std::vector<std::string> paths = {};
    std::vector<std::string> enabled = {};
    std::vector<std::string> disabled = {};
    std::optional<std::vector<std::string>> only = {};
    static constexpr std::array haft_fields{haft::field{"paths", "", haft::not_required},
                                            haft::field{"enabled", "", haft::not_required},
                                            haft::field{"disabled", "", haft::not_required}};
};

/// An item of the list `plugins`.
struct plugins_item {
    std::string name;
    bool enabled = true;
    json_text config = {"{}"};
    static constexpr std::array haft_fields{haft::field{"name", "", haft::min_length(1)},
                                            haft::field{"config", "", haft::not_required}};
};

/// Rewrites a value and its origins.
class plugin_normaliser {
public:
    plugin_normaliser(const configuration& from, const config_places& places)
        : from_(from), places_(places), value_(from.value()), origins_(from.origins()) {}

    HAFT_COLD result<configuration> run() {
        const nlohmann::json* const plugins = from_.find("/plugins");
        if (const nlohmann::json* const sections = from_.find("/plugin")) fold_sections(*sections);
        if (plugins && plugins->is_array()) read_list(*plugins);
        else if (plugins) read_table();
        if (!faults_.empty()) {
            error e{errc::bad_plugin_list, {}, std::move(faults_)};
            e.message = concat({"what is said of plugins can't be used: ", json::fault_count(e)});
            return e;
        }
        return configuration(std::move(value_), std::move(origins_));
    }

private:
    /// `[plugin.My-Plugin]` becomes `/plugin/my_plugin`, as it is compared.
    void fold_sections(const nlohmann::json& sections) {
        if (!sections.is_object()) return fail("/plugin", concat({"expected a table, got ", sections.type_name()}));
        for (auto at = sections.begin(); at != sections.end(); ++at) {
            const std::string pointer = pointer_below("/plugin", at.key());
            if (!at->is_object()) {
                fail(pointer, concat({"expected a table, got ", at->type_name()}));
                continue;
            }
            const std::string name = folded_plugin_name(at.key());
            if (name == at.key()) continue;
            value_["plugin"].erase(at.key());
            move_section(pointer, name, *at);
        }
    }

    /// Puts a section under its folded name, with the origins of where it was written.
    void move_section(const std::string& from, const std::string& name, const nlohmann::json& section) {
        const std::string to = pointer_below("/plugin", name);
        nlohmann::json& sections = value_["plugin"];
        if (sections.contains(name))
            return fail(from, concat({"a second section of the plugin ", in_quotes(name), "; the first is at ",
                                      configuration({}, origins_).origin(to).text()}));
        sections[name] = section;
        const auto& all = from_.origins();
        for (auto at = all.lower_bound(from); at != all.end() && at->first.starts_with(from); ++at) {
            const std::string_view rest = std::string_view(at->first).substr(from.size());
            if (!rest.empty() && rest[0] != '/') continue;
            origins_.erase(at->first);
            origins_.insert_or_assign(concat({to, rest}), at->second);
        }
    }

    /// The list `plugins`: who stands in it is enabled, and disabled too if it says so, which wins.
    void read_list(const nlohmann::json& list) {
        nlohmann::json enabled = nlohmann::json::array(), disabled = nlohmann::json::array();
        config_origins at_names;
        std::map<std::string, std::string> named_at;
        for (std::size_t i = 0; i < list.size(); ++i) {
            const std::string pointer = concat({"/plugins/", decimal(i)});
            const result<plugins_item> item = from_.read<plugins_item>(pointer);
            if (!item) {
                take_faults(item.error(), pointer);
                continue;
            }
            if (const auto [first, fresh] = named_at.emplace(folded_plugin_name(item->name), pointer); !fresh)
                fail(pointer, concat({"the plugin ", in_quotes(item->name), " stands in the list twice, first at ",
                                      from_.origin(first->second).text()}));
            const std::string config_at = concat({pointer, "/config"});
            if (const nlohmann::json* const config = from_.find(config_at)) {
                if (config->is_object()) move_section(config_at, folded_plugin_name(item->name), *config);
                else fail(config_at, concat({"expected a table, got ", config->type_name()}));
            }
            const config_origin at = from_.origin(concat({pointer, "/name"}));
            at_names.emplace(concat({"/plugins/enabled/", decimal(enabled.size())}), at);
            enabled.push_back(item->name);
            if (item->enabled) continue;
            at_names.emplace(concat({"/plugins/disabled/", decimal(disabled.size())}),
                             from_.origin(concat({pointer, "/enabled"})));
            disabled.push_back(item->name);
        }
        const config_origin whole = from_.origin("/plugins");
        for (auto at = origins_.lower_bound("/plugins/"); at != origins_.end() && at->first.starts_with("/plugins/");)
            at = origins_.erase(at);
        for (const std::string_view name : {"/plugins/enabled", "/plugins/disabled"}) at_names.emplace(name, whole);
        origins_.merge(at_names);
        value_["plugins"] = {{"enabled", std::move(enabled)}, {"disabled", std::move(disabled)}};
    }

    void read_table() {
        const result<plugins_table> table = from_.read<plugins_table>("/plugins");
        if (!table) return take_faults(table.error(), "/plugins");
        for (std::size_t i = 0; i < table->paths.size(); ++i) {
            const std::string pointer = concat({"/plugins/paths/", decimal(i)});
            const std::string shown = value_is_hidden(from_, pointer) ? std::string(hidden_value) : in_quotes(table->paths[i]);
            std::string why;
            const std::filesystem::path path = resolved(table->paths[i], shown, why);
            if (why.empty()) value_["plugins"]["paths"][i] = path.string();
            else fail(pointer, why);
        }
    }

    std::filesystem::path resolved(const std::string& text, const std::string& shown, std::string& why) const {
        if (text.empty() || text.find('\0') != std::string::npos) return why = "expected a path", std::filesystem::path();
        std::filesystem::path path = text;
        if (text[0] == '~') {
            if (text.size() > 1 && text[1] != '/')
                return why = concat({"only ~/ is expanded, not ", shown, "; write the path in full"}), path;
            if (!places_.home || places_.home->empty()) return why = "~ can't be expanded, since HOME is not set", path;
            path = std::filesystem::path(*places_.home);
            if (text.size() > 2) path /= text.substr(2);
        }
        path = (places_.root / path).lexically_normal();
        return path.has_filename() ? path : path.parent_path();  // a/b/ is a/b
    }

    void take_faults(const error& from, std::string_view pointer) {
        for (const fault& f : from.faults) faults_.push_back(f);
        if (from.faults.empty()) fail(pointer, "expected a table {name, enabled, config}");
    }
    void fail(std::string_view pointer, std::string_view what) {
        fault& f = faults_.emplace_back();
        f.code = errc::bad_plugin_list;
        f.pointer = pointer;
        f.place = from_.origin(pointer).text();
        f.message = what;
    }

    const configuration& from_;
    const config_places& places_;
    nlohmann::json value_;
    config_origins origins_;
    std::vector<fault> faults_;
};

}  // namespace detail

/// Brings what a configuration says of plugins into one shape, in which layers merge: `[plugins] paths, enabled, disabled,
/// only` and a table `/plugin/<name>` for each that has a configuration, its name folded. Takes that shape (paths are made
/// absolute then: `~` is the home, what is relative begins at the root), and a list `plugins` of `{name, enabled, config}`: who
/// stands in it is enabled, unless it says `enabled: false`. Doing it twice changes nothing. Errors: E0384, every fault with
/// its place.
HAFT_COLD inline result<configuration> normalise_plugins(const configuration& config, const config_places& places) {
    return detail::plugin_normaliser(config, places).run();
}

}  // namespace haft::inline v0

#endif  // HAFT_CONFIG_PLUGIN_LISTS_HPP
