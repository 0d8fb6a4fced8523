// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_HOST_TERMINAL_HPP
#define HAFT_HOST_TERMINAL_HPP

/// How to write for a reader who may be a person: colour where that is a terminal, lines that fit it. POSIX.

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>

#include <cstddef>
#include <cstdlib>
#include <string>
#include <string_view>

#include <sys/ioctl.h>
#include <unistd.h>

namespace haft::inline v0::host {

/// When there is colour.
enum class colouring : unsigned char { on_terminals, always, never };

/// How to write for one file descriptor.
struct terminal {
    bool colour = false;
    std::size_t width = 100;

    /// Colour only on a terminal that wants it (no-color.org), unless it is asked for or against; the width that it has, else 100
    /// columns.
    HAFT_COLD static terminal of(int fd, colouring how = colouring::on_terminals) {
        terminal t;
        const char* const kind = std::getenv("TERM");
        const char* const plain = std::getenv("NO_COLOR");
        const bool is_terminal = ::isatty(fd) == 1;
        const bool wants_any = is_terminal && !(plain && *plain) && kind && std::string_view(kind) != "dumb";
        t.colour = how == colouring::always || (how == colouring::on_terminals && wants_any);
        winsize size{};
        if (is_terminal && ::ioctl(fd, TIOCGWINSZ, &size) == 0 && size.ws_col >= 40) t.width = size.ws_col;
        return t;
    }

    HAFT_COLD std::string paint(std::string_view code, std::string_view text) const {
        return colour ? concat({"\x1b[", code, "m", text, "\x1b[0m"}) : std::string(text);
    }
    std::string bold(std::string_view text) const { return paint("1", text); }
    std::string dim(std::string_view text) const { return paint("2", text); }
    std::string name(std::string_view text) const { return paint("1;36", text); }
    std::string good(std::string_view text) const { return paint("32", text); }
    std::string bad(std::string_view text) const { return paint("1;31", text); }
    std::string warn(std::string_view text) const { return paint("33", text); }
};

}  // namespace haft::inline v0::host

#endif  // HAFT_HOST_TERMINAL_HPP
