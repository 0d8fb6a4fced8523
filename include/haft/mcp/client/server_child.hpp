// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_MCP_CLIENT_SERVER_CHILD_HPP
#define HAFT_MCP_CLIENT_SERVER_CHILD_HPP

/// The process of an MCP server: how it is started and with which environment, its three streams, its end.

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/result.hpp>
#include <haft/core/text.hpp>
#include <haft/mcp/client/server_link.hpp>
#include <haft/os/descriptor.hpp>
#include <haft/os/find_program.hpp>
#include <haft/os/quiet_write.hpp>
#include <haft/os/spawn.hpp>
#include <haft/os/variables.hpp>

#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstddef>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include <poll.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>
#if defined(__linux__)
#include <sys/syscall.h>
#endif

namespace haft::inline v0::mcp {

/// What a server has of this process's environment without being given it: what programs need to find their files and the
/// person's language, and no key of anybody's (the official SDKs' list, and the locale, the time zone and the folder for temporary
/// files).
inline constexpr std::array<std::string_view, 10> inherited_variables{"HOME", "LANG", "LC_ALL", "LOGNAME", "PATH",
                                                                      "SHELL", "TERM", "TMPDIR", "TZ", "USER"};

/// A program that is an MCP server, and how it is started.
struct server_command {
    std::string program = {};  ///< a name that is looked for in PATH, or a path
    std::vector<std::string> arguments = {};
    std::vector<std::pair<std::string, std::string>> environment = {};  ///< beside the inherited ones, or instead of them
    std::filesystem::path folder = {};                                  ///< where it runs; "": where this program does
    environment_function variables = process_environment;               ///< where the inherited ones come from
};

namespace detail {

HAFT_COLD inline std::vector<std::string> environment_of(const server_command& what, std::string& path) {
    std::vector<std::string> out;
    const auto given = [&](std::string_view name) {
        for (const auto& [known, value] : what.environment)
            if (known == name) return true;
        return false;
    };
    const auto add = [&](std::string_view name, std::string_view value) {
        if (name == "PATH") path = value;
        out.push_back(concat({name, "=", value}));
    };
    for (const std::string_view name : inherited_variables) {
        if (given(name)) continue;
        const std::optional<std::string> value = what.variables(name);
        if (value && !value->starts_with("()")) add(name, *value);  // a shell's function is code
    }
    for (const auto& [name, value] : what.environment) add(name, value);
    return out;
}

}  // namespace detail

/// Written to from any thread; waited on by one. Its process is gone when `end` has returned or this is destroyed.
class server_child final : public server_link {
public:
    /// An error (E0423) says what is missing.
    HAFT_COLD static result<std::unique_ptr<server_link>> start(const server_command& what, std::string_view server) {
        const auto no = [&](std::string_view why) {
            return error{errc::server_not_started, concat({"MCP server ", in_quotes(server), " can't be started: ", why})};
        };
        for (const auto& [name, value] : what.environment)
            if (name.empty() || name.find('=') != name.npos || name.find('\0') != name.npos || value.find('\0') != value.npos)
                return no(concat({"its environment has the name ", in_quotes(name), ", which can't be one, or a value with a NUL byte"}));
        for (const std::string& one : what.arguments)
            if (one.find('\0') != one.npos) return no(concat({"its argument ", in_quotes(one), " has a NUL byte"}));
        std::error_code problem;
        if (!what.folder.empty() && !std::filesystem::is_directory(what.folder, problem))
            return no(concat({"there is no folder ", what.folder.string(), " to run it in"}));
        std::string path;
        const std::vector<std::string> environment = detail::environment_of(what, path);
        const result<std::filesystem::path> program = find_program(what.program, path, what.folder);
        if (!program) return no(program.error().message);
        std::vector<std::string> argv{what.program};
        argv.insert(argv.end(), what.arguments.begin(), what.arguments.end());

        haft::detail::pipe_ends in, out, errors, wake;
        for (haft::detail::pipe_ends* const one : {&in, &out, &errors, &wake})
            if (!haft::detail::open_pipe(*one)) return no(concat({"no pipe can be made: ", std::generic_category().message(errno)}));
        const haft::detail::spawn_request request{.file = program->string(),
                                                  .argv = &argv,
                                                  .environment = &environment,
                                                  .folder = what.folder.string(),
                                                  .input = in.read.number(),
                                                  .output = out.write.number(),
                                                  .errors = errors.write.number()};
        pid_t child = 0;
        if (const int failed = haft::detail::spawn(request, child); failed != 0)
            return no(concat({program->string(), ": ", std::generic_category().message(failed),
                              failed == ENOENT ? " (the file, or the interpreter that its first line names)" : ""}));
        in.read.close(), out.write.close(), errors.write.close();
        auto parts = std::make_unique<state>(child);
        parts->in = std::move(in.write);
        parts->out = std::move(out.read);
        parts->errors = std::move(errors.read);
        parts->wake = std::move(wake);
        for (const haft::detail::descriptor* one : {&parts->in, &parts->out, &parts->errors, &parts->wake.read, &parts->wake.write})
            haft::detail::never_blocks(*one);
        return std::unique_ptr<server_link>(new server_child(std::move(parts)));
    }

    /// Bytes for its standard input. Never blocks; they are sent by whoever waits.
    HAFT_COLD void write(std::string_view bytes) override {
        if (bytes.empty()) return;
        {
            const std::lock_guard lock(parts_->mutex);
            parts_->to_send += bytes;
        }
        parts_->wake_up();
    }
    /// The last lines of its standard error.
    HAFT_COLD std::string last_words() const override {
        const std::lock_guard lock(parts_->mutex);
        std::string out = parts_->tail;
        while (!out.empty() && (out.back() == '\n' || out.back() == ' ')) out.pop_back();
        return out;
    }
    /// It is to end: wait_and_move gives false from now on.
    HAFT_COLD void ask_to_end(std::chrono::milliseconds grace) override {
        {
            const std::lock_guard lock(parts_->mutex);
            parts_->ending = true;
            parts_->grace = grace;
        }
        parts_->wake_up();
    }

    /// Waits until something moves; sends, reads. `out` has what came from its standard output, if anything. False: there is nothing
    /// more to come, or it is to end.
    HAFT_COLD bool wait_and_move(std::string& out) override {
        state& s = *parts_;
        if (s.is_ending()) return false;
        std::array<pollfd, 4> ends{};
        nfds_t count = 0;
        const auto watch = [&](const haft::detail::descriptor& which, short what) {
            if (which) ends[count++] = {which.number(), what, 0};
        };
        watch(s.out, POLLIN), watch(s.errors, POLLIN), watch(s.wake.read, POLLIN);
        if (s.has_to_send()) watch(s.in, POLLOUT);
        ::poll(ends.data(), count, -1);
        s.drain_wake();
        if (s.is_ending()) return false;
        s.feed();
        s.read_errors();
        return s.read_output(out);
    }
    /// Ends it: closes its input, and waits for `grace`; then SIGTERM, and again; then SIGKILL, for all of its process group. Reaps it.
    /// `ended with exit code 3`, `was ended by signal 6`.
    HAFT_COLD std::string end() override { return parts_->end(); }

private:
    struct state {
        explicit state(pid_t c) : child(c) {}
        state(const state&) = delete;
        state& operator=(const state&) = delete;
        ~state() {
            if (!reaped) {
                kill_group(SIGKILL);
                int status = 0;
                while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {}
            }
        }

        static constexpr std::size_t most_tail = 2000;

        const pid_t child;
        haft::detail::descriptor in, out, errors;
        haft::detail::pipe_ends wake;
        bool reaped = false;

        mutable std::mutex mutex;
        std::string to_send, tail;
        bool ending = false;
        std::chrono::milliseconds grace{2000};

        void kill_group(int signal) const noexcept {
            ::kill(-child, signal);
            if (::getpgid(child) != child) ::kill(child, signal);  // not reaped yet, so the number is its own
        }
        void wake_up() const noexcept {
            if (wake.write) [[maybe_unused]] const ssize_t n = ::write(wake.write.number(), "x", 1);
        }
        void drain_wake() const noexcept {
            std::array<char, 256> piece;
            while (::read(wake.read.number(), piece.data(), piece.size()) > 0) {}
        }
        bool is_ending() const {
            const std::lock_guard lock(mutex);
            return ending;
        }
        bool has_to_send() const {
            const std::lock_guard lock(mutex);
            return !to_send.empty();
        }
        void feed() {
            const std::lock_guard lock(mutex);
            std::size_t sent = 0;
            while (in && sent < to_send.size()) {
                const ssize_t n = haft::detail::quiet_write(in.number(), std::string_view(to_send).substr(sent));
                if (n > 0) sent += static_cast<std::size_t>(n);
                else if (n < 0 && errno == EINTR) continue;
                else {
                    if (n < 0 && errno != EAGAIN) in.close();  // it does not hear any more; its output tells the rest
                    break;
                }
            }
            if (in) to_send.erase(0, sent);
            else to_send.clear();
        }
        /// Some of it; true if there was any.
        bool read_errors() {
            if (!errors) return false;
            std::array<char, 16384> piece;
            const ssize_t n = ::read(errors.number(), piece.data(), piece.size());
            if (n == 0 || (n < 0 && errno != EAGAIN && errno != EINTR)) errors.close();
            if (n <= 0) return false;
            const std::lock_guard lock(mutex);
            tail.append(piece.data(), static_cast<std::size_t>(n));
            if (tail.size() > most_tail) tail.erase(0, tail.size() - most_tail);
            return true;
        }
        bool read_output(std::string& to) {
            std::array<char, 65536> piece;
            const ssize_t n = ::read(out.number(), piece.data(), piece.size());
            if (n > 0) to.append(piece.data(), static_cast<std::size_t>(n));
            return n > 0 || (n < 0 && (errno == EAGAIN || errno == EINTR));
        }
        /// Whether it ended within that time, without reaping it.
        bool ends_within(std::chrono::milliseconds limit) {
            const auto end = std::chrono::steady_clock::now() + limit;
#if defined(SYS_pidfd_open)
            const haft::detail::descriptor watched(static_cast<int>(::syscall(SYS_pidfd_open, child, 0)));
#else
            const haft::detail::descriptor watched;
#endif
            for (;;) {
                siginfo_t about{};
                const int asked = ::waitid(P_PID, static_cast<id_t>(child), &about, WEXITED | WNOHANG | WNOWAIT);
                if ((asked == 0 && about.si_pid == child) || (asked < 0 && errno != EINTR)) return true;
                const auto left = std::chrono::ceil<std::chrono::milliseconds>(end - std::chrono::steady_clock::now()).count();
                if (left <= 0) return false;
                std::array<pollfd, 3> ends{};
                nfds_t count = 0;
                if (watched) ends[count++] = {watched.number(), POLLIN, 0};
                if (errors) ends[count++] = {errors.number(), POLLIN, 0};
                if (out) ends[count++] = {out.number(), POLLIN, 0};
                ::poll(ends.data(), count, static_cast<int>(left < 20 || watched ? left : 20));
                read_errors();
                std::string dropped;  // or it could not write its last words
                if (out && !read_output(dropped)) out.close();
            }
        }
        std::string end() {
            if (reaped) return "has ended";
            feed();
            in.close();
            if (!ends_within(grace)) {
                kill_group(SIGTERM), kill_group(SIGCONT);
                if (!ends_within(grace)) kill_group(SIGKILL);
            }
            if (!ends_within(std::chrono::hours(1))) kill_group(SIGKILL);
            kill_group(SIGKILL);  // who is left in its group goes with it
            for (int round = 0; round < 64 && read_errors(); ++round) {}
            int status = 0;
            pid_t got = 0;
            while ((got = ::waitpid(child, &status, 0)) < 0 && errno == EINTR) {}
            reaped = true;
            if (got < 0) return "is gone, and how is lost: somebody else waits for children of this process";
            if (WIFSIGNALED(status)) return concat({"was ended by signal ", std::to_string(WTERMSIG(status))});
            return concat({"ended with exit code ", std::to_string(WEXITSTATUS(status))});
        }
    };

    explicit server_child(std::unique_ptr<state> parts) : parts_(std::move(parts)) {}
    std::unique_ptr<state> parts_;
};

}  // namespace haft::inline v0::mcp

#endif  // HAFT_MCP_CLIENT_SERVER_CHILD_HPP
