// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_RUN_SHA256_TEXT_HPP
#define HAFT_RUN_SHA256_TEXT_HPP

/// The SHA-256 of a text in 64 hexadecimal digits. Needs Boost.Hash2 (Boost 1.86 or later).

#include <haft/core/config.hpp>

#include <boost/hash2/sha2.hpp>

#include <string>
#include <string_view>

namespace haft::inline v0::detail {

HAFT_COLD inline std::string sha256_text(std::string_view text) {
    boost::hash2::sha2_256 hash;
    if (!text.empty()) hash.update(text.data(), text.size());
    std::string out;
    for (const unsigned char byte : hash.result()) {
        out += "0123456789abcdef"[byte >> 4];
        out += "0123456789abcdef"[byte & 15];
    }
    return out;
}

}  // namespace haft::inline v0::detail

#endif  // HAFT_RUN_SHA256_TEXT_HPP
