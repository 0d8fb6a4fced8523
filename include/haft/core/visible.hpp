// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_CORE_VISIBLE_HPP
#define HAFT_CORE_VISIBLE_HPP

/// Text whose reader sees all that it says: which characters a description may not hold, and how to be rid of them. What
/// a person doesn't see a model still reads, so a hidden character is a way to slip it orders.

#include <haft/core/config.hpp>
#include <haft/core/text.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace haft::inline v0 {

/// Whether a text may have several lines (and tabs).
enum class line_breaks : bool { none, allowed };

/// The place of the first character that nobody sees: a control character, one that `disguises`, or what is not UTF-8;
/// npos if there is none.
constexpr std::size_t find_hidden(std::string_view text, line_breaks breaks) noexcept {
    const char* const begin = text.data();
    const std::size_t size = text.size();
    for (std::size_t i = 0;;) {
        while (i < size && begin[i] >= 0x20 && begin[i] < 0x7F) ++i;  // nearly all of nearly every text
        if (i == size) return std::string_view::npos;
        const char c = begin[i];
        const bool crlf = c == '\r' && i + 1 < size && begin[i + 1] == '\n';
        if (breaks == line_breaks::allowed && (c == '\n' || c == '\t' || crlf)) {
            ++i;
            continue;
        }
        const std::size_t n = utf8_length(begin + i, begin + size);
        if (n < 2 || disguises({begin + i, n})) return i;
        i += n;
    }
}

/// The text without its hidden characters, and cut where a character ends after at most `limit` bytes. A break in a text
/// that may have none becomes a blank.
HAFT_COLD inline std::string without_hidden(std::string_view text, line_breaks breaks, std::size_t limit) {
    std::string out;
    while (!text.empty()) {
        const std::size_t at = find_hidden(text, breaks);
        out += text.substr(0, at);
        if (at == std::string_view::npos) break;
        const char c = text[at];
        if (c == '\n' || c == '\t') out += ' ';
        const std::size_t n = utf8_length(text.data() + at, text.data() + text.size());
        text.remove_prefix(at + (n ? n : 1));
    }
    out.resize(cut_utf8(out, limit).size());
    return out;
}

}  // namespace haft::inline v0

#endif  // HAFT_CORE_VISIBLE_HPP
