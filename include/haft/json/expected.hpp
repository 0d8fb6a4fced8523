// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_JSON_EXPECTED_HPP
#define HAFT_JSON_EXPECTED_HPP

/// The words for what was expected and what came: `integer from 1 to 14`, `one of "asc", "desc"`, `string "five"`.

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/text.hpp>
#include <haft/json/string_text.hpp>
#include <haft/json/type.hpp>
#include <haft/json/write_number.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace haft::inline v0::json {

/// The most enumerators that an error lists.
inline constexpr unsigned most_listed_values = 20;

HAFT_COLD inline std::string number_text(double value) {
    std::string out;
    append_number(out, value);
    return out;
}

/// A type in a person's words, without its limits: `integer`, `array of string`, `one of "asc", "desc"`.
HAFT_COLD inline std::string type_text(const type& t, unsigned depth = 0) {
    const auto part = [&](std::size_t i) { return depth < 3 ? type_text(t.part(i), depth + 1) : std::string("..."); };
    const auto parts = [&](std::string_view before, std::string_view between) {
        std::string out(before);
        for (std::size_t i = 0; i < t.count && i < most_listed_values; ++i)
            append_all(out, {i ? between : "", part(i)});
        return out;
    };
    if (t.has_codec() && !t.codec->expected.empty()) return std::string(t.codec->expected);
    std::string_view name;
    switch (t.kind) {
        case kind::none: name = "nothing"; break;
        case kind::null: name = "null"; break;
        case kind::boolean: name = "boolean"; break;
        case kind::integer: name = "integer"; break;
        case kind::number: name = "number"; break;
        case kind::string:
        case kind::view:
        case kind::text: name = "string"; break;
        case kind::object: name = "object"; break;
        case kind::any: name = "any JSON value"; break;
        case kind::optional:
        case kind::converted: return part(0);
        case kind::array: return concat({t.unique ? "array of different " : "array of ", part(0)});
        case kind::map: return concat({"object of ", part(1)});
        case kind::tuple:
            if (t.uniform) return concat({"array of ", decimal(t.count), " times ", part(0)});
            return parts(t.count ? "array of " : "array of nothing", ", ");
        case kind::variant: return parts("", " or ");
        case kind::enumeration: break;
    }
    std::string out(name);
    if (t.kind != kind::enumeration) return out;
    if (t.count != 1) out = "one of ";
    for (unsigned i = 0; i < t.count && i < most_listed_values; ++i)
        append_all(out, {i ? ", " : "", string_text(t.enumerators[i].name)});
    if (t.count > most_listed_values) append_all(out, {", ... (", decimal(t.count), " in all)"});
    return out;
}

namespace detail {

/// ` from 1 to 14`, ` of at least 0`, ` above 0 and below 1`
HAFT_COLD inline void append_range(std::string& out, const constraint& c, bool low, bool high, std::string_view least,
                                   std::string_view most) {
    const bool above = c.has(constraint::exclusive_minimum);
    const bool below = c.has(constraint::exclusive_maximum);
    if (low && high && !above && !below) return append_all(out, {" from ", least, " to ", most});
    if (low) append_all(out, {above ? " above " : " of at least ", least});
    if (low && high) out += " and";
    if (high) append_all(out, {below ? " below " : low && above ? " at most " : " of at most ", most});
}

HAFT_COLD inline void append_size(std::string& out, const constraint& c, bool low, bool high, std::string_view unit,
                                  std::string_view before) {
    if (!low && !high) return;
    const std::uint64_t last = high ? c.size_high : c.size_low;
    const std::string first = low && high && c.size_low != c.size_high ? decimal(c.size_low) + " to " : std::string();
    append_all(out, {before, first,
                     low && high ? ""
                     : low       ? "at least "
                                 : "at most ",
                     decimal(last), unit, last == 1 ? "" : "s"});
}

/// An integer that is stored as its bits.
HAFT_COLD inline std::string integer_text(std::uint64_t bits, bool is_signed) {
    const bool negative = is_signed && bits >> 63;
    return concat({negative ? "-" : "", decimal(negative ? 0 - bits : bits)});
}

}  // namespace detail

/// The same with the author's limits, and those of a narrow C++ type: `integer from 1 to 14`, `string of 1 to 20 characters`.
HAFT_COLD inline std::string expected_text(const type& t, const constraint* c) {
    if (t.kind == kind::optional || (t.kind == kind::converted && t.codec->expected.empty()))
        return expected_text(*t.element, c);
    if (c && c->has(constraint::one_of)) {
        const std::string_view all = c->more->allowed_text;  // ["a","b"]
        std::string out = c->more->allowed_count == 1 ? "" : "one of ";
        return append_echo(out, all.substr(1, all.size() - 2), 400), out;
    }
    std::string out = type_text(t);
    const auto has = [&](auto what) { return c && c->has(what); };
    if (t.kind == kind::integer) {
        const unsigned bits = t.size * 8;
        const bool low = has(constraint::any_lower);
        const bool high = has(constraint::any_upper);
        const constraint none;
        const std::uint64_t largest = ~std::uint64_t{0} >> (64 - bits + (t.is_signed ? 1 : 0));
        const std::uint64_t least = t.is_signed ? ~largest : 0;
        detail::append_range(out, c ? *c : none, low || !t.is_signed || bits < 64, high || bits < 64,
                             detail::integer_text(low ? c->low : least, t.is_signed),
                             detail::integer_text(high ? c->high : largest, t.is_signed));
        if (has(constraint::multiple_of)) append_all(out, {", a multiple of ", decimal(c->step)});
    } else if (t.kind == kind::number && c) {
        detail::append_range(out, *c, has(constraint::any_lower), has(constraint::any_upper), number_text(c->real_low),
                             number_text(c->real_high));
        if (has(constraint::multiple_of)) append_all(out, {", a multiple of ", number_text(c->real_step)});
    } else if (c) {
        detail::append_size(out, *c, has(constraint::min_length), has(constraint::max_length), " character", " of ");
        detail::append_size(out, *c, has(constraint::min_items), has(constraint::max_items), " item", " with ");
        detail::append_size(out, *c, has(constraint::min_properties), has(constraint::max_properties), " member",
                            " with ");
        if (has(constraint::unique_items)) out += ", all different";
        if (has(constraint::format)) append_all(out, {" in the format ", name_of(c->more->format)});
        if (has(constraint::pattern)) {
            out += " that matches ";
            append_echo(out, c->more->pattern_text);
        }
    }
    return out;
}

/// A value that came, recognisable and harmless: `string "five"`, `number 1.5`, `object`, `null`.
HAFT_COLD inline std::string got_text(std::string_view value) {
    const char first = value.empty() ? '\0' : value.front();
    std::string out = first == '"'                                     ? "string "
                      : first == '{'                                   ? "object "
                      : first == '['                                   ? "array "
                      : first == 't' || first == 'f'                   ? "boolean "
                      : first == '-' || (first >= '0' && first <= '9') ? "number "
                                                                       : "";
    append_echo(out, value);
    return out;
}

}  // namespace haft::inline v0::json

#endif  // HAFT_JSON_EXPECTED_HPP
