// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_MCP_TRANSPORT_STDIO_HPP
#define HAFT_MCP_TRANSPORT_STDIO_HPP

/// MCP over standard input and output (basic/transports, "stdio"), POSIX.

#include <haft/mcp/server.hpp>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstddef>
#include <cstdio>
#include <iostream>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <unistd.h>

namespace haft::inline v0::mcp {

namespace detail {

/// Keeps standard input and output for frames alone. While it lives, whatever a tool, a library or a child process prints
/// goes to standard error, what they read from standard input is empty, and a client that went away is an error of write,
/// not a signal.
class private_streams {
public:
    private_streams() {
        std::cout.flush();
        std::fflush(stdout);
        in_ = ::fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3);
        out_ = ::fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3);
        const int null = ::open("/dev/null", O_RDWR | O_CLOEXEC);  // becomes standard error if that was closed
        ::dup2(null, STDIN_FILENO);
        ::dup2(STDERR_FILENO, STDOUT_FILENO);
        if (null > STDERR_FILENO) ::close(null);
        struct sigaction nothing{};
        nothing.sa_handler = [](int) {};  // not SIG_IGN, which child processes would inherit
        nothing.sa_flags = SA_RESTART;
        ::sigaction(SIGPIPE, &nothing, &before_);
    }
    private_streams(const private_streams&) = delete;
    private_streams& operator=(const private_streams&) = delete;
    ~private_streams() {
        std::cout.flush();  // what a tool printed, while it still goes to standard error
        std::fflush(stdout);
        give_back(in_, STDIN_FILENO);
        give_back(out_, STDOUT_FILENO);
        ::sigaction(SIGPIPE, &before_, nullptr);
    }

    bool open() const noexcept { return in_ >= 0 && out_ >= 0; }

    /// Waits until there is something to read here (true) or at the other descriptor, or the time is over; -1 is for ever.
    bool readable_before(int other, int milliseconds) const noexcept {
        pollfd ready[2] = {{in_, POLLIN, 0}, {other, POLLIN, 0}};
        return ::poll(ready, 2, milliseconds) > 0 && ready[0].revents != 0;
    }

    /// How many bytes came, at least one; 0 at the end of the stream, -1 if it can't be read.
    ssize_t read(char* to, std::size_t size) const noexcept {
        for (;;) {
            const ssize_t n = ::read(in_, to, size);
            if (n >= 0) return n;
            if (errno == EAGAIN) wait(in_, POLLIN);  // somebody made the pipe non-blocking
            else if (errno != EINTR) return -1;
        }
    }

    /// False when the reader has gone.
    bool write(std::string_view bytes) const noexcept {
        while (!bytes.empty()) {
            const ssize_t n = ::write(out_, bytes.data(), bytes.size());
            if (n > 0) bytes.remove_prefix(static_cast<std::size_t>(n));
            else if (n < 0 && errno == EAGAIN) wait(out_, POLLOUT);
            else if (n < 0 && errno != EINTR) return false;
        }
        return true;
    }

private:
    static void wait(int fd, short what) noexcept {
        pollfd ready{fd, what, 0};
        ::poll(&ready, 1, -1);
    }
    static void give_back(int from, int to) noexcept {
        if (from < 0) return;
        ::dup2(from, to);
        ::close(from);
    }

    int in_ = -1;
    int out_ = -1;
    struct sigaction before_{};
};

/// Wakes who sleeps in poll(2). Any thread may ring.
class bell {
public:
    bell() {
        if (::pipe2(ends_, O_CLOEXEC | O_NONBLOCK) != 0) ends_[0] = ends_[1] = -1;
    }
    bell(const bell&) = delete;
    bell& operator=(const bell&) = delete;
    ~bell() {
        if (ends_[0] >= 0) ::close(ends_[0]), ::close(ends_[1]);
    }
    int fd() const noexcept { return ends_[0]; }
    void ring() const noexcept {
        [[maybe_unused]] const ssize_t n = ::write(ends_[1], "", 1);
    }  // a full pipe rings, too
    void quiet() const noexcept {
        char rings[256];
        while (::read(ends_[0], rings, sizeof rings) > 0) {}
    }

private:
    int ends_[2]{};
};

/// For poll(2): -1 is for ever.
inline int milliseconds_until(std::optional<server::clock::time_point> deadline) {
    if (!deadline) return -1;
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(*deadline - server::clock::now()).count();
    return static_cast<int>((std::clamp)(left, decltype(left){0}, decltype(left){60'000}));
}

/// `wakes`: something may have to be sent while nothing comes.
inline int serve_stdio(server& serving, bool wakes, std::chrono::milliseconds drain_time) {
    const private_streams client;
    const auto rings = std::make_shared<const bell>();  // a job may ring it when all this is gone
    if (!client.open() || rings->fd() < 0) return 1;
    if (wakes) serving.on_ready([rings] { rings->ring(); });
    bool there = true;
    serving.on_output([&](std::string_view frames) {
        there = there && client.write(frames);
        if (!there) serving.close();  // what it asked for and was not begun is not begun
    });

    constexpr std::size_t chunk = 64u << 10;
    const auto buffer = std::make_unique<char[]>(chunk);
    while (there) {
        if ((wakes || serving.next_deadline()) && !client.readable_before(rings->fd(), milliseconds_until(serving.next_deadline()))) {
            rings->quiet();
            serving.poll();
            continue;
        }
        const ssize_t n = client.read(buffer.get(), chunk);
        if (n < 0) return 1;
        if (n == 0) serving.finish();
        serving.serve({buffer.get(), static_cast<std::size_t>(n)});
        if (n == 0) break;
    }
    const auto end = server::clock::now() + drain_time;
    while (there && serving.calls_in_flight() > 0) {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(end - server::clock::now()).count();
        if (left <= 0) break;
        pollfd rung{rings->fd(), POLLIN, 0};
        ::poll(&rung, 1, static_cast<int>((std::min)(left, decltype(left){60'000})));
        rings->quiet();
        serving.poll();
    }
    return 0;
}

}  // namespace detail

/// Serves what is offered to the client at standard input and output until that closes either. 0 when it did, 1 when the
/// streams could not be used. Tools run on the calling thread, one after the other, or where the executor runs them: then
/// other messages are served meanwhile, a call can be cancelled, and at the end of the input it waits for
/// `server_options::drain_time`. While it serves, standard input and output are the protocol's: what is printed goes to
/// standard error, and there is nothing to read.
inline int serve_stdio(offer what, server_options options = {}) {
    const bool elsewhere = static_cast<bool>(options.executor);
    const auto drain_time = options.drain_time;
    server serving(std::move(what), std::move(options));
    return detail::serve_stdio(serving, elsewhere, drain_time);
}
/// The same with an offer that changes.
inline int serve_stdio(std::shared_ptr<live_offer> what, server_options options = {}) {
    const auto drain_time = options.drain_time;
    server serving(std::move(what), std::move(options));
    return detail::serve_stdio(serving, true, drain_time);
}
/// The same with tools alone.
inline int serve_stdio(toolset tools, server_options options = {}) {
    return serve_stdio(offer::of(std::move(tools)), std::move(options));
}

}  // namespace haft::inline v0::mcp

#endif  // HAFT_MCP_TRANSPORT_STDIO_HPP
