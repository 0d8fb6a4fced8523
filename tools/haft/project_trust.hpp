// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_TOOLS_HAFT_PROJECT_TRUST_HPP
#define HAFT_TOOLS_HAFT_PROJECT_TRUST_HPP

/// Whether what a project brings may run by itself: somebody has said so (`haft trust`), of these files and no others. The model is
/// direnv's `allow`.

#include <haft/core/concat.hpp>
#include <haft/core/error.hpp>
#include <haft/core/read_file.hpp>
#include <haft/core/result.hpp>
#include <haft/os/file_owner.hpp>
#include <haft/os/private_folder.hpp>
#include <haft/os/variables.hpp>
#include <haft/os/write_file.hpp>

#if __has_include(<boost/hash2/sha2.hpp>)
#include <haft/core/sha256.hpp>
#define HAFT_COMMAND_HAS_HASHES() 1
#else
#define HAFT_COMMAND_HAS_HASHES() 0
#endif

#include <algorithm>
#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

namespace haft_command {

/// What is kept between two runs: $XDG_STATE_HOME/haft, or ~/.local/state/haft. Empty if neither is known.
inline std::filesystem::path state_folder(const haft::environment_function& variables) {
    const auto absolute = [&](std::string_view name) {
        const std::string value = variables(name).value_or("");
        return std::filesystem::path(value.starts_with('/') ? value : std::string());
    };
    if (const auto state = absolute("XDG_STATE_HOME"); !state.empty()) return state / "haft";
    if (const auto home = absolute("HOME"); !home.empty()) return home / ".local" / "state" / "haft";
    return {};
}

enum class trust { unknown, changed, given };

/// A folder of a project's in which plugins are looked for.
struct project_place {
    std::filesystem::path folder = {};        ///< without links
    std::vector<std::string> files = {};      ///< all below it
    std::vector<std::string> libraries = {};  ///< of them those that could be some, since a plugin may load those beside it
    std::vector<std::string> folders = {};    ///< below it, that are plugins
    bool complete = false;                    ///< whether all of the folder was seen
    std::string hash = {};                    ///< over the files' names and what is in them; "": not all of it can be read
    trust state = trust::unknown;

    bool empty() const noexcept { return libraries.empty() && folders.empty(); }
    /// What is trusted or not, as people call it.
    std::vector<std::string> brings() const {
        std::vector<std::string> out = libraries;
        out.insert(out.end(), folders.begin(), folders.end());
        std::sort(out.begin(), out.end());
        return out;
    }

    /// Looks at what is there. More than that many entries no folder of plugins has.
    static project_place of(const std::filesystem::path& given) {
        constexpr std::size_t most_entries = 10'000;
        project_place out;
        std::error_code problem;
        out.folder = std::filesystem::canonical(given, problem);
        if (problem) out.folder = std::filesystem::absolute(given).lexically_normal();
        std::size_t seen = 0;
        // Links to folders too, as whoever looks for plugins does; one that leads back is followed until there are too many.
        const auto how = std::filesystem::directory_options::follow_directory_symlink;
        for (std::filesystem::recursive_directory_iterator at(out.folder, how, problem), end; !problem && at != end; at.increment(problem)) {
            if (++seen > most_entries) return out.complete = false, out;
            std::error_code unread;
            if (at->is_directory(unread)) continue;
            const std::string name = at->path().filename().string();
            out.files.push_back(at->path().lexically_relative(out.folder).string());
            if (name.ends_with(".so") || name.find(".so.") != name.npos) out.libraries.push_back(out.files.back());
            if (name != "plugin.toml" && name != "plugin.json") continue;
            const std::string plugin = std::filesystem::path(out.files.back()).parent_path().string();
            if (std::find(out.folders.begin(), out.folders.end(), plugin) == out.folders.end()) out.folders.push_back(plugin);
        }
        out.complete = !problem;
        for (std::vector<std::string>* names : {&out.files, &out.libraries, &out.folders}) std::sort(names->begin(), names->end());
        return out;
    }
    /// Fills in the hash.
    void read() {
#if HAFT_COMMAND_HAS_HASHES()
        if (!complete) return;
        haft::sha256 all;
        std::string text, why;
        for (const std::string& one : files) {
            if (!haft::read_file(folder / one, std::size_t{1} << 30, text, why)) return;
            all.update(haft::concat({haft::sha256_of(one), haft::sha256_of(text)}));
        }
        hash = all.digits();
#endif
    }
};

/// What was said of each place: a file each in the folder `trusted` of the state, which nobody else may write.
class trust_book {
public:
    explicit trust_book(const std::filesystem::path& state) : folder_(state.empty() ? state : state / "trusted") {}

    /// Whether these files are those that were trusted. Reads them only if something was.
    trust state_of(project_place& place) const {
        std::string known, why;
        const std::filesystem::path file = file_of(place);
        if (file.empty() || !haft::read_file(file, 4096, known, why)) return trust::unknown;
        if (!haft::owned_by_user(file, why, {.own_user = -1, .allow_group_writable = false})) return trust::unknown;
        place.read();
        return !place.hash.empty() && known.starts_with(place.hash + "\n") ? trust::given : trust::changed;
    }
    haft::result<void> remember(project_place& place) const {
        const auto no = [&](std::string_view why) {
            return haft::error{haft::errc::file_not_written, haft::concat({place.folder.string(), " can't be trusted: ", why})};
        };
        if (!HAFT_COMMAND_HAS_HASHES()) return no("this haft was built with a Boost before 1.86, and has no hashes; use --trust-project");
        const std::filesystem::path file = file_of(place);
        if (file.empty()) return no("neither XDG_STATE_HOME nor HOME says where to remember it");
        place.read();
        if (place.hash.empty()) return no("not all of its files can be read");
        haft::detail::make_private_folder(folder_);
        return haft::write_file(file, haft::concat({place.hash, "\n", place.folder.string(), "\n"}), 0600);
    }
    /// False if nothing was known.
    bool forget(const project_place& place) const {
        std::error_code problem;
        const std::filesystem::path file = file_of(place);
        return !file.empty() && std::filesystem::remove(file, problem);
    }

private:
    std::filesystem::path file_of(const project_place& place) const {
#if HAFT_COMMAND_HAS_HASHES()
        return folder_.empty() ? folder_ : folder_ / haft::sha256_of(place.folder.string());
#else
        static_cast<void>(place);
        return {};
#endif
    }

    std::filesystem::path folder_;
};

}  // namespace haft_command

#endif  // HAFT_TOOLS_HAFT_PROJECT_TRUST_HPP
