// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_CORE_CONCAT_HPP
#define HAFT_CORE_CONCAT_HPP

/// Texts put together of parts, where speed is nothing and size is something: a chain of `+` and `append` costs each place
/// that has one a hundred bytes a link, and every program the time to compile them.

#include <haft/core/config.hpp>

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

namespace haft::inline v0 {

/// Appends the parts, none of which may lie in `out`.
HAFT_COLD inline void append_all(std::string& out, std::initializer_list<std::string_view> parts) {
    for (const std::string_view part : parts) out.append(part.data(), part.size());
}

/// The parts, one after the other.
HAFT_COLD inline std::string concat(std::initializer_list<std::string_view> parts) {
    std::string out;
    append_all(out, parts);
    return out;
}

/// A number in decimal digits.
HAFT_COLD inline std::string decimal(std::uint64_t n) {
    char digits[20];
    char* const end = digits + sizeof digits;
    char* first = end;
    do *--first = static_cast<char>('0' + n % 10);
    while (n /= 10);
    return {first, end};
}

}  // namespace haft::inline v0

#endif  // HAFT_CORE_CONCAT_HPP
