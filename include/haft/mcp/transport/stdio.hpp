// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_MCP_TRANSPORT_STDIO_HPP
#define HAFT_MCP_TRANSPORT_STDIO_HPP

/// MCP over standard input and output (basic/transports, "stdio"), POSIX.

#include <haft/mcp/server.hpp>

#include <cerrno>
#include <cstddef>
#include <cstdio>
#include <memory>
#include <string_view>

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <unistd.h>

namespace haft::inline v0::mcp {

namespace detail {

/// Keeps standard output for frames alone: while it lives, whatever a tool, a library or a child process prints there
/// goes to standard error, and a client that went away is an error of write, not a signal.
class private_stdout {
public:
    private_stdout() {
        std::fflush(stdout);
        fd_ = ::fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3);
        if (fd_ >= 0) ::dup2(STDERR_FILENO, STDOUT_FILENO);
        struct sigaction ignore {};
        ignore.sa_handler = SIG_IGN;
        ::sigaction(SIGPIPE, &ignore, &before_);
    }
    private_stdout(const private_stdout&) = delete;
    private_stdout& operator=(const private_stdout&) = delete;
    ~private_stdout() {
        std::fflush(stdout);  // what a tool printed, while it still goes to standard error
        if (fd_ >= 0) {
            ::dup2(fd_, STDOUT_FILENO);
            ::close(fd_);
        }
        ::sigaction(SIGPIPE, &before_, nullptr);
    }

    bool open() const noexcept { return fd_ >= 0; }

    /// False when the reader has gone.
    bool write(std::string_view bytes) const noexcept {
        while (!bytes.empty()) {
            const ssize_t n = ::write(fd_, bytes.data(), bytes.size());
            if (n > 0) {
                bytes.remove_prefix(static_cast<std::size_t>(n));
            } else if (n < 0 && errno == EAGAIN) {  // somebody made the pipe non-blocking
                pollfd ready{fd_, POLLOUT, 0};
                ::poll(&ready, 1, -1);
            } else if (n < 0 && errno != EINTR) {
                return false;
            }
        }
        return true;
    }

private:
    int fd_ = -1;
    struct sigaction before_ {};
};

}  // namespace detail

/// Serves the tools to the client at standard input and output until that closes either. 0 when it did, 1 when the
/// streams could not be used. Tools run on the calling thread, one after the other; while it serves, standard output is
/// the protocol's and what is printed goes to standard error.
inline int serve_stdio(toolset tools, server_options options = {}) {
    options.executor = {};
    server serving(std::move(tools), std::move(options));
    const detail::private_stdout out;
    if (!out.open()) return 1;
    bool reader_there = true;
    serving.on_output([&](std::string_view frames) { reader_there = reader_there && out.write(frames); });

    constexpr std::size_t chunk = 64u << 10;
    const auto buffer = std::make_unique<char[]>(chunk);
    while (reader_there) {
        const ssize_t n = ::read(STDIN_FILENO, buffer.get(), chunk);
        if (n > 0) {
            serving.receive({buffer.get(), static_cast<std::size_t>(n)});
            serving.poll();
        } else if (n == 0) {
            serving.finish();
            serving.poll();
            return 0;
        } else if (errno == EAGAIN) {
            pollfd ready{STDIN_FILENO, POLLIN, 0};
            ::poll(&ready, 1, -1);
        } else if (errno != EINTR) {
            return 1;
        }
    }
    return 0;
}

}  // namespace haft::inline v0::mcp

#endif  // HAFT_MCP_TRANSPORT_STDIO_HPP
