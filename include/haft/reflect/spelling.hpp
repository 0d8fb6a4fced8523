// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_REFLECT_SPELLING_HPP
#define HAFT_REFLECT_SPELLING_HPP

/// What the compiler spells of a type or value, in the name of a function that has it as template argument. A loop
/// of ours over each character takes the compiler long, so as few as can be are looked at.

#include <cstddef>
#include <string_view>

namespace haft::inline v0::reflect::detail {

/// Where `wanted` first stands in a text that holds it. Both end with a zero.
consteval std::size_t place_of(const char* wanted, std::string_view text) {
#ifdef __clang__
    return text.find(wanted);
#else
    return static_cast<std::size_t>(__builtin_strstr(text.data(), wanted) - text.data());  // g++ folds that
#endif
}

/// (No std::string_view is given: g++ would spell what that is, too.)
struct spelling {
    const char* text;
    std::size_t size;
};
template <class T>
consteval spelling spell_type() {
    return {__PRETTY_FUNCTION__, sizeof __PRETTY_FUNCTION__ - 1};
}
// g++: … [with T = ns::point]   clang: … [T = ns::point]. What is around it is the same for all types.
inline constexpr spelling spelled_int = spell_type<int>();
inline constexpr std::size_t before_type = place_of("T = int", {spelled_int.text, spelled_int.size}) + 4;
constexpr std::string_view type_in(const spelling& whole) {
    return {whole.text + before_type, whole.size - spelled_int.size + 3};
}

}  // namespace haft::inline v0::reflect::detail

namespace haft::inline v0::reflect {

/// A type as the compiler spells it, with all namespaces around it. Nothing to be shown: each compiler has its own.
template <class T>
inline constexpr std::string_view spelled_type = detail::type_in(detail::spell_type<T>());

}  // namespace haft::inline v0::reflect

#endif  // HAFT_REFLECT_SPELLING_HPP
