// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_JSON_WRITER_HPP
#define HAFT_JSON_WRITER_HPP

/// C++ objects to JSON text, by the tables, in one pass. Compact, no locale, the same bytes everywhere.

#include <haft/core/config.hpp>
#include <haft/core/text.hpp>
#include <haft/json/number.hpp>
#include <haft/json/type.hpp>
#include <haft/json/write_number.hpp>

#include <charconv>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

namespace haft::inline v0::json {

/// Appends a JSON string. Text that is not UTF-8 is mended with U+FFFD, so that the document stays JSON.
inline void append_string(std::string& out, std::string_view text) {
    constexpr std::string_view hex = "0123456789abcdef";
    out += '"';
    const char* p = text.data();
    const char* const end = p + text.size();
    while (p < end) {
        const char* q = p;
        while (q < end && static_cast<unsigned char>(*q) >= 0x20 && static_cast<unsigned char>(*q) < 0x80 &&
               *q != '"' && *q != '\\')
            ++q;
        out.append(p, static_cast<std::size_t>(q - p));
        if (q == end) break;
        const auto c = static_cast<unsigned char>(*q);
        p = q + 1;
        switch (c) {
            case '"': out += "\\\""; break;
            case '\\': out += "\\\\"; break;
            case '\b': out += "\\b"; break;
            case '\f': out += "\\f"; break;
            case '\n': out += "\\n"; break;
            case '\r': out += "\\r"; break;
            case '\t': out += "\\t"; break;
            default:
                if (c < 0x20) {
                    out += "\\u00";
                    out += hex[c >> 4];
                    out += hex[c & 15u];
                } else if (const std::size_t n = utf8_length(q, end)) {
                    out.append(q, n);
                    p = q + n;
                } else {
                    out += "\xEF\xBF\xBD";
                }
        }
    }
    out += '"';
}

/// Writes one value. JSON cannot hold every C++ value: `problem()` says what it could not; the text is then of no use.
class writer {
public:
    explicit writer(std::string& out) noexcept : out_(out) {}

    const char* problem() const noexcept { return problem_; }

    void value(const type& t, const void* from) {
        switch (t.kind) {
            case kind::boolean: out_ += *static_cast<const bool*>(from) ? "true" : "false"; break;
            case kind::integer: integer(t, from); break;
            case kind::number: number(t, from); break;
            case kind::string: append_string(out_, *static_cast<const std::string*>(from)); break;
            case kind::enumeration: enumeration(t, from); break;
            case kind::optional: {
                std::size_t n = 0;
                const void* inner = t.view(from, n);
                if (n) value(*t.element, inner);
                else out_ += "null";
                break;
            }
            case kind::array: array(t, from); break;
            case kind::object: object(t, from); break;
        }
    }

private:
    static std::uint64_t load(const type& t, const void* from) noexcept {
        switch (t.size) {
            case 1: {
                std::uint8_t v;
                std::memcpy(&v, from, 1);
                return t.is_signed ? static_cast<std::uint64_t>(static_cast<std::int8_t>(v)) : v;
            }
            case 2: {
                std::uint16_t v;
                std::memcpy(&v, from, 2);
                return t.is_signed ? static_cast<std::uint64_t>(static_cast<std::int16_t>(v)) : v;
            }
            case 4: {
                std::uint32_t v;
                std::memcpy(&v, from, 4);
                return t.is_signed ? static_cast<std::uint64_t>(static_cast<std::int32_t>(v)) : v;
            }
            default: {
                std::uint64_t v;
                std::memcpy(&v, from, 8);
                return v;
            }
        }
    }

    void integer(const type& t, const void* from) {
        char digits[24];
        const std::uint64_t word = load(t, from);
        const auto [end, failed] = t.is_signed
                                       ? std::to_chars(digits, digits + sizeof digits, static_cast<std::int64_t>(word))
                                       : std::to_chars(digits, digits + sizeof digits, word);
        static_cast<void>(failed);  // 24 bytes hold every 64-bit integer
        out_.append(digits, static_cast<std::size_t>(end - digits));
    }

    void number(const type& t, const void* from) {
        if (t.size == sizeof(float)) {
            float v = 0;
            std::memcpy(&v, from, sizeof v);
            if (!is_finite(static_cast<double>(v))) return unfit("a number that is infinite or not a number");
            return append_number(out_, v);
        }
        double v = 0;
        std::memcpy(&v, from, sizeof v);
        if (!is_finite(v)) return unfit("a number that is infinite or not a number");
        append_number(out_, v);
    }

    void enumeration(const type& t, const void* from) {
        const auto v = static_cast<std::int64_t>(load(t, from));
        for (unsigned i = 0; i < t.count; ++i)
            if (t.enumerators[i].value == v) {
                out_ += '"';
                out_ += t.enumerators[i].name;
                out_ += '"';
                return;
            }
        unfit("an enum value that has no name");
    }

    void array(const type& t, const void* from) {
        std::size_t n = 0;
        const auto* item = static_cast<const char*>(t.view(from, n));
        out_ += '[';
        for (std::size_t i = 0; i < n; ++i, item += t.element->size) {
            if (i) out_ += ',';
            value(*t.element, item);
        }
        out_ += ']';
    }

    void object(const type& t, const void* from) {
        out_ += '{';
        bool first = true;
        for (std::size_t i = 0; i < t.count; ++i) {
            const member& m = t.members[i];
            const void* at = static_cast<const char*>(from) + m.offset;
            // An optional that holds nothing is left out: the schema does not require it, and has no null for it.
            if (m.of->kind == kind::optional) {
                std::size_t n = 0;
                static_cast<void>(m.of->view(at, n));
                if (!n) continue;
            }
            out_.append(t.keys + m.key + (first ? 1 : 0), m.key_length + (first ? 0u : 1u));
            first = false;
            value(*m.of, at);
        }
        out_ += '}';
    }

    HAFT_COLD void unfit(const char* what) noexcept {
        out_ += "null";
        if (!problem_) problem_ = what;
    }

    std::string& out_;
    const char* problem_ = nullptr;
};

}  // namespace haft::inline v0::json

#endif  // HAFT_JSON_WRITER_HPP
