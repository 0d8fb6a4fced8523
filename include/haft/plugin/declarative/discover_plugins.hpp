// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_PLUGIN_DECLARATIVE_DISCOVER_PLUGINS_HPP
#define HAFT_PLUGIN_DECLARATIVE_DISCOVER_PLUGINS_HPP

/// Finds the plugins that are folders, and says of each folder why it is one, or none. Nothing is run. [DC-07, DC-08]

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/nearest.hpp>
#include <haft/core/plugin_name.hpp>
#include <haft/core/text.hpp>
#include <haft/os/shown_path.hpp>
#include <haft/plugin/declarative/load_declarative.hpp>
#include <haft/plugin/declarative/scan_place.hpp>
#include <haft/plugin/declarative/trusted_folder.hpp>
#include <haft/plugin/manifest.hpp>
#include <haft/plugin/plugin_entry.hpp>
#include <haft/plugin/plugin_places.hpp>
#include <haft/tool/log.hpp>
#include <haft/tool/log_level.hpp>

#include <cstddef>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace haft::inline v0 {

/// One that can be loaded.
struct found_plugin {
    std::string name;
    std::filesystem::path folder;  ///< canonical
    plugin_place place;            ///< in which it was found
    kept_manifest manifest = {};
    folder_check check = {};       ///< what was looked at, and is again whenever it is loaded
    std::string stamp = {};        ///< see plugin_entry::stamp
};

/// What a search has found. Whatever is wrong with one folder, the others are there.
struct plugin_discovery {
    std::vector<found_plugin> found = {};  ///< by precedence, then by place, then by name
    std::vector<std::filesystem::path> broken = {};  ///< plugins whose manifest can't be used; among the problems, too
    std::vector<error> problems = {};      ///< E0447, E0448, E0449
    std::vector<error> warnings = {};      ///< E0450, E0451
    std::vector<skipped_folder> skipped = {};  ///< for whoever asks why something is not there
};

namespace detail {

class plugin_search {
public:
    explicit plugin_search(const discovery_policy& policy) : policy_(policy) {}

    HAFT_COLD plugin_discovery run(const std::vector<plugin_place>& places) {
        for (const plugin_place& place : in_order(places, policy_.precedence)) {
            place_scan scan(place, policy_, seen_);
            for (scanned_folder& one : scan.folders()) consider(std::move(one), place);
            for (skipped_folder& one : scan.skipped()) out_.skipped.push_back(std::move(one));
            for (error& one : scan.problems()) out_.problems.push_back(std::move(one));
            for (error& one : scan.warnings()) out_.warnings.push_back(std::move(one));
        }
        return std::move(out_);
    }

private:
    HAFT_COLD void consider(scanned_folder scanned, const plugin_place& place) {
        const std::filesystem::path& folder = scanned.folder;
        folder_reader reader(folder);
        found_plugin one{.name = default_plugin_name(folder), .folder = folder, .place = place};
        one.check = {policy_.check_owners, policy_.most_entries};
        one.stamp = std::move(scanned.stamp);
        const std::optional<declared_file> file = reader.find("plugin");
        if (file)
            if (std::optional<declared_plugin> read = reader.as<declared_plugin>(*file)) {
                one.manifest = manifest_read(*read);
                if (!one.manifest.name.empty()) one.name = one.manifest.name;
            }
        if (reader.mistakes().empty() && !legal_plugin_name(one.name))
            reader.add(concat({"no plugin can be named ", in_quotes(one.name), "; 1 to 64 of A-Z a-z 0-9 _ - can"}),
                       one.manifest.name.empty() ? "" : "/name", file ? &*file : nullptr);
        if (!reader.mistakes().empty()) {
            error e{errc::bad_declaration, {}, reader.mistakes(), reader.more_mistakes()};
            e.message = concat({"plugin ", shown(folder), " was refused: its manifest has ", json::fault_count(e)});
            policy_.log.tell(log_level::error, "plugins", e.text());
            out_.problems.push_back(std::move(e));
            out_.broken.push_back(folder);
            return;
        }
        for (const found_plugin& first : out_.found) {
            if (!same_plugin_name(first.name, one.name)) continue;
            error e{errc::plugin_shadowed,
                    concat({"plugin ", in_quotes(one.name), " in ", shown(folder), " (", name_of(place.scope),
                            ") is not used: the one in ", shown(first.folder), " (", name_of(first.place.scope),
                            ") comes before it"})};
            policy_.log.tell(log_level::warning, "plugins", e.message);
            out_.warnings.push_back(std::move(e));
            return;
        }
        policy_.log.tell(
            log_level::info, "plugins",
            concat({"plugin ", in_quotes(one.name), " was found in ", shown(folder), " (", name_of(place.scope), ")"}));
        out_.found.push_back(std::move(one));
    }

    const discovery_policy& policy_;
    std::map<std::string, std::string> seen_;
    plugin_discovery out_;
};

/// The error for one that somebody wants and nobody has found.
HAFT_COLD inline error plugin_not_found(std::string_view name, const plugin_discovery& in,
                                        const std::vector<plugin_place>& places) {
    nearest_name nearest(name);
    for (const found_plugin& one : in.found) nearest.consider(one.name);
    error e{errc::plugin_not_found, concat({"plugin ", in_quotes(name), " was not found"})};
    append_did_you_mean(e.message, nearest.name());
    if (places.empty())
        e.message += nearest.name().empty() ? "; there is no place to search" : " There is no place to search";
    else e.message += nearest.name().empty() ? "; searched in " : " Searched in ";
    for (const plugin_place& place : places) {
        std::error_code problem;
        append_all(e.message, {&place == places.data() ? "" : ", ", shown(place.folder), " (", name_of(place.scope),
                               std::filesystem::exists(place.folder, problem) ? ")" : ", which is not there)"});
    }
    return e;
}

}  // namespace detail

/// Searches the places, in the order of the policy's precedence. Of two of one name the first counts, and the other one is told
/// of (E0450). Not looked at, each with a line in the log that says why: a place that is not there (debug), one that is no
/// folder, can't be read or has more entries than may be looked at (E0451), one that others can write to (E0449, as a plugin's
/// folder); names that begin with `_` or `.`, empty folders, folders without a manifest, a folder that was found before by
/// another path. Names that are wanted and were not found are errors that list the places (E0448).
HAFT_COLD inline plugin_discovery discover_plugins(const std::vector<plugin_place>& places,
                                                   const discovery_policy& policy = {}) {
    plugin_discovery out = detail::plugin_search(policy).run(places);
    const std::vector<plugin_place> ordered = in_order(places, policy.precedence);
    for (const std::string& name : policy.wanted) {
        bool found = false;
        for (const found_plugin& one : out.found) found = found || same_plugin_name(one.name, name);
        if (found) continue;
        out.problems.push_back(detail::plugin_not_found(name, out, ordered));
        policy.log.tell(log_level::error, "plugins", out.problems.back().message);
    }
    return out;
}

/// Remembers what a search has found, for each set of places. Any thread.
class plugin_finder {
public:
    explicit plugin_finder(discovery_policy policy = {}) : policy_(std::move(policy)) {}

    /// As discover_plugins; the second time nobody looks.
    HAFT_COLD plugin_discovery find(const std::vector<plugin_place>& places) {
        std::string key;
        for (const plugin_place& one : in_order(places, policy_.precedence)) {
            append_all(key, {name_of(one.scope), one.folder.string()});
            key += '\0';
        }
        const std::lock_guard guard(mutex_);
        if (const auto known = known_.find(key); known != known_.end()) return known->second;
        return known_.emplace(std::move(key), discover_plugins(places, policy_)).first->second;
    }
    /// The next search looks again.
    void forget() {
        const std::lock_guard guard(mutex_);
        known_.clear();
    }

private:
    const discovery_policy policy_;
    std::mutex mutex_;
    std::map<std::string, plugin_discovery> known_;
};

/// For a plugin_loader: `loader.add(haft::entry_of(one))`. Its files are read when it is loaded, and whose they are is looked at
/// then, each time (E0449); what is odd about them goes to the log.
HAFT_COLD inline plugin_entry entry_of(const found_plugin& one, program_surroundings around = {}, logger log = {}) {
    plugin_entry out{.name = one.name, .make = {}, .source = one.folder.string()};
    out.file = one.folder;
    out.manifest = one.manifest;
    out.stamp = one.stamp;
    out.make = [folder = one.folder, place = one.place.folder, how = one.check, around = std::move(around),
                log = std::move(log)]() -> result<plugin> {
        detail::trusted_folder trusted(place, folder, how);
        if (!trusted.holds())
            return error{errc::untrusted_place, concat({detail::shown(trusted.what()), " is refused: ", trusted.why()})};
        result<declarative_plugin> read = load_declarative(folder, around);
        if (!read) return std::move(read.error());
        for (const error& e : read->warnings) log.tell(log_level::warning, "plugins", e.message);
        return std::move(read->plugin);
    };
    return out;
}

}  // namespace haft::inline v0

#endif  // HAFT_PLUGIN_DECLARATIVE_DISCOVER_PLUGINS_HPP
