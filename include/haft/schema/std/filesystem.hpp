// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_SCHEMA_STD_FILESYSTEM_HPP
#define HAFT_SCHEMA_STD_FILESYSTEM_HPP

/// The forms of std::filesystem::path, which is taken as it is written, and of `path_within`, which can't lead out of a
/// folder. What a tool does with a plain path is its author's business; a model may well write `../../etc/passwd`.

#include <haft/core/concat.hpp>
#include <haft/core/error.hpp>
#include <haft/core/fixed_string.hpp>
#include <haft/core/result.hpp>
#include <haft/core/text.hpp>
#include <haft/json/type.hpp>
#include <haft/schema/custom.hpp>
#include <haft/schema/form.hpp>

#include <filesystem>
#include <string>
#include <string_view>
#include <system_error>
#include <type_traits>
#include <utility>

namespace haft::inline v0 {

/// Where a path leads that may not lead out of a folder known at run time only, as that of a toolbox's configuration; for a folder
/// known at compile time path_within is shorter. The error says why it is refused: it is absolute or empty, `..` or a symbolic
/// link leads out, it holds a zero character or a backslash. What is not there yet may be named. [fault 41]
result<std::filesystem::path> resolve_within(const std::filesystem::path& folder, std::string_view path);

namespace detail {

inline std::string path_text(const std::filesystem::path& path) {
    const std::u8string text = path.u8string();
    return {reinterpret_cast<const char*>(text.data()), text.size()};
}
inline std::filesystem::path path_of(std::string_view text) {
    return std::u8string(reinterpret_cast<const char8_t*>(text.data()), text.size());
}

/// The most steps of a path: each asks the system, and paths longer than this name no file.
inline constexpr int most_steps = 256;

/// Finds where a path leads and whether that is within a folder. Walks it once, a step at a time as the system does when it
/// opens it, so that no `..` takes back a step that was a symbolic link, nor one that is not there and hides a link after it.
inline bool resolve_within(const std::filesystem::path& root, std::string_view text, std::filesystem::path& to,
                           std::string& why) {
    namespace fs = std::filesystem;
    if (text.find('\0') != std::string_view::npos) return why = "it holds a zero character", false;
    if (text.find('\\') != std::string_view::npos) return why = "it holds a backslash", false;
    const fs::path given = path_of(text);
    if (text.empty()) return why = "it is empty; . is the folder itself", false;
    if (given.is_absolute() || given.has_root_path())
        return why = "it is absolute; give it relative to the folder", false;
    int depth = 0, steps = 0;
    for (const fs::path& step : given) {
        if (++steps > most_steps) return why = "it has more than " + std::to_string(most_steps) + " steps", false;
        if (step == "..") --depth;
        else if (step != "." && !step.empty()) ++depth;
        if (depth < 0) return why = "it leads out of the folder", false;
    }
    std::error_code failed;
    const fs::path base = fs::canonical(root, failed);
    if (failed) return why = "the folder it is relative to can't be read", false;
    const std::string leads_out = "a symbolic link leads out of the folder";
    fs::path at = base;  // without links, as far as there is anything
    int missing = 0;     // its last steps, which do not exist yet
    for (const fs::path& step : given) {
        if (step == "." || step.empty()) continue;
        if (step == "..") {
            if (at == base) return why = leads_out, false;
            at = at.parent_path();
            if (missing) --missing;
            continue;
        }
        at /= step;
        if (missing) {
            ++missing;
            continue;
        }
        const fs::file_type kind = fs::symlink_status(at, failed).type();
        if (kind == fs::file_type::not_found) {
            ++missing;
        } else if (kind == fs::file_type::none) {
            return why = "it can't be resolved: " + failed.message(), false;
        } else if (kind == fs::file_type::symlink) {
            at = fs::canonical(at, failed);
            // It would be followed when it is opened, and what it leads to may be made until then.
            if (failed == std::errc::no_such_file_or_directory)
                return why = "a symbolic link leads nowhere", false;
            if (failed) return why = "it can't be resolved: " + failed.message(), false;
            const fs::path within = at.lexically_relative(base);
            if (within.empty() || *within.begin() == "..") return why = leads_out, false;
        }
    }
    return to = at, true;
}

template <fixed_string Folder>
std::filesystem::path literal_folder() {
    return path_of(Folder.view());
}
inline std::filesystem::path working_folder() {
    std::error_code failed;
    return std::filesystem::current_path(failed);
}

}  // namespace detail

inline result<std::filesystem::path> resolve_within(const std::filesystem::path& folder, std::string_view path) {
    std::filesystem::path to;
    std::string why;
    if (detail::resolve_within(folder, path, to, why)) return to;
    return error{errc::bad_text, concat({"the path ", in_quotes(path), " is refused: ", why})};
}

/// A path under a folder that a function gives: `haft::path_under<&workspace>`. The model gives it relative to the folder; absolute paths, those that lead out of it, also by a symbolic link,
/// and those with a zero character are refused when the arguments are read. What the tool gets is the place itself,
/// absolute and without links. (Whoever can change links while the tool runs can still redirect it; open such folders with
/// openat2 and RESOLVE_BENEATH.)
template <std::filesystem::path (*Root)()>
class path_under {
public:
    path_under() = default;

    /// Absolute, without `.` and `..`; empty if none was given.
    const std::filesystem::path& path() const noexcept { return path_; }
    operator const std::filesystem::path&() const noexcept { return path_; }  // NOLINT: it is one

    /// As the arguments are read: false, with a reason, for what leads out of the folder.
    static bool read(std::string_view text, path_under& to, std::string& why) {
        return detail::resolve_within(Root(), text, to.path_, why);
    }
    /// Relative to the folder, as it would be given.
    std::string text() const {
        std::error_code failed;
        const std::filesystem::path base = std::filesystem::canonical(Root(), failed);
        return detail::path_text(failed ? path_ : path_.lexically_relative(base));
    }

private:
    std::filesystem::path path_;
};

/// A path within a folder: `haft::path_within<"data">`. See path_under.
template <fixed_string Folder>
using path_within = path_under<&detail::literal_folder<Folder>>;

/// A path within the program's working folder. Fault 41.
using sandboxed_path = path_under<&detail::working_folder>;

namespace schema {

template <>
struct form<std::filesystem::path> : text_form<std::filesystem::path> {
    static constexpr std::string_view expected = "path";

    static bool read(std::string_view text, std::filesystem::path& to, std::string& why) {
        if (text.find('\0') != std::string_view::npos) return why = "it holds a zero character", false;
        return to = haft::detail::path_of(text), true;
    }
    static void write(const std::filesystem::path& from, std::string& out) { out += haft::detail::path_text(from); }
};

template <std::filesystem::path (*Root)()>
struct form<path_under<Root>> : text_form<path_under<Root>> {
    static constexpr std::string_view expected = "path within the folder, relative to it";

    static bool read(std::string_view text, path_under<Root>& to, std::string& why) {
        return path_under<Root>::read(text, to, why);
    }
    static void write(const path_under<Root>& from, std::string& out) { out += from.text(); }
};

}  // namespace schema
}  // namespace haft::inline v0

#endif  // HAFT_SCHEMA_STD_FILESYSTEM_HPP
