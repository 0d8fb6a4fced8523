// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_OS_DESCRIPTOR_HPP
#define HAFT_OS_DESCRIPTOR_HPP

/// File descriptors with an owner, none of which a child inherits by accident.

#include <haft/core/config.hpp>

#include <cerrno>
#include <utility>

#include <fcntl.h>
#include <unistd.h>

namespace haft::inline v0::detail {

/// An open file descriptor, or none. One thread at a time.
class descriptor {
public:
    descriptor() = default;
    explicit descriptor(int number) noexcept : number_(number) {}
    descriptor(descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
    descriptor& operator=(descriptor&& other) noexcept {
        if (this != &other) close(), number_ = std::exchange(other.number_, -1);
        return *this;
    }
    ~descriptor() { close(); }

    int number() const noexcept { return number_; }
    explicit operator bool() const noexcept { return number_ >= 0; }
    void close() noexcept {
        if (number_ >= 0) ::close(std::exchange(number_, -1));  // not again after EINTR: on Linux it is closed then
    }

private:
    int number_ = -1;
};

struct pipe_ends {
    descriptor read, write;
};

/// A pipe whose ends are no child's unless it is given them, and neither of which is 0, 1 or 2: in a program that closed its
/// standard output the next printf would go to the child. False, and errno, if there are too many.
HAFT_COLD inline bool open_pipe(pipe_ends& out) {
    int ends[2]{-1, -1};
#if defined(__linux__)
    if (::pipe2(ends, O_CLOEXEC) != 0) return false;
#else
    if (::pipe(ends) != 0) return false;
    for (const int one : ends) ::fcntl(one, F_SETFD, FD_CLOEXEC);
#endif
    out.read = descriptor(ends[0]);
    out.write = descriptor(ends[1]);
    for (descriptor* const one : {&out.read, &out.write}) {
        if (one->number() > 2) continue;
        *one = descriptor(::fcntl(one->number(), F_DUPFD_CLOEXEC, 3));
        if (!*one) return false;
    }
    return true;
}

/// Reads and writes come back at once.
HAFT_COLD inline bool never_blocks(const descriptor& which) noexcept {
    const int flags = ::fcntl(which.number(), F_GETFL);
    return flags >= 0 && ::fcntl(which.number(), F_SETFL, flags | O_NONBLOCK) == 0;
}

}  // namespace haft::inline v0::detail

#endif  // HAFT_OS_DESCRIPTOR_HPP
