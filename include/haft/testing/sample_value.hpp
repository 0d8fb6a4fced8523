// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_TESTING_SAMPLE_VALUE_HPP
#define HAFT_TESTING_SAMPLE_VALUE_HPP

/// A JSON value as a tree that can be changed: what generated calls are made of before they are text.

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/text.hpp>
#include <haft/json/document.hpp>
#include <haft/json/pointer.hpp>
#include <haft/json/string_text.hpp>
#include <haft/json/value_faults.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace haft::inline v0::testing {

struct sample_value {
    json::value_kind kind = json::value_kind::null;
    std::string text = "null";             ///< of a string what it says; of null, a boolean and a number its JSON
    std::vector<std::string> keys = {};    ///< of an object, one for each part
    std::vector<sample_value> parts = {};  ///< members or items

    static sample_value string(std::string_view says) { return {json::value_kind::string, std::string(says)}; }
    static sample_value number(std::string_view json) { return {json::value_kind::number, std::string(json)}; }
    static sample_value boolean(bool b) { return {json::value_kind::boolean, b ? "true" : "false"}; }
    static sample_value array() { return {json::value_kind::array, {}}; }
    static sample_value object() { return {json::value_kind::object, {}}; }

    static constexpr std::size_t nowhere = ~std::size_t{0};
    std::size_t find(std::string_view key) const noexcept {
        for (std::size_t i = 0; i < keys.size(); ++i)
            if (keys[i] == key) return i;
        return nowhere;
    }
    /// Adds or replaces a member.
    void put(std::string_view key, sample_value value) {
        if (const std::size_t at = find(key); at != nowhere) return static_cast<void>(parts[at] = std::move(value));
        keys.emplace_back(key);
        parts.push_back(std::move(value));
    }
    void erase(std::size_t at) {
        parts.erase(parts.begin() + static_cast<std::ptrdiff_t>(at));
        if (kind == json::value_kind::object) keys.erase(keys.begin() + static_cast<std::ptrdiff_t>(at));
    }
};

/// Which part of which part: from the root to a value.
using value_way = std::vector<std::uint32_t>;

inline sample_value& value_at(sample_value& root, const value_way& way) {
    sample_value* at = &root;
    for (const std::uint32_t step : way) at = &at->parts[step];
    return *at;
}

/// As a fault of the value says it.
HAFT_COLD inline std::string pointer_of(const sample_value& root, const value_way& way) {
    std::string out;
    const sample_value* at = &root;
    for (const std::uint32_t step : way) {
        if (at->kind == json::value_kind::object) json::append_pointer_key(out, at->keys[step]);
        else json::append_pointer_index(out, step);
        at = &at->parts[step];
    }
    return out;
}

/// How one and the same value may be written.
enum class json_style : unsigned char { plain, spaced, escaped };

namespace detail {

/// Every character as an escape: what a reader has to take for the same text.
HAFT_COLD inline void append_escaped(std::string& out, std::string_view text) {
    constexpr std::string_view hex = "0123456789ABCDEF";
    const auto unit = [&](std::uint32_t u) {
        out += "\\u";
        for (int shift = 12; shift >= 0; shift -= 4) out += hex[u >> shift & 15u];
    };
    out += '"';
    const char* const end = text.data() + text.size();
    for (const char* p = text.data(); p < end;) {
        const std::size_t length = utf8_length(p, end);
        const std::uint32_t code = length == 0 ? 0xFFFD : code_point(p);
        p += length == 0 ? 1 : length;
        if (code < 0x10000) {
            unit(code);
            continue;
        }
        unit(0xD800 + ((code - 0x10000) >> 10));
        unit(0xDC00 + ((code - 0x10000) & 0x3FF));
    }
    out += '"';
}

HAFT_COLD inline void append_json(std::string& out, const sample_value& v, json_style style) {
    const std::string_view blank = style == json_style::spaced ? " \n\t" : "";
    const auto string = [&](std::string_view text) {
        if (style == json_style::escaped) append_escaped(out, text);
        else out += json::string_text(text);
    };
    if (v.kind == json::value_kind::string) return string(v.text);
    if (v.kind != json::value_kind::object && v.kind != json::value_kind::array)
        return static_cast<void>(out += v.text);
    const bool object = v.kind == json::value_kind::object;
    append_all(out, {object ? "{" : "[", blank});
    for (std::size_t i = 0; i < v.parts.size(); ++i) {
        if (i) append_all(out, {",", blank});
        if (object) {
            string(v.keys[i]);
            append_all(out, {blank, ":", blank});
        }
        append_json(out, v.parts[i], style);
        out += blank;
    }
    out += object ? '}' : ']';
}

HAFT_COLD inline sample_value value_of(const json::document& from, std::uint32_t at) {
    sample_value out{from[at].kind, std::string(from[at].text)};
    if (out.kind != json::value_kind::object && out.kind != json::value_kind::array) return out;
    out.text.clear();
    for (std::uint32_t c = json::document::first_child(at); c < from[at].behind; c = from[c].behind) {
        if (out.kind == json::value_kind::object) out.keys.emplace_back(from[c].key);
        out.parts.push_back(value_of(from, c));
    }
    return out;
}

}  // namespace detail

HAFT_COLD inline std::string json_of(const sample_value& v, json_style style = json_style::plain) {
    std::string out;
    detail::append_json(out, v, style);
    return out;
}

/// The value that a JSON text stands for; null for what is no JSON.
HAFT_COLD inline sample_value value_of_json(std::string_view text) {
    json::document read;
    json::value_faults ignored;
    return read.read(text, {}, ignored) ? detail::value_of(read, 0) : sample_value{};
}

}  // namespace haft::inline v0::testing

#endif  // HAFT_TESTING_SAMPLE_VALUE_HPP
