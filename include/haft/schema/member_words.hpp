// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_SCHEMA_MEMBER_WORDS_HPP
#define HAFT_SCHEMA_MEMBER_WORDS_HPP

/// The words for the members of a struct, wherever they stand: in `fields_of`, and as annotations where the compiler can
/// read those.

#include <haft/core/config.hpp>
#include <haft/schema/annotations.hpp>
#include <haft/schema/words.hpp>

#if HAFT_HAS_REFLECTION()
#include <array>
#include <cstddef>
#include <type_traits>
#endif

namespace haft::inline v0::schema {

#if HAFT_HAS_REFLECTION()
namespace detail {

/// Both lists, one after the other: a member that stands in both is refused like one that stands in `haft_fields` twice.
template <class T>
consteval auto joined_words() {
    constexpr std::size_t beside = fields_of<T>.size();
    constexpr auto annotated = schema::annotated_members<T>();
    std::array<field, beside + annotated.size()> out;
    for (std::size_t i = 0; i < beside; ++i) out[i] = fields_of<T>[i];
    for (std::size_t i = 0; i < annotated.size(); ++i) out[beside + i] = annotated[i];
    return out;
}
template <class T>
inline constexpr auto all_words = joined_words<T>();

template <class T>
consteval const auto& find_member_words() {
    if constexpr (!haft::detail::is_field_list<std::remove_cv_t<decltype(fields_of<T>)>>) return fields_of<T>;
    else if constexpr (annotated_places<T>.empty()) return fields_of<T>;
    else return all_words<T>;
}

}  // namespace detail

/// An array of `field`; anything else if `fields_of` is none.
template <class T>
inline constexpr const auto& member_words = detail::find_member_words<T>();
#else
template <class T>
inline constexpr const auto& member_words = fields_of<T>;
#endif

}  // namespace haft::inline v0::schema

#endif  // HAFT_SCHEMA_MEMBER_WORDS_HPP
