// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_HOST_LINE_SOURCE_HPP
#define HAFT_HOST_LINE_SOURCE_HPP

/// Where the lines of a chat come from: a person at a terminal, or whatever standard input is. POSIX.

#include <haft/core/config.hpp>
#include <haft/host/interrupt.hpp>

#include <cerrno>
#include <cstddef>
#include <cstdio>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include <poll.h>
#include <unistd.h>

namespace haft::inline v0::host {

/// What was read.
struct read_line {
    enum class kind : unsigned char {
        line,         ///< `text`, without its line break
        end,          ///< there are no more; at a terminal somebody has pressed Ctrl-D
        interrupted,  ///< somebody has pressed Ctrl-C; what was typed is dropped
    };
    kind what = kind::end;
    std::string text = {};
};

/// Proposals for the end of a line: each stands for what is there from byte `from` on.
struct line_completions {
    std::size_t from = 0;
    std::vector<std::string> values = {};
};
using line_completer = std::function<line_completions(std::string_view line)>;

/// Reads lines, one after the other, on one thread.
class line_source {
public:
    virtual ~line_source() = default;
    virtual read_line read(std::string_view prompt) = 0;
    /// Whether somebody sits there, who can be asked.
    virtual bool is_person() const noexcept = 0;
    /// What Tab proposes from now on, where there is a Tab.
    virtual void complete_by(line_completer) {}
    /// What was said before, for who wants to say it again.
    virtual void remember(std::string_view) {}
};

/// The next byte of a descriptor: 1, 0 at its end or where it can't be read, -1 when Ctrl-C came first.
HAFT_COLD inline int next_byte(int from, const interrupt_flag& interrupted, char& byte) {
    for (;;) {
        if (interrupted.raised()) return -1;
        pollfd waits{from, POLLIN, 0};
        constexpr int milliseconds = 100;  // how late a Ctrl-C may be heard that came just before the wait
        if (::poll(&waits, 1, milliseconds) <= 0) continue;
        const ssize_t n = ::read(from, &byte, 1);
        if (n == 1) return 1;
        if (n == 0 || (errno != EINTR && errno != EAGAIN)) return 0;
    }
}

/// Standard input as it comes. To a person it shows the prompt, on standard output or elsewhere.
class plain_lines final : public line_source {
public:
    explicit plain_lines(std::FILE* shows = stdout) : shows_(shows), person_(::isatty(STDIN_FILENO) == 1) {}

    HAFT_COLD read_line read(std::string_view prompt) override {
        const interrupt_flag interrupted;  // before the prompt, which somebody may answer at once
        if (person_) {
            std::fwrite(prompt.data(), 1, prompt.size(), shows_);
            std::fflush(shows_);
        }
        read_line out{read_line::kind::line, {}};
        for (char byte = 0;;) {
            const int got = next_byte(STDIN_FILENO, interrupted, byte);
            if (got < 0) return {read_line::kind::interrupted, {}};
            if (got == 0 && out.text.empty()) return {read_line::kind::end, {}};
            if (got == 0 || byte == '\n') break;
            out.text += byte;
        }
        if (out.text.ends_with('\r')) out.text.pop_back();
        return out;
    }
    bool is_person() const noexcept override { return person_; }

private:
    std::FILE* shows_;
    bool person_;
};

}  // namespace haft::inline v0::host

#endif  // HAFT_HOST_LINE_SOURCE_HPP
