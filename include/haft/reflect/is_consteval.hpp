// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_REFLECT_IS_CONSTEVAL_HPP
#define HAFT_REFLECT_IS_CONSTEVAL_HPP

/// Whether a function can be called at compile time only. Only where HAFT_HAS_REFLECTION().

#include <haft/core/config.hpp>

#if HAFT_HAS_REFLECTION()

#include <meta>
#include <string_view>

namespace haft::inline v0::reflect {

/// Whether a function can't be called at run time. (C++26 has no question for that, but g++ spells it.)
consteval bool is_consteval(std::meta::info function) {
    const std::string_view spelled = std::meta::display_string_of(function);  // static consteval int f(int)
    return spelled.starts_with("consteval ") || spelled.starts_with("static consteval ") ||
           spelled.starts_with("virtual consteval ");
}

}  // namespace haft::inline v0::reflect

#endif  // HAFT_HAS_REFLECTION()

#endif  // HAFT_REFLECT_IS_CONSTEVAL_HPP
