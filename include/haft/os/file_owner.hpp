// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_OS_FILE_OWNER_HPP
#define HAFT_OS_FILE_OWNER_HPP

/// Who may write a file or folder: what decides whether native code is loaded because of it. [fault 98] [fault 115]

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>

#include <cerrno>
#include <cstdint>
#include <filesystem>
#include <string>
#include <system_error>

#if defined(__unix__) || defined(__APPLE__)
#include <sys/stat.h>
#include <unistd.h>
#define HAFT_HAS_FILE_OWNERS() 1
#else
#define HAFT_HAS_FILE_OWNERS() 0
#endif

namespace haft::inline v0 {

/// What is asked of a file. `own_user` is the one beside root whom it may belong to; less than 0 is the effective user of the
/// process.
struct file_owner_rule {
    long own_user = -1;
    bool allow_group_writable = true;  ///< by the file's group: usual where each user has a group of his own
    bool allow_sticky = false;  ///< a folder to which others may add, but from which they take nothing (mode 1777, /tmp)
};

#if HAFT_HAS_FILE_OWNERS()
/// The same of a file that somebody has looked at, such as by its descriptor.
HAFT_COLD inline bool owned_by_user(const struct ::stat& about, std::string& why, const file_owner_rule& rule = {}) {
    const auto mode = [&] {
        std::string octal = "0000";
        for (unsigned i = 0; i < 4; ++i) octal[3 - i] = static_cast<char>('0' + (about.st_mode >> 3 * i & 7u));
        return concat({" (mode ", octal, "); run chmod ", rule.allow_group_writable ? "o-w" : "go-w", " on it"});
    };
    const auto own = rule.own_user < 0 ? static_cast<long>(::geteuid()) : rule.own_user;
    if (about.st_uid != 0 && static_cast<long>(about.st_uid) != own)
        return why = concat({"it belongs to user ", decimal(about.st_uid), ", neither to root nor to user ",
                             decimal(static_cast<std::uint64_t>(own))}),
               false;
    if (rule.allow_sticky && S_ISDIR(about.st_mode) && (about.st_mode & S_ISVTX) != 0) return true;
    if ((about.st_mode & S_IWOTH) != 0) return why = concat({"everybody can write it", mode()}), false;
    if (!rule.allow_group_writable && (about.st_mode & S_IWGRP) != 0)
        return why = concat({"its group can write it", mode()}), false;
    return true;
}
#endif

/// Whether nobody but root and the user can have changed what the path names (a link's target, not the link). If not, `why` says
/// so: `everybody can write it (mode 0666)`. True on systems whose files have no such owners. Any thread.
HAFT_COLD inline bool owned_by_user(const std::filesystem::path& path, std::string& why, const file_owner_rule& rule = {}) {
#if HAFT_HAS_FILE_OWNERS()
    struct ::stat about {};
    if (::stat(path.c_str(), &about) != 0)
        return why = concat({"it can't be looked at: ", std::generic_category().message(errno)}), false;
    return owned_by_user(about, why, rule);
#else
    static_cast<void>(path), static_cast<void>(why), static_cast<void>(rule);
    return true;
#endif
}

/// Whether nobody but root and the user can put another thing in the place of what lies there: each folder above it is theirs, or takes
/// nothing away from others (/tmp). If not, `which` is that folder, and `why` as above. Requires an absolute path without links.
HAFT_COLD inline bool folders_above_owned(const std::filesystem::path& what, std::filesystem::path& which, std::string& why,
                                          file_owner_rule rule = {}) {
    rule.allow_sticky = true;
    for (which = what.parent_path();; which = which.parent_path()) {
        if (!owned_by_user(which, why, rule)) return false;
        if (which == which.parent_path()) return true;
    }
}

}  // namespace haft::inline v0

#endif  // HAFT_OS_FILE_OWNER_HPP
