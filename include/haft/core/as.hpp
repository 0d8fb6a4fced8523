// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_CORE_AS_HPP
#define HAFT_CORE_AS_HPP

/// `haft::as("Content-Type")`: the name that something has in JSON, where C++ can't spell it.

#include <haft/core/fixed_string.hpp>

#include <cstddef>

namespace haft::inline v0 {

/// Another name: of a parameter or a member and, as an annotation, of an enumerator, a function or a class too. TD-17
template <std::size_t N>
struct as {
    fixed_string<N> text;
    constexpr as(const char (&literal)[N + 1]) : text(literal) {}  // NOLINT: implicit, as of all words that are a text
};
template <std::size_t N>
as(const char (&)[N]) -> as<N - 1>;

}  // namespace haft::inline v0

#endif  // HAFT_CORE_AS_HPP
