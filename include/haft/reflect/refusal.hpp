// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_REFLECT_REFUSAL_HPP
#define HAFT_REFLECT_REFUSAL_HPP

/// The words of a refusal, put together at compile time: what C++26 lets a static_assert print. Only where
/// HAFT_HAS_REFLECTION().

#include <haft/core/config.hpp>

#if HAFT_HAS_REFLECTION()

#include <initializer_list>
#include <meta>
#include <string>
#include <string_view>

namespace haft::inline v0::reflect {

/// One text of several parts, for ever. (No refusal is "", which static_assert(text.empty(), text) says nothing of.)
consteval std::string_view refusal(std::initializer_list<std::string_view> parts) {
    std::string all;
    for (const std::string_view part : parts) all += part;
    return std::define_static_string(all);
}

/// What its author calls it: `forecast`, `Memory::set`; of what has no name, such as an operator, what the compiler does.
consteval std::string name_in_words(std::meta::info of) {
    if (!std::meta::has_identifier(of)) return std::string(std::meta::display_string_of(of));
    const std::string own(std::meta::identifier_of(of));
    return std::meta::is_class_member(of) ? name_in_words(std::meta::parent_of(of)) + "::" + own : own;
}

}  // namespace haft::inline v0::reflect

#endif  // HAFT_HAS_REFLECTION()

#endif  // HAFT_REFLECT_REFUSAL_HPP
