// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_TESTING_PATTERN_WALK_HPP
#define HAFT_TESTING_PATTERN_WALK_HPP

/// Texts that a pattern matches, found by walking through its compiled form: from position to position, so that the text has just
/// the length that is wanted.

#include <haft/core/config.hpp>
#include <haft/core/text.hpp>
#include <haft/json/pattern.hpp>
#include <haft/json/pattern_compiler.hpp>
#include <haft/json/pattern_view.hpp>
#include <haft/testing/dice.hpp>

#include <algorithm>
#include <array>
#include <bitset>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace haft::inline v0::testing {

/// One pattern, taken apart. Takes whatever json::pattern takes; of anything else it finds nothing.
class pattern_walk {
public:
    HAFT_COLD explicit pattern_walk(std::string_view text) {
        namespace d = json::detail;
        const d::pattern_compiler compiler(text);
        usable_ = compiler.problem().ok() && json::pattern::compile(text, whole_).ok();
        if (!usable_) return;
        const json::pattern_shape& shape = compiler.shape();
        std::vector<std::uint64_t> sets(shape.sets());
        std::vector<json::code_range> ranges(shape.ranges);
        std::vector<std::uint16_t> ends(shape.classes);
        compiler.write(sets.data(), ranges.data(), ends.data());
        const auto has = [&](std::size_t set, std::size_t p) {
            return (sets[set * shape.words + p / 64] >> (p % 64) & 1) != 0;
        };
        for (std::size_t p = 0; p < std::size_t{shape.words} * 64; ++p) {
            std::size_t kind = 0;
            while (kind < shape.classes && !has(d::set_count + kind, p)) ++kind;
            if (kind == shape.classes) break;  // positions are numbered without a gap
            position& here = positions_.emplace_back();
            here.kind = static_cast<std::uint16_t>(kind);
            here.first = has(d::set_first, p);
            here.last = has(d::set_last, p);
            if (has(d::set_next, p)) here.followers.set(p + 1);
            if (has(d::set_loop, p)) here.followers.set(p);
            for (std::size_t j = 0; j < shape.jumps; ++j) {
                const std::size_t from = d::set_count + shape.classes + 2 * j;
                if (!has(from, p)) continue;
                for (std::size_t q = 0; q < std::size_t{shape.words} * 64; ++q)
                    if (has(from + 1, q)) here.followers.set(q);
            }
            if (kind >= d::assertion_count)
                here.ranges.assign(ranges.begin() + ends[kind - 1], ranges.begin() + ends[kind]);
        }
        empty_ = shape.everything;
    }

    bool matches(std::string_view text) const noexcept { return usable_ && whole_.matches(text); }

    /// Which of the lengths that fit are wanted.
    enum class length : unsigned char { shortest, longest, any };
    /// A text of so many code points that the pattern matches; false if none was found, which does not say that there is
    /// none: \b in the middle is tried and not reckoned with, and lengths are tried up to some hundred beyond the least.
    HAFT_COLD bool find(std::uint32_t least, std::uint32_t most, length wanted, dice& chance, std::string& out) {
        if (!usable_) return false;
        const std::size_t end = (std::min<std::size_t>)(most, (std::max<std::size_t>)(least, 256) + 32);
        if (end > longest_text) return false;
        reach(end);
        std::vector<std::size_t> lengths;
        for (std::size_t n = least; n <= end; ++n)
            if (begins(n).any() || (n == 0 && empty_)) lengths.push_back(n);
        for (int tries = 0; tries < 32 && !lengths.empty(); ++tries) {
            const std::size_t some = chance.below((std::min<std::size_t>)(lengths.size(), 8));
            const std::size_t at = tries > 8                    ? chance.below(lengths.size())
                                   : wanted == length::shortest ? 0
                                   : wanted == length::longest  ? lengths.size() - 1
                                                                : some;
            out.clear();
            if (walk(lengths[at], chance, out) && whole_.matches(out)) return true;
        }
        return padded(least, end, chance, out);
    }

private:
    static constexpr std::size_t longest_text = 4096;
    using position_set = std::bitset<json::most_pattern_positions + 1>;
    struct position {
        std::uint16_t kind = 0;
        bool first = false, last = false;
        position_set followers;
        std::vector<json::code_range> ranges;
    };

    bool reads(std::size_t p) const noexcept { return positions_[p].kind >= json::detail::assertion_count; }

    /// can_[n]: the positions behind which n more code points can end a match.
    void reach(std::size_t most) {
        while (can_.size() <= most) {
            const std::size_t n = can_.size();
            position_set now;
            for (std::size_t p = 0; p < positions_.size(); ++p) {
                if (n == 0 && positions_[p].last) now.set(p);
                if (n == 0) continue;
                for (std::size_t q = 0; q < positions_.size(); ++q)
                    if (positions_[p].followers[q] && reads(q) && can_[n - 1][q]) now.set(p);
            }
            for (bool changed = true; changed;) {
                changed = false;
                for (std::size_t p = 0; p < positions_.size(); ++p)
                    for (std::size_t q = 0; q < positions_.size() && !now[p]; ++q)
                        if (positions_[p].followers[q] && passes(q, n) && now[q]) now.set(p), changed = true;
            }
            can_.push_back(now);
        }
    }
    /// Whether an assertion may stand with n code points to come.
    bool passes(std::size_t q, std::size_t n) const noexcept {
        return !reads(q) && (positions_[q].kind != json::detail::at_end || n == 0);
    }
    position_set begins(std::size_t n) const {
        position_set out;
        for (std::size_t p = 0; p < positions_.size(); ++p)
            if (positions_[p].first && goes_on(p, n)) out.set(p);
        return out;
    }
    bool goes_on(std::size_t q, std::size_t n) const {
        return reads(q) ? n > 0 && can_[n - 1][q] : passes(q, n) && can_[n][q];
    }

    bool walk(std::size_t n, dice& chance, std::string& out) const {
        if (n == 0 && empty_) return true;
        position_set may = begins(n);
        for (std::size_t steps = 0; steps < 2 * longest_text; ++steps) {
            std::vector<std::size_t> choices;
            for (std::size_t p = 0; p < positions_.size(); ++p)
                if (may[p] && (positions_[p].kind != json::detail::at_begin || out.empty())) choices.push_back(p);
            if (choices.empty()) return false;
            const std::size_t p = choices[chance.below(choices.size())];
            if (reads(p)) append_utf8(out, code_of(positions_[p].ranges, chance)), --n;
            if (n == 0 && positions_[p].last) return true;
            may.reset();
            for (std::size_t q = 0; q < positions_.size(); ++q)
                if (positions_[p].followers[q] && goes_on(q, n)) may.set(q);
        }
        return false;
    }
    /// What matches anywhere may have more around it.
    bool padded(std::size_t least, std::size_t most, dice& chance, std::string& out) {
        std::string core;
        for (std::size_t n = 0; n < can_.size() && n <= most; ++n) {
            core.clear();
            if (!(n == 0 && empty_) && (begins(n).none() || !walk(n, chance, core))) continue;
            const std::size_t missing = n < least ? least - n : 0;
            for (const char filler : {'a', ' ', '0', '-'})
                for (const bool behind : {true, false}) {
                    out = behind ? core + std::string(missing, filler) : std::string(missing, filler) + core;
                    if (count_code_points(out) <= most && whole_.matches(out)) return true;
                }
        }
        return false;
    }

    static bool within(const std::vector<json::code_range>& ranges, std::uint32_t code) {
        return std::any_of(ranges.begin(), ranges.end(),
                           [&](const json::code_range& r) { return code >= r.low && code <= r.high; });
    }
    /// Often one that people would write, sometimes any; a class of nothing has U+FFFD, which then does not match.
    static std::uint32_t code_of(const std::vector<json::code_range>& ranges, dice& chance) {
        constexpr std::array<std::uint32_t, 12> usual{'a', 'z', 'M',  '0',    '9',     '_',
                                                      '-', ' ', 0xE9, 0x6F22, 0x1F600, '/'};
        const std::uint32_t proposed = usual[chance.below(usual.size())];
        if (within(ranges, proposed)) return proposed;
        if (ranges.empty()) return 0xFFFD;
        const json::code_range r = ranges[chance.below(ranges.size())];
        const std::size_t span = (std::min<std::size_t>)(r.high - r.low, 255) + 1;  // a class such as \S reaches far
        const std::uint32_t code = r.low + static_cast<std::uint32_t>(chance.below(span));
        if (code < 0xD800 || code > 0xDFFF) return code;
        return r.high >= 0xE000 ? 0xE000 : r.low < 0xD800 ? r.low : 0xFFFD;  // (half of a pair stands in no text)
    }

    json::pattern whole_;
    std::vector<position> positions_;
    std::vector<position_set> can_;
    bool usable_ = false;
    bool empty_ = false;
};

}  // namespace haft::inline v0::testing

#endif  // HAFT_TESTING_PATTERN_WALK_HPP
