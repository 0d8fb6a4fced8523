// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_CONFIG_LIMITS_HPP
#define HAFT_CONFIG_LIMITS_HPP

/// How much of a configuration is read before it is refused. [fault 112]

#include <cstddef>

namespace haft::inline v0 {

/// Each may be raised but the depth, which ends at 256 whatever is asked for.
struct config_limits {
    std::size_t max_bytes = 16u << 20;     ///< of one file
    unsigned max_depth = 128;              ///< tables and arrays within each other
    std::size_t max_values = 1'000'000;    ///< of one file: each has an origin, which takes about 150 bytes
    unsigned max_includes = 16;            ///< files that include each other, one within the other
    std::size_t max_files = 1000;          ///< that one file includes, all in all
};

namespace detail {
inline constexpr unsigned hard_config_depth = 256;
constexpr unsigned config_depth(const config_limits& limits) noexcept {
    return limits.max_depth < hard_config_depth ? limits.max_depth : hard_config_depth;
}
}  // namespace detail

}  // namespace haft::inline v0

#endif  // HAFT_CONFIG_LIMITS_HPP
