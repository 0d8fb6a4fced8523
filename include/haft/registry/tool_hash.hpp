// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_REGISTRY_TOOL_HASH_HPP
#define HAFT_REGISTRY_TOOL_HASH_HPP

/// A tool's hash: changes when what a model is told of it changes. Needs Boost.Hash2 (Boost 1.86 or later), which nothing else
/// of haft does. [RG-06]

#include <haft/core/config.hpp>
#include <haft/tool/tool.hpp>

#include <boost/hash2/sha2.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace haft::inline v0 {

/// SHA-256, in 64 hexadecimal digits, of name, description, input schema and, if one is given, the owner's name; each with its
/// length before it, so that no two sets of texts look alike. The same on every machine and in every build.
HAFT_COLD inline std::string tool_hash(const tool& t, std::string_view owner = {}) {
    boost::hash2::sha2_256 hash;
    for (const std::string_view part : {t.name, t.description, t.input_schema, owner}) {
        unsigned char size[8];
        for (std::size_t i = 0; i < 8; ++i) size[i] = static_cast<unsigned char>(std::uint64_t{part.size()} >> 8 * i);
        hash.update(size, sizeof size);
        if (!part.empty()) hash.update(part.data(), part.size());  // Hash2 hands a null pointer of no bytes to memcpy
    }
    std::string out;
    for (const unsigned char byte : hash.result()) {
        out += "0123456789abcdef"[byte >> 4];
        out += "0123456789abcdef"[byte & 15];
    }
    return out;
}

}  // namespace haft::inline v0

#endif  // HAFT_REGISTRY_TOOL_HASH_HPP
