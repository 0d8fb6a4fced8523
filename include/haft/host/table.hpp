// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_HOST_TABLE_HPP
#define HAFT_HOST_TABLE_HPP

/// Words in lines that fit a terminal, and rows of them under headings.

#include <haft/core/config.hpp>
#include <haft/core/text.hpp>
#include <haft/host/terminal.hpp>

#include <algorithm>
#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace haft::inline v0::host {

/// Breaks text into lines of at most `width` columns (code points), at blanks; a word that is longer than that stays whole.
HAFT_COLD inline std::vector<std::string> wrap(std::string_view text, std::size_t width) {
    std::vector<std::string> lines(1);
    std::size_t columns = 0;  // of the last line
    for (std::size_t i = 0; i < text.size();) {
        if (text[i] == '\n') {
            lines.emplace_back();
            columns = 0;
            ++i;
            continue;
        }
        if (text[i] == ' ') {
            ++i;
            continue;
        }
        std::size_t end = text.find_first_of(" \n", i);
        if (end == std::string_view::npos) end = text.size();
        const std::string_view word = text.substr(i, end - i);
        const std::size_t length = count_code_points(word);
        if (columns && columns + 1 + length > width) {
            lines.emplace_back();
            columns = 0;
        }
        if (columns) lines.back() += ' ', ++columns;
        lines.back() += word;
        columns += length;
        i = end;
    }
    if (columns == 0 && lines.size() > 1) lines.pop_back();  // what came after the last line's end
    return lines;
}

/// Rows under headings. The last column takes the room that is left and is broken into lines; the others are as wide as
/// their contents, unless that leaves the last one less than a third of the line: then the widest of them are broken into lines, too, but for the first.
class table {
public:
    HAFT_COLD explicit table(std::initializer_list<std::string_view> headings) : columns_(headings.size()) {
        row(headings);
    }
    /// Requires as many cells as there are headings.
    HAFT_COLD void row(std::initializer_list<std::string_view> cells) {
        for (const std::string_view cell : cells) cells_.emplace_back(cell);
    }

    HAFT_COLD std::string text(const terminal& t) const {
        std::vector<std::size_t> widths(columns_);
        for (std::size_t i = 0; i < cells_.size(); ++i) {
            const std::size_t width = count_code_points(cells_[i]);
            if (widths[i % columns_] < width) widths[i % columns_] = width;
        }
        std::size_t fixed = 0;
        for (std::size_t c = 0; c + 1 < columns_; ++c) fixed += widths[c] + 2;
        narrow(widths, fixed, t.width, (std::max)(least_last, t.width / 3));
        widths.back() = t.width > fixed + least_last ? t.width - fixed : least_last;
        std::string out;
        for (std::size_t c = 0; c < columns_; ++c)
            out += t.dim(c + 1 < columns_ ? padded(cells_[c], widths[c]) : cells_[c]);
        out += '\n';
        for (std::size_t first = columns_; first < cells_.size(); first += columns_) {
            std::vector<std::vector<std::string>> lines(columns_);  // of each cell
            std::size_t height = 0;
            for (std::size_t c = 0; c < columns_; ++c) {
                const std::string& cell = cells_[first + c];
                if (c + 1 < columns_ && count_code_points(cell) <= widths[c]) lines[c] = {cell};
                else lines[c] = wrap(cell, widths[c]);
                if (height < lines[c].size()) height = lines[c].size();
            }
            for (std::size_t line = 0; line < height; ++line) {
                for (std::size_t c = 0; c < columns_; ++c) {
                    const std::string_view cell = line < lines[c].size() ? std::string_view(lines[c][line]) : "";
                    if (c + 1 == columns_) out += cell;
                    else if (c == 0 && line == 0) out += t.name(padded(cell, widths[c]));
                    else out += padded(cell, widths[c]);
                }
                while (!out.empty() && out.back() == ' ') out.pop_back();
                out += '\n';
            }
        }
        return out;
    }

private:
    static constexpr std::size_t least_last = 24;
    static constexpr std::size_t least_other = 12;

    /// Takes columns from the widest ones, the first and the last left out, until the last has room or none is wide any more.
    HAFT_COLD static void narrow(std::vector<std::size_t>& widths, std::size_t& fixed, std::size_t room, std::size_t last) {
        while (fixed + last > room) {
            std::size_t widest = 0;
            for (std::size_t c = 1; c + 1 < widths.size(); ++c)
                if (widths[c] > least_other && (widest == 0 || widths[c] > widths[widest])) widest = c;
            if (widest == 0) return;
            --widths[widest], --fixed;
        }
    }
    HAFT_COLD static std::string padded(std::string_view cell, std::size_t width) {
        std::string out(cell);
        const std::size_t length = count_code_points(cell);
        out.append(length < width ? width - length + 2 : 2, ' ');
        return out;
    }

    std::size_t columns_;
    std::vector<std::string> cells_;  // row by row, the headings first
};

}  // namespace haft::inline v0::host

#endif  // HAFT_HOST_TABLE_HPP
