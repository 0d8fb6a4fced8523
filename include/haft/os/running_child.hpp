// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_OS_RUNNING_CHILD_HPP
#define HAFT_OS_RUNNING_CHILD_HPP

/// A child from its start to its end: feeds it, reads it, looks at the clock and at the stop token, and leaves nothing behind.

#include <haft/core/config.hpp>
#include <haft/core/stop_token.hpp>
#include <haft/os/descriptor.hpp>
#include <haft/os/quiet_write.hpp>

#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

#include <poll.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>
#if defined(__linux__)
#include <sys/syscall.h>
#endif

namespace haft::inline v0 {

/// How a child came to its end.
enum class child_end : unsigned char {
    exited,     ///< by itself, with an exit code
    signalled,  ///< by a signal that haft did not send
    timed_out,  ///< it took longer than it may, and was killed
    stopped,    ///< somebody asked for a stop, and it was killed
    unknown,    ///< it is gone, but how is lost: the host ignores SIGCHLD, or waits for children that are not its own
};

struct child_result {
    child_end end = child_end::exited;
    int exit_code = 0;  ///< of one that exited
    int signal = 0;     ///< that ended it, or 0
    std::string output = {};
    std::string errors = {};
    std::size_t output_cut = 0;  ///< bytes that are missing at the end of `output`
    std::size_t errors_cut = 0;
};

namespace detail {

struct child_limits {
    std::string_view input;
    std::size_t most_output, most_errors;
    std::chrono::milliseconds time_limit, grace;
    stop_token stop;
};

class running_child {
public:
    running_child(pid_t child, descriptor in, descriptor out, descriptor errors)
        : child_(child), in_(std::move(in)), out_(std::move(out)), errors_(std::move(errors)) {
        for (const descriptor* one : {&in_, &out_, &errors_})
            if (*one) never_blocks(*one);
#if defined(SYS_pidfd_open)
        end_ = descriptor(
            static_cast<int>(::syscall(SYS_pidfd_open, child, 0)));  // close-on-exec by itself; since Linux 5.3
#endif
    }
    running_child(const running_child&) = delete;
    running_child& operator=(const running_child&) = delete;
    ~running_child() {
        if (!reaped_) kill_group(SIGKILL), reap();  // an allocation failed on the way
    }

    HAFT_COLD child_result run(const child_limits& how) {
        const auto begin = clock::now();
        rest_ = how.input;
        while (!has_ended()) {
            const auto now = clock::now();
            if (result_.end == child_end::exited) {
                if (how.stop.stop_requested()) end_it(child_end::stopped, now + how.grace);
                else if (how.time_limit.count() > 0 && now - begin >= how.time_limit)
                    end_it(child_end::timed_out, now + how.grace);
            } else if (now >= kill_at_) {
                kill_group(SIGKILL);
            }
            wait_for_something(how, begin, now);
            move_bytes(how);
        }
        // Not reaped yet, so its number is nobody else's: whoever is still in its group goes with it.
        if (!lost_) kill_group(SIGKILL);
        in_.close();
        for (std::size_t round = 0; round < most_last_rounds && move_bytes(how); ++round) {}
        take_status(reap());
        return std::move(result_);
    }

private:
    using clock = std::chrono::steady_clock;
    static constexpr int step = 20;  // ms; how long a stop may stay unheard
    /// A pipe holds so much at most (64 KiB, 1 MiB if somebody asks); one that escaped from the group may write for ever.
    static constexpr std::size_t most_last_rounds = 64;

    void end_it(child_end why, clock::time_point kill_at) {
        result_.end = why;
        kill_at_ = kill_at;
        kill_group(SIGTERM);
        kill_group(SIGCONT);  // one that is halted would not hear
    }
    /// The child with it, if it has gone into another group meanwhile: it is not reaped yet, so the number is its own.
    void kill_group(int signal) const noexcept {
        ::kill(-child_, signal);
        if (!lost_ && ::getpgid(child_) != child_) ::kill(child_, signal);
    }

    /// Without reaping it.
    bool has_ended() {
        siginfo_t about{};
        for (;;) {
            if (::waitid(P_PID, static_cast<id_t>(child_), &about, WEXITED | WNOHANG | WNOWAIT) == 0)
                return about.si_pid == child_;
            if (errno == EINTR) continue;
            return lost_ = true;  // ECHILD: somebody else has reaped it, and its number may be another's by now
        }
    }
    /// Its status; -1 if that is lost.
    int reap() noexcept {
        reaped_ = true;
        int status = 0;
        for (;;) {
            const pid_t got = ::waitpid(child_, &status, 0);
            if (got == child_) return status;
            if (got < 0 && errno != EINTR) return -1;
        }
    }
    void take_status(int status) {
        if (status < 0) {
            if (result_.end == child_end::exited) result_.end = child_end::unknown;
        } else if (WIFSIGNALED(status)) {
            result_.signal = WTERMSIG(status);
            if (result_.end == child_end::exited) result_.end = child_end::signalled;
        } else {
            result_.exit_code = WEXITSTATUS(status);
        }
    }

    void wait_for_something(const child_limits& how, clock::time_point begin, clock::time_point now) {
        std::array<pollfd, 4> ends{};
        nfds_t count = 0;
        const auto watch = [&](const descriptor& which, short what) {
            if (which) ends[count++] = {which.number(), what, 0};
        };
        watch(in_, POLLOUT);
        watch(out_, POLLIN);
        watch(errors_, POLLIN);
        watch(end_, POLLIN);
        int most = end_ && !how.stop.stop_possible() ? -1 : step;
        const auto until = [&](clock::time_point when) {
            const auto left = std::chrono::ceil<std::chrono::milliseconds>(when - now).count();
            const int at_least = left < 1 ? 1 : left > step ? step : static_cast<int>(left);
            if (most < 0 || at_least < most) most = at_least;
        };
        if (result_.end != child_end::exited) until(kill_at_);
        else if (how.time_limit.count() > 0) until(begin + how.time_limit);
        ::poll(ends.data(), count, most);  // whatever it says, each end is tried
    }

    /// Whether there were any.
    bool move_bytes(const child_limits& how) {
        feed();
        const bool output = drain(out_, result_.output, result_.output_cut, how.most_output);
        const bool errors = drain(errors_, result_.errors, result_.errors_cut, how.most_errors);
        return output || errors;
    }
    void feed() {
        if (!in_) return;
        if (!rest_.empty()) {
            const ssize_t n = quiet_write(in_.number(), rest_);
            if (n > 0) rest_.remove_prefix(static_cast<std::size_t>(n));
            else if (n < 0 && errno != EAGAIN && errno != EINTR) rest_ = {};  // it does not want to hear more
        }
        if (rest_.empty()) in_.close();
    }
    /// One piece at a time, so that neither stream is kept waiting, nor the clock.
    static bool drain(descriptor& from, std::string& to, std::size_t& cut, std::size_t most) {
        if (!from) return false;
        std::array<char, 16384> piece;
        const ssize_t n = ::read(from.number(), piece.data(), piece.size());
        if (n == 0 || (n < 0 && errno != EAGAIN && errno != EINTR)) from.close();
        if (n <= 0) return false;
        const auto got = static_cast<std::size_t>(n);
        const std::size_t room = most > to.size() ? most - to.size() : 0;
        to.append(piece.data(), got < room ? got : room);
        if (got > room) cut += got - room;
        return true;
    }

    pid_t child_;
    descriptor in_, out_, errors_, end_;
    std::string_view rest_;
    clock::time_point kill_at_{};
    child_result result_;
    bool reaped_ = false;
    bool lost_ = false;
};

}  // namespace detail
}  // namespace haft::inline v0

#endif  // HAFT_OS_RUNNING_CHILD_HPP
