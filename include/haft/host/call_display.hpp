// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_HOST_CALL_DISPLAY_HPP
#define HAFT_HOST_CALL_DISPLAY_HPP

/// A call as a person at a terminal sees it: how far it is, and what it says. POSIX.

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/text.hpp>
#include <haft/host/terminal.hpp>
#include <haft/json/number.hpp>
#include <haft/tool/call_context.hpp>

#include <cstddef>
#include <cstdio>
#include <initializer_list>
#include <string>
#include <string_view>

#include <unistd.h>

namespace haft::inline v0::host {

/// Writes to standard error what a running tool tells: progress as a bar where that is a terminal, and elsewhere not at all; messages
/// as `warning: …`.
class call_display final : public call_listener {
public:
    explicit call_display(const terminal& t) : terminal_(t), moves_(::isatty(STDERR_FILENO) == 1) {}
    call_display(const call_display&) = delete;
    call_display& operator=(const call_display&) = delete;
    ~call_display() { clear(); }

    HAFT_COLD void on_progress(const progress& p) override {
        if (!moves_ || !json::is_finite(p.done)) return;
        const bool known = json::is_finite(p.total) && p.total > 0;
        const double part = known ? within(p.done / p.total, 0, 1) : 0;
        std::string line = known ? decimal(static_cast<unsigned>(part * 100)) + '%' : counted(p.done);
        if (!p.message.empty()) append_echo(line += ' ', p.message);
        if (line == last_) return;  // nothing that would show
        last_ = line;
        std::string bar;
        if (known) {
            constexpr std::size_t width = 30;
            const auto full = static_cast<std::size_t>(part * static_cast<double>(width));
            bar.append("[").append(full, '#').append(width - full, ' ').append("] ");
        }
        write({"\r", first_columns(bar += line, terminal_.width - 1), "\x1b[K"});
        drawn_ = true;
    }
    HAFT_COLD void on_log(log_level level, std::string_view message) override {
        clear();
        const std::string_view name = name_of(level);
        std::string line = level >= log_level::error     ? terminal_.bad(name)
                           : level >= log_level::warning ? terminal_.warn(name)
                                                         : terminal_.dim(name);
        append_echo(line += ": ", message, 4000);
        write({line, "\n"});
    }
    /// Takes the bar away, so that the result can be written.
    HAFT_COLD void clear() {
        if (drawn_) write({"\r\x1b[K"});
        drawn_ = false;
    }

private:
    static double within(double value, double least, double most) {
        return value < least ? least : value > most ? most : value;
    }
    HAFT_COLD static std::string counted(double done) {
        char digits[40];
        const int n = std::snprintf(digits, sizeof digits, "%.0f", within(done, -1e18, 1e18));
        return {digits, static_cast<std::size_t>(n)};
    }
    static std::string_view first_columns(std::string_view text, std::size_t columns) {
        std::size_t n = 0, end = 0;
        for (; end < text.size(); ++end)
            if ((static_cast<unsigned char>(text[end]) & 0xC0u) != 0x80u && n++ == columns) break;
        return text.substr(0, end);
    }
    HAFT_COLD static void write(std::initializer_list<std::string_view> parts) {
        const std::string text = concat(parts);  // in one write, whole also among those of others
        std::fflush(stdout);
        std::fwrite(text.data(), 1, text.size(), stderr);
        std::fflush(stderr);
    }

    const terminal& terminal_;
    bool moves_;
    bool drawn_ = false;
    std::string last_;
};

}  // namespace haft::inline v0::host

#endif  // HAFT_HOST_CALL_DISPLAY_HPP
