// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_REGISTRY_TOOL_HASH_HPP
#define HAFT_REGISTRY_TOOL_HASH_HPP

/// A tool's hash: changes when what a model is told of it changes. Needs Boost.Hash2 (Boost 1.86 or later). [RG-06]

#include <haft/core/config.hpp>
#include <haft/core/sha256.hpp>
#include <haft/tool/tool.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace haft::inline v0 {

/// SHA-256, in 64 hexadecimal digits, of name, description, input schema and, if one is given, the owner's name; each with its
/// length before it, so that no two sets of texts look alike. The same on every machine and in every build.
HAFT_COLD inline std::string tool_hash(const tool& t, std::string_view owner = {}) {
    sha256 hash;
    for (const std::string_view part : {t.name, t.description, t.input_schema, owner}) {
        char size[8];
        for (std::size_t i = 0; i < 8; ++i) size[i] = static_cast<char>(std::uint64_t{part.size()} >> 8 * i & 255);
        hash.update({size, sizeof size});
        hash.update(part);
    }
    return hash.digits();
}

}  // namespace haft::inline v0

#endif  // HAFT_REGISTRY_TOOL_HASH_HPP
