// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_CORE_GLOB_HPP
#define HAFT_CORE_GLOB_HPP

/// Patterns of names, as shells have them: the grammar of Python's fnmatch.fnmatchcase, which the reference systems use.

#include <haft/core/config.hpp>
#include <haft/core/text.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace haft::inline v0 {

namespace detail {

/// One character of a well-formed UTF-8 text, or a single byte of what is none; `at` moves behind it. Requires at < size.
constexpr std::uint32_t next_character(std::string_view text, std::size_t& at) noexcept {
    const char* const p = text.data() + at;
    const std::size_t n = utf8_length(p, text.data() + text.size());
    at += n ? n : 1;
    return n ? code_point(p) : 0x110000u + static_cast<unsigned char>(*p);  // no character is a stray byte
}

/// Whether a character is in the set behind `[`, and where that ends. Where none ends, `[` stands for itself: then `end` is npos.
constexpr bool in_set(std::string_view pattern, std::size_t at, std::uint32_t c, std::size_t& end) noexcept {
    const bool negated = at < pattern.size() && pattern[at] == '!';
    at += negated;
    end = pattern.find(']', at + 1);  // a `]` in front is one of the set
    if (at >= pattern.size() || end == std::string_view::npos) return end = std::string_view::npos, false;
    const std::string_view set = pattern.substr(0, end);
    bool found = false;
    while (at < set.size()) {
        const std::uint32_t low = next_character(set, at);
        std::uint32_t high = low;
        if (at + 1 < set.size() && set[at] == '-') high = next_character(set, ++at);
        found = found || (low <= c && c <= high);
    }
    ++end;
    return found != negated;
}

}  // namespace detail

/// Whether a text has that pattern: `*` is any characters or none, `?` any one, `[a-z_]` one of these, `[!a-z]` one of all
/// others; a `[` without its `]` is itself, and so is everything else. Case counts. Characters are those of UTF-8. At most
/// O(pattern * text) steps, no memory.
HAFT_COLD constexpr bool glob_matches(std::string_view pattern, std::string_view text) noexcept {
    constexpr std::size_t none = std::string_view::npos;
    std::size_t p = 0, t = 0;
    std::size_t star = none, covered = 0;  // behind the last `*`, and how far that reaches
    for (;;) {
        if (p < pattern.size() && pattern[p] == '*') {
            star = ++p;
            covered = t;
            continue;
        }
        if (t == text.size()) {
            if (p == pattern.size()) return true;
            // Whatever is left of the pattern wants a character: no longer reach of the `*` helps.
            return false;
        }
        std::size_t next_t = t;
        const std::uint32_t c = detail::next_character(text, next_t);
        bool same = false;
        std::size_t next_p = p;
        if (p < pattern.size()) {
            const char kind = pattern[p];
            if (kind == '?') {
                same = true;
                ++next_p;
            } else if (std::size_t end = none;
                       kind == '[' && (same = detail::in_set(pattern, p + 1, c, end), end != none)) {
                next_p = end;
            } else {
                same = detail::next_character(pattern, next_p) == c;
            }
        }
        if (same) {
            p = next_p;
            t = next_t;
        } else if (star != none) {  // the `*` takes one character more
            detail::next_character(text, covered);
            p = star;
            t = covered;
        } else {
            return false;
        }
    }
}

/// Whether a name would stand for more than itself as a pattern.
constexpr bool is_glob(std::string_view name) noexcept { return name.find_first_of("*?[") != std::string_view::npos; }

}  // namespace haft::inline v0

#endif  // HAFT_CORE_GLOB_HPP
