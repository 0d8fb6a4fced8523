// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_CORE_FIXED_STRING_HPP
#define HAFT_CORE_FIXED_STRING_HPP

/// Text as a template argument.

#include <cstddef>
#include <string_view>

namespace haft::inline v0 {

/// A string literal that can be a template argument. Compilers print it, so it also carries names into error messages.
template <std::size_t N>
struct fixed_string {
    char text[N + 1]{};

    constexpr fixed_string() = default;
    constexpr fixed_string(const char (&literal)[N + 1]) {  // NOLINT: implicit, so that a literal can be given
        for (std::size_t i = 0; i < N; ++i) text[i] = literal[i];
    }
    constexpr explicit fixed_string(std::string_view from) {
        for (std::size_t i = 0; i < N; ++i) text[i] = from[i];
        text[N] = '\0';  // it is there already, but clang prints characters as text only if their zero was written
    }
    constexpr std::string_view view() const noexcept { return {text, N}; }
};
template <std::size_t N>
fixed_string(const char (&)[N]) -> fixed_string<N - 1>;

}  // namespace haft::inline v0

#endif  // HAFT_CORE_FIXED_STRING_HPP
