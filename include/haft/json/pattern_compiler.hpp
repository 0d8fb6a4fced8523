// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_JSON_PATTERN_COMPILER_HPP
#define HAFT_JSON_PATTERN_COMPILER_HPP

/// From the text of a pattern (see json/pattern.hpp for what it may hold) to the tables that the matcher reads. Works at
/// compile time too.

#include <haft/core/text.hpp>
#include <haft/json/pattern_view.hpp>

#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace haft::inline v0::json {

/// The longest pattern, in bytes.
inline constexpr std::size_t most_pattern_bytes = 256;
/// The most ranges of code points of all its classes together.
inline constexpr unsigned most_pattern_ranges = 512;
/// The most groups within groups.
inline constexpr unsigned most_pattern_depth = 32;

/// Why a pattern is refused, and at which of its bytes. A default one says that nothing is wrong.
struct pattern_problem {
    const char* why = nullptr;
    std::size_t at = 0;

    constexpr bool ok() const noexcept { return why == nullptr; }
};

namespace detail {

inline constexpr std::uint32_t last_code_point = 0x10FFFF;

// clang-format off
inline constexpr code_range named_ranges[] = {
    {'0', '9'},                                                              // \d
    {'0', '9'},       {'A', 'Z'},       {'_', '_'},       {'a', 'z'},        // \w
    {0x09, 0x0D},     {0x20, 0x20},     {0xA0, 0xA0},     {0x1680, 0x1680},  // \s
    {0x2000, 0x200A}, {0x2028, 0x2029}, {0x202F, 0x202F}, {0x205F, 0x205F},
    {0x3000, 0x3000}, {0xFEFF, 0xFEFF},
    {0x0A, 0x0A},     {0x0D, 0x0D},     {0x2028, 0x2029},                    // what `.` leaves out
};
// clang-format on

/// Where the ranges of a class that has a name stand in `named_ranges`.
struct named_class {
    std::uint8_t first;
    std::uint8_t end;
};
inline constexpr named_class digit_class{0, 1}, word_class{1, 5}, space_class{5, 15}, line_end_class{15, 18};

/// Compiles one pattern. Its tables are as large as the limits allow, so it lives on a stack, for a moment; `write` copies
/// what is used of them. They are left uninitialised on purpose: the C++ compiler would pay for each zero.
class pattern_compiler {
public:
    constexpr explicit pattern_compiler(std::string_view text) : text_(text) {
        for (unsigned k = 0; k < assertion_count; ++k) class_ends_[k] = 0;
        if (!check_text() || !alternatives(whole_)) return;
        if (at_ < text_.size()) fail("a ')' without its '('; one that is meant itself is written \\)", at_);
        else measure();
    }

    constexpr const pattern_problem& problem() const noexcept { return problem_; }
    constexpr const pattern_shape& shape() const noexcept { return shape_; }

    /// Fills tables of the sizes that the shape says. Requires a pattern without a problem.
    constexpr void write(std::uint64_t* sets, code_range* ranges, std::uint16_t* class_ends) const {
        const std::size_t words = shape_.words;
        for (std::size_t i = 0; i < shape_.sets(); ++i) sets[i] = 0;
        for (std::size_t w = 0; w < words; ++w) {
            sets[set_first * words + w] = whole_.first.words[w];
            sets[set_last * words + w] = whole_.last.words[w];
            sets[set_next * words + w] = next_.words[w];
            sets[set_loop * words + w] = loop_.words[w];
        }
        std::uint64_t* const jumps = sets + (set_count + classes_) * words;
        for (unsigned p = 0; p < count_; ++p) {
            const std::size_t w = p >> 6;
            const std::uint64_t bit = std::uint64_t{1} << (p & 63u);
            sets[(set_count + kinds_[p]) * words + w] |= bit;
            if (jump_of_[p] != no_jump) jumps[2 * jump_of_[p] * words + w] |= bit;
        }
        for (std::size_t j = 0; j < shape_.jumps; ++j)
            for (std::size_t w = 0; w < words; ++w) jumps[(2 * j + 1) * words + w] = rows_[jump_rows_[j]][w];
        for (unsigned r = 0; r < range_count_; ++r) ranges[r] = ranges_[r];
        for (unsigned k = 0; k < classes_; ++k) class_ends[k] = class_ends_[k];
    }

private:
    static constexpr unsigned most_words = most_pattern_positions / 64;
    static constexpr unsigned unbounded = ~0u;
    static constexpr std::uint16_t no_jump = 0xFFFF;
    static constexpr const char* too_many_states =
        "a pattern with too many states: more than 256 characters, repetitions written out";

    struct position_set {
        std::uint64_t words[most_words]{};

        constexpr void join(const position_set& other) {
            for (unsigned w = 0; w < most_words; ++w) words[w] |= other.words[w];
        }
    };
    /// A part of the pattern that is compiled: where it may begin and end, and whether it may be empty.
    struct part {
        position_set first;
        position_set last;
        bool nullable = true;
    };

    constexpr bool fail(const char* why, std::size_t at) {
        problem_ = {why, at};
        return false;
    }
    constexpr char ahead(std::size_t n) const { return at_ + n < text_.size() ? text_[at_ + n] : '\0'; }
    constexpr bool at(char c) const { return at_ < text_.size() && text_[at_] == c; }
    constexpr bool take(char c) {
        if (!at(c)) return false;
        ++at_;
        return true;
    }
    constexpr bool check_text() {
        if (text_.size() > most_pattern_bytes) return fail("a pattern of more than 256 bytes", most_pattern_bytes);
        const char* const end = text_.data() + text_.size();
        for (const char* p = text_.data(); p != end;) {
            const std::size_t length = utf8_length(p, end);
            if (length == 0) return fail("text that is not UTF-8", static_cast<std::size_t>(p - text_.data()));
            p += length;
        }
        return true;
    }

    // --- the automaton

    // Only the words in use are zeroed and walked, since this runs at compile time and most patterns fit into one.
    constexpr unsigned words() const { return (count_ + 63) / 64; }

    static constexpr bool has_bit(const std::uint64_t* set, unsigned p) { return (set[p >> 6] >> (p & 63u) & 1) != 0; }
    static constexpr void put_bit(std::uint64_t* set, unsigned p) { set[p >> 6] |= std::uint64_t{1} << (p & 63u); }

    constexpr void add_position(unsigned kind) {
        if (count_ % 64 == 0)
            for (unsigned p = 0; p < count_; ++p) rows_[p][count_ / 64] = 0;
        kinds_[count_] = static_cast<std::uint16_t>(kind);
        for (unsigned w = 0; w <= count_ / 64; ++w) rows_[count_][w] = 0;
        ++count_;
    }
    constexpr bool position(unsigned kind, part& out, std::size_t at) {
        if (count_ == most_pattern_positions) return fail(too_many_states, at);
        put_bit(out.first.words, count_);
        put_bit(out.last.words, count_);
        out.nullable = false;
        add_position(kind);
        return true;
    }
    constexpr void link(const position_set& from, const position_set& to) {
        const unsigned used = words();
        for (unsigned w = 0; w < used; ++w)
            for (std::uint64_t left = from.words[w]; left != 0; left &= left - 1) {
                std::uint64_t* const row = rows_[w * 64 + static_cast<unsigned>(std::countr_zero(left))];
                for (unsigned i = 0; i < used; ++i) row[i] |= to.words[i];
            }
    }
    constexpr void append(part& out, const part& next) {
        link(out.last, next.first);
        if (out.nullable) out.first.join(next.first);
        if (next.nullable) out.last.join(next.last);
        else out.last = next.last;
        out.nullable = out.nullable && next.nullable;
    }
    constexpr void move(const std::uint64_t* from, std::uint64_t* to, unsigned by) const {
        for (unsigned w = by >> 6, i = 0; w < words(); ++w, ++i) {
            to[w] |= from[i] << (by & 63u);
            if ((by & 63u) != 0 && w + 1 < words()) to[w + 1] |= from[i] >> (64 - (by & 63u));
        }
    }
    constexpr position_set moved(const position_set& set, unsigned by) const {
        position_set out;
        move(set.words, out.words, by);
        return out;
    }
    /// Writes out the repetition of `one`, which is made of the positions from `from` on.
    constexpr bool repeat(part& one, unsigned from, unsigned least, unsigned most, std::size_t at) {
        const unsigned length = count_ - from;
        if (length == 0) return true;  // empty, however often it comes
        if (most == 0) {
            count_ = from;
            one = part{};
            return true;
        }
        if (one.nullable) least = 0;  // any copy may be empty, so one need not tell which
        const unsigned copies = most != unbounded ? most : least > 1 ? least : 1;
        if (copies > (most_pattern_positions - from) / length) return fail(too_many_states, at);
        for (unsigned i = length; i < copies * length; ++i) add_position(kinds_[from + i % length]);
        // Only now, since a copy's followers may stand in a word that was not in use before. (A single position that loops
        // need not in its copies: x+x is x+x+.)
        for (unsigned i = length; length > 1 && i < copies * length; ++i)
            move(rows_[from + i % length], rows_[from + i], i - i % length);
        // What may be left out is left out from the last copy on: x(x(x)?)?, never x?x?x?. So only neighbours are linked.
        part latest = one;
        position_set ends = least <= 1 ? one.last : position_set{};
        for (unsigned i = 1; i < copies; ++i) {
            if (length > 1) {
                const position_set before = latest.last;
                latest.first = moved(one.first, i * length);
                latest.last = moved(one.last, i * length);
                link(before, latest.first);
                if (i + 1 >= least) ends.join(latest.last);
            } else {  // the same by a shorter way, since this is what nearly all repetitions are
                put_bit(rows_[from + i - 1], from + i);
                if (i + 1 >= least) put_bit(ends.words, from + i);
            }
        }
        if (length == 1) {
            latest = part{};
            put_bit(latest.first.words, count_ - 1);
            latest.last = latest.first;
        }
        if (most == unbounded) link(latest.last, latest.first);
        one.last = ends;
        one.nullable = least == 0;
        return true;
    }
    /// Splits the followers into the next position, the same again, and the rest, which many positions have in common.
    constexpr void measure() {
        shape_.words = static_cast<std::uint16_t>(words());
        shape_.classes = static_cast<std::uint16_t>(classes_);
        shape_.ranges = static_cast<std::uint16_t>(range_count_);
        shape_.everything = whole_.nullable;
        shape_.from_start = true;
        for (unsigned p = 0; p < count_; ++p) {
            if (take_bit(rows_[p], p)) put_bit(loop_.words, p);
            if (p + 1 < count_ && take_bit(rows_[p], p + 1)) put_bit(next_.words, p);
            jump_of_[p] = jump_to(p);
            if (kinds_[p] < assertion_count) shape_.assertions = true;
            if (has_bit(whole_.first.words, p) && kinds_[p] != at_begin) shape_.from_start = false;
        }
    }
    static constexpr bool take_bit(std::uint64_t* row, unsigned p) {
        if (!has_bit(row, p)) return false;
        row[p >> 6] &= ~(std::uint64_t{1} << (p & 63u));
        return true;
    }
    constexpr std::uint16_t jump_to(unsigned p) {
        bool any = false;
        for (unsigned w = 0; w < words(); ++w) any = any || rows_[p][w] != 0;
        if (!any) return no_jump;
        for (std::uint16_t j = 0; j < shape_.jumps; ++j) {
            bool same = true;
            for (unsigned w = 0; same && w < words(); ++w) same = rows_[p][w] == rows_[jump_rows_[j]][w];
            if (same) return j;
        }
        jump_rows_[shape_.jumps] = static_cast<std::uint16_t>(p);
        return shape_.jumps++;
    }

    // --- the grammar

    constexpr bool alternatives(part& out) {
        if (!sequence(out)) return false;
        while (take('|')) {
            part other;
            if (!sequence(other)) return false;
            out.first.join(other.first);
            out.last.join(other.last);
            out.nullable = out.nullable || other.nullable;
        }
        return true;
    }
    constexpr bool sequence(part& out) {
        while (at_ < text_.size() && !at('|') && !at(')')) {
            part next;
            if (!term(next)) return false;
            append(out, next);
        }
        return true;
    }
    constexpr bool term(part& out) {
        const std::size_t begin = at_;
        const unsigned from = count_;
        const char c = text_[at_];
        const unsigned assertion = c == '^'                       ? at_begin
                                   : c == '$'                     ? at_end
                                   : c == '\\' && ahead(1) == 'b' ? at_edge
                                   : c == '\\' && ahead(1) == 'B' ? off_edge
                                                                  : assertion_count;
        if (assertion != assertion_count) {
            at_ += c == '\\' ? 2 : 1;
            if (at('*') || at('+') || at('?') || at('{')) return fail("an assertion that is repeated", at_);
            return position(assertion, out, begin);
        }
        if (c == '(' ? !group(out) : !atom(out)) return false;
        const std::size_t quantifier_at = at_;
        unsigned least = 1;
        unsigned most = 1;
        if (take('*')) least = 0, most = unbounded;
        else if (take('+')) most = unbounded;
        else if (take('?')) least = 0;
        else if (at('{')) {
            if (!counts(least, most)) return false;
        } else return true;
        take('?');  // lazy: it would find another match, but finds one in the same texts
        if (at('*') || at('+') || at('?') || at('{'))
            return fail("nothing to repeat: a repetition after a repetition", at_);
        return repeat(out, from, least, most, quantifier_at);
    }
    constexpr bool group(part& out) {
        const std::size_t begin = at_++;
        if (take('?') && !take(':')) {
            if (at('=') || at('!')) return fail("look-ahead, which can't be matched in linear time", begin);
            if (at('<') && (ahead(1) == '=' || ahead(1) == '!'))
                return fail("look-behind, which can't be matched in linear time", begin);
            if (at('<')) return fail("a named group; nothing can refer to it, so write ( )", begin);
            return fail("expected (?: )", begin);
        }
        if (depth_ == most_pattern_depth) return fail("groups nested more than 32 deep", begin);
        ++depth_;
        if (!alternatives(out)) return false;
        --depth_;
        return take(')') || fail("a '(' without its ')'; one that is meant itself is written \\(", begin);
    }
    constexpr bool counts(unsigned& least, unsigned& most) {
        constexpr const char* why = "expected {n}, {n,} or {n,m}; a brace that is meant itself is written \\{";
        const std::size_t begin = at_++;
        if (!natural(least)) return fail(why, begin);
        most = least;
        if (take(',') && !natural(most)) most = unbounded;
        if (!take('}')) return fail(why, begin);
        return least <= most || fail("a repetition whose least count is above the most", begin);
    }
    /// Beyond 100000 all numbers are the same: too large.
    constexpr bool natural(unsigned& out) {
        const std::size_t begin = at_;
        out = 0;
        for (; ahead(0) >= '0' && ahead(0) <= '9'; ++at_)
            if (out < 100'000) out = out * 10 + static_cast<unsigned>(ahead(0) - '0');
        return at_ != begin;
    }

    /// What matches one code point.
    constexpr bool atom(part& out) {
        const std::size_t begin = at_;
        std::uint32_t code = 0;
        switch (text_[at_]) {
            case '.':
                ++at_;
                if (!add_class(line_end_class, true)) return false;
                break;
            case '[':
                if (!bracket()) return false;
                break;
            case '\\': {
                bool named = false;
                if (!class_escape(named)) return false;
                if (named) break;
                if (!escape(code, false) || !add_range(code, code)) return false;
                break;
            }
            case '*':
            case '+':
            case '?': return fail("nothing to repeat; a character that is meant itself is written \\*, \\+, \\?", at_);
            case '{': return fail("nothing to repeat; a brace that is meant itself is written \\{", at_);
            case '}': return fail("a '}' without its '{'; one that is meant itself is written \\}", at_);
            case ']': return fail("a ']' without its '['; one that is meant itself is written \\]", at_);
            default:
                code = literal();
                if (!add_range(code, code)) return false;
        }
        return position(finished_class(), out, begin);
    }
    constexpr std::uint32_t literal() {
        const char* p = text_.data() + at_;
        const std::uint32_t code = next_code_point(p, text_.data() + text_.size());
        at_ = static_cast<std::size_t>(p - text_.data());
        return code;
    }
    constexpr bool bracket() {
        const std::size_t begin = at_++;
        const bool negated = take('^');
        while (!take(']')) {
            if (at_ == text_.size())
                return fail("a '[' without its ']'; one that is meant itself is written \\[", begin);
            const std::size_t item = at_;
            std::uint32_t low = 0;
            bool named = false;
            if (!member(low, named)) return false;
            const bool range = at('-') && ahead(1) != ']' && at_ + 1 < text_.size();
            if (!range) {
                if (!named && !add_range(low, low)) return false;
                continue;
            }
            ++at_;
            std::uint32_t high = 0;
            bool named_end = false;
            if (!named && !member(high, named_end)) return false;
            if (named || named_end)
                return fail("a range from or to a class; a hyphen that is meant itself stands last or is written \\-",
                            item);
            if (low > high) return fail("a range that ends before it begins", item);
            if (!add_range(low, high)) return false;
        }
        return !negated || negate();
    }
    /// One code point of a class in brackets, or a named class, which is added.
    constexpr bool member(std::uint32_t& code, bool& named) {
        if (!at('\\')) {
            code = literal();
            return true;
        }
        return class_escape(named) && (named || escape(code, true));
    }
    constexpr bool class_escape(bool& named) {
        const char c = ahead(1);
        named = true;
        at_ += 2;
        if (c == 'd' || c == 'D') return add_class(digit_class, c == 'D');
        if (c == 'w' || c == 'W') return add_class(word_class, c == 'W');
        if (c == 's' || c == 'S') return add_class(space_class, c == 'S');
        at_ -= 2;
        named = false;
        return true;
    }
    /// An escape that stands for one code point.
    constexpr bool escape(std::uint32_t& code, bool in_brackets) {
        const std::size_t begin = at_++;
        if (at_ == text_.size()) return fail("a backslash at the end", begin);
        const char c = text_[at_++];
        code = static_cast<unsigned char>(c);
        switch (c) {
            case 't': code = '\t'; return true;
            case 'n': code = '\n'; return true;
            case 'r': code = '\r'; return true;
            case 'f': code = '\f'; return true;
            case 'v': code = '\v'; return true;
            case 'b':
                if (!in_brackets) break;
                code = '\b';
                return true;
            case '-':
                if (!in_brackets) break;
                return true;
            case '0':
                if (ahead(0) >= '0' && ahead(0) <= '9') break;
                code = 0;
                return true;
            case 'c': {
                const char letter = ahead(0);
                if ((letter < 'a' || letter > 'z') && (letter < 'A' || letter > 'Z'))
                    return fail("expected a letter after \\c", begin);
                ++at_;
                code = static_cast<unsigned char>(letter) & 31u;
                return true;
            }
            case 'x': return hex(2, code) || fail("expected two hexadecimal digits after \\x", begin);
            case 'u': return unicode(code, begin);
            case 'p':
            case 'P': return fail("\\p{...} is not supported; write the ranges", begin);
            case 'k': return fail("a back-reference, which can't be matched in linear time", begin);
            case '^':
            case '$':
            case '\\':
            case '.':
            case '*':
            case '+':
            case '?':
            case '(':
            case ')':
            case '[':
            case ']':
            case '{':
            case '}':
            case '|':
            case '/': return true;
            default: break;
        }
        if (c >= '1' && c <= '9' && !in_brackets)
            return fail("a back-reference, which can't be matched in linear time", begin);
        return fail("an escape that ECMA-262 does not have (with its flag u); what is no syntax character needs none",
                    begin);
    }
    constexpr bool hex(int digits, std::uint32_t& code) {
        code = 0;
        for (int i = 0; i < digits; ++i, ++at_) {
            const unsigned value = hex_value(ahead(0));
            if (value > 15) return false;
            code = code << 4 | value;
        }
        return true;
    }
    static constexpr unsigned hex_value(char c) {
        const char lower = static_cast<char>(c | 0x20);
        return c >= '0' && c <= '9'           ? static_cast<unsigned>(c - '0')
               : lower >= 'a' && lower <= 'f' ? static_cast<unsigned>(lower - 'a') + 10
                                              : 16;
    }
    constexpr bool unicode(std::uint32_t& code, std::size_t begin) {
        if (take('{')) {
            code = 0;
            const std::size_t digits = at_;
            for (; hex_value(ahead(0)) < 16; ++at_)
                if (code <= last_code_point) code = code << 4 | hex_value(ahead(0));
            if (at_ == digits || !take('}')) return fail("expected hexadecimal digits and '}' after \\u{", begin);
            if (code > last_code_point) return fail("a code point above 10FFFF", begin);
        } else {
            if (!hex(4, code)) return fail("expected four hexadecimal digits after \\u", begin);
            std::uint32_t low = 0;
            if (code >= 0xD800 && code < 0xDC00 && at('\\') && ahead(1) == 'u') {
                at_ += 2;
                if (hex(4, low) && low >= 0xDC00 && low < 0xE000)
                    code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
            }
        }
        return code < 0xD800 || code > 0xDFFF || fail("half of a surrogate pair, which no text has", begin);
    }

    // --- the class at work: the ranges behind those of the finished ones, always in order and apart from each other

    constexpr bool add_range(std::uint32_t low, std::uint32_t high) {
        unsigned r = class_ends_[classes_ - 1];
        while (r < range_count_ && ranges_[r].high + 1 < low) ++r;
        unsigned behind = r;  // those from r to here touch the new one
        for (; behind < range_count_ && ranges_[behind].low <= high + 1; ++behind) {
            if (ranges_[behind].low < low) low = ranges_[behind].low;
            if (ranges_[behind].high > high) high = ranges_[behind].high;
        }
        if (behind == r) {
            if (range_count_ == most_pattern_ranges) return fail("a pattern with too many ranges in its classes", at_);
            for (unsigned i = range_count_++; i > r; --i) ranges_[i] = ranges_[i - 1];
        } else {
            for (unsigned i = behind; i < range_count_; ++i) ranges_[i - (behind - r - 1)] = ranges_[i];
            range_count_ -= behind - r - 1;
        }
        ranges_[r] = {low, high};
        return true;
    }
    constexpr bool add_class(const named_class& which, bool negated) {
        std::uint32_t from = 0;
        for (unsigned r = which.first; r < which.end; ++r) {
            const code_range& range = named_ranges[r];
            if (negated ? !add_range(from, range.low - 1) : !add_range(range.low, range.high)) return false;
            from = range.high + 1;
        }
        return !negated || add_range(from, last_code_point);
    }
    constexpr bool negate() {
        const unsigned end = range_count_;
        unsigned out = class_ends_[classes_ - 1];
        std::uint32_t from = 0;
        for (unsigned r = out; r < end; ++r) {
            const code_range range = ranges_[r];
            if (from < range.low) ranges_[out++] = {from, range.low - 1};
            from = range.high + 1;
        }
        if (from <= last_code_point) {
            if (out == most_pattern_ranges) return fail("a pattern with too many ranges in its classes", at_);
            ranges_[out++] = {from, last_code_point};
        }
        range_count_ = out;
        return true;
    }
    /// The number of the class at work, or of an earlier one that is the same.
    constexpr unsigned finished_class() {
        const unsigned begin = class_ends_[classes_ - 1];
        for (unsigned k = assertion_count; k < classes_; ++k) {
            const unsigned first = class_ends_[k - 1];
            bool same = class_ends_[k] - first == range_count_ - begin;
            for (unsigned r = first; same && r < class_ends_[k]; ++r)
                same = ranges_[r].low == ranges_[begin + r - first].low &&
                       ranges_[r].high == ranges_[begin + r - first].high;
            if (!same) continue;
            range_count_ = begin;
            return k;
        }
        class_ends_[classes_] = static_cast<std::uint16_t>(range_count_);
        return classes_++;
    }

    std::string_view text_;
    std::size_t at_ = 0;
    pattern_problem problem_{};
    pattern_shape shape_{};
    part whole_{};
    position_set next_{};
    position_set loop_{};
    unsigned depth_ = 0;
    unsigned count_ = 0;
    unsigned classes_ = assertion_count;
    unsigned range_count_ = 0;
    std::uint16_t kinds_[most_pattern_positions];             // the class of each position
    std::uint16_t jump_of_[most_pattern_positions];           // what its followers beyond the next and itself are
    std::uint16_t jump_rows_[most_pattern_positions];         // the first position with each of those
    std::uint64_t rows_[most_pattern_positions][most_words];  // its followers
    std::uint16_t class_ends_[most_pattern_bytes + assertion_count];
    code_range ranges_[most_pattern_ranges];
};

}  // namespace detail

}  // namespace haft::inline v0::json

#endif  // HAFT_JSON_PATTERN_COMPILER_HPP
