// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_PLUGIN_DECLARATIVE_SCAN_PLACE_HPP
#define HAFT_PLUGIN_DECLARATIVE_SCAN_PLACE_HPP

/// Which folders of a place have a manifest, and may be believed. [DC-08] [fault 103]

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/os/file_owner.hpp>
#include <haft/os/shown_path.hpp>
#include <haft/plugin/declarative/trusted_folder.hpp>
#include <haft/plugin/plugin_places.hpp>
#include <haft/tool/log.hpp>
#include <haft/tool/log_level.hpp>

#include <algorithm>
#include <cstddef>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

namespace haft::inline v0 {

/// What lies in a place, or should, and is no plugin.
struct skipped_folder {
    std::filesystem::path path;
    std::string why;  ///< `is not there`, `has no plugin.toml`
};

/// How plugins are searched for.
struct discovery_policy {
    plugin_precedence precedence = project_first;
    std::vector<std::string> wanted = {};  ///< names that somebody counts on; those that are not found are errors
    std::size_t most_entries = 10'000;     ///< of a place, and of a plugin's folder with all that is in it
    /// Places, plugins and their files that somebody else than root or this user owns, or everybody may write, are refused: they
    /// say which programs are run. So are links that lead out of a plugin's folder, but to files that are as safe.
    bool check_owners = true;
    logger log = {};  ///< channel "plugins": found (info), skipped (debug), shadowed (warning), refused (error)
};

namespace detail {

/// A folder that is a plugin's.
struct scanned_folder {
    std::filesystem::path folder;  // canonical
    std::string stamp = {};        // see plugin_entry::stamp
};

class place_scan {
public:
    /// `seen` are the folders of earlier places, by their canonical path, and how they were named.
    place_scan(const plugin_place& place, const discovery_policy& policy, std::map<std::string, std::string>& seen)
        : place_(place), policy_(policy), seen_(seen) {}

    std::vector<skipped_folder>& skipped() noexcept { return skipped_; }
    std::vector<error>& problems() noexcept { return problems_; }
    std::vector<error>& warnings() noexcept { return warnings_; }

    /// By name.
    HAFT_COLD std::vector<scanned_folder> folders() {
        std::error_code problem;
        const std::filesystem::file_status status = std::filesystem::status(place_.folder, problem);
        if (status.type() == std::filesystem::file_type::not_found) {
            skip(place_.folder, "is not there");
        } else if (!std::filesystem::is_directory(status)) {
            warn(problem ? concat({"can't be looked at: ", problem.message()}) : std::string("is no folder"));
        } else if (is_trusted(place_.folder)) {
            if (has_manifest(place_.folder)) take(place_.folder);
            else look_within();
        }
        return std::move(out_);
    }

private:
    using path = std::filesystem::path;

    HAFT_COLD void look_within() {
        std::error_code problem;
        std::vector<std::string> names;
        for (std::filesystem::directory_iterator at(place_.folder, problem), end; !problem && at != end;
             at.increment(problem)) {
            // Of a part of them nobody could say which; and this is no place of plugins.
            if (names.size() == policy_.most_entries)
                return warn(concat({"has more than ", decimal(policy_.most_entries), " entries"}));
            names.push_back(at->path().filename().string());
        }
        if (problem) return warn(concat({"can't be read: ", problem.message()}));
        if (names.empty()) return skip(place_.folder, "is empty");
        std::sort(names.begin(), names.end());
        for (const std::string& name : names) {
            const path one = place_.folder / name;
            if (name.starts_with('_') || name.starts_with('.')) skip(one, "begins with _ or .");
            else if (!std::filesystem::is_directory(one, problem)) skip(one, "is no folder");
            else if (has_manifest(one)) take(one);
            else if (has_manifest(one / "src")) take(one / "src");
            else if (has_manifest(one / "src" / name)) take(one / "src" / name);
            else if (std::filesystem::is_empty(one, problem)) skip(one, "is empty");
            else
                skip(one, problem ? concat({"can't be read: ", problem.message()}) : std::string("has no plugin.toml"));
        }
    }
    static bool has_manifest(const path& folder) {
        std::error_code problem;
        return std::filesystem::is_regular_file(folder / "plugin.toml", problem) ||
               std::filesystem::is_regular_file(folder / "plugin.json", problem);
    }

    HAFT_COLD void take(const path& folder) {
        std::error_code problem;
        const path canonical = std::filesystem::canonical(folder, problem);
        if (problem) return skip(folder, concat({"can't be looked at: ", problem.message()}));
        const auto [known, fresh] = seen_.emplace(canonical.string(), shown(folder));
        if (!fresh) return skip(folder, concat({"was found before as ", known->second}));
        trusted_folder trusted(place_.folder, canonical, {policy_.check_owners, policy_.most_entries});
        if (trusted.holds()) out_.push_back({canonical, trusted.stamp()});
        else refuse(trusted.what(), trusted.why());
    }

    HAFT_COLD bool is_trusted(const path& what) {
        std::string why;
        if (!policy_.check_owners || owned_by_user(what, why)) return true;
        refuse(what, why);
        return false;
    }
    HAFT_COLD void skip(const path& what, std::string_view why) {
        skipped_.push_back({what, std::string(why)});
        policy_.log.tell(log_level::debug, "plugins",
                         concat({shown(what), " (", name_of(place_.scope), ") is skipped: it ", why}));
    }
    HAFT_COLD void warn(std::string_view why) {
        warnings_.push_back({errc::unread_place, concat({"the place of plugins ", shown(place_.folder), " (",
                                                         name_of(place_.scope), ") is skipped: it ", why})});
        policy_.log.tell(log_level::warning, "plugins", warnings_.back().message);
    }
    HAFT_COLD void refuse(const path& what, std::string_view why) {
        problems_.push_back({errc::untrusted_place, concat({shown(what), " is refused: ", why})});
        policy_.log.tell(log_level::error, "plugins", problems_.back().message);
    }

    const plugin_place& place_;
    const discovery_policy& policy_;
    std::map<std::string, std::string>& seen_;
    std::vector<scanned_folder> out_;
    std::vector<skipped_folder> skipped_;
    std::vector<error> problems_, warnings_;
};

}  // namespace detail
}  // namespace haft::inline v0

#endif  // HAFT_PLUGIN_DECLARATIVE_SCAN_PLACE_HPP
