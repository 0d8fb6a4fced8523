// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_CONFIG_CONFIG_FILES_HPP
#define HAFT_CONFIG_CONFIG_FILES_HPP

/// Where a program's configuration usually lies: the system's, the user's, the project's. [DC-02]

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/result.hpp>
#include <haft/os/file_owner.hpp>
#include <haft/os/variables.hpp>

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

namespace haft::inline v0 {

/// Files as `config_sources` wants them; whether those of the system and the user are there nobody has looked.
struct config_files {
    std::vector<std::filesystem::path> system = {};   ///< the later wins
    std::vector<std::filesystem::path> user = {};
    std::vector<std::filesystem::path> project = {};  ///< one that is there, or none
    std::filesystem::path folder = {};                ///< the project's: where its file lies, or else where one began to look
};

/// The usual ones. System: `haft/haft.toml` in each of $XDG_CONFIG_DIRS, the first of them winning (default `/etc/xdg`). User: the
/// same in $XDG_CONFIG_HOME (default `~/.config`); without HOME there is none. What names no absolute path counts for nothing (XDG
/// Base Directory Specification). Project: `haft.toml` in `from` (so named in messages), or else in the nearest folder above that has one, up to HOME
/// itself, which is no project's. An error (E0382): one above `from` that others could have written; whoever runs a program below
/// their folder has not asked for it.
HAFT_COLD inline result<config_files> usual_config_files(const std::filesystem::path& from,
                                                         const environment_function& variables,
                                                         const file_owner_rule& owner = {}) {
    namespace fs = std::filesystem;
    const fs::path name = fs::path("haft") / "haft.toml";
    config_files out;
    const std::string folders = variables("XDG_CONFIG_DIRS").value_or("");
    for (std::string_view rest = folders.empty() ? "/etc/xdg" : std::string_view(folders); !rest.empty();) {
        const std::size_t end = rest.find(':');
        const std::string_view one = rest.substr(0, end);
        rest = end == rest.npos ? std::string_view() : rest.substr(end + 1);
        if (one.starts_with('/')) out.system.insert(out.system.begin(), fs::path(one) / name);
    }
    const std::string home = variables("HOME").value_or("");
    const std::string own = variables("XDG_CONFIG_HOME").value_or("");
    if (own.starts_with('/')) out.user.push_back(fs::path(own) / name);
    else if (home.starts_with('/')) out.user.push_back(fs::path(home) / ".config" / name);

    std::error_code problem;
    fs::path at = fs::absolute(from, problem).lexically_normal();
    if (!at.has_filename()) at = at.parent_path();  // a/ is a
    out.folder = at;
    for (bool above = false;; above = true) {
        const fs::path file = above ? at / "haft.toml" : (from / "haft.toml").lexically_normal();
        if (above && home.starts_with('/') && fs::equivalent(at, home, problem)) break;
        if (fs::exists(file, problem)) {
            std::string why;
            if (above && !owned_by_user(file, why, owner))
                return error{errc::untrusted_config,
                             concat({file.string(), ": this file above the working folder is not used, because ", why,
                                     "; --config takes it all the same"})};
            out.project.push_back(file);
            out.folder = at;
            break;
        }
        if (!at.has_relative_path()) break;
        at = at.parent_path();
    }
    return out;
}

}  // namespace haft::inline v0

#endif  // HAFT_CONFIG_CONFIG_FILES_HPP
