// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_JSON_EXPECTED_HPP
#define HAFT_JSON_EXPECTED_HPP

/// The words for what was expected and what came: `integer from 1 to 14`, `one of "asc", "desc"`, `string "five"`.

#include <haft/core/config.hpp>
#include <haft/core/text.hpp>
#include <haft/json/type.hpp>
#include <haft/json/write_number.hpp>
#include <haft/json/write_string.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace haft::inline v0::json {

/// The most enumerators that an error lists.
inline constexpr unsigned most_listed_values = 20;

inline std::string number_text(double value) {
    std::string out;
    append_number(out, value);
    return out;
}

/// A type in a person's words, without its limits: `integer`, `array of string`, `one of "asc", "desc"`.
HAFT_COLD inline std::string type_text(const type& t, unsigned depth = 0) {
    const auto part = [&](std::size_t i) { return depth < 3 ? type_text(t.part(i), depth + 1) : std::string("..."); };
    if (t.codec && !t.codec->expected.empty()) return std::string(t.codec->expected);
    switch (t.kind) {
        case kind::none: return "nothing";
        case kind::null: return "null";
        case kind::boolean: return "boolean";
        case kind::integer: return "integer";
        case kind::number: return "number";
        case kind::string:
        case kind::view:
        case kind::text: return "string";
        case kind::optional:
        case kind::converted: return part(0);
        case kind::array: return (t.unique ? "array of different " : "array of ") + part(0);
        case kind::map: return "object of " + part(1);
        case kind::object: return "object";
        case kind::any: return "any JSON value";
        case kind::tuple: {
            std::string out = "array of ";
            if (t.uniform) return out + std::to_string(t.count) + " times " + part(0);
            if (t.count == 0) out += "nothing";
            for (std::size_t i = 0; i < t.count && i < most_listed_values; ++i) out += (i ? ", " : "") + part(i);
            return out;
        }
        case kind::variant: {
            std::string out;
            for (std::size_t i = 0; i < t.count && i < most_listed_values; ++i) out += (i ? " or " : "") + part(i);
            return out;
        }
        case kind::enumeration: break;
    }
    std::string out = t.count == 1 ? "" : "one of ";
    for (unsigned i = 0; i < t.count && i < most_listed_values; ++i) {
        if (i) out += ", ";
        append_string(out, t.enumerators[i].name);
    }
    if (t.count > most_listed_values) out += ", ... (" + std::to_string(t.count) + " in all)";
    return out;
}

namespace detail {

/// ` from 1 to 14`, ` of at least 0`, ` above 0 and below 1`
HAFT_COLD inline void append_range(std::string& out, const constraint& c, bool low, bool high, const std::string& least,
                                   const std::string& most) {
    const bool above = c.has(constraint::exclusive_minimum);
    const bool below = c.has(constraint::exclusive_maximum);
    if (low && high && !above && !below) {
        out += " from " + least + " to " + most;
        return;
    }
    if (low) out += (above ? " above " : " of at least ") + least;
    if (low && high) out += " and";
    if (high) out += (below ? " below " : low && above ? " at most " : " of at most ") + most;
}

HAFT_COLD inline void append_size(std::string& out, const constraint& c, bool low, bool high, std::string_view unit,
                                  std::string_view before) {
    if (!low && !high) return;
    out += before;
    const std::uint64_t last = high ? c.size_high : c.size_low;
    if (low && high && c.size_low != c.size_high)
        out += std::to_string(c.size_low) + " to " + std::to_string(c.size_high);
    else out += std::string(low && high ? "" : low ? "at least " : "at most ") + std::to_string(last);
    out.append(unit).append(last == 1 ? "" : "s");
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
    if (t.kind == kind::integer) {
        const unsigned bits = t.size * 8;
        const bool low = c && c->has(constraint::any_lower);
        const bool high = c && c->has(constraint::any_upper);
        const constraint none;
        if (t.is_signed) {
            const auto least = static_cast<long long>(~0ull << (bits - 1));
            detail::append_range(out, c ? *c : none, low || bits < 64, high || bits < 64,
                                 std::to_string(low ? static_cast<long long>(c->low) : least),
                                 std::to_string(high ? static_cast<long long>(c->high) : -(least + 1)));
        } else {
            detail::append_range(out, c ? *c : none, true, high || bits < 64, std::to_string(low ? c->low : 0ull),
                                 std::to_string(high ? c->high : ~0ull >> (64 - bits)));
        }
        if (c && c->has(constraint::multiple_of)) out += ", a multiple of " + std::to_string(c->step);
    } else if (t.kind == kind::number && c) {
        detail::append_range(out, *c, c->has(constraint::any_lower), c->has(constraint::any_upper),
                             number_text(c->real_low), number_text(c->real_high));
        if (c->has(constraint::multiple_of)) out += ", a multiple of " + number_text(c->real_step);
    } else if (c) {
        detail::append_size(out, *c, c->has(constraint::min_length), c->has(constraint::max_length), " character",
                            " of ");
        detail::append_size(out, *c, c->has(constraint::min_items), c->has(constraint::max_items), " item", " with ");
        detail::append_size(out, *c, c->has(constraint::min_properties), c->has(constraint::max_properties), " member",
                            " with ");
        if (c->has(constraint::unique_items)) out += ", all different";
        if (c->has(constraint::format)) out.append(" in the format ").append(name_of(c->more->format));
        if (c->has(constraint::pattern)) {
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
