// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_PLUGIN_DECLARATIVE_TRUSTED_FOLDER_HPP
#define HAFT_PLUGIN_DECLARATIVE_TRUSTED_FOLDER_HPP

/// Whether a plugin's folder may be believed: what its files say is run, and what its programs read is up to them. [DC-07] [fault 98]

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/text.hpp>
#include <haft/os/file_owner.hpp>
#include <haft/os/shown_path.hpp>

#include <algorithm>
#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

namespace haft::inline v0 {

/// How a folder is looked at before it is believed.
struct folder_check {
    bool owners = true;                 ///< false: everything is believed
    std::size_t most_entries = 10'000;  ///< of the folder with all that is in it
};

namespace detail {

class trusted_folder {
public:
    trusted_folder(const std::filesystem::path& place, const std::filesystem::path& folder, const folder_check& how)
        : folder_(folder), how_(how) {
        std::error_code problem;
        place_ = std::filesystem::canonical(place, problem);
        if (problem) place_.clear();
    }

    /// False if somebody else than root and the user could have changed what is in it; what() and why() say so.
    HAFT_COLD bool holds() { return (!how_.owners || way_holds()) && contents_hold(); }
    const std::filesystem::path& what() const noexcept { return what_; }
    const std::string& why() const noexcept { return why_; }
    /// The names, sizes and times of all that is in it: another text if one of them is another. Requires that it holds.
    const std::string& stamp() const noexcept { return stamp_; }

private:
    using path = std::filesystem::path;

    bool refuse(const path& what, std::string why) { return what_ = what, why_ = std::move(why), false; }
    bool is_own(const path& what) {
        std::string why;
        return owned_by_user(what, why) || refuse(what, std::move(why));
    }
    static bool lies_in(const path& what, const path& folder) {
        const path within = what.lexically_relative(folder);
        return !within.empty() && *within.begin() != "..";
    }
    bool above_hold(const path& what) { return folders_above_owned(what, what_, why_); }
    /// From the place down to the folder. Of one that is a link out of the place, everything above it.
    bool way_holds() {
        if (place_.empty() || !lies_in(folder_, place_)) return is_own(folder_) && above_hold(folder_);
        for (path at = folder_;; at = at.parent_path()) {
            if (!is_own(at)) return false;
            if (at == place_ || at == at.parent_path()) return true;
        }
    }

    bool contents_hold() {
        std::error_code problem;
        std::vector<std::string> lines;
        for (std::filesystem::recursive_directory_iterator at(folder_, problem), end; !problem && at != end;
             at.increment(problem)) {
            if (lines.size() == how_.most_entries) {
                if (!how_.owners) break;
                return refuse(folder_, concat({"it has more than ", decimal(how_.most_entries),
                                               " files, too many to see whose they are"}));
            }
            std::error_code gone;
            if (how_.owners && (at->is_symlink(gone) ? !link_holds(at->path()) : !is_own(at->path()))) return false;
            const auto size = at->is_regular_file(gone) ? at->file_size(gone) : 0;
            const auto time = static_cast<long long>(at->last_write_time(gone).time_since_epoch().count());
            lines.push_back(concat({at->path().string(), " ", decimal(size), " ", std::to_string(time), "\n"}));
        }
        if (problem && how_.owners)
            return refuse(folder_, concat({"it can't be looked through: ", problem.message()}));
        std::sort(lines.begin(), lines.end());
        for (const std::string& line : lines) stamp_ += line;
        return true;
    }
    /// Within the folder, or to a file that is as safe as one of it: python3 of a virtual environment leads to /usr/bin.
    bool link_holds(const path& link) {
        std::error_code problem;
        path target = std::filesystem::canonical(link, problem);
        const bool nowhere = static_cast<bool>(problem);
        if (nowhere) target = (link.parent_path() / std::filesystem::read_symlink(link, problem)).lexically_normal();
        if (lies_in(target, folder_)) return nowhere || is_own(target);
        if (nowhere || !std::filesystem::is_regular_file(target, problem))
            return refuse(link, concat({"it is a link that leads out of the plugin's folder, to ", shown(target)}));
        return is_own(target) && above_hold(target);
    }

    path place_, folder_;
    folder_check how_;
    path what_;
    std::string why_, stamp_;
};

}  // namespace detail
}  // namespace haft::inline v0

#endif  // HAFT_PLUGIN_DECLARATIVE_TRUSTED_FOLDER_HPP
