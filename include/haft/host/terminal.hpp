// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_HOST_TERMINAL_HPP
#define HAFT_HOST_TERMINAL_HPP

/// Text for people's eyes: colour where the reader is a terminal, tables that fit it, JSON over several lines. POSIX.

#include <haft/core/text.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include <sys/ioctl.h>
#include <unistd.h>

namespace haft::inline v0::host {

/// How to write for one file descriptor.
struct terminal {
    bool colour = false;
    std::size_t width = 100;

    /// Colour only on a terminal that wants it (no-color.org); the width that it has, else 100 columns.
    static terminal of(int fd) {
        terminal t;
        const char* const kind = std::getenv("TERM");
        const char* const plain = std::getenv("NO_COLOR");
        const bool is_terminal = ::isatty(fd) == 1;
        t.colour = is_terminal && !(plain && *plain) && kind && std::string_view(kind) != "dumb";
        winsize size{};
        if (is_terminal && ::ioctl(fd, TIOCGWINSZ, &size) == 0 && size.ws_col >= 40) t.width = size.ws_col;
        return t;
    }

    std::string paint(std::string_view code, std::string_view text) const {
        if (!colour) return std::string(text);
        return std::string("\x1b[").append(code).append("m").append(text).append("\x1b[0m");
    }
    std::string bold(std::string_view text) const { return paint("1", text); }
    std::string dim(std::string_view text) const { return paint("2", text); }
    std::string name(std::string_view text) const { return paint("1;36", text); }
    std::string good(std::string_view text) const { return paint("32", text); }
    std::string bad(std::string_view text) const { return paint("1;31", text); }
    std::string warn(std::string_view text) const { return paint("33", text); }
};

/// Breaks text into lines of at most `width` columns (code points), at blanks where there are any.
inline std::vector<std::string> wrap(std::string_view text, std::size_t width) {
    std::vector<std::string> lines;
    std::string line;
    std::size_t columns = 0;
    const auto end_line = [&] { lines.push_back(std::move(line)), line.clear(), columns = 0; };
    for (std::size_t i = 0; i < text.size();) {
        if (text[i] == '\n') {
            end_line();
            ++i;
            continue;
        }
        if (text[i] == ' ') {
            ++i;
            continue;
        }
        const std::size_t end = (std::min)(text.find_first_of(" \n", i), text.size());
        const std::string_view word = text.substr(i, end - i);
        const std::size_t length = count_code_points(word);
        if (columns && columns + 1 + length > width) end_line();
        if (columns) line += ' ', ++columns;
        line += word;
        columns += length;
        i = end;
    }
    if (columns || lines.empty()) end_line();
    return lines;
}

/// Rows under headings. The last column takes the room that is left and is broken into lines; the others are as wide as
/// their contents.
class table {
public:
    explicit table(std::vector<std::string> headings) : headings_(std::move(headings)) {}
    void row(std::vector<std::string> cells) { rows_.push_back(std::move(cells)); }

    std::string text(const terminal& t) const {
        const std::size_t columns = headings_.size();
        std::vector<std::size_t> widths(columns);
        std::size_t fixed = 0;
        for (std::size_t c = 0; c < columns; ++c) {
            widths[c] = count_code_points(headings_[c]);
            for (const auto& row : rows_) widths[c] = (std::max)(widths[c], count_code_points(row[c]));
            if (c + 1 < columns) fixed += widths[c] + 2;
        }
        widths.back() = t.width > fixed + 24 ? t.width - fixed : 24;
        std::string out;
        for (std::size_t c = 0; c < columns; ++c) {
            const std::string padded =
                c + 1 < columns ? headings_[c] + std::string(widths[c] - count_code_points(headings_[c]) + 2, ' ')
                                : headings_[c];
            out += t.dim(padded);
        }
        out += '\n';
        for (const auto& row : rows_) {
            const std::vector<std::string> lines = wrap(row.back(), widths.back());
            for (std::size_t l = 0; l < lines.size(); ++l) {
                for (std::size_t c = 0; c + 1 < columns; ++c) {
                    const std::string cell = l == 0 ? row[c] : std::string();
                    const std::string padded = cell + std::string(widths[c] - count_code_points(cell) + 2, ' ');
                    out += c == 0 && l == 0 ? t.name(padded) : padded;
                }
                out += lines[l];
                while (!out.empty() && out.back() == ' ') out.pop_back();
                out += '\n';
            }
        }
        return out;
    }

private:
    std::vector<std::string> headings_;
    std::vector<std::vector<std::string>> rows_;
};

/// JSON over several lines; short objects and arrays stay on one. Requires JSON.
inline std::string pretty_json(std::string_view json, const terminal& t, std::size_t indent = 0) {
    // The end of the value that begins at i, and whether it fits on a line
    const auto end_of = [&](std::size_t i) {
        int depth = 0;
        for (bool quoted = false; i < json.size(); ++i) {
            const char c = json[i];
            if (quoted) {
                if (c == '\\') ++i;
                else if (c == '"') quoted = false;
            } else if (c == '"') {
                quoted = true;
            } else if (c == '{' || c == '[') {
                ++depth;
            } else if (c == '}' || c == ']') {
                if (--depth == 0) return i + 1;
            }
        }
        return i;
    };
    std::string out(indent, ' ');
    std::size_t level = 0;
    std::size_t flat_until = 0;
    const auto line = [&] { out += '\n', out.append(indent + level * 2, ' '); };
    for (std::size_t i = 0; i < json.size(); ++i) {
        const char c = json[i];
        if (c == '"') {
            std::size_t j = i + 1;
            for (; j < json.size() && json[j] != '"'; ++j)
                if (json[j] == '\\') ++j;
            const std::string_view text = json.substr(i, j + 1 - i);
            const bool key = j + 1 < json.size() && json[j + 1] == ':';
            out += key ? t.paint("36", text) : t.paint("32", text);
            i = j;
        } else if (i < flat_until) {
            out += c;
            if (c == ',' || c == ':') out += ' ';
        } else if (c == '{' || c == '[') {
            const std::size_t end = end_of(i);
            out += c;
            if (end - i <= 68 && indent + level * 2 + (end - i) <= t.width) {
                flat_until = end;
            } else {
                ++level;
                line();
            }
        } else if (c == '}' || c == ']') {
            --level;
            line();
            out += c;
        } else if (c == ',') {
            out += c;
            line();
        } else {
            out += c;
            if (c == ':') out += ' ';
        }
    }
    return out;
}

}  // namespace haft::inline v0::host

#endif  // HAFT_HOST_TERMINAL_HPP
