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

/// Appends the bytes that a text stands for. False, and nothing appended, if it is no padded base64 without breaks, or not the one
/// that append_base64 writes for them.
HAFT_APART inline bool append_base64_bytes(std::string& out, std::string_view text) {
    if (text.size() % 4 != 0) return false;
    const std::size_t before = out.size();
    const auto value = [](char c) -> std::uint32_t {
        if (c >= 'A' && c <= 'Z') return static_cast<std::uint32_t>(c - 'A');
        if (c >= 'a' && c <= 'z') return static_cast<std::uint32_t>(c - 'a' + 26);
        if (c >= '0' && c <= '9') return static_cast<std::uint32_t>(c - '0' + 52);
        return c == '+' ? 62u : c == '/' ? 63u : 64u;
    };
    for (std::size_t i = 0; i < text.size(); i += 4) {
        const bool last = i + 4 == text.size();
        const std::size_t padding = !last || text[i + 3] != '=' ? 0 : text[i + 2] != '=' ? 1 : 2;
        std::uint32_t group = 0;
        bool good = true;
        for (std::size_t k = 0; k < 4; ++k) {
            const std::uint32_t digit = k >= 4 - padding ? 0 : value(text[i + k]);
            good = good && digit < 64;
            group = group << 6 | digit;
        }
        good = good && (group & ((1u << 8 * padding) - 1)) == 0;
        if (!good) return out.resize(before), false;
        for (std::size_t k = 0; k < 3 - padding; ++k)
            out += static_cast<char>(static_cast<unsigned char>(group >> (16 - 8 * k)));
    }
    return true;
}

}  // namespace haft::inline v0

#endif  // HAFT_CORE_BASE64_HPP
