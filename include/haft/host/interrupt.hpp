// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_HOST_INTERRUPT_HPP
#define HAFT_HOST_INTERRUPT_HPP

/// Ctrl-C: asks a running call to stop, and ends a question. POSIX.

#include <haft/core/config.hpp>

#include <atomic>
#include <cerrno>
#include <string_view>

#include <signal.h>
#include <unistd.h>

namespace haft::inline v0::host {

/// While it lives, the first Ctrl-C asks for a stop, one at a question within it too; the second ends the program. One at a time.
class stop_on_interrupt {
public:
    HAFT_COLD stop_on_interrupt() {
        asked.store(false);
        lives.store(true);
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
    ~stop_on_interrupt() {
        ::sigaction(SIGINT, &before_, nullptr);
        lives.store(false);
    }

    bool stop_requested() const noexcept { return asked.load(); }

private:
    friend class interrupt_flag;
    static_assert(std::atomic<bool>::is_always_lock_free);  // a signal handler stores it
    static inline std::atomic<bool> asked{false};
    static inline std::atomic<bool> lives{false};
    static inline std::atomic<bool> seen{false};  // somebody sits at a terminal
    struct sigaction before_{};
};

/// While it lives, Ctrl-C is told and does nothing else, but for a stop_on_interrupt around it, which is asked for a stop. One at a time.
class interrupt_flag {
public:
    HAFT_COLD interrupt_flag() {
        raised_.store(false);
        struct sigaction now{};
        now.sa_handler = [](int) {
            raised_.store(true);
            stop_on_interrupt::asked.store(true);
        };
        ::sigaction(SIGINT, &now, &before_);  // without SA_RESTART: what waits for input wakes up
        // A stop that came a moment earlier is for this question too, since nobody would press Ctrl-C again for it.
        if (stop_on_interrupt::lives.load() && stop_on_interrupt::asked.load()) raised_.store(true);
    }
    interrupt_flag(const interrupt_flag&) = delete;
    interrupt_flag& operator=(const interrupt_flag&) = delete;
    ~interrupt_flag() { ::sigaction(SIGINT, &before_, nullptr); }

    bool raised() const noexcept { return raised_.load(); }

private:
    static inline std::atomic<bool> raised_{false};
    struct sigaction before_{};
};

}  // namespace haft::inline v0::host

#endif  // HAFT_HOST_INTERRUPT_HPP
