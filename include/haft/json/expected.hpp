// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_JSON_EXPECTED_HPP
#define HAFT_JSON_EXPECTED_HPP

/// The words for what was expected and what came: `integer from 1 to 14`, `one of "asc", "desc"`, `string "five"`.

#include <haft/core/config.hpp>
#include <haft/core/text.hpp>
#include <haft/json/type.hpp>
#include <haft/json/write_number.hpp>

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

/// A type in a person's words, without its limits: `integer`, `array of string`, `forecast_query object`.
HAFT_COLD inline std::string type_text(const type& t) {
    switch (t.kind) {
        case kind::boolean: return "boolean";
        case kind::integer: return "integer";
        case kind::number: return "number";
        case kind::string: return "string";
        case kind::optional: return type_text(*t.element);
        case kind::array: return "array of " + type_text(*t.element);
        case kind::object: return "object";
        case kind::enumeration: break;
    }
    std::string out = t.count == 1 ? "" : "one of ";
    for (unsigned i = 0; i < t.count && i < most_listed_values; ++i) {
        if (i) out += ", ";
        out += '"';
        out += t.enumerators[i].name;
        out += '"';
    }
    if (t.count > most_listed_values) out += ", ... (" + std::to_string(t.count) + " in all)";
    return out;
}

/// The same with the author's limits, and those of a narrow C++ type: `integer from 1 to 14`, `string of 1 to 20 characters`.
HAFT_COLD inline std::string expected_text(const type& t, const constraint* c) {
    if (t.kind == kind::optional) return expected_text(*t.element, c);
    std::string out = type_text(t);
    const auto range = [&](bool has_low, bool has_high, const std::string& low, const std::string& high) {
        if (has_low && has_high) out += " from " + low + " to " + high;
        else if (has_low) out += " of at least " + low;
        else if (has_high) out += " of at most " + high;
    };
    if (t.kind == kind::integer) {
        const unsigned bits = t.size * 8;
        const bool low = c && c->has(constraint::minimum);
        const bool high = c && c->has(constraint::maximum);
        if (t.is_signed) {
            const auto least = static_cast<long long>(~0ull << (bits - 1));
            range(low || bits < 64, high || bits < 64, std::to_string(low ? static_cast<long long>(c->low) : least),
                  std::to_string(high ? static_cast<long long>(c->high) : -(least + 1)));
        } else {
            range(true, high || bits < 64, std::to_string(low ? c->low : 0ull),
                  std::to_string(high ? c->high : ~0ull >> (64 - bits)));
        }
    } else if (t.kind == kind::number && c) {
        range(c->has(constraint::minimum), c->has(constraint::maximum), number_text(c->real_low),
              number_text(c->real_high));
    } else if ((t.kind == kind::string || t.kind == kind::array) && c) {
        const bool low = c->has(t.kind == kind::string ? constraint::min_length : constraint::min_items);
        const bool high = c->has(t.kind == kind::string ? constraint::max_length : constraint::max_items);
        if (!low && !high) return out;
        out += t.kind == kind::string ? " of " : " with ";
        const std::uint64_t last = high ? c->size_high : c->size_low;
        if (low && high && c->size_low != c->size_high)
            out += std::to_string(c->size_low) + " to " + std::to_string(c->size_high);
        else out += std::string(low && high ? "" : low ? "at least " : "at most ") + std::to_string(last);
        const std::string_view unit = t.kind == kind::string ? " character" : " item";
        out.append(unit).append(last == 1 ? "" : "s");
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
