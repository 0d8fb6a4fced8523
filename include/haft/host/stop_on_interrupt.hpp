// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_HOST_STOP_ON_INTERRUPT_HPP
#define HAFT_HOST_STOP_ON_INTERRUPT_HPP

/// Ctrl-C asks a running call to stop. POSIX.

#include <haft/core/config.hpp>

#include <atomic>
#include <cerrno>
#include <string_view>

#include <signal.h>
#include <unistd.h>

namespace haft::inline v0::host {

/// While it lives, the first Ctrl-C asks for a stop; the second ends the program. One at a time.
class stop_on_interrupt {
public:
    HAFT_COLD stop_on_interrupt() {
        asked.store(false);
        seen.store(::isatty(STDERR_FILENO) == 1);
        struct sigaction now{};
        now.sa_handler = [](int) {  // whatever it interrupts keeps its errno
            asked.store(true);
            constexpr std::string_view told = "\nAsked to stop; Ctrl-C again to end at once.\n";
            const int before = errno;
            if (seen.load()) [[maybe_unused]]
                const ssize_t n = ::write(STDERR_FILENO, told.data(), told.size());
            errno = before;
        };
        now.sa_flags = static_cast<int>(SA_RESETHAND | SA_RESTART);
        ::sigaction(SIGINT, &now, &before_);
    }
    stop_on_interrupt(const stop_on_interrupt&) = delete;
    stop_on_interrupt& operator=(const stop_on_interrupt&) = delete;
    ~stop_on_interrupt() { ::sigaction(SIGINT, &before_, nullptr); }

    bool stop_requested() const noexcept { return asked.load(); }

private:
    static_assert(std::atomic<bool>::is_always_lock_free);  // a signal handler stores it
    static inline std::atomic<bool> asked{false};
    static inline std::atomic<bool> seen{false};  // somebody sits at a terminal
    struct sigaction before_{};
};

/// Ctrl-C while something runs, or at a question within it.
class person_stop {
public:
    bool stop_requested() const noexcept { return asked_ || interrupt_.stop_requested(); }
    void ask() noexcept { asked_ = true; }

private:
    stop_on_interrupt interrupt_;
    bool asked_ = false;
};

}  // namespace haft::inline v0::host

#endif  // HAFT_HOST_STOP_ON_INTERRUPT_HPP
