// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_OS_QUIET_WRITE_HPP
#define HAFT_OS_QUIET_WRITE_HPP

/// write(2) that raises no SIGPIPE, whatever the host has made of that signal.

#include <haft/core/config.hpp>

#include <cerrno>
#include <csignal>
#include <cstddef>
#include <string_view>

#include <sys/types.h>
#include <unistd.h>

namespace haft::inline v0::detail {

/// As write(2); a reader that is gone is EPIPE and no signal. SIGPIPE goes to the thread that writes, so it is blocked here and,
/// if it came of this write, taken back.
HAFT_COLD inline ssize_t quiet_write(int to, std::string_view bytes) {
    sigset_t pipe_signal, before, pending;
    sigemptyset(&pipe_signal);
    sigaddset(&pipe_signal, SIGPIPE);
    sigemptyset(&pending);
    ::sigpending(&pending);
    const bool was_pending = sigismember(&pending, SIGPIPE) == 1;
    if (const int failed = ::pthread_sigmask(SIG_BLOCK, &pipe_signal, &before)) return errno = failed, -1;
    const ssize_t n = ::write(to, bytes.data(), bytes.size());
    const int why = errno;
    if (n < 0 && why == EPIPE && !was_pending) {
        ::sigpending(&pending);  // not there if the host ignores it
        int taken = 0;
        if (sigismember(&pending, SIGPIPE) == 1) ::sigwait(&pipe_signal, &taken);
    }
    ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
    errno = why;
    return n;
}

}  // namespace haft::inline v0::detail

#endif  // HAFT_OS_QUIET_WRITE_HPP
