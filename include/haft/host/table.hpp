// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_HOST_TABLE_HPP
#define HAFT_HOST_TABLE_HPP

/// Words in lines that fit a terminal, and rows of them under headings.

#include <haft/core/config.hpp>
#include <haft/core/text.hpp>
#include <haft/host/terminal.hpp>

#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace haft::inline v0::host {

/// Breaks text into lines of at most `width` columns (code points), at blanks where there are any.
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
/// their contents.
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
        widths.back() = t.width > fixed + 24 ? t.width - fixed : 24;
        std::string out;
        for (std::size_t c = 0; c < columns_; ++c)
            out += t.dim(c + 1 < columns_ ? padded(cells_[c], widths[c]) : cells_[c]);
        out += '\n';
        for (std::size_t first = columns_; first < cells_.size(); first += columns_) {
            const std::string* const cells = &cells_[first];
            bool names = true;  // whether this is the row's first line
            for (const std::string& line : wrap(cells[columns_ - 1], widths.back())) {
                for (std::size_t c = 0; c + 1 < columns_; ++c) {
                    const std::string cell = padded(names ? std::string_view(cells[c]) : "", widths[c]);
                    out += names && c == 0 ? t.name(cell) : cell;
                }
                out += line;
                while (!out.empty() && out.back() == ' ') out.pop_back();
                out += '\n';
                names = false;
            }
        }
        return out;
    }

private:
    HAFT_COLD static std::string padded(std::string_view cell, std::size_t width) {
        std::string out(cell);
        out.append(width - count_code_points(cell) + 2, ' ');
        return out;
    }

    std::size_t columns_;
    std::vector<std::string> cells_;  // row by row, the headings first
};

}  // namespace haft::inline v0::host

#endif  // HAFT_HOST_TABLE_HPP
