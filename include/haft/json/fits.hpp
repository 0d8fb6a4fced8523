// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_JSON_FITS_HPP
#define HAFT_JSON_FITS_HPP

/// Whether a value fits its type and keeps its author's limits: questions without side effects, asked of arguments at run
/// time and of defaults at compile time.

#include <haft/core/text.hpp>
#include <haft/json/constraint.hpp>
#include <haft/json/read_number.hpp>
#include <haft/json/type.hpp>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

namespace haft::inline v0::json {

enum class integer_fit : unsigned char { fits, fraction, beyond };

/// The largest integer of that size and sign, without its sign.
constexpr std::uint64_t largest_magnitude(const type& t, bool negative) noexcept {
    const unsigned bits = t.size * 8;
    if (t.is_signed) return (std::uint64_t{1} << (bits - 1)) - (negative ? 0 : 1);
    return negative ? 0 : ~std::uint64_t{0} >> (64 - bits);
}

/// A number in JSON's grammar as the 64 bits of an integer of the type's size and sign.
constexpr integer_fit fit_integer(std::string_view text, const type& t, std::uint64_t& word) noexcept {
    integer_value v;
    const integer_reading reading = read_integer(text, v);
    if (reading == integer_reading::fraction) return integer_fit::fraction;
    if (reading == integer_reading::too_large || v.magnitude > largest_magnitude(t, v.negative))
        return integer_fit::beyond;
    word = v.negative ? 0 - static_cast<std::uint64_t>(v.magnitude) : v.magnitude;
    return integer_fit::fits;
}

namespace detail {
template <class Number>
constexpr bool within(const constraint& c, Number v, Number low, Number high) noexcept {
    if ((c.has(constraint::minimum) && v < low) || (c.has(constraint::maximum) && v > high)) return false;
    if (!c.has(constraint::exclusive_minimum | constraint::exclusive_maximum)) return true;
    return !(c.has(constraint::exclusive_minimum) && v <= low) && !(c.has(constraint::exclusive_maximum) && v >= high);
}
}  // namespace detail

constexpr bool keeps_integer(const constraint& c, bool is_signed, std::uint64_t word) noexcept {
    if (is_signed ? !detail::within(c, static_cast<std::int64_t>(word), static_cast<std::int64_t>(c.low),
                                    static_cast<std::int64_t>(c.high))
                  : !detail::within(c, word, c.low, c.high))
        return false;
    if (!c.has(constraint::multiple_of | constraint::one_of)) return true;
    if (c.has(constraint::multiple_of)) {
        const bool negative = is_signed && static_cast<std::int64_t>(word) < 0;
        if ((negative ? 0 - word : word) % c.step != 0) return false;
    }
    if (!c.has(constraint::one_of)) return true;
    for (std::size_t i = 0; i < c.more->allowed_count; ++i)
        if (c.more->allowed[i].integer == word) return true;
    return false;
}

constexpr bool keeps_number(const constraint& c, double v) noexcept {
    if (!detail::within(c, v, c.real_low, c.real_high)) return false;
    if (!c.has(constraint::multiple_of | constraint::one_of)) return true;
    if (c.has(constraint::multiple_of) && !is_multiple(v, c.real_step)) return false;
    if (!c.has(constraint::one_of)) return true;
    for (std::size_t i = 0; i < c.more->allowed_count; ++i)
        if (c.more->allowed[i].real == v) return true;
    return false;
}

constexpr bool keeps_size(const constraint& c, std::size_t n) noexcept {
    return !(c.has(constraint::any_least) && n < c.size_low) && !(c.has(constraint::any_most) && n > c.size_high);
}

constexpr bool keeps_text(const constraint& c, std::string_view text) noexcept {
    if (c.has(constraint::any_length) && !keeps_size(c, count_code_points(text))) return false;
    if (!c.has(constraint::pattern | constraint::format | constraint::one_of)) return true;
    if (c.has(constraint::pattern) && !c.more->pattern->matches(text)) return false;
    if (c.has(constraint::format) && !has_format(text, c.more->format)) return false;
    if (!c.has(constraint::one_of)) return true;
    for (std::size_t i = 0; i < c.more->allowed_count; ++i)
        if (c.more->allowed[i].text == text) return true;
    return false;
}

constexpr const enumerator* find_enumerator(const type& t, std::string_view name) noexcept {
    for (unsigned i = 0; i < t.count; ++i)
        if (t.enumerators[i].name == name) return t.enumerators + i;
    return nullptr;
}

constexpr bool has_enumerator(const type& t, std::string_view name) noexcept {
    for (unsigned i = 0; i < t.count; ++i)
        if (t.enumerators[i].name == name) return true;
    return false;
}

/// Whether a text that begins so can be a value of the type. `first` is '\0' where there is no text.
constexpr bool may_begin(const type& t, char first) noexcept {
    switch (t.kind) {
        case kind::none: return false;
        case kind::null: return first == 'n';
        case kind::boolean: return first == 't' || first == 'f';
        case kind::integer:
        case kind::number: return first == '-' || (first >= '0' && first <= '9');
        case kind::string:
        case kind::view:
        case kind::text:
        case kind::enumeration: return first == '"';
        case kind::array:
        case kind::tuple: return first == '[';
        case kind::map:
        case kind::object: return first == '{';
        case kind::optional: return first == 'n' || may_begin(*t.element, first);
        case kind::converted: return may_begin(*t.element, first);
        case kind::any: return true;
        case kind::variant:
            for (unsigned i = 0; i < t.count; ++i)
                if (may_begin(*t.elements[i], first)) return true;
            return false;
    }
    return false;
}

/// Whether null is a value of the type, and not only a way to say that nothing is given.
constexpr bool accepts_null(const type& t) noexcept {
    return t.kind != kind::optional && t.kind != kind::integer && t.kind != kind::string && may_begin(t, 'n');
}

/// Puts the lowest bytes of a word into an integer or enum of that size.
inline void store(void* to, std::uint64_t word, std::size_t size) noexcept {
    switch (size) {
        case 1: {
            const auto v = static_cast<std::uint8_t>(word);
            std::memcpy(to, &v, 1);
            break;
        }
        case 2: {
            const auto v = static_cast<std::uint16_t>(word);
            std::memcpy(to, &v, 2);
            break;
        }
        case 4: {
            const auto v = static_cast<std::uint32_t>(word);
            std::memcpy(to, &v, 4);
            break;
        }
        default: std::memcpy(to, &word, 8);
    }
}

/// The 64 bits of an integer or enum, its sign extended.
inline std::uint64_t load(const type& t, const void* from) noexcept {
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

/// Whether a text is an integer as a key spells it: no sign +, no leading zero, no fraction; so one number has one key.
constexpr bool is_integer_key(std::string_view text) noexcept {
    const std::string_view digits = text.starts_with('-') ? text.substr(1) : text;
    if (digits.empty() || (digits[0] == '0' && text.size() > 1)) return false;
    for (const char c : digits)
        if (c < '0' || c > '9') return false;
    return true;
}

/// Fills a map's key from its text; false with a reason (or none) if the type refuses it.
inline bool read_key(const type& t, std::string_view text, void* to, std::string& why) {
    switch (t.kind) {
        case kind::string: return static_cast<std::string*>(to)->assign(text), true;
        case kind::text: return t.codec->read(to, text, why);
        case kind::enumeration: {
            const enumerator* const found = find_enumerator(t, text);
            if (found) store(to, static_cast<std::uint64_t>(found->value), t.size);
            return found != nullptr;
        }
        default: {
            std::uint64_t word = 0;
            if (!is_integer_key(text) || fit_integer(text, t, word) != integer_fit::fits) return false;
            store(to, word, t.size);
            return true;
        }
    }
}

}  // namespace haft::inline v0::json

#endif  // HAFT_JSON_FITS_HPP
