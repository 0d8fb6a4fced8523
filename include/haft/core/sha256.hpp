// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_CORE_SHA256_HPP
#define HAFT_CORE_SHA256_HPP

/// SHA-256 in hexadecimal digits. Needs Boost.Hash2 (Boost 1.86 or later), so only what needs it includes this.

#include <haft/core/config.hpp>

#include <boost/hash2/sha2.hpp>

#include <string>
#include <string_view>

namespace haft::inline v0 {

/// A hash that is given its text in pieces.
class sha256 {
public:
    HAFT_COLD void update(std::string_view piece) {
        if (!piece.empty())
            hash_.update(piece.data(), piece.size());  // Hash2 hands a null pointer of no bytes to memcpy
    }
    /// The hash in 64 digits, the letters small. To be asked once.
    HAFT_COLD std::string digits() {
        std::string out;
        for (const unsigned char byte : hash_.result()) {
            out += "0123456789abcdef"[byte >> 4];
            out += "0123456789abcdef"[byte & 15];
        }
        return out;
    }

private:
    boost::hash2::sha2_256 hash_;
};

HAFT_COLD inline std::string sha256_of(std::string_view text) {
    sha256 hash;
    hash.update(text);
    return hash.digits();
}

}  // namespace haft::inline v0

#endif  // HAFT_CORE_SHA256_HPP
