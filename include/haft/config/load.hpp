// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_CONFIG_LOAD_HPP
#define HAFT_CONFIG_LOAD_HPP

/// A configuration from a file and all that it includes, ready to be a layer. [DC-02] [fault 109] [fault 115]

#include <haft/config/configuration.hpp>
#include <haft/config/limits.hpp>
#include <haft/config/load_file.hpp>
#include <haft/config/merge.hpp>
#include <haft/config/plugin_lists.hpp>
#include <haft/config/substitute.hpp>
#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/glob.hpp>
#include <haft/core/result.hpp>
#include <haft/core/text.hpp>
#include <haft/os/file_owner.hpp>
#include <haft/os/shown_path.hpp>

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

/// How a file is loaded.
struct load_options {
    config_limits limits = {};
    /// What is included must lie in it, and relative paths of plugins begin there; empty: the file's folder. Of a file that is a
    /// link that is the link's folder; what is included may then lie in the folder of its target too, as links of dotfiles do.
    std::filesystem::path root = {};
    environment_function environment = process_environment;  ///< for ${NAME} and for ~, which is HOME
    file_owner_rule owner = {};                               ///< for files that name paths of plugins
};

namespace detail {

/// Loads one file after the other; what stands in a file wins over what it includes, a later include over an earlier one.
class config_loader {
public:
    explicit config_loader(const load_options& options) : options_(options) {
        places_.root = options.root;
        if (options.environment) try {
                places_.home = options.environment("HOME");
            } catch (...) {}  // then there is none
    }

    HAFT_COLD result<configuration> run(const std::filesystem::path& file) {
        std::error_code problem;
        std::filesystem::path real = std::filesystem::weakly_canonical(file, problem);
        if (problem) real = file;
        if (places_.root.empty()) {
            places_.root = std::filesystem::absolute(file, problem).parent_path();
            beside_ = real.parent_path();
        }
        places_.root = std::filesystem::weakly_canonical(places_.root, problem);
        loaded_.emplace(real, "the beginning");
        return load({file, shown(file)}, real);
    }

private:
    using path = std::filesystem::path;

    /// A file, and what it is called: what the environment puts into its name is shown as `${NAME}`.
    struct named_file {
        path file;
        std::string shown;
    };

    /// `real` is the file, links resolved; it stands in loaded_ and, while this runs, in open_.
    result<configuration> load(const named_file& file, const path& real) {
        const result<configuration> written = load_config_file(file.file, options_.limits, file.shown);
        if (!written) return written;
        result<configuration> own = substitute_environment(*written, options_.environment);
        if (!own) return own;
        if (result<void> trusted = check_owner(*own, file.file); !trusted) return std::move(trusted.error());
        own = normalise_plugins(*own, places_);
        if (!own || !own->find("/include")) return own;

        open_.push_back(real);
        result<configuration> all = included(*own, *written, file);
        open_.pop_back();
        if (!all) return all;
        nlohmann::json value = own->value();
        config_origins origins = own->origins();
        value.erase("include");
        std::erase_if(origins, [](const auto& at) {
            return at.first == "/include" || at.first.starts_with("/include/");
        });
        return merge_config(*all, configuration(std::move(value), std::move(origins)));
    }

    /// All that a file includes, merged.
    result<configuration> included(const configuration& by, const configuration& written, const named_file& file) {
        configuration all;
        const nlohmann::json& list = *by.find("/include");
        if (!list.is_array() && !list.is_string())
            return bad(by.origin("/include"), concat({"include has to be a list of files, got ", list.type_name()}));
        for (std::size_t i = 0; i < (list.is_array() ? list.size() : 1); ++i) {
            const std::string pointer = list.is_array() ? concat({"/include/", decimal(i)}) : std::string("/include");
            const nlohmann::json& item = *by.find(pointer);
            const config_origin at = by.origin(pointer);
            if (!item.is_string()) return bad(at, concat({"expected the name of a file, got ", item.type_name()}));
            const std::string as_written = written.find(pointer)->get<std::string>();
            result<std::vector<named_file>> files = files_of(item.get<std::string>(), as_written, file, at);
            if (!files) return std::move(files.error());
            for (const named_file& one : *files) {
                result<configuration> more = include(one, at);
                if (!more) return more;
                result<configuration> merged = merge_config(all, *more);
                if (!merged) return merged;
                all = std::move(*merged);
            }
        }
        return all;
    }

    static bool lies_in(const path& real, const path& folder) {
        const path within = real.lexically_relative(folder);
        return !folder.empty() && !within.empty() && *within.begin() != "..";
    }

    result<configuration> include(const named_file& file, const config_origin& at) {
        std::error_code problem;
        const path real = std::filesystem::weakly_canonical(file.file, problem);
        const std::string name = in_quotes(file.shown);
        if (problem || (!lies_in(real, places_.root) && !lies_in(real, beside_)))
            return bad(at, concat({"the file ", name, " lies outside of ", in_quotes(shown(places_.root))}));
        if (std::find(open_.begin(), open_.end(), real) != open_.end())
            return bad(at, concat({"the file ", name, " includes itself: a cycle"}));
        if (const auto [first, fresh] = loaded_.emplace(real, at.text()); !fresh)
            return bad(at, concat({"the file ", name, " is included twice, first at ", first->second}));
        if (open_.size() > options_.limits.max_includes)
            return bad(at, concat({"files include each other too deeply; at most ",
                                   decimal(options_.limits.max_includes),
                                   " levels are read"}));
        if (loaded_.size() > options_.limits.max_files)
            return bad(at, concat({"too many files; at most ", decimal(options_.limits.max_files), " are read"}));
        result<configuration> read = load(file, real);
        if (!read) append_all(read.error().message, {"; included at ", at.text()});
        return read;
    }

    /// What a name in `include` stands for: one file, or those in one folder that match, sorted.
    result<std::vector<named_file>> files_of(const std::string& name, const std::string& as_written, const named_file& by,
                                             const config_origin& at) {
        const path folder = by.file.parent_path();
        const std::string called = shown(path(by.shown).parent_path() / as_written);
        if (name.empty() || name.find('\0') != std::string::npos) return bad(at, "expected the name of a file");
        const path given = folder / name;
        const std::string pattern = given.filename().string();
        if (given.parent_path().string().find_first_of("*?[", folder.string().size()) != std::string::npos)
            return bad(at, concat({"in ", in_quotes(as_written), " only the last part may be a pattern"}));
        if (pattern.find_first_of("*?[") == std::string::npos) return std::vector{named_file{given, called}};
        std::vector<named_file> found;
        std::error_code problem;
        std::size_t seen = 0;
        for (std::filesystem::directory_iterator entry(given.parent_path(), problem), end; !problem && entry != end;
             entry.increment(problem)) {
            if (++seen > most_entries)
                return bad(at, concat({"the folder of ", in_quotes(as_written), " has more than ", decimal(most_entries),
                                       " entries"}));
            const std::string file = entry->path().filename().string();
            if (file[0] != '.' && glob_matches(pattern, file))
                found.push_back({entry->path(), name == as_written ? shown(entry->path()) : called});
        }
        if (found.empty())
            return bad(at, concat({"no file matches ", in_quotes(as_written), problem ? ": " : "",
                                   problem ? problem.message() : std::string()}));
        std::sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.file < b.file; });
        return found;
    }

    /// A file that has plugins loaded from a folder decides which code runs.
    result<void> check_owner(const configuration& config, const path& file) {
        const nlohmann::json* const paths = config.find("/plugins/paths");
        if (!paths || paths->empty()) return {};
        std::string why;
        if (owned_by_user(file, why, options_.owner)) return {};
        return error{errc::untrusted_config, concat({config.origin("/plugins/paths").text(),
                                                     ": this file names folders of plugins, but ", why})};
    }

    static error bad(const config_origin& at, std::string_view what) {
        return {errc::bad_include, concat({at.text(), ": ", what})};
    }

    static constexpr std::size_t most_entries = 10'000;

    const load_options& options_;
    config_places places_;
    path beside_;                          // what the first file links to has this folder: links of dotfiles lead there
    std::vector<path> open_;               // that include each other, the outermost first
    std::map<path, std::string> loaded_;   // and where it was asked for
};

}  // namespace detail

/// Loads a file, replaces `${NAME}`, brings what it says of plugins into one shape, and puts it over what it includes: `include
/// = ["more.toml", "conf.d/*.toml"]`, relative to the file that says so, JSON or TOML. Errors: those of each step, with every
/// `file:line:column` from the fault out to the first file; E0377 for a file that is not there; E0380 for one that lies outside
/// of the root, includes itself or is included twice, for a pattern that nothing matches, and beyond the limits; E0382 for a
/// file that names folders of plugins and that others can write.
HAFT_COLD inline result<configuration> load_config(const std::filesystem::path& file, const load_options& options = {}) {
    return detail::config_loader(options).run(file);
}

}  // namespace haft::inline v0

#endif  // HAFT_CONFIG_LOAD_HPP
