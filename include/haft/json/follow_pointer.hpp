// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_JSON_FOLLOW_POINTER_HPP
#define HAFT_JSON_FOLLOW_POINTER_HPP

/// Where a JSON pointer (RFC 6901) leads in a document, also as a URI's fragment has it: `#/$defs/a%20b`.

#include <haft/core/config.hpp>
#include <haft/core/text.hpp>
#include <haft/json/document.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace haft::inline v0::json {

/// Appends a text with its %XX as bytes; false if a % has no two hexadecimal digits behind it.
HAFT_COLD inline bool decode_percent(std::string_view text, std::string& out) {
    const auto digit = [](char c) { return std::string_view("0123456789abcdef").find(lower(c)); };
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%') {
            out += text[i];
            continue;
        }
        if (i + 2 >= text.size()) return false;
        const std::size_t high = digit(text[i + 1]), low = digit(text[i + 2]);
        if (high == std::string_view::npos || low == std::string_view::npos) return false;
        out += static_cast<char>(high * 16 + low);
        i += 2;
    }
    return true;
}

namespace detail {

/// One step of a pointer: a member's name, its ~0 and ~1 not yet resolved, or an item's number.
HAFT_COLD inline bool follow_step(const document& of, std::string token, std::uint32_t& to) {
    for (std::size_t i = token.find('~'); i != std::string::npos; i = token.find('~', i + 1)) {
        if (i + 1 == token.size() || (token[i + 1] != '0' && token[i + 1] != '1')) return false;
        token.replace(i, 2, token[i + 1] == '0' ? "~" : "/");
    }
    const value_node& v = of[to];
    if (v.kind == value_kind::object) {
        const std::uint32_t found = of.find(to, token);
        return found != 0 && (to = found, true);
    }
    if (v.kind != value_kind::array || token.empty() || token.size() > 9 || (token.size() > 1 && token[0] == '0'))
        return false;
    std::uint32_t left = 0;
    for (const char c : token) {
        if (c < '0' || c > '9') return false;
        left = left * 10 + static_cast<std::uint32_t>(c - '0');
    }
    if (left >= v.count) return false;
    for (to = document::first_child(to); left; --left) to = of[to].behind;
    return true;
}

}  // namespace detail

/// Goes from a value to where a pointer leads; false if it leads nowhere. Requires a pointer that is empty or begins with a slash.
HAFT_COLD inline bool follow_pointer(const document& of, std::string_view pointer, std::uint32_t& to) {
    for (std::size_t at = 0; at < pointer.size();) {
        const std::size_t end = (std::min)(pointer.find('/', at + 1), pointer.size());
        if (!detail::follow_step(of, std::string(pointer.substr(at + 1, end - at - 1)), to)) return false;
        at = end;
    }
    return true;
}

}  // namespace haft::inline v0::json

#endif  // HAFT_JSON_FOLLOW_POINTER_HPP
