// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_JSON_LEXER_HPP
#define HAFT_JSON_LEXER_HPP

/// The strict JSON grammar (RFC 8259), token by token, over a text that stays where it is. No tree, no allocation; depth
/// is bounded. Whoever walks a JSON text in haft walks it with this, so that two parsers never disagree about one text.

#include <haft/core/config.hpp>
#include <haft/core/text.hpp>
#include <haft/json/number.hpp>
#include <haft/json/plain_run.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

namespace haft::inline v0::json {

/// The most brackets within brackets that are ever walked, whatever is asked for: walks recurse, and stacks end.
inline constexpr unsigned hard_depth_limit = 512;

/// A walk over one JSON text. Every function that returns bool returns false once the text has turned out not to be
/// JSON; `problem()` and `offset()` then say what and where, and nothing further may be read.
class lexer {
public:
    lexer(std::string_view text, unsigned max_depth) noexcept
        : p_(text.data()),
          begin_(text.data()),
          end_(text.data() + text.size()),
          depth_left_(max_depth < hard_depth_limit ? max_depth : hard_depth_limit) {}

    /// A walk of its own from where another one stands, with its own bound on the depth.
    lexer(const lexer& other, unsigned max_depth) noexcept
        : p_(other.p_),
          begin_(other.begin_),
          end_(other.end_),
          depth_left_(max_depth < hard_depth_limit ? max_depth : hard_depth_limit) {}
    /// Goes on where that walk has ended, behind a whole value.
    void continue_at(const lexer& other) noexcept { p_ = other.p_; }

    /// A string between its quotes, grammar and UTF-8 checked; `plain` if it holds no escapes and can be used as it is.
    struct string_token {
        std::string_view raw;
        bool plain = true;
    };

    std::size_t offset() const noexcept { return static_cast<std::size_t>(p_ - begin_); }
    /// The text from that offset to here. Requires an offset that was given before.
    std::string_view since(std::size_t offset) const noexcept {
        return {begin_ + offset, static_cast<std::size_t>(p_ - begin_) - offset};
    }
    /// Back to an offset that was given before, in the same container.
    void rewind(std::size_t offset) noexcept { p_ = begin_ + offset; }
    /// The text from here to its end.
    std::string_view rest() const noexcept { return {p_, static_cast<std::size_t>(end_ - p_)}; }
    const char* problem() const noexcept { return problem_; }
    bool too_deep() const noexcept { return too_deep_; }

    /// The next character that is no blank, or '\0' at the end of the text (a zero byte is never JSON either).
    HAFT_HOT char peek() noexcept {
        blanks();
        return p_ < end_ ? *p_ : '\0';
    }
    /// The character here, or '\0' at the end of the text; for where peek(), next() or key() has skipped the blanks.
    HAFT_HOT char here() const noexcept { return p_ < end_ ? *p_ : '\0'; }
    HAFT_HOT bool at(char c) const noexcept { return p_ < end_ && *p_ == c; }
    /// True at the end of the text; a problem otherwise.
    bool expect_end() {
        blanks();
        return p_ == end_ || fail("text after the end of the JSON value");
    }

    HAFT_COLD bool fail(const char* what) noexcept {
        if (!problem_) problem_ = what;
        return false;
    }

    // --- containers: enter, then for each element next(), which is false at the closing bracket or at a problem

    HAFT_HOT bool enter(char open) noexcept {
        if (p_ == end_ || *p_ != open) return fail(open == '{' ? "expected '{'" : "expected '['");
        if (depth_left_ == 0) {
            too_deep_ = true;
            return fail("nested too deeply");
        }
        --depth_left_;
        ++p_;
        return true;
    }
    /// Moves to the next element of the container that ends with `close`. `first` is the walk's own; start it with true.
    HAFT_HOT bool next(char close, bool& first) noexcept {
        blanks();
        if (p_ < end_) {
            if (*p_ == close) return ++p_, ++depth_left_, false;
            if (first) return first = false, true;
            if (*p_ == ',') {
                ++p_;
                blanks();
                if (p_ == end_ || *p_ != close) return true;  // (that nothing comes is for whoever reads the element)
            }
        }
        return no_element(close);
    }
    /// The same between members of a text without blanks; otherwise false, and nothing has moved.
    HAFT_HOT bool next_key() noexcept { return end_ - p_ >= 2 && p_[0] == ',' && p_[1] == '"' && (++p_, true); }
    /// An object's key and its colon; the value comes next.
    bool key(string_token& out) noexcept {
        if (p_ == end_ || *p_ != '"') return fail("expected a key in double quotes");
        if (!string(out)) return false;
        blanks();
        if (p_ == end_ || *p_ != ':') return fail("expected ':' after the key");
        ++p_;
        blanks();
        return true;
    }

    // --- scalars, each at its first character

    HAFT_HOT bool string(string_token& out) noexcept {
        const char* const q = end_of_plain(p_ + 1, end_);
        if (q == end_ || *q != '"') return string_from(q, out);
        out.raw = {p_ + 1, static_cast<std::size_t>(q - p_ - 1)};
        out.plain = true;
        p_ = q + 1;
        return true;
    }

    /// A number in JSON's grammar. `integral`: neither fraction nor exponent.
    bool number(std::string_view& out, bool& integral) noexcept {
        const char* q = p_;
        integral = true;
        if (q < end_ && *q == '-') ++q;
        if (q == end_ || !digit(*q)) return p_ = q, fail("expected a digit");
        if (*q == '0') {
            if (++q < end_ && digit(*q)) return p_ = q, fail("a number may not begin with 0");
        } else {
            while (q < end_ && digit(*q)) ++q;
        }
        if (q < end_ && *q == '.') {
            integral = false;
            if (++q == end_ || !digit(*q)) return p_ = q, fail("expected a digit after the decimal point");
            while (q < end_ && digit(*q)) ++q;
        }
        if (q < end_ && (*q == 'e' || *q == 'E')) {
            integral = false;
            ++q;
            if (q < end_ && (*q == '+' || *q == '-')) ++q;
            if (q == end_ || !digit(*q)) return p_ = q, fail("expected a digit in the exponent");
            while (q < end_ && digit(*q)) ++q;
        }
        out = {p_, static_cast<std::size_t>(q - p_)};
        p_ = q;
        return true;
    }

    bool literal(std::string_view word) noexcept {
        if (static_cast<std::size_t>(end_ - p_) < word.size() || std::memcmp(p_, word.data(), word.size()) != 0)
            return fail("expected true, false or null in full and in lower case");
        p_ += word.size();
        return true;
    }

    /// Checks one whole value and drops it. `out` is its text.
    bool skip(std::string_view& out) noexcept {
        const char* const first = p_;
        if (!skip()) return false;
        out = {first, static_cast<std::size_t>(p_ - first)};
        return true;
    }
    bool skip() noexcept { return p_ < end_ && (*p_ == '{' || *p_ == '[') ? skip_container() : skip_scalar(); }

    /// A string, its escapes resolved, into `out`, in one pass; `size` is that of its text. One of more than `most` bytes is only
    /// walked over.
    HAFT_HOT bool string(std::string& out, std::size_t most, std::size_t& size) {
        const char* const first = p_ + 1;
        const char* const q = end_of_plain(first, end_);
        size = static_cast<std::size_t>(q - first);
        if (q == end_ || *q != '"') return text_from(q, out, most, size);
        p_ = q + 1;
        if (size <= most) out.clear(), out.append(first, size);  // (assign() looks out for a text within `out`)
        return true;
    }

    // --- the usual numbers, read on the spot; where these return false, nothing was read, and number() tells more

    /// An integer of at most 18 digits.
    HAFT_HOT bool short_integer(bool& negative, std::uint64_t& magnitude) noexcept {
        const char* q = p_;
        const char* const end = end_;
        negative = q < end && *q == '-';
        q += negative;
        const char* const first = q;
        std::uint64_t digits = 0;
        q = read_digits(q, end, digits);
        const auto count = static_cast<std::size_t>(q - first);
        if (count - 1 > 17 || (count > 1 && *first == '0')) return false;
        if (q < end && (*q == '.' || (*q | 0x20) == 'e')) return false;
        magnitude = digits;
        p_ = q;
        return true;
    }

    HAFT_HOT bool short_number(double& out) noexcept {
        const char* const q = short_number_at(p_, end_, out);
        return q && (p_ = q, true);
    }

    /// Of an array without blanks as many elements as `one(n)` reads, one behind the other, `most` at most; gives how many. The
    /// walk stands behind the last of them. (Each step of next() asks more than that.)
    template <class One>
    HAFT_HOT std::size_t in_a_row(std::size_t most, One one) noexcept {
        const char* behind = p_;
        std::size_t n = 0;
        while (n < most && one(n)) {
            ++n;
            behind = p_;
            if (p_ == end_ || *p_ != ',') break;
            ++p_;
        }
        p_ = behind;
        return n;
    }

    /// Steps over a text, and the blanks behind it, if it stands here in just these characters: `"name":`, as a table of keys has
    /// it. 16 bytes of it may be read.
    HAFT_HOT bool step_over(std::string_view text) noexcept {
        if (static_cast<std::size_t>(end_ - p_) < text.size() || !begins_with(p_, end_, text.data(), text.size()))
            return false;
        p_ += text.size();
        blanks();
        return true;
    }

    /// Appends what a token says, escapes resolved. Requires a token that this class has given.
    static void decode(const string_token& token, std::string& out) {
        if (token.plain) {
            out.append(token.raw);
            return;
        }
        // What an escape stands for is shorter than the escape, so there is room, also for the blocks that copy_plain writes.
        const std::size_t before = out.size();
        out.resize(before + token.raw.size());
        out.resize(static_cast<std::size_t>(unescape(token.raw, out.data() + before) - out.data()));
    }

private:
    bool skip_scalar() noexcept {
        if (p_ == end_) return fail(offset() == 0 ? "the text is empty" : "the text ends where a value is expected");
        switch (*p_) {
            case '"': {
                string_token s;
                return string(s);
            }
            case 't': return literal("true");
            case 'f': return literal("false");
            case 'n': return literal("null");
            default: {
                if (*p_ != '-' && !digit(*p_)) return fail(stray(*p_));
                std::string_view n;
                bool integral = false;
                return number(n, integral);
            }
        }
    }

    /// Without recursion: what the containers around are stands in bits, so that depth costs no stack.
    HAFT_APART bool skip_container() noexcept {
        std::array<std::uint64_t, hard_depth_limit / 64> objects{};
        unsigned depth = 0;
        for (bool first = false;;) {
            if (p_ < end_ && (*p_ == '{' || *p_ == '[')) {
                const std::uint64_t bit = std::uint64_t{1} << depth % 64;
                std::uint64_t& word = objects[depth / 64 % objects.size()];
                word = *p_ == '{' ? word | bit : word & ~bit;
                if (!enter(*p_)) return false;
                ++depth;
                first = true;
            } else if (!skip_scalar()) {
                return false;
            }
            for (;;) {  // on to the next value, out of the containers that have ended
                if (depth == 0) return true;
                const bool object = (objects[(depth - 1) / 64] >> (depth - 1) % 64 & 1) != 0;
                if (next(object ? '}' : ']', first)) {
                    string_token k;
                    if (object && !key(k)) return false;
                    break;
                }
                if (problem_) return false;
                --depth;
                first = false;
            }
        }
    }

    static constexpr bool digit(char c) noexcept { return c >= '0' && c <= '9'; }

    /// Adds the digits at `q` to a number, and gives where they end.
    HAFT_HOT static const char* read_digits(const char* q, const char* end, std::uint64_t& number) noexcept {
        std::uint64_t n = number;
        for (unsigned d = 0; q < end && (d = static_cast<unsigned>(*q - '0')) <= 9; ++q) n = n * 10 + d;
        number = n;
        return q;
    }

    /// A number of at most 15 digits: they divided by a power of ten, both of which a double holds exactly, so that one rounding
    /// is the right one (Clinger's fast path). Gives its end; null if it is none, or a longer one.
    HAFT_HOT static const char* short_number_at(const char* q, const char* end, double& out) noexcept {
        const bool negative = q < end && *q == '-';
        q += negative;
        const char* const first = q;
        std::uint64_t digits = 0;
        q = read_digits(q, end, digits);
        std::ptrdiff_t count = q - first;
        if (count == 0 || (count > 1 && *first == '0')) return nullptr;
        std::ptrdiff_t places = 0;
        if (q < end && *q == '.') {
            const char* const point = ++q;
            q = read_digits(q, end, digits);
            places = q - point;
            if (places == 0) return nullptr;
            count += places;
        }
        if (count > 15 || (q < end && (*q | 0x20) == 'e')) return nullptr;
        auto magnitude = static_cast<double>(static_cast<std::int64_t>(digits));
        if (places) magnitude /= exact_powers_of_ten[static_cast<std::size_t>(places)];
        out = negative ? -magnitude : magnitude;
        return q;
    }

    HAFT_COLD bool no_element(char close) noexcept {
        if (p_ == end_) return fail("the text ends inside an object or array");
        if (*p_ == close) return fail("a comma before the closing bracket");
        return fail(close == '}' ? "expected ',' or '}'" : "expected ',' or ']'");
    }

    HAFT_HOT void blanks() noexcept {
        if (p_ < end_ && static_cast<unsigned char>(*p_) <= ' ') skip_blanks();
    }
    HAFT_APART void skip_blanks() noexcept {
        while (p_ < end_ && (*p_ == ' ' || *p_ == '\n' || *p_ == '\t' || *p_ == '\r')) ++p_;
    }

    HAFT_COLD static const char* stray(char c) noexcept {
        switch (c) {
            case '\'': return "JSON has double quotes only";
            case '/':
            case '#': return "JSON has no comments";
            case ',': return "a comma where a value is expected";
            case '+': return "a number may not begin with '+'";
            case '.': return "a number may not begin with '.'";
            case 'N':
            case 'I': return "JSON has no NaN and no Infinity";
            case 'T':
            case 'F': return "expected true, false or null in full and in lower case";
            case '\xEF': return "a byte order mark; JSON text begins without one";
            default: return "expected a value";
        }
    }

    /// A string whose first character that is not plain stands at q.
    HAFT_APART bool string_from(const char* q, string_token& out) noexcept {
        out.plain = true;
        for (;;) {
            if (q == end_) return p_ = q, fail("the text ends inside a string");
            const auto c = static_cast<unsigned char>(*q);
            if (c == '"') break;
            if (c == '\\') {
                out.plain = false;
                std::uint32_t u = 0;
                if (end_ - q >= 2 && meaning_of(q[1])) q += 2;
                else if (!unicode_escape(q, u)) return false;
            } else if (c < 0x20) {
                return p_ = q, fail("a control character inside a string; write it as an escape");
            } else {
                do {
                    const std::size_t n = utf8_length(q, end_);
                    if (n == 0) return p_ = q, fail("text that is not UTF-8");
                    q += n;
                } while (q < end_ && static_cast<signed char>(*q) < 0);
            }
            q = end_of_plain(q, end_);
        }
        out.raw = {p_ + 1, static_cast<std::size_t>(q - p_ - 1)};
        p_ = q + 1;
        return true;
    }

    /// Writes what a string between its quotes says, at most as many bytes as that has; gives the end. Requires a checked one.
    static char* unescape(std::string_view raw, char* to) noexcept {
        const char* p = raw.data();
        const char* const end = p + raw.size();
        for (;;) {
            copy_plain(p, end, to);
            if (p == end) return to;
            if (*p != '\\') {
                do *to++ = *p++;
                while (p < end && static_cast<signed char>(*p) < 0);
            } else if (p[1] != 'u') {
                *to++ = meaning_of(p[1]);
                p += 2;
            } else {
                to = put_utf8(to, escaped_code_point(p));
            }
        }
    }

    /// What a backslash and this character mean; '\0' where that is no escape, or \u.
    static char meaning_of(char c) noexcept {
        static constexpr auto meanings = [] {
            std::array<char, 128> m{};
            m['"'] = '"', m['\\'] = '\\', m['/'] = '/';
            m['b'] = '\b', m['f'] = '\f', m['n'] = '\n', m['r'] = '\r', m['t'] = '\t';
            return m;
        }();
        const auto at = static_cast<unsigned char>(c);
        return at < meanings.size() ? meanings[at] : '\0';
    }

    static std::uint32_t hex4(const char* q) noexcept {
        std::uint32_t u = 0;
        for (int i = 0; i < 4; ++i) {
            const char c = q[i];
            const char lower = static_cast<char>(c | 0x20);
            const int nibble = digit(c) ? c - '0' : lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
            if (nibble < 0) return 0x110000;
            u = u << 4 | static_cast<std::uint32_t>(nibble);
        }
        return u;
    }

    /// The code point of a checked \\u escape, which may be two.
    static std::uint32_t escaped_code_point(const char*& p) noexcept {
        const std::uint32_t u = hex4(p + 2);
        p += 6;
        if (u < 0xD800 || u > 0xDFFF) return u;
        const std::uint32_t low = hex4(p + 2);
        p += 6;
        return 0x10000 + ((u - 0xD800) << 10) + (low - 0xDC00);
    }

    bool unicode_escape(const char*& q, std::uint32_t& code) noexcept {
        if (end_ - q < 2) return p_ = end_, fail("the text ends inside a string");
        if (q[1] != 'u') return p_ = q, fail("an escape that JSON does not have");
        if (end_ - q < 6) return p_ = end_, fail("the text ends inside a string");
        const std::uint32_t u = hex4(q + 2);
        if (u > 0xFFFF) return p_ = q, fail("\\u wants four hexadecimal digits");
        if (u >= 0xDC00 && u < 0xE000) return p_ = q, fail("half of a surrogate pair");
        const bool needs_low = u >= 0xD800 && u < 0xDC00;
        if (needs_low &&
            !(end_ - q >= 12 && q[6] == '\\' && q[7] == 'u' && hex4(q + 8) >= 0xDC00 && hex4(q + 8) < 0xE000))
            return p_ = q, fail("half of a surrogate pair");
        code = escaped_code_point(q);
        return true;
    }

    /// A string whose first character that is not plain stands at q, into `out`. It grows by doubling: what follows in the
    /// text may be much more than this string.
    HAFT_APART bool text_from(const char* q, std::string& out, std::size_t most, std::size_t& size) {
        constexpr std::size_t margin = 32;  // a block and the longest that one character brings
        const char* const first = p_ + 1;
        const std::size_t plain = size;
        const auto skip_it = [&] {
            string_token token;
            const bool whole = string_from(q, token);
            size = token.raw.size();
            return whole;
        };
        if (plain > most) return skip_it();
        const auto rest = static_cast<std::size_t>(end_ - first);
        out.resize((rest < 2 * plain + 1024 ? rest : 2 * plain + 1024) + margin);
        char* to = out.data();
        const char* full = to + out.size() - margin;
        std::memcpy(to, first, plain);
        to += plain;
        for (;;) {
            if (to > full) {
                const auto used = static_cast<std::size_t>(to - out.data());
                if (used > most) return skip_it();
                out.resize(2 * out.size());
                to = out.data() + used;
                full = out.data() + out.size() - margin;
            }
            if (end_ - q >= detail::block_size) {
                const detail::char_block block = detail::load_block(q);
                detail::store_block(to, block);
                const auto marks = detail::not_plain(block);
                const std::ptrdiff_t n = marks ? detail::first_of(marks) : detail::block_size;
                q += n, to += n;
                if (!marks) continue;
            } else if (q == end_) {
                return p_ = q, fail("the text ends inside a string");
            } else if (is_plain(*q)) {
                *to++ = *q++;
                continue;
            }
            const auto c = static_cast<unsigned char>(*q);
            if (c == '"') break;
            if (c == '\\') {
                std::uint32_t u = 0;
                if (const char meaning = end_ - q >= 2 ? meaning_of(q[1]) : '\0') *to++ = meaning, q += 2;
                else if (unicode_escape(q, u)) to = put_utf8(to, u);
                else return false;
            } else if (c < 0x20) {
                return p_ = q, fail("a control character inside a string; write it as an escape");
            } else {
                const std::size_t n = utf8_length(q, end_);
                if (n == 0) return p_ = q, fail("text that is not UTF-8");
                for (std::size_t i = 0; i < n; ++i) *to++ = *q++;
            }
        }
        out.resize(static_cast<std::size_t>(to - out.data()));
        size = static_cast<std::size_t>(q - first);
        p_ = q + 1;
        return true;
    }

    const char* p_;
    const char* begin_;
    const char* end_;
    const char* problem_ = nullptr;
    unsigned depth_left_;
    bool too_deep_ = false;
};

}  // namespace haft::inline v0::json

#endif  // HAFT_JSON_LEXER_HPP
