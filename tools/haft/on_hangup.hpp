// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_TOOLS_HAFT_ON_HANGUP_HPP
#define HAFT_TOOLS_HAFT_ON_HANGUP_HPP

/// SIGHUP to a server means what it means to others: look at your files again. Unless it means that the terminal has gone.

#include <atomic>
#include <cerrno>
#include <functional>
#include <thread>
#include <utility>

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <unistd.h>

namespace haft_command {

/// While it lives, each SIGHUP has something done on a thread of its own, one after the other. One at a time.
class on_hangup {
public:
    explicit on_hangup(std::function<void()> act) : act_(std::move(act)), had_terminal_(has_terminal()) {
        if (::pipe2(ends_, O_CLOEXEC | O_NONBLOCK) != 0) return;
        to_ring.store(ends_[1]);
        thread_ = std::thread([this] { wait(); });
        struct sigaction now{};
        now.sa_handler = [](int) {
            const int before = errno;
            [[maybe_unused]] const ssize_t n = ::write(to_ring.load(), "h", 1);
            errno = before;
        };
        now.sa_flags = SA_RESTART;
        ::sigaction(SIGHUP, nullptr, &before_);
        if (before_.sa_handler != SIG_IGN) ::sigaction(SIGHUP, &now, nullptr);  // nohup has said that it shall mean nothing
    }
    on_hangup(const on_hangup&) = delete;
    on_hangup& operator=(const on_hangup&) = delete;
    ~on_hangup() {
        if (!thread_.joinable()) return;
        ::sigaction(SIGHUP, &before_, nullptr);
        [[maybe_unused]] const ssize_t n = ::write(ends_[1], "e", 1);
        thread_.join();
        ::close(ends_[0]);
        ::close(ends_[1]);
    }

private:
    static bool has_terminal() {
        const int terminal = ::open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY);
        if (terminal >= 0) ::close(terminal);
        return terminal >= 0;
    }
    void wait() {
        for (;;) {
            pollfd ready{ends_[0], POLLIN, 0};
            ::poll(&ready, 1, -1);
            char rings[64];
            const ssize_t n = ::read(ends_[0], rings, sizeof rings);
            for (ssize_t i = 0; i < n; ++i)
                if (rings[i] == 'e') return;
            if (n <= 0) continue;
            if (had_terminal_ && !has_terminal()) {
                ::signal(SIGHUP, SIG_DFL);
                ::raise(SIGHUP);
            }
            act_();
        }
    }

    static_assert(std::atomic<int>::is_always_lock_free);
    static inline std::atomic<int> to_ring{-1};
    std::function<void()> act_;
    const bool had_terminal_;
    int ends_[2] = {-1, -1};
    std::thread thread_;
    struct sigaction before_{};
};

}  // namespace haft_command

#endif  // HAFT_TOOLS_HAFT_ON_HANGUP_HPP
