// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_PLUGIN_FIND_DEPENDENCY_HPP
#define HAFT_PLUGIN_FIND_DEPENDENCY_HPP

/// Whether the programs and shared libraries are there that a plugin wants. [PM-12]

#include <haft/core/config.hpp>
#include <haft/os/find_program.hpp>
#include <haft/os/variables.hpp>

#include <cstddef>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>

namespace haft::inline v0 {

struct found_dependency {
    std::string path;
    std::string version = {};  ///< "": nobody knows
};

/// Looks for a program or a shared library. Called on the thread that loads plugins.
using dependency_finder = std::function<std::optional<found_dependency>(std::string_view name)>;

namespace detail {

/// A shared library where the dynamic linker looks: first in `path`, which has the form of LD_LIBRARY_PATH.
HAFT_COLD inline std::optional<found_dependency> find_library(std::string_view path, std::string_view name) {
    namespace fs = std::filesystem;
    const auto lies_in = [&](const fs::path& folder) {
        std::error_code problem;
        return fs::is_regular_file(folder / name, problem);
    };
    for (const std::string_view list : {path, std::string_view("/usr/local/lib:/lib64:/usr/lib64:/lib:/usr/lib")})
        for (std::string_view rest = list; !rest.empty();) {
            const std::size_t end = rest.find(':');
            const fs::path folder = rest.substr(0, end);
            if (!folder.empty() && lies_in(folder)) return found_dependency{(folder / name).string()};
            rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
        }
    for (const char* const root : {"/lib", "/usr/lib"}) {  // Debian's: /usr/lib/x86_64-linux-gnu
        std::error_code problem;
        for (fs::directory_iterator at(root, problem), end; !problem && at != end; at.increment(problem))
            if (at->path().filename().string().find("-linux-") != std::string::npos && lies_in(at->path()))
                return found_dependency{(at->path() / name).string()};
    }
    return {};
}

}  // namespace detail

/// What a loader uses if it is given nothing else. `curl` is looked for in PATH, `libfoo.so.1` where the dynamic linker looks.
/// Neither is run or loaded, so the version stays unknown. A name with a `/` is none.
HAFT_COLD inline std::optional<found_dependency> find_dependency(
    std::string_view name, const environment_function& environment = process_environment) {
    if (name.empty() || name.find('/') != std::string_view::npos) return {};
    if (name.find(".so") != std::string_view::npos)
        return detail::find_library(environment("LD_LIBRARY_PATH").value_or(""), name);
    const result<std::filesystem::path> found = find_program(name, environment("PATH").value_or(""));
    if (!found) return {};
    return found_dependency{found->string()};
}

}  // namespace haft::inline v0

#endif  // HAFT_PLUGIN_FIND_DEPENDENCY_HPP
