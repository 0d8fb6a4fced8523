// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_CORE_BASE64_HPP
#define HAFT_CORE_BASE64_HPP

/// Bytes as base64 text (RFC 4648, section 4), which is how JSON carries them.

#include <haft/core/config.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace haft::inline v0 {

/// Appends the bytes in base64, padded, without line breaks.
HAFT_APART inline void append_base64(std::string& out, std::string_view bytes) {
    constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const auto at = [&](std::size_t i) {
        return i < bytes.size() ? std::uint32_t{static_cast<unsigned char>(bytes[i])} : 0u;
    };
    const std::size_t before = out.size();
    out.resize(before + (bytes.size() + 2) / 3 * 4);
    char* to = out.data() + before;
    for (std::size_t i = 0; i < bytes.size(); i += 3, to += 4) {
        const std::uint32_t group = at(i) << 16 | at(i + 1) << 8 | at(i + 2);
        to[0] = digits[group >> 18];
        to[1] = digits[group >> 12 & 63u];
        to[2] = i + 1 < bytes.size() ? digits[group >> 6 & 63u] : '=';
        to[3] = i + 2 < bytes.size() ? digits[group & 63u] : '=';
    }
}

}  // namespace haft::inline v0

#endif  // HAFT_CORE_BASE64_HPP
