// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_PLUGIN_LIBRARY_FILE_BYTES_HPP
#define HAFT_PLUGIN_LIBRARY_FILE_BYTES_HPP

/// Bytes of an open file, taken out one piece at a time. It is never mapped: a file that somebody cuts off while a page of it is
/// read ends the process.

#include <haft/core/config.hpp>

#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <string>
#include <type_traits>

#include <unistd.h>

namespace haft::inline v0::detail {

/// A view of a descriptor and of the size that the file had. Any thread.
class file_bytes {
public:
    file_bytes(int descriptor, std::uint64_t size) noexcept : descriptor_(descriptor), size_(size) {}

    std::uint64_t size() const noexcept { return size_; }
    /// Whether that many bytes from there on are all in the file.
    bool holds(std::uint64_t at, std::uint64_t count) const noexcept { return at <= size_ && count <= size_ - at; }

    /// False, and nothing of use in `to`, if they are not all there.
    HAFT_COLD bool read(std::uint64_t at, void* to, std::size_t count) const noexcept {
        if (!holds(at, count)) return false;
        for (auto* out = static_cast<char*>(to); count > 0;) {
            const ssize_t n = ::pread(descriptor_, out, count, static_cast<off_t>(at));
            if (n < 0 && errno == EINTR) continue;
            if (n <= 0) return false;  // it has become shorter
            out += n;
            at += static_cast<std::uint64_t>(n);
            count -= static_cast<std::size_t>(n);
        }
        return true;
    }
    template <class T>
        requires std::is_trivially_copyable_v<T>
    bool read(std::uint64_t at, T& to) const noexcept {
        return read(at, static_cast<void*>(&to), sizeof to);
    }
    bool read(std::uint64_t at, std::size_t count, std::string& to) const {
        if (!holds(at, count)) return false;  // before there is room for as much as a broken file says
        to.resize(count);
        return read(at, to.data(), count);
    }

private:
    int descriptor_;
    std::uint64_t size_;
};

}  // namespace haft::inline v0::detail

#endif  // HAFT_PLUGIN_LIBRARY_FILE_BYTES_HPP
