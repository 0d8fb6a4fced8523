// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_PLUGIN_PLUGIN_LOADER_CLASS_HPP
#define HAFT_PLUGIN_PLUGIN_LOADER_CLASS_HPP

/// The class plugin_loader. Include <haft/plugin/plugin_loader.hpp>, which has the definitions as well.

#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/plugin_filter.hpp>
#include <haft/core/result.hpp>
#include <haft/plugin/enrol_plugin.hpp>
#include <haft/plugin/find_dependency.hpp>
#include <haft/plugin/load_order.hpp>
#include <haft/plugin/manifest.hpp>
#include <haft/plugin/plugin.hpp>
#include <haft/plugin/plugin_entry.hpp>
#include <haft/plugin/plugin_status.hpp>
#include <haft/prompt/prompt_sections.hpp>
#include <haft/registry/registry.hpp>
#include <haft/tool/explanation.hpp>
#include <haft/version.hpp>

#include <cstddef>
#include <cstdint>
#include <deque>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace haft::inline v0 {

struct plugin_loader_options {
    std::string host_version = HAFT_VERSION;  ///< what `min_host_version` of manifests is held against. [PM-09]
    plugin_filter filter = {};                ///< [DC-03, DC-04]
    bool may_lack_keys = false;               ///< a configuration that lacks required keys is a warning only. [PM-08]
    bool expose = true;                ///< what is loaded is exposed as well, not only made known to the registry
    /// Plugins are told of it, and it is put into configurations that say nothing of it; "": into none. [PM-04]
    std::string workspace_dir = {};
    /// In it each plugin that asks has a folder of its name (in small letters, `-` as `_`) for what it keeps; "": none. [PM-05]
    std::string state_dir = {};
    dependency_finder find_dependency = {};  ///< empty: haft::find_dependency. [PM-12]
    /// Where a plugin's configuration has what a JSON pointer leads to, for messages: `haft.toml:3:7`. Empty: nobody knows.
    std::function<std::string(std::string_view plugin, std::string_view pointer)> place_of = {};
    /// Whether what stands there in a plugin's configuration is never to be shown: it came from the environment. Empty: what its key
    /// names a secret is not shown.
    std::function<bool(std::string_view plugin, std::string_view pointer)> is_hidden = {};
};

/// What has come of plugin_loader::replace, by names.
struct replaced_entries {
    std::vector<std::string> changed = {};  ///< to be made anew by the next load
    std::vector<std::string> gone = {};
};

/// A place where entries are found.
struct plugin_source {
    std::string name;  ///< for messages
    std::function<std::vector<plugin_entry>()> find;
};

/// Holds plugins: decides which are loaded, in which order, and says why others are not. Each becomes an owner of the
/// registry, which must outlive this. What is wrong with one keeps no other from being loaded but those that need it.
///
/// Safe from any thread. Loading and unloading wait for each other; questions (`status`, `explain`, `prompt_sections`) wait
/// for nobody. A plugin's own steps may ask, and add entries; they may not load or unload (E0411). What the registry runs
/// while it is locked (an `initialize` that somebody else's exposure called) may ask only. Nothing is unloaded within a
/// registry's `batch`, which would shut it down only later.
class plugin_loader {
public:
    HAFT_COLD explicit plugin_loader(registry& into, plugin_loader_options options = {})
        : registry_(into),
          options_(std::move(options)),
          filter_(options_.filter),
          workspace_dir_(options_.workspace_dir),
          sources_{{"compiled in", [] { return compiled_in_plugins(); }}} {}
    plugin_loader(const plugin_loader&) = delete;
    plugin_loader& operator=(const plugin_loader&) = delete;
    /// Unloads all.
    HAFT_COLD ~plugin_loader() {
        try {
            unload_all();
        } catch (...) {}  // no memory even for that
    }

    // --- what could be loaded

    /// Makes an entry known. Of two of one name, or of one file, that of the lower rank counts, of equal ones the first. [DC-01,
    /// fault 90]
    void add(plugin_entry entry);
    /// The same with the plugin's configuration.
    HAFT_COLD void add(plugin_entry entry, std::string config) {
        configure(entry.name, std::move(config));
        add(std::move(entry));
    }
    /// The configuration of the plugin of that name, a JSON object, from the next load on. One that is loaded is then exposed anew
    /// with it, or, where its init or setup takes the configuration, made anew, and those that need it.
    void configure(std::string_view name, std::string config);
    /// Nothing is said of that name any more; what is loaded keeps what it has.
    void forget_config(std::string_view name);
    /// The workspace is another one. Plugins that are loaded are told at once (what one of them makes of it is in `problems()` if
    /// it fails); in configurations it stands from the next load on. From a plugin's own step it is not done (`problems()`).
    void set_workspace_dir(std::string folder);
    /// Which plugins may be loaded, from the next load on, which takes out what is loaded and may not be any more.
    void allow(plugin_filter filter);
    /// Unloads the plugin of that name, after those that need it, and forgets its entry; the others come back with the next load.
    /// False if there is no such entry, or while plugins are being loaded.
    bool remove(std::string_view name);
    /// From now on these are the entries of that group (the folders of a configuration, say) instead of those that it had. Who was
    /// there before, by name and file, stays as it is if its stamp is the same; otherwise the next load makes it anew, and keeps what
    /// there is if that can't be made. Who is not there any more is unloaded, after those that need it, unless its file is among
    /// `broken`: those are there and can't be read just now. An error (E0411): a plugin's own step can't do so.
    result<replaced_entries> replace(std::string_view group, std::vector<plugin_entry> entries,
                                     const std::vector<std::filesystem::path>& broken = {});
    void add_source(plugin_source source);
    /// Makes those entries known that are new in the sources and of that kind: "plugin", or the kind_name of a type that
    /// HAFT_PLUGIN_OF was given. Gives their names; loads and exposes nothing. An error (E0276) lists the kinds that there
    /// are. What a source throws is told in `problems()`, and the others go on. [DC-10]
    result<std::vector<std::string>> discover(std::string_view kind = "plugin");

    // --- loading

    /// Loads what is known, enabled and not loaded yet, tries again what was refused, and exposes anew what has been
    /// configured anew.
    load_report load();
    /// Unloads a plugin after those that need it, and loads them all again, made anew. An error (E0419): nobody has that
    /// name.
    result<load_report> reload(std::string_view name);
    /// Takes a plugin out, after those that need it, last loaded first: hidden, shut down, torn down. It stays known, and
    /// only `reload` brings it back. False if no such plugin is loaded. [fault 93]
    result<bool> unload(std::string_view name);
    /// Unloads all, last loaded first. What is thrown meanwhile stops nobody.
    void unload_all();

    // --- questions

    /// A row for each entry, by rank, then in the order of adding.
    std::vector<plugin_status> status() const { return *rows(); }
    bool is_loaded(std::string_view name) const;
    /// Everything that is known under that name: why it is loaded, refused, disabled, shadowed; or what was meant.
    explanation explain(std::string_view name) const;
    /// What the plugins that are loaded say for prompts, in the order in which they would all be loaded. [PM-10, PM-11]
    prompt_sections sections() const;
    /// What went wrong without anybody to tell: sources and teardowns that threw.
    std::vector<error> problems() const;

private:
    struct record {
        plugin_entry entry;
        std::string group = {};
        std::optional<plugin_entry> next = {};  // of a loaded one whose files have changed: the entry to come
        plugin_state state = plugin_state::known;
        kept_out_by kept_out = kept_out_by::nothing;
        error problem = {};
        error init_problem = {};
        std::optional<kept_manifest> manifest = {};
        std::shared_ptr<const plugin> made = {};
        std::string config = {};  // as it was exposed last
        std::string brings = {};
        std::uint64_t loaded_at = 0;
        bool hidden = false;    // somebody has hidden it, and it comes back so
        std::size_t place = 0;  // in the order of loading, if all were loaded now
    };
    using rows_pointer = std::shared_ptr<const std::vector<plugin_status>>;

    /// Whoever changes something. Only one does, and no plugin's own step.
    struct change {
        explicit change(plugin_loader& of)
            : all(of), guard(of.changing_), told(of.registry_), nested(std::exchange(of.busy_, true)) {}
        ~change() {
            if (!nested) all.busy_ = false;
        }
        plugin_loader& all;
        std::lock_guard<std::recursive_mutex> guard;
        const registry::together_told told;  // what goes and comes back has not gone, for those who hear of changes
        const bool nested;
    };
    static error is_busy();
    void place_faults(const plugin& of, error& e) const;
    result<void> check_config(const plugin& of, const std::string& config, std::vector<error>& warnings) const;

    rows_pointer rows() const {
        const std::lock_guard guard(reading_);
        return rows_;
    }
    void publish();
    std::vector<record*> in_rank_order(std::size_t count);
    record* find(std::string_view name);
    std::string config_of(std::string_view name) const;
    void tell(error e);

    void take_in(load_report& report);
    kept_out_by what_keeps_out(const record& r) const;
    static const record* shadow_of(const record& r, const std::vector<record*>& order);
    void sort_out(record& r, const std::vector<record*>& order, load_report& report);
    result<std::shared_ptr<const plugin>> make(const plugin_entry& from) const;
    void renew(record& r, load_report& report);
    void refuse_cycles(const std::vector<record*>& all, const load_order& order, load_report& report);
    void load_one(record& r, load_report& report);
    result<void> check_needs(const record& r, load_report& report);
    result<void> check_host(const record& r) const;
    result<void> check_programs(const record& r, load_report& report) const;
    result<void> bring_in(record& r, load_report& report);
    result<void> tell_surroundings(const plugin& p) const;
    void run_init(record& r, const std::string& config, load_report& report);
    void expose_anew(record& r, load_report& report);
    void refuse(record& r, error why, load_report& report);
    void take_out(record& r, plugin_state after);
    void take_out_for_a_while(record& r);
    std::vector<record*> with_those_that_need(record& r);

    registry& registry_;
    const plugin_loader_options options_;
    plugin_filter filter_;
    std::string workspace_dir_;

    std::recursive_mutex changing_;  // recursive, so that a plugin's step that loads is told that it may not
    bool busy_ = false;
    std::vector<plugin_source> sources_;
    std::deque<record> records_;  // a plugin's step may add some
    std::vector<std::pair<std::string, std::string>> configs_;
    std::uint64_t loads_ = 0;

    mutable std::mutex reading_;
    rows_pointer rows_ = std::make_shared<std::vector<plugin_status>>();
    prompt_sections sections_;
    std::vector<error> problems_;
};

}  // namespace haft::inline v0

#endif  // HAFT_PLUGIN_PLUGIN_LOADER_CLASS_HPP
