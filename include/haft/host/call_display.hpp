// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_HOST_CALL_DISPLAY_HPP
#define HAFT_HOST_CALL_DISPLAY_HPP

/// A call as a person at a terminal sees it: how far it is, what it says, and what it gives besides text. Ctrl-C asks it to
/// stop. POSIX.

#include <haft/core/error.hpp>
#include <haft/core/result.hpp>
#include <haft/core/text.hpp>
#include <haft/host/terminal.hpp>
#include <haft/json/number.hpp>
#include <haft/tool/block_text.hpp>
#include <haft/tool/call_context.hpp>
#include <haft/tool/content.hpp>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <cstddef>
#include <cstdio>
#include <cstring>
#include <string>
#include <string_view>
#include <variant>

#include <signal.h>
#include <unistd.h>

namespace haft::inline v0::host {

/// While it lives, the first Ctrl-C asks for a stop; the second ends the program. One at a time.
class stop_on_interrupt {
public:
    stop_on_interrupt() {
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

/// Writes to standard error what a running tool tells: progress as a bar on a terminal, elsewhere as lines, one for each
/// whole percent at most; messages as `warning: …`.
class call_display final : public call_listener {
public:
    explicit call_display(const terminal& t) : terminal_(t), moves_(::isatty(STDERR_FILENO) == 1) {}
    call_display(const call_display&) = delete;
    call_display& operator=(const call_display&) = delete;
    ~call_display() { clear(); }

    void on_progress(const progress& p) override {
        if (!json::is_finite(p.done)) return;
        const bool known = json::is_finite(p.total) && p.total > 0;
        const double part = known ? (std::clamp)(p.done / p.total, 0.0, 1.0) : 0;
        const auto percent = static_cast<unsigned>(part * 100);
        std::string line = known ? std::to_string(percent) + "%" : counted(p.done);
        if (!p.message.empty()) append_echo(line += ' ', p.message);
        if (line == last_) return;  // nothing that would show
        last_ = line;
        if (!moves_) return write(line += '\n');
        if (known) {
            constexpr std::size_t width = 30;
            const auto full = static_cast<std::size_t>(part * static_cast<double>(width));
            line = "[" + std::string(full, '#') + std::string(width - full, ' ') + "] " + line;
        }
        write("\r" + first_columns(line, terminal_.width - 1) + "\x1b[K");
        drawn_ = true;
    }
    void on_log(log_level level, std::string_view message) override {
        clear();
        constexpr std::array<std::string_view, 8> names{"debug", "info",     "notice", "warning",
                                                        "error", "critical", "alert",  "emergency"};
        const std::string name(names[static_cast<unsigned>(level)]);
        std::string line = level >= log_level::error     ? terminal_.bad(name)
                           : level >= log_level::warning ? terminal_.warn(name)
                                                         : terminal_.dim(name);
        append_echo(line += ": ", message, 4000);
        write(line += '\n');
    }
    /// Takes the bar away, so that the result can be written.
    void clear() {
        if (drawn_) write("\r\x1b[K");
        drawn_ = false;
    }

private:
    static std::string counted(double done) {
        std::array<char, 40> digits{};
        const int n = std::snprintf(digits.data(), digits.size(), "%.0f", (std::clamp)(done, -1e18, 1e18));
        return {digits.data(), static_cast<std::size_t>(n)};
    }
    static std::string first_columns(const std::string& text, std::size_t columns) {
        std::size_t n = 0, end = 0;
        for (; end < text.size(); ++end)
            if ((static_cast<unsigned char>(text[end]) & 0xC0u) != 0x80u && n++ == columns) break;
        return text.substr(0, end);
    }
    static void write(const std::string& text) {
        std::fflush(stdout);
        std::fwrite(text.data(), 1, text.size(), stderr);
        std::fflush(stderr);
    }

    const terminal& terminal_;
    bool moves_;
    bool drawn_ = false;
    std::string last_;
};

/// Writes the bytes of a block to a new file `folder/stem-number.png` (or what its type is); gives the file's name, "" for a
/// block that has none. A file that is there already is an error and stays.
inline result<std::string> save_block(const content_block& block, std::string_view folder, std::string_view stem,
                                      std::size_t number) {
    std::string_view bytes;
    std::string_view type;
    if (const auto* picture = std::get_if<image>(&block)) {
        bytes = picture->bytes, type = picture->mime_type;
    } else if (const auto* sound = std::get_if<audio>(&block)) {
        bytes = sound->bytes, type = sound->mime_type;
    } else if (const auto* whole = std::get_if<resource>(&block)) {
        const auto* blob = std::get_if<1>(&whole->contents);
        if (!blob) return std::string();
        bytes = haft::detail::bytes_of(*blob), type = whole->mime_type;
    } else {
        return std::string();
    }
    struct ending {
        std::string_view type, text;
    };
    constexpr std::array<ending, 10> endings{{{"image/png", ".png"},
                                              {"image/jpeg", ".jpg"},
                                              {"image/gif", ".gif"},
                                              {"image/webp", ".webp"},
                                              {"image/svg+xml", ".svg"},
                                              {"audio/wav", ".wav"},
                                              {"audio/mpeg", ".mp3"},
                                              {"audio/ogg", ".ogg"},
                                              {"application/pdf", ".pdf"},
                                              {"application/zip", ".zip"}}};
    const auto known = std::find_if(endings.begin(), endings.end(), [&](const ending& e) { return e.type == type; });
    std::string file(folder);
    file.append("/").append(stem).append("-").append(std::to_string(number));
    file += known == endings.end() ? std::string_view(".bin") : known->text;
    errno = 0;
    std::FILE* const to = std::fopen(file.c_str(), "wbx");
    const bool written = to && std::fwrite(bytes.data(), 1, bytes.size(), to) == bytes.size();
    const int why = errno;
    if ((to && std::fclose(to) != 0) || !written)
        return error{errc::tool_failed, "can't write " + file + ": " + std::strerror(why ? why : errno)};
    return file;
}

}  // namespace haft::inline v0::host

#endif  // HAFT_HOST_CALL_DISPLAY_HPP
