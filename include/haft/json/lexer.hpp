// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_JSON_LEXER_HPP
#define HAFT_JSON_LEXER_HPP

/// The strict JSON grammar (RFC 8259), token by token, over a text that stays where it is. No tree, no allocation; depth
/// is bounded. Whoever walks a JSON text in haft walks it with this, so that two parsers never disagree about one text.

#include <haft/core/config.hpp>
#include <haft/core/text.hpp>

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
    const char* problem() const noexcept { return problem_; }
    bool too_deep() const noexcept { return too_deep_; }

    /// The next character that is no blank, or '\0' at the end of the text (a zero byte is never JSON either).
    char peek() noexcept {
        blanks();
        return p_ < end_ ? *p_ : '\0';
    }
    /// Whether the next character is that one; does not skip blanks, which next() and key() have done.
    bool at(char c) const noexcept { return p_ < end_ && *p_ == c; }
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

    bool enter(char open) noexcept {
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
    bool next(char close, bool& first) noexcept {
        blanks();
        if (p_ == end_) return fail("the text ends inside an object or array");
        if (*p_ == close) {
            ++p_;
            ++depth_left_;
            return false;
        }
        if (first) {
            first = false;
            return true;
        }
        if (*p_ != ',') return fail(close == '}' ? "expected ',' or '}'" : "expected ',' or ']'");
        ++p_;
        blanks();
        if (p_ < end_ && *p_ == close) return fail("a comma before the closing bracket");
        return true;
    }
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

    bool string(string_token& out) noexcept {
        const char* q = p_ + 1;
        out.plain = true;
        for (;;) {
            q = run(q);
            if (q == end_) return p_ = q, fail("the text ends inside a string");
            const auto c = static_cast<unsigned char>(*q);
            if (c == '"') break;
            if (c == '\\') {
                out.plain = false;
                if (!escape(q)) return false;
            } else if (c < 0x20) {
                return p_ = q, fail("a control character inside a string; write it as an escape");
            } else {
                const std::size_t n = utf8_length(q, end_);
                if (n == 0) return p_ = q, fail("text that is not UTF-8");
                q += n;
            }
        }
        out.raw = {p_ + 1, static_cast<std::size_t>(q - p_ - 1)};
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
    bool skip() noexcept {
        if (p_ == end_) return fail(offset() == 0 ? "the text is empty" : "the text ends where a value is expected");
        switch (*p_) {
            case '"': {
                string_token s;
                return string(s);
            }
            case 't': return literal("true");
            case 'f': return literal("false");
            case 'n': return literal("null");
            case '{': {
                if (!enter('{')) return false;
                string_token k;
                for (bool first = true; next('}', first);)
                    if (!key(k) || !skip()) return false;
                return problem_ == nullptr;
            }
            case '[': {
                if (!enter('[')) return false;
                for (bool first = true; next(']', first);)
                    if (!skip()) return false;
                return problem_ == nullptr;
            }
            default: {
                if (*p_ != '-' && !digit(*p_)) return fail(stray(*p_));
                std::string_view n;
                bool integral = false;
                return number(n, integral);
            }
        }
    }

    /// Appends what a token says, escapes resolved. Requires a token that this class has given.
    static void decode(const string_token& token, std::string& out) {
        if (token.plain) {
            out.append(token.raw);
            return;
        }
        const char* p = token.raw.data();
        const char* const end = p + token.raw.size();
        out.reserve(out.size() + token.raw.size());
        while (p < end) {
            const auto* slash = static_cast<const char*>(std::memchr(p, '\\', static_cast<std::size_t>(end - p)));
            const char* stop = slash ? slash : end;
            out.append(p, static_cast<std::size_t>(stop - p));
            if (stop == end) return;
            p = stop + 2;
            switch (stop[1]) {
                case 'b': out += '\b'; break;
                case 'f': out += '\f'; break;
                case 'n': out += '\n'; break;
                case 'r': out += '\r'; break;
                case 't': out += '\t'; break;
                case 'u': {
                    std::uint32_t u = hex4(p);
                    p += 4;
                    if (u >= 0xD800 && u < 0xDC00) {
                        u = 0x10000 + ((u - 0xD800) << 10) + (hex4(p + 2) - 0xDC00);
                        p += 6;
                    }
                    append_utf8(out, u);
                    break;
                }
                default: out += stop[1];  // quote, backslash, slash
            }
        }
    }

private:
    static constexpr bool digit(char c) noexcept { return c >= '0' && c <= '9'; }

    void blanks() noexcept {
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

    /// The first character from q on that is a quote, a backslash, a control character or not ASCII. Eight at a time.
    const char* run(const char* q) const noexcept {
        constexpr std::uint64_t ones = 0x0101010101010101u;
        constexpr std::uint64_t high = ones << 7;
        while (end_ - q >= 8) {
            std::uint64_t x = 0;
            std::memcpy(&x, q, 8);
            const std::uint64_t quote = x ^ (ones * '"');
            const std::uint64_t slash = x ^ (ones * '\\');
            // High bit set in each byte that is < 0x20, '"', '\\' or >= 0x80; borrows only reach bytes after the first hit.
            if ((((x - ones * 0x20) | (quote - ones) | (slash - ones)) | x) & high) break;
            q += 8;
        }
        while (q < end_) {
            const auto c = static_cast<unsigned char>(*q);
            if (c < 0x20 || c >= 0x80 || c == '"' || c == '\\') break;
            ++q;
        }
        return q;
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

    bool escape(const char*& q) noexcept {
        if (end_ - q < 2) return p_ = end_, fail("the text ends inside a string");
        if (q[1] == 'u') {
            if (end_ - q < 6) return p_ = end_, fail("the text ends inside a string");
            const std::uint32_t u = hex4(q + 2);
            if (u > 0xFFFF) return p_ = q, fail("\\u wants four hexadecimal digits");
            if (u >= 0xDC00 && u < 0xE000) return p_ = q, fail("half of a surrogate pair");
            if (u >= 0xD800 && u < 0xDC00) {
                const bool pair =
                    end_ - q >= 12 && q[6] == '\\' && q[7] == 'u' && hex4(q + 8) >= 0xDC00 && hex4(q + 8) < 0xE000;
                if (!pair) return p_ = q, fail("half of a surrogate pair");
                q += 12;
            } else {
                q += 6;
            }
            return true;
        }
        if (std::string_view("\"\\/bfnrt").find(q[1]) == std::string_view::npos)
            return p_ = q, fail("an escape that JSON does not have");
        q += 2;
        return true;
    }

    static void append_utf8(std::string& out, std::uint32_t u) {
        const auto put = [&](std::uint32_t byte) { out += static_cast<char>(byte); };
        if (u < 0x80) {
            put(u);
        } else if (u < 0x800) {
            put(0xC0 | u >> 6), put(0x80 | (u & 0x3F));
        } else if (u < 0x10000) {
            put(0xE0 | u >> 12), put(0x80 | (u >> 6 & 0x3F)), put(0x80 | (u & 0x3F));
        } else {
            put(0xF0 | u >> 18), put(0x80 | (u >> 12 & 0x3F)), put(0x80 | (u >> 6 & 0x3F)), put(0x80 | (u & 0x3F));
        }
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
