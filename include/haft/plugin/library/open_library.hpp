// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_PLUGIN_LIBRARY_OPEN_LIBRARY_HPP
#define HAFT_PLUGIN_LIBRARY_OPEN_LIBRARY_HPP

/// Opens the file of a shared library that may be trusted: its owner, its mode and those of each folder above it say that nobody but
/// root and this user can have changed it. What was looked at is what is opened. [faults 98, 99, 103]

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/result.hpp>
#include <haft/core/visible.hpp>
#include <haft/os/descriptor.hpp>
#include <haft/os/file_owner.hpp>
#include <haft/plugin/library/file_bytes.hpp>

#include <cerrno>
#include <cstdint>
#include <filesystem>
#include <initializer_list>
#include <string>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>

namespace haft::inline v0 {

/// Which files of native code are believed.
struct library_trust {
    /// False for files and folders that are guarded in another way: then nobody looks at owners, modes and second names.
    bool check_owners = true;
    file_owner_rule owners = {.own_user = -1, .allow_group_writable = false};
};

namespace detail {

/// Tells one state of a file from another.
struct file_identity {
    std::uint64_t device = 0, number = 0, size = 0;
    std::int64_t seconds = 0, nanoseconds = 0;  // of its last change

    HAFT_COLD static file_identity of(const struct ::stat& about) {
        return {static_cast<std::uint64_t>(about.st_dev), static_cast<std::uint64_t>(about.st_ino),
                static_cast<std::uint64_t>(about.st_size), static_cast<std::int64_t>(about.st_mtim.tv_sec),
                static_cast<std::int64_t>(about.st_mtim.tv_nsec)};
    }
    bool operator==(const file_identity&) const = default;
};

struct open_library {
    std::filesystem::path path;  ///< the real one, without links
    descriptor file;
    file_identity identity;

    file_bytes bytes() const noexcept { return {file.number(), identity.size}; }
    /// Whether the file is still as it was when it was opened.
    HAFT_COLD bool is_unchanged() const {
        struct ::stat now{};
        return ::fstat(file.number(), &now) == 0 && file_identity::of(now) == identity;
    }
    /// Whether the path still leads to it.
    HAFT_COLD bool is_in_place() const {
        struct ::stat now{};
        return ::lstat(path.c_str(), &now) == 0 && file_identity::of(now) == identity;
    }
};

class library_opener {
public:
    library_opener(const std::filesystem::path& given, const library_trust& trust) : given_(given), trust_(trust) {}

    HAFT_COLD result<open_library> open() {
        if (given_.native().find('\0') != std::string::npos || !given_.has_filename())
            return not_read({"no file can have that name"});
        if (result<void> found = find(); !found) return std::move(found.error());
        // A pipe that nobody writes to would keep us for ever, and a device does who knows what: neither is opened to wait.
        out_.file = descriptor(::open(out_.path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY));
        struct ::stat about{};
        if (!out_.file || ::fstat(out_.file.number(), &about) != 0)
            return not_read({"it can't be opened: ", std::generic_category().message(errno)});
        if (!S_ISREG(about.st_mode)) return not_read({"it is no file"});  // in the place of the one that was looked at
        if (result<void> trusted = look_at(about); !trusted) return std::move(trusted.error());
        out_.identity = file_identity::of(about);
        return std::move(out_);
    }

private:
    using path = std::filesystem::path;

    HAFT_COLD error refused(errc code, std::initializer_list<std::string_view> why) const {
        return {code, concat({"library ", without_hidden(given_.string(), line_breaks::none, 4096),
                              " is refused: ", concat(why)})};
    }
    HAFT_COLD error not_read(std::initializer_list<std::string_view> why) const {
        return refused(errc::library_not_read, why);
    }
    HAFT_COLD error untrusted(std::initializer_list<std::string_view> why) const {
        return refused(errc::untrusted_library, why);
    }

    /// The path without links. One of the file's own leads to another name in the same folder, as `libx.so -> libx.so.1`.
    HAFT_COLD result<void> find() {
        std::error_code problem;
        path folder = std::filesystem::absolute(given_, problem).parent_path();
        if (!problem) folder = std::filesystem::canonical(folder, problem);
        if (problem) return not_read({"its folder can't be found: ", problem.message()});
        out_.path = folder / given_.filename();
        struct ::stat about{};
        if (::lstat(out_.path.c_str(), &about) != 0)
            return not_read({errno == ENOENT ? "there is no such file" : "it can't be looked at: ",
                             errno == ENOENT ? "" : std::generic_category().message(errno)});
        if (S_ISLNK(about.st_mode)) {
            path target = std::filesystem::canonical(out_.path, problem);
            if (problem)
                return not_read({problem == std::errc::too_many_symbolic_link_levels
                                     ? "it is a link that leads to itself"
                                     : "it is a link that leads nowhere"});
            if (trust_.check_owners && target.parent_path() != folder)
                return untrusted(
                    {"it is a link out of its folder, to ", target.string(), "; name that file, or copy it"});
            out_.path = std::move(target);
            if (::lstat(out_.path.c_str(), &about) != 0) return not_read({"it is a link that leads nowhere"});
        }
        if (S_ISREG(about.st_mode)) return {};
        return not_read({"it is ",
                         S_ISDIR(about.st_mode)    ? "a folder"
                         : S_ISFIFO(about.st_mode) ? "a pipe"
                                                   : "a device or a socket",
                         " and no file"});
    }

    HAFT_COLD result<void> look_at(const struct ::stat& about) const {
        if (!trust_.check_owners) return {};
        std::string why;
        if (!owned_by_user(about, why, trust_.owners)) return untrusted({why});
        if ((about.st_mode & (S_ISUID | S_ISGID)) != 0)
            return untrusted(
                {"it has the rights of its owner or its group (set-user-ID), which no library needs; run chmod ug-s on "
                 "it"});
        // Who may write where its other name is may have chosen it; but root's package managers keep equal files once.
        if (about.st_nlink > 1 && about.st_uid != 0)
            return untrusted({"it has ", decimal(about.st_nlink),
                              " names (hard links), and nobody knows whose the others are; copy it"});
        path folder = out_.path.parent_path();
        if (!owned_by_user(folder, why, trust_.owners) || !folders_above_owned(out_.path.parent_path(), folder, why, trust_.owners))
            return untrusted({"of its folder ", folder.string(), ": ", why});
        return {};
    }

    const path& given_;
    const library_trust& trust_;
    open_library out_;
};

}  // namespace detail
}  // namespace haft::inline v0

#endif  // HAFT_PLUGIN_LIBRARY_OPEN_LIBRARY_HPP
