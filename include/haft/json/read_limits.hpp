// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_JSON_READ_LIMITS_HPP
#define HAFT_JSON_READ_LIMITS_HPP

/// How much of a text is read before it is refused, and how exactly it has to be meant.

#include <cstddef>

namespace haft::inline v0 {

/// How arguments are read. TD-14
enum class read_mode : unsigned char {
    strict,   ///< what the schema says, nothing else
    lenient,  ///< strings are read as the numbers and booleans they spell, unknown names are dropped; each is noted
};
inline constexpr read_mode strict = read_mode::strict;
inline constexpr read_mode lenient = read_mode::lenient;

namespace json {

/// How much of one text is read before it is refused.
struct read_limits {
    unsigned max_depth = 64;                  ///< brackets within brackets; at most `hard_depth_limit`
    std::size_t max_bytes = 4u << 20;         ///< of the whole text
    std::size_t max_string_bytes = 1u << 20;  ///< of one string
    std::size_t max_items = 1'000'000;        ///< of one array or map
};

}  // namespace json
}  // namespace haft::inline v0

#endif  // HAFT_JSON_READ_LIMITS_HPP
