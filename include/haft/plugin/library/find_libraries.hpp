// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_PLUGIN_LIBRARY_FIND_LIBRARIES_HPP
#define HAFT_PLUGIN_LIBRARY_FIND_LIBRARIES_HPP

/// Finds the plugins that are shared libraries, and says of each file why it is one, or none. Nothing of them runs. [DC-07, DC-10]

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/plugin_name.hpp>
#include <haft/core/result.hpp>
#include <haft/core/text.hpp>
#include <haft/core/visible.hpp>
#include <haft/plugin/library/library_options.hpp>
#include <haft/plugin/library/library_plugin.hpp>
#include <haft/plugin/manifest.hpp>
#include <haft/plugin/plugin_entry.hpp>
#include <haft/plugin/plugin_loader_class.hpp>
#include <haft/plugin/plugin_places.hpp>
#include <haft/tool/log_level.hpp>

#include <algorithm>
#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

namespace haft::inline v0 {

/// One that can be loaded.
struct found_library {
    std::string name;
    std::filesystem::path file;  ///< the real one
    plugin_place place;          ///< in which it was found
    kept_manifest manifest = {};
    plugin_entry entry = {};
};
/// A file that is no plugin.
struct skipped_library {
    std::filesystem::path path;
    std::string why;  ///< `has no note of a plugin`
};

/// What a search has found. Whatever is wrong with one file, the others are there.
struct library_discovery {
    std::vector<found_library> found = {};  ///< by precedence, then by place, then by the file's name
    std::vector<std::filesystem::path> broken = {};  ///< that can't be used as they are; those that may not be believed are not among them
    std::vector<error> problems = {};       ///< E0453, E0455 to E0458
    std::vector<error> warnings = {};       ///< E0450, E0451
    std::vector<skipped_library> skipped = {};
};

namespace detail {

class library_search {
public:
    library_search(const library_options& options, std::size_t most_entries)
        : options_(options), most_entries_(most_entries) {}

    HAFT_COLD library_discovery run(const std::vector<plugin_place>& places) {
        for (const plugin_place& place : places) look_in(place);
        return std::move(out_);
    }

private:
    using path = std::filesystem::path;

    HAFT_COLD static std::string shown(const path& what) {
        return without_hidden(what.string(), line_breaks::none, 4096);
    }

    HAFT_COLD void look_in(const plugin_place& place) {
        std::error_code problem;
        std::vector<std::string> names;
        if (!std::filesystem::exists(place.folder, problem)) return;
        for (std::filesystem::directory_iterator at(place.folder, problem), end; !problem && at != end;
             at.increment(problem)) {
            if (names.size() == most_entries_)
                return warn(place, concat({"has more than ", decimal(most_entries_), " entries"}));
            names.push_back(at->path().filename().string());
        }
        if (problem) return warn(place, concat({"can't be read: ", problem.message()}));
        std::sort(names.begin(), names.end());
        for (const std::string& name : names) {
            if (name.starts_with('_') || name.starts_with('.')) continue;
            const path one = place.folder / name;
            if (name.ends_with(".so")) {
                consider(one, place);
            } else if (std::filesystem::is_directory(one, problem) && !has_manifest(one)) {
                for (const std::string& file : {concat({name, ".so"}), concat({"lib", name, ".so"})})
                    if (std::filesystem::exists(std::filesystem::symlink_status(one / file, problem)))
                        consider(one / file, place);
            }
        }
    }
    /// Such a folder is a plugin by itself.
    HAFT_COLD static bool has_manifest(const path& folder) {
        std::error_code problem;
        return std::filesystem::exists(folder / "plugin.toml", problem) ||
               std::filesystem::exists(folder / "plugin.json", problem);
    }

    HAFT_COLD void consider(const path& file, const plugin_place& place) {
        result<plugin_entry> entry = library_entry(file, options_);
        if (!entry) {
            // What plugins bring along lies beside them.
            if (entry.error().code == errc::no_plugin_note) {
                out_.skipped.push_back({file, "has no note of a plugin"});
                return options_.log.tell(log_level::debug, "plugins",
                                         concat({shown(file), " is skipped: it has no note of a plugin"}));
            }
            options_.log.tell(log_level::error, "plugins", entry.error().text());
            if (entry.error().code != errc::untrusted_library) out_.broken.push_back(file);
            out_.problems.push_back(std::move(entry.error()));
            return;
        }
        std::error_code problem;
        found_library one{.name = entry->name,
                          .file = std::filesystem::canonical(file, problem),
                          .place = place,
                          .manifest = *entry->manifest};
        if (problem) one.file = file;
        for (const found_library& first : out_.found) {
            if (first.file == one.file)
                return void(out_.skipped.push_back({file, concat({"was found before as ", shown(first.entry.file)})}));
            if (!same_plugin_name(first.name, one.name)) continue;
            error e{errc::plugin_shadowed,
                    concat({"plugin ", in_quotes(one.name), " in ", shown(file), " (", name_of(place.scope),
                            ") is not used: the one in ", shown(first.entry.file), " (", name_of(first.place.scope),
                            ") comes before it"})};
            options_.log.tell(log_level::warning, "plugins", e.message);
            out_.warnings.push_back(std::move(e));
            return;
        }
        options_.log.tell(
            log_level::info, "plugins",
            concat({"plugin ", in_quotes(one.name), " was found in ", shown(file), " (", name_of(place.scope), ")"}));
        one.entry = std::move(*entry);
        if (options_.reload) one.entry.stamp = stamp_of(one.file);
        out_.found.push_back(std::move(one));
    }

    /// Of a file that is loaded once nobody asks whether it has changed.
    HAFT_COLD static std::string stamp_of(const path& file) {
        std::error_code problem;
        const auto time = std::filesystem::last_write_time(file, problem).time_since_epoch().count();
        return concat({decimal(std::filesystem::file_size(file, problem)), " ", std::to_string(static_cast<long long>(time))});
    }
    HAFT_COLD void warn(const plugin_place& place, std::string_view why) {
        out_.warnings.push_back({errc::unread_place, concat({"the place of plugins ", shown(place.folder), " (",
                                                             name_of(place.scope), ") is skipped: it ", why})});
        options_.log.tell(log_level::warning, "plugins", out_.warnings.back().message);
    }

    const library_options& options_;
    std::size_t most_entries_;
    library_discovery out_;
};

}  // namespace detail

/// Searches the places, in the order of the precedence: for `NAME.so`, and in folders without a manifest for `NAME/NAME.so` and
/// `NAME/libNAME.so`; names that begin with `_` or `.` are put aside. Of two of one name the first counts, and the other one is told of
/// (E0450). A library without a note is none of ours.
HAFT_COLD inline library_discovery find_libraries(std::vector<plugin_place> places, const library_options& options = {},
                                                  const plugin_precedence& precedence = project_first,
                                                  std::size_t most_entries = 10'000) {
    return detail::library_search(options, most_entries).run(in_order(std::move(places), precedence));
}

/// The same as a source of a plugin_loader: `loader.add_source(haft::libraries_in({{folder, haft::plugin_scope::user}}))`. What is wrong
/// with files goes to the options' log.
HAFT_COLD inline plugin_source libraries_in(std::vector<plugin_place> places, library_options options = {}) {
    return {"shared libraries", [places = std::move(places), options = std::move(options)] {
                std::vector<plugin_entry> out;
                for (found_library& one : find_libraries(places, options).found) out.push_back(std::move(one.entry));
                return out;
            }};
}

}  // namespace haft::inline v0

#endif  // HAFT_PLUGIN_LIBRARY_FIND_LIBRARIES_HPP
