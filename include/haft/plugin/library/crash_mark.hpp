// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_PLUGIN_LIBRARY_CRASH_MARK_HPP
#define HAFT_PLUGIN_LIBRARY_CRASH_MARK_HPP

/// A file that is there while a library is being loaded: where it is found at the next start, loading it has ended the host. [fault 88]

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/result.hpp>
#include <haft/core/text.hpp>
#include <haft/os/descriptor.hpp>
#include <haft/os/private_folder.hpp>
#include <haft/plugin/library/open_library.hpp>

#include <cstddef>
#include <ctime>
#include <filesystem>
#include <string>
#include <string_view>
#include <utility>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

namespace haft::inline v0::detail {

/// Gone with it. A process that dies leaves the file and not the lock on it, which is how one is told from the other.
class crash_mark {
public:
    crash_mark() = default;
    crash_mark(crash_mark&&) = default;
    crash_mark& operator=(crash_mark&&) = delete;
    ~crash_mark() {
        if (file_) ::unlink(path_.c_str());
    }

    /// Puts one into the folder, which is made, for this user alone, if it is not there. No mark, if another process has it at the moment.
    /// An error (E0465): the host has ended while this file, in this state, was being loaded. Where no mark can be put, loading goes on
    /// without.
    HAFT_COLD static result<crash_mark> put(const std::filesystem::path& folder, std::string_view plugin,
                                            const open_library& library) {
        crash_mark out;
        if (folder.empty()) return out;
        make_private_folder(folder);
        out.path_ = folder / concat({plugin, ".loading"});
        descriptor file;
        struct ::stat about{};
        // One that its process has taken away between our opening and locking it is not looked at: it all went well.
        do {
            file = descriptor(::open(out.path_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0600));
            if (!file || ::flock(file.number(), LOCK_EX | LOCK_NB) != 0 || ::fstat(file.number(), &about) != 0) return out;
        } while (about.st_nlink == 0);
        const file_identity& is = library.identity;
        const std::string now =
            concat({decimal(is.device), " ", decimal(is.number), " ", decimal(is.size), " ", std::to_string(is.seconds),
                    ".", std::to_string(is.nanoseconds), " ", library.path.string(), "\n"});
        std::string before(now.size() + 1, '\0');
        const ssize_t n = ::pread(file.number(), before.data(), before.size(), 0);
        before.resize(n > 0 ? static_cast<std::size_t>(n) : 0);
        if (before == now)
            return error{errc::plugin_crashed,
                         concat({"plugin ", in_quotes(plugin), " is not loaded: the host ended while ", library.path.string(),
                                 " was being loaded, ", time_text(about.st_mtime), "; replace it, or to try again remove ",
                                 out.path_.string()})};
        if (::ftruncate(file.number(), 0) == 0 && ::pwrite(file.number(), now.data(), now.size(), 0) >= 0)
            out.file_ = std::move(file);
        return out;
    }

private:
    /// `2026-11-27 16:40:12 UTC`
    HAFT_COLD static std::string time_text(std::time_t when) {
        std::tm at{};
        char text[32] = "";
        if (::gmtime_r(&when, &at)) std::strftime(text, sizeof text, "%Y-%m-%d %H:%M:%S UTC", &at);
        return text;
    }

    std::filesystem::path path_;
    descriptor file_;
};

}  // namespace haft::inline v0::detail

#endif  // HAFT_PLUGIN_LIBRARY_CRASH_MARK_HPP
