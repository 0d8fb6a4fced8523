// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_COMMAND_COMMAND_LINE_HPP
#define HAFT_COMMAND_COMMAND_LINE_HPP

/// What somebody types taken apart: is it a command, may it be read at all, and its words. Nothing here is a shell: no
/// variable, no `*`, no `;`, no `|` means anything. [CM-04, fault 155]

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/result.hpp>
#include <haft/core/text.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace haft::inline v0 {

/// `/name and all the rest`
struct command_line {
    std::string_view name;       ///< the first word, without its `/`
    std::string_view full_args;  ///< what stands behind the first blank, as it was typed
};

constexpr bool is_line_blank(char c) noexcept { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

/// Takes a text apart that is a command: it begins with one `/` and a letter, digit or `_`, and its first word has no other
/// `/`. Nothing for what is none: `/usr/bin`, `//`, `/ `, ` /help`. A line break at the very end is dropped. [gptme's rule]
constexpr std::optional<command_line> read_command_line(std::string_view text) noexcept {
    if (text.size() < 2 || text[0] != '/') return {};
    const char c = text[1];
    const bool begins = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
                        static_cast<unsigned char>(c) >= 0x80;
    if (!begins) return {};
    text.remove_prefix(1);
    if (text.back() == '\n') text.remove_suffix(1);
    if (!text.empty() && text.back() == '\r') text.remove_suffix(1);
    std::size_t end = 0;
    while (end < text.size() && !is_line_blank(text[end])) {
        if (text[end] == '/') return {};
        ++end;
    }
    return command_line{text.substr(0, end), end < text.size() ? text.substr(end + 1) : std::string_view()};
}

/// Which character of a text a place is in, counted from 1. Requires UTF-8 before it.
HAFT_COLD constexpr std::size_t column_at(std::string_view text, std::size_t at) noexcept {
    return count_code_points(text.substr(0, at)) + 1;
}

/// Why a line can't be read at all: too long, no UTF-8, a control character (tabs and line breaks are blanks). E0300.
HAFT_COLD inline result<void> line_is_readable(std::string_view line, std::size_t most_bytes) {
    if (line.size() > most_bytes)
        return error{errc::bad_command_line, concat({"the line has ", decimal(line.size()),
                                                     " bytes; a command may have ", decimal(most_bytes)})};
    for (std::size_t i = 0; i < line.size();) {
        const auto byte = static_cast<unsigned char>(line[i]);
        const std::size_t n = utf8_length(line.data() + i, line.data() + line.size());
        const bool control = n == 1 ? (byte < 0x20 && !is_line_blank(line[i])) || byte == 0x7F
                                    : n == 2 && byte == 0xC2 && static_cast<unsigned char>(line[i + 1]) < 0xA0;
        if (n == 0 || control) {
            std::string shown;
            append_echo(shown, line.substr(i, n ? n : 1));
            return error{errc::bad_command_line,
                         concat({"the line holds ", n ? "a control character" : "a byte that is not UTF-8", ", ", shown,
                                 ", at column ", decimal(column_at(line, i))})};
        }
        i += n;
    }
    return {};
}

/// One word of a line.
struct line_word {
    std::string text = {};           ///< quotes and backslashes resolved
    std::size_t begin = 0, end = 0;  ///< where it stands
    bool quoted = false;             ///< it begins with a quote, so it is no `--option`
};

/// Takes words off a line, one by one. A quote counts where a word, or the value of an `--option=`, begins, and ends at its
/// like: "don't" needs none. Within '…' everything is itself; within "…" a backslash makes a quote or a backslash of the next
/// character, elsewhere also a blank; before any other it is itself, so that C:\dir is written as it is.
class line_words {
public:
    explicit line_words(std::string_view line) noexcept : line_(line) {}

    /// Skips blanks; false at the end of the line.
    bool more() noexcept {
        while (at_ < line_.size() && is_line_blank(line_[at_])) ++at_;
        return at_ < line_.size();
    }
    std::size_t at() const noexcept { return at_; }
    /// All that is left, as it stands.
    std::string_view take_rest() noexcept { return line_.substr(std::exchange(at_, line_.size())); }

    /// The next word; requires more(). False: a quote has no end, and `at()` is where it begins; `out` is what there is.
    HAFT_COLD bool next(line_word& out) {
        out = {.begin = at_};
        bool may_quote = true;
        bool ok = true;
        const bool dashes = line_.substr(at_).starts_with("--");
        while (at_ < line_.size() && !is_line_blank(line_[at_])) {
            const char c = line_[at_];
            if (may_quote && (c == '"' || c == '\'')) {
                if (at_ == out.begin) out.quoted = true;
                ok = quoted(c, out.text);
                if (!ok) break;
                may_quote = false;
                continue;
            }
            may_quote = dashes && c == '=' && out.text.find('=') == std::string::npos;
            if (c == '\\' && at_ + 1 < line_.size() && is_escaped(line_[at_ + 1])) ++at_;
            out.text += line_[at_++];
        }
        out.end = ok ? at_ : line_.size();
        return ok;
    }

private:
    static bool is_escaped(char c) noexcept { return c == '\\' || c == '"' || c == '\'' || is_line_blank(c); }
    bool quoted(char quote, std::string& out) {
        const std::size_t begin = at_++;
        for (; at_ < line_.size(); ++at_) {
            if (line_[at_] == quote) return ++at_, true;
            if (quote == '"' && line_[at_] == '\\' && at_ + 1 < line_.size() &&
                (line_[at_ + 1] == '"' || line_[at_ + 1] == '\\'))
                ++at_;
            out += line_[at_];
        }
        at_ = begin;
        return false;
    }

    std::string_view line_;
    std::size_t at_ = 0;
};

}  // namespace haft::inline v0

#endif  // HAFT_COMMAND_COMMAND_LINE_HPP
