// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_PLUGIN_LIBRARY_PRIVATE_COPY_HPP
#define HAFT_PLUGIN_LIBRARY_PRIVATE_COPY_HPP

/// A copy of a library's file that only this process has, in memory: what is loaded from it does not change with the file, and is not taken
/// for what was loaded from it before. [fault 104]

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/result.hpp>
#include <haft/os/descriptor.hpp>
#include <haft/plugin/library/file_bytes.hpp>
#include <haft/plugin/library/open_library.hpp>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

#include <dlfcn.h>
#include <sys/mman.h>
#include <unistd.h>

namespace haft::inline v0::detail {

struct private_copy {
    descriptor memory;  ///< may be closed once it is loaded
    std::string name;   ///< for the dynamic linker
};

/// A way to an open file that the dynamic linker has never heard of: it knows what it has loaded by the text of its path, and the
/// number of a descriptor is soon another file's.
HAFT_COLD inline std::string fresh_name_of(int descriptor) {
    static std::atomic<std::uint32_t> count{0};
    for (;;) {
        std::string out = "/proc/self";
        for (std::uint32_t n = ++count; n != 0; n >>= 1) out += (n & 1u) != 0 ? "//." : "/.";
        append_all(out, {"/fd/", decimal(static_cast<std::uint64_t>(descriptor))});
        void* const known = ::dlopen(out.c_str(), RTLD_LAZY | RTLD_NOLOAD);  // of another haft in this process
        ::dlerror();
        if (!known) return out;
        ::dlclose(known);
    }
}

/// The whole of it, or an error (E0458): it can't be copied, or has changed meanwhile. Such a copy has no folder of its own, so that
/// what it needs is not found by $ORIGIN.
HAFT_COLD inline result<private_copy> copy_library(const open_library& from, std::string_view who) {
    const auto no = [&](std::string_view why, int number) {
        return error{errc::library_not_read,
                     concat({"library ", who, " can't be copied: ", why, number ? ": " : "",
                             number ? std::generic_category().message(number) : std::string()})};
    };
    private_copy out;
    out.memory = descriptor(::memfd_create(from.path.filename().c_str(), MFD_CLOEXEC | MFD_ALLOW_SEALING));
    if (!out.memory) return no("there is no memory for it", errno);
    const file_bytes bytes = from.bytes();
    std::string piece;
    for (std::uint64_t at = 0; at < bytes.size();) {
        const auto count = static_cast<std::size_t>((std::min<std::uint64_t>)(bytes.size() - at, 1u << 16));
        if (!bytes.read(at, count, piece)) return no("it has become shorter", 0);
        for (std::string_view rest = piece; !rest.empty();) {
            const ssize_t n = ::write(out.memory.number(), rest.data(), rest.size());
            if (n < 0 && errno == EINTR) continue;
            if (n <= 0) return no("there is no memory for it", errno);
            rest.remove_prefix(static_cast<std::size_t>(n));
        }
        at += count;
    }
    if (!from.is_unchanged()) return no("it has changed meanwhile", 0);
    static_cast<void>(::fcntl(out.memory.number(), F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE) == 0);
    out.name = fresh_name_of(out.memory.number());
    return out;
}

}  // namespace haft::inline v0::detail

#endif  // HAFT_PLUGIN_LIBRARY_PRIVATE_COPY_HPP
