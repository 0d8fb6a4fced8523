// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_OS_WRITE_FILE_HPP
#define HAFT_OS_WRITE_FILE_HPP

/// Replaces a file so that whoever reads it, and whatever happens meanwhile, finds the old text or the new one, and never a half.

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/result.hpp>
#include <haft/core/text.hpp>
#include <haft/os/descriptor.hpp>

#include <cerrno>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <random>
#include <string>
#include <string_view>
#include <system_error>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace haft::inline v0 {

namespace detail {

/// A new file beside another one, under a name that nothing has, of which `name` is told; the process's umask takes from its mode.
HAFT_COLD inline descriptor open_beside(const std::filesystem::path& target, unsigned mode, std::string& name) {
    constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyz0123456789";
    const std::string own = target.filename().string();
    std::random_device random;
    for (int tries = 0; tries < 100; ++tries) {
        // The name's beginning is for people; all of it could be too long for a file system.
        name = concat({(target.parent_path() / ".").string(), cut_utf8(own, 200), "."});
        for (int i = 0; i < 8; ++i) name += letters[random() % letters.size()];
        descriptor out(::open(name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, static_cast<mode_t>(mode)));
        if (out || errno != EEXIST) return out;
    }
    return {};
}

}  // namespace detail

/// Writes a file anew: into a temporary one beside it, which then takes its place. A file that is there keeps its mode (but no
/// set-user-ID) and, where that is allowed, its owner, a link keeps pointing to what it does, and that is replaced; a new one
/// has `fresh_mode`, without what the umask takes. An error (E0442) leaves everything as it was. Requires that the folder is there. Any thread; of several
/// writers the last one stays.
HAFT_COLD inline result<void> write_file(const std::filesystem::path& to, std::string_view text,
                                         unsigned fresh_mode = 0644) {
    namespace fs = std::filesystem;
    std::error_code problem;
    const auto no = [&](std::string_view what, int why) {
        return error{errc::file_not_written, concat({"file ", to.string(), " was not written: ", what, ": ",
                                                     std::generic_category().message(why)})};
    };
    fs::path target = to;
    if (fs::is_symlink(fs::symlink_status(to, problem))) {
        target = fs::weakly_canonical(to, problem);
        if (problem) return no("its link leads nowhere", problem.value());
    }
    struct stat before{};
    const bool there = ::stat(target.c_str(), &before) == 0;
    if (there && !S_ISREG(before.st_mode)) return no("it is no file", EINVAL);

    std::string temporary;
    const detail::descriptor out = detail::open_beside(target, there ? 0600 : fresh_mode, temporary);
    if (!out) return no("nothing can be put into its folder", errno);
    const auto undo = [&](std::string_view what) {
        const int why = errno;
        ::unlink(temporary.c_str());
        return no(what, why);
    };
    struct stat fresh{};
    if (::fstat(out.number(), &fresh) != 0 || ::fchmod(out.number(), 0600) != 0)  // until all of it is there
        return undo("its mode can't be set");
    for (std::string_view rest = text; !rest.empty();) {
        const ssize_t n = ::write(out.number(), rest.data(), rest.size());
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return undo("the text can't be written");
        rest.remove_prefix(static_cast<std::size_t>(n));
    }
    if (there)
        static_cast<void>(::fchown(out.number(), before.st_uid, before.st_gid) == 0);  // of root's programs, above all
    if (::fchmod(out.number(), (there ? before : fresh).st_mode & 0777u) != 0) return undo("its mode can't be set");
    if (::fsync(out.number()) != 0) return undo("the disk does not take it");
    if (::rename(temporary.c_str(), target.c_str()) != 0) return undo("it can't be put in place");
    // The name is safe once the folder is. That it is there is true already, so a folder that can't be synced is no error.
    const std::string folder = target.has_parent_path() ? target.parent_path().string() : std::string(".");
    if (const detail::descriptor at{::open(folder.c_str(), O_RDONLY | O_CLOEXEC | O_DIRECTORY)})
        static_cast<void>(::fsync(at.number()) == 0);
    return {};
}

}  // namespace haft::inline v0

#endif  // HAFT_OS_WRITE_FILE_HPP
