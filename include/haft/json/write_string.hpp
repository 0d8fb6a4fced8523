// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_JSON_WRITE_STRING_HPP
#define HAFT_JSON_WRITE_STRING_HPP

/// Text as a JSON string.

#include <haft/core/text.hpp>

#include <cstddef>
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

}  // namespace haft::inline v0::json

#endif  // HAFT_JSON_WRITE_STRING_HPP
