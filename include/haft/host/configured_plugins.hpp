// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_HOST_CONFIGURED_PLUGINS_HPP
#define HAFT_HOST_CONFIGURED_PLUGINS_HPP

/// Plugins as a configuration has them: where they are looked for, which may be loaded, with what settings; and all of that again
/// when it changes. [DC-01, DC-02, NX-14] Brings nlohmann_json and toml++: haft::config.

#include <haft/config/configuration.hpp>
#include <haft/config/plugin_settings.hpp>
#include <haft/config/shown_value.hpp>
#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/plugin_filter.hpp>
#include <haft/core/plugin_name.hpp>
#include <haft/core/result.hpp>
#include <haft/core/text.hpp>
#include <haft/host/mcp_servers.hpp>
#include <haft/plugin/declarative/discover_plugins.hpp>
#include <haft/plugin/library/find_libraries.hpp>
#include <haft/plugin/library/library_options.hpp>
#include <haft/plugin/plugin_loader.hpp>
#include <haft/plugin/plugin_places.hpp>
#include <haft/program/ready_program.hpp>
#include <haft/registry/registry.hpp>
#include <haft/tool/explanation.hpp>
#include <haft/tool/log.hpp>

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

namespace haft::inline v0 {

struct configured_plugins_options {
    std::vector<plugin_place> first_places = {};  ///< searched before those that the configuration names: a command line's
    std::vector<plugin_place> places = {};  ///< searched after those that the configuration names; see default_plugin_places
    discovery_policy discovery = {};        ///< what it wants is what the configuration enables
    program_surroundings programs = {};     ///< through which programs of declarative plugins see the system
    plugin_loader_options loader = {};      ///< its filter and its places are those of the configuration
    /// How shared libraries in those places are loaded; empty: none is. Their code runs as soon as they are loaded, with all rights of
    /// the host's: see libraries_from where projects may be anybody's.
    std::optional<library_options> libraries = {};
    /// Which places may have shared libraries; `said_at` is where a configuration names the place, null if none does. Empty: all may.
    /// What lies in another one is not loaded, and `explain` says so.
    std::function<bool(const plugin_place& place, const config_origin* said_at)> libraries_from = {};
    /// How the MCP servers of `[mcp.NAME]` are mounted; empty: none is. They are programs that run with all rights of the host's.
    std::optional<host::mcp_servers_options> mcp = {};
    /// Where further plugins come from, by names that say so: `nats` is host::nats_entries (host/nats_services.hpp), which needs a library.
    /// What is wrong with one of them stands in the list.
    std::map<std::string, std::function<std::vector<plugin_entry>(const configuration&, const host::mount_errors&)>> sources = {};
};

/// What has come of a configuration.
struct applied_plugins {
    load_report report = {};
    std::vector<error> problems = {};          ///< of the search; the others went on
    std::vector<error> warnings = {};          ///< of the search: what is shadowed or could not be read
    std::vector<std::string> changed = {};     ///< whose files are not what they were: made anew
    std::vector<std::string> gone = {};        ///< whose files are not found any more: unloaded
};

/// Any thread; one applies after the other. The registry must outlive this.
class configured_plugins {
public:
    HAFT_COLD explicit configured_plugins(registry& into, configured_plugins_options options = {})
        : options_(std::move(options)), loader_(into, loader_options()) {}

    /// For plugins that come another way, and for questions.
    plugin_loader& loader() noexcept { return loader_; }
    const plugin_loader& loader() const noexcept { return loader_; }

    /// Searches the places, and those in `[plugins] paths` before them; lets in what `enabled`, `disabled` and HAFT_PLUGINS let in;
    /// gives each plugin its section; loads. Again with another configuration, or with the same after files have changed: what may not
    /// be loaded any more or is gone is unloaded, what changed is made anew, and who has other settings is exposed anew; nobody
    /// else notices. Calls that run go on with what they began with. An error (E0384): the configuration says nonsense of plugins, and
    /// nothing has changed.
    HAFT_COLD result<applied_plugins> apply(const configuration& config) {
        result<plugins_config> wanted = plugins_of(config);
        if (!wanted) return std::move(wanted.error());
        const std::lock_guard guard(applying_);
        if (std::exchange(is_applying_, true))
            return error{errc::plugin_failed, "a configuration is being applied: a plugin's own step can't apply another"};
        const struct at_end {
            bool& flag;
            ~at_end() { flag = false; }
        } done{is_applying_};
        {
            const std::lock_guard now(reading_);
            config_ = std::make_shared<const configuration>(config);
        }
        applied_plugins out;
        search(*wanted, out);
        take_servers(config, out);
        if (result<std::vector<std::string>> enrolled = loader_.discover(); !enrolled)
            out.problems.push_back(std::move(enrolled.error()));
        loader_.allow(wanted->filter);
        configure(*wanted);
        out.report = loader_.load();
        for (error& e : of_servers_->take()) out.warnings.push_back(std::move(e));
        log(out.report);
        return out;
    }

    /// Where the tools of a plugin run, for people; "": in this process.
    HAFT_COLD std::string place_of(std::string_view plugin) const {
        const std::lock_guard guard(reading_);
        const auto at = elsewhere_.find(folded_plugin_name(plugin));
        return at == elsewhere_.end() ? std::string() : at->second;
    }
    /// Why a plugin is there or not: what the loader knows, or else what lay where it was looked for. [RG-06]
    HAFT_COLD explanation explain(std::string_view name) const {
        explanation out = loader_.explain(name);
        const std::lock_guard guard(reading_);
        for (const plugin_status& one : loader_.status()) {
            if (!same_plugin_name(one.name, name)) continue;
            if (one.kept_out == kept_out_by::enabled || one.kept_out == kept_out_by::only)
                out.say({"to have it loaded, add ", in_quotes(one.name), " to that list, or take the list away"});
            std::error_code problem;
            const auto known = folders_.find(folded_plugin_name(one.name));
            if (one.state != plugin_state::loaded || one.brings != "nothing") continue;
            if (known == folders_.end() || !std::filesystem::is_directory(known->second, problem)) continue;
            out.say({"its folder ", known->second.string(),
                     " has no tools/*.toml, commands/*.toml, hooks/*.toml and no files in templates/ or fragments/"});
        }
        if (out.known) return out;
        for (const error& e : problems_)
            if (speaks_of(e.message, name)) out.say({e.text()});
        for (const skipped_folder& one : skipped_)
            if (speaks_of(one.path.string(), name)) out.say({one.path.string(), " was skipped: it ", one.why});
        if (places_.empty()) out.say({"no place is searched: neither [plugins] paths nor the host names one"});
        for (const plugin_place& place : places_) {
            std::error_code problem;
            out.say({"searched: ", place.folder.string(), " (", name_of(place.scope),
                     std::filesystem::is_directory(place.folder, problem) ? ")"
                     : std::filesystem::exists(place.folder, problem)     ? "), which is no folder"
                                                                          : "), which is not there"});
        }
        out.say({"if it is compiled in: HAFT_PLUGIN enrols it, and its object file has to be linked, not picked from an archive "
                 "(haft_add_plugin of CMake sees to that)"});
        return out;
    }

private:
    plugin_loader_options loader_options() {
        plugin_loader_options out = options_.loader;
        out.place_of = [this](std::string_view plugin, std::string_view pointer) {
            const std::lock_guard guard(reading_);
            return config_ ? config_->origin(concat({plugin_pointer(plugin), pointer})).text() : std::string();
        };
        out.is_hidden = [this](std::string_view plugin, std::string_view pointer) {
            const std::lock_guard guard(reading_);
            return config_ && detail::value_is_hidden(*config_, concat({plugin_pointer(plugin), pointer}));
        };
        return out;
    }

    /// Brings the loader's entries up to what lies in the places.
    void search(const plugins_config& wanted, applied_plugins& out) {
        std::vector<plugin_place> places = options_.first_places;
        for (const plugin_path& one : wanted.paths) places.push_back({one.path, plugin_scope::project});
        places.insert(places.end(), options_.places.begin(), options_.places.end());
        discovery_policy policy = options_.discovery;
        library_discovery libraries;
        if (options_.libraries) libraries = search_libraries(places, wanted, policy);
        for (const std::string& name : wanted.filter.only ? *wanted.filter.only : wanted.filter.enabled) {
            const auto is_library = [&](const found_library& one) { return same_plugin_name(one.name, name); };
            if (std::any_of(libraries.found.begin(), libraries.found.end(), is_library)) continue;
            if (folders_.contains(folded_plugin_name(name)) || !is_known(name)) policy.wanted.push_back(name);
        }
        plugin_discovery found = discover_plugins(places, policy);

        std::map<std::string, std::filesystem::path> now;
        std::vector<std::pair<std::size_t, plugin_entry>> entries;
        const std::vector<plugin_place> ordered = in_order(places, policy.precedence);
        const auto take_in = [&](const plugin_place& place, plugin_entry entry) {
            const auto same = [&](const plugin_place& one) { return one.folder == place.folder && one.scope == place.scope; };
            const auto at = std::find_if(ordered.begin(), ordered.end(), same);
            now.try_emplace(folded_plugin_name(entry.name), entry.file);
            entries.emplace_back(static_cast<std::size_t>(at - ordered.begin()), std::move(entry));
        };
        for (const found_plugin& one : found.found) take_in(one.place, entry_of(one, options_.programs, policy.log));
        for (found_library& one : libraries.found) take_in(one.place, std::move(one.entry));
        std::stable_sort(entries.begin(), entries.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
        replace_entries(std::move(entries), std::move(found.broken), libraries.broken, out);
        out.problems.insert(out.problems.end(), libraries.problems.begin(), libraries.problems.end());
        out.problems.insert(out.problems.end(), found.problems.begin(), found.problems.end());
        out.warnings.insert(out.warnings.end(), libraries.warnings.begin(), libraries.warnings.end());
        out.warnings.insert(out.warnings.end(), found.warnings.begin(), found.warnings.end());
        for (skipped_library& one : libraries.skipped) found.skipped.push_back({std::move(one.path), std::move(one.why)});
        const std::lock_guard guard(reading_);
        folders_ = std::move(now);
        places_ = in_order(std::move(places), policy.precedence);
        skipped_ = std::move(found.skipped);
        problems_ = out.problems;
    }

    /// Brings the loader's entries up to the servers that the configuration names. What is wrong with tools of theirs comes out when
    /// they are mounted.
    void take_servers(const configuration& config, applied_plugins& out) {
        {
            const std::lock_guard guard(reading_);
            elsewhere_.clear();
        }
        if (options_.mcp) take_entries("mcp", host::mcp_entries(config, *options_.mcp, of_servers_), out);
        for (const auto& [name, entries_of] : options_.sources) take_entries(name, entries_of(config, of_servers_), out);
    }
    void take_entries(const std::string& from, std::vector<plugin_entry> entries, applied_plugins& out) {
        for (error& e : of_servers_->take()) out.problems.push_back(std::move(e));
        {
            const std::lock_guard guard(reading_);
            for (const plugin_entry& one : entries) elsewhere_[folded_plugin_name(one.name)] = one.source;
        }
        result<replaced_entries> replaced = loader_.replace(from, std::move(entries));
        if (!replaced) return out.problems.push_back(std::move(replaced.error()));
        out.changed.insert(out.changed.end(), replaced->changed.begin(), replaced->changed.end());
        out.gone.insert(out.gone.end(), replaced->gone.begin(), replaced->gone.end());
    }

    library_discovery search_libraries(const std::vector<plugin_place>& places, const plugins_config& wanted,
                                       const discovery_policy& policy) const {
        const auto search = [&](std::vector<plugin_place> in) {
            return find_libraries(std::move(in), *options_.libraries, policy.precedence, policy.most_entries);
        };
        if (!options_.libraries_from) return search(places);
        std::vector<plugin_place> trusted, others;
        for (const plugin_place& one : places) {
            const config_origin* said_at = nullptr;
            for (const plugin_path& path : wanted.paths)
                if (path.path == one.folder) said_at = &path.origin;
            (options_.libraries_from(one, said_at) ? trusted : others).push_back(one);
        }
        library_discovery out = search(std::move(trusted));
        for (const found_library& one : search(std::move(others)).found) {
            out.skipped.push_back({one.file, concat({"is a shared library in a place that may have none (", name_of(one.place.scope),
                                                     "): its code would run unasked"})});
            policy.log.tell(log_level::notice, "plugins", concat({one.file.string(), " is skipped: it ", out.skipped.back().why}));
        }
        return out;
    }

    /// Gives each plugin its section; who had one, and has none any more, is told so.
    void configure(const plugins_config& wanted) {
        std::set<std::string> now;
        for (const plugin_settings& one : wanted.plugins) {
            if (one.config.empty()) continue;
            now.insert(folded_plugin_name(one.name));
            loader_.configure(one.name, one.config.dump());
        }
        for (const std::string& name : configured_) {
            if (now.contains(name)) continue;
            if (is_known(name)) loader_.configure(name, "{}");
            else loader_.forget_config(name);
        }
        configured_.merge(now);
    }

    /// Those of earlier places count, and all of them before what is compiled in. [DC-01]
    void replace_entries(std::vector<std::pair<std::size_t, plugin_entry>> by_place, std::vector<std::filesystem::path> broken,
                         const std::vector<std::filesystem::path>& more_broken, applied_plugins& out) {
        std::vector<plugin_entry> entries;
        int rank = -static_cast<int>(by_place.size());
        for (auto& [place, entry] : by_place) {
            entry.rank = rank++;
            entries.push_back(std::move(entry));
        }
        broken.insert(broken.end(), more_broken.begin(), more_broken.end());
        result<replaced_entries> replaced = loader_.replace("files", std::move(entries), broken);
        if (!replaced) return out.problems.push_back(std::move(replaced.error()));
        out.changed = std::move(replaced->changed);
        out.gone = std::move(replaced->gone);
    }

    bool is_known(std::string_view name) const {
        for (const plugin_status& one : loader_.status())
            if (same_plugin_name(one.name, name)) return true;
        for (const plugin_entry& one : compiled_in_plugins())
            if (same_plugin_name(one.name, name)) return true;
        return false;
    }
    /// Whether a path or a message has that name as a word of it.
    static bool speaks_of(std::string_view text, std::string_view name) {
        for (std::size_t from = 0; from + name.size() <= text.size(); ++from) {
            const auto part_of_name = [&](std::size_t i) {
                return i < text.size() && legal_plugin_name(text.substr(i, 1));
            };
            if (same_plugin_name(text.substr(from, name.size()), name) && (from == 0 || !part_of_name(from - 1)) &&
                !part_of_name(from + name.size()))
                return true;
        }
        return false;
    }
    void log(const load_report& report) const {
        const logger& to = options_.discovery.log;
        for (const plugin_status& one : loader_.status())
            if (one.state == plugin_state::disabled) to.tell(log_level::info, "plugins", one.text());
        for (const std::string& one : report.loaded)
            to.tell(log_level::info, "plugins", concat({"plugin ", in_quotes(one), " was loaded"}));
        for (const error& e : report.failed) to.tell(log_level::error, "plugins", e.text());
        for (const error& e : report.warnings) to.tell(log_level::warning, "plugins", e.text());
    }

    const configured_plugins_options options_;
    std::recursive_mutex applying_;  // recursive, so that a plugin's step that applies is told that it may not
    bool is_applying_ = false;
    std::set<std::string> configured_;  // folded names of those that have had a section

    mutable std::mutex reading_;
    std::shared_ptr<const configuration> config_;
    std::map<std::string, std::filesystem::path> folders_;  // by folded name
    std::vector<plugin_place> places_;
    std::vector<skipped_folder> skipped_;
    std::vector<error> problems_;

    std::map<std::string, std::string> elsewhere_;  // plugins that bring tools of other processes, by folded name
    const host::mount_errors of_servers_ = std::make_shared<host::mount_error_list>();

    plugin_loader loader_;  // the last member: it unloads before what it asks goes
};

}  // namespace haft::inline v0

#endif  // HAFT_HOST_CONFIGURED_PLUGINS_HPP
