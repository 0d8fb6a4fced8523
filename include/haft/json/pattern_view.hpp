// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_JSON_PATTERN_VIEW_HPP
#define HAFT_JSON_PATTERN_VIEW_HPP

/// A compiled pattern of JSON Schema (see json/pattern.hpp) as tables, and the one matcher of all of them: linear in the
/// text, without recursion or allocation. [fault 55]
///
/// How: each character (or class) of the pattern is a *position*, copies made by {n} included (Glushkov's automaton). The
/// matcher keeps the set of positions where the text so far may end. The next set is that of the positions that may follow,
/// cut down to those whose class has the next code point. An assertion is a position too; between two code points it is
/// passed instead of read. Work per code point depends on the pattern alone.

#include <haft/core/text.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace haft::inline v0::json {

/// The most positions of a pattern, its repetitions written out: `[a-z]{1,200}` has 200.
inline constexpr unsigned most_pattern_positions = 256;

/// Code points from `low` to `high`, both included.
struct code_range {
    std::uint32_t low = 0;
    std::uint32_t high = 0;
};

/// How large the tables of a compiled pattern are.
struct pattern_shape {
    std::uint16_t words = 0;    ///< of 64 positions, in each set
    std::uint16_t classes = 0;  ///< the four assertions, then those of code points
    std::uint16_t ranges = 0;
    std::uint16_t jumps = 0;  ///< pairs of sets: from any of the first one may go on to all of the second
    bool everything = false;  ///< the empty text matches, so every text does
    bool from_start = false;  ///< a match can only begin where the text does
    bool assertions = false;  ///< there are any

    constexpr std::size_t sets() const noexcept;
};

namespace detail {

/// The sets that every pattern has, in the order in which they are stored; one for each class and the jumps follow.
enum pattern_set : std::uint8_t {
    set_first,  // where a match may begin
    set_last,   // where it may end
    set_next,   // positions that the next one may follow
    set_loop,   // positions that they themselves may follow
    set_count,
};
/// Assertions are classes without ranges.
enum pattern_class : std::uint16_t { at_begin, at_end, at_edge, off_edge, assertion_count };

constexpr bool is_word_code(std::uint32_t code) noexcept {
    return code < 0x80 &&
           ((code >= '0' && code <= '9') || ((code | 0x20) >= 'a' && (code | 0x20) <= 'z') || code == '_');
}

/// The code point at `p`, which moves behind it. A byte that is not UTF-8 counts as one U+FFFD.
constexpr std::uint32_t next_code_point(const char*& p, const char* end) noexcept {
    const auto byte = [&](int i) { return static_cast<std::uint32_t>(static_cast<unsigned char>(p[i])); };
    std::uint32_t code = byte(0);
    std::size_t length = 1;
    if (code >= 0x80) {
        length = utf8_length(p, end);
        if (length == 2) code = (code & 0x1Fu) << 6 | (byte(1) & 0x3Fu);
        else if (length == 3) code = (code & 0x0Fu) << 12 | (byte(1) & 0x3Fu) << 6 | (byte(2) & 0x3Fu);
        else if (length == 4)
            code = (code & 0x07u) << 18 | (byte(1) & 0x3Fu) << 12 | (byte(2) & 0x3Fu) << 6 | (byte(3) & 0x3Fu);
        else code = 0xFFFD, length = 1;
    }
    p += length;
    return code;
}

}  // namespace detail

constexpr std::size_t pattern_shape::sets() const noexcept {
    return std::size_t{words} * (std::size_t{detail::set_count} + classes + 2u * jumps);
}

/// A compiled pattern that is kept elsewhere; a default one matches everything. Copies are cheap and refer to the same
/// tables, which must live as long. Any number of threads may match at a time.
class pattern_view {
public:
    constexpr pattern_view() noexcept { shape_.everything = true; }
    constexpr pattern_view(const pattern_shape& shape, const std::uint64_t* sets, const code_range* ranges,
                           const std::uint16_t* class_ends) noexcept
        : shape_(shape), sets_(sets), ranges_(ranges), class_ends_(class_ends) {}

    /// Whether the pattern matches anywhere in a UTF-8 text, as JSON Schema has it: `^` and `$` tie it to the ends.
    /// Bytes that are not UTF-8 count as U+FFFD each. Linear in the text; constant memory.
    constexpr bool matches(std::string_view text) const noexcept {
        if (shape_.everything) return true;
        const char* p = text.data();
        const char* const end = p + text.size();
        bool begin = true;
        bool after_word = false;
        std::uint64_t now[most_words]{};  // the positions where the text so far may end
        for (;;) {
            std::uint64_t may[most_words]{};  // those that may come next
            if (begin || !shape_.from_start) join(may, set(detail::set_first));
            add_followers(now, may);
            const char* next = p;
            const std::uint32_t code = p != end ? detail::next_code_point(next, end) : 0;
            const bool before_word = p != end && detail::is_word_code(code);
            if (shape_.assertions) pass_assertions(now, may, begin, p == end, after_word != before_word);
            if (meet(now, set(detail::set_last))) return true;
            if (p == end) return false;
            bool alive = !shape_.from_start;
            std::uint64_t then[most_words]{};
            for (unsigned k = detail::assertion_count; k < shape_.classes; ++k) {
                const std::uint64_t* const members = class_set(k);
                if (!meet(may, members) || !has(k, code)) continue;
                for (unsigned w = 0; w < shape_.words; ++w) {
                    then[w] |= may[w] & members[w];
                    alive = alive || then[w] != 0;
                }
            }
            if (!alive) return false;
            for (unsigned w = 0; w < shape_.words; ++w) now[w] = then[w];
            p = next;
            begin = false;
            after_word = before_word;
        }
    }

    constexpr const pattern_shape& shape() const noexcept { return shape_; }

private:
    static constexpr unsigned most_words = most_pattern_positions / 64;

    constexpr const std::uint64_t* set(unsigned which) const noexcept {
        return sets_ + static_cast<std::size_t>(which) * shape_.words;
    }
    constexpr const std::uint64_t* class_set(unsigned k) const noexcept { return set(detail::set_count + k); }
    constexpr void join(std::uint64_t* to, const std::uint64_t* from) const noexcept {
        for (unsigned w = 0; w < shape_.words; ++w) to[w] |= from[w];
    }
    constexpr bool meet(const std::uint64_t* a, const std::uint64_t* b) const noexcept {
        for (unsigned w = 0; w < shape_.words; ++w)
            if ((a[w] & b[w]) != 0) return true;
        return false;
    }
    constexpr bool has(unsigned k, std::uint32_t code) const noexcept {
        for (unsigned r = class_ends_[k - 1]; r < class_ends_[k] && code >= ranges_[r].low; ++r)
            if (code <= ranges_[r].high) return true;
        return false;
    }
    /// Most positions are followed by the next one or by themselves, which a shift and a mask say for all of them at once.
    constexpr void add_followers(const std::uint64_t* of, std::uint64_t* to) const noexcept {
        const std::uint64_t* const next = set(detail::set_next);
        const std::uint64_t* const loop = set(detail::set_loop);
        std::uint64_t carry = 0;
        for (unsigned w = 0; w < shape_.words; ++w) {
            const std::uint64_t moving = of[w] & next[w];
            to[w] |= moving << 1 | carry | (of[w] & loop[w]);
            carry = moving >> 63;
        }
        const std::uint64_t* jump = class_set(shape_.classes);
        for (unsigned i = 0; i < shape_.jumps; ++i, jump += 2 * std::size_t{shape_.words})
            if (meet(of, jump)) join(to, jump + shape_.words);
    }

    /// Passes the assertions that hold here until there is none left that can be reached and was not passed.
    constexpr void pass_assertions(std::uint64_t* now, std::uint64_t* may, bool begin, bool end,
                                   bool edge) const noexcept {
        std::uint64_t holding[most_words]{};
        if (begin) join(holding, class_set(detail::at_begin));
        if (end) join(holding, class_set(detail::at_end));
        join(holding, class_set(edge ? detail::at_edge : detail::off_edge));
        for (;;) {
            std::uint64_t passed[most_words]{};
            bool any = false;
            for (unsigned w = 0; w < shape_.words; ++w) {
                passed[w] = may[w] & holding[w] & ~now[w];
                now[w] |= passed[w];
                any = any || passed[w] != 0;
            }
            if (!any) return;
            add_followers(passed, may);
        }
    }

    pattern_shape shape_{};
    const std::uint64_t* sets_ = nullptr;
    const code_range* ranges_ = nullptr;
    const std::uint16_t* class_ends_ = nullptr;  ///< where the ranges of each class end; the assertions have none
};

}  // namespace haft::inline v0::json

#endif  // HAFT_JSON_PATTERN_VIEW_HPP
