// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_SCHEMA_ANNOTATIONS_HPP
#define HAFT_SCHEMA_ANNOTATIONS_HPP

/// Words that stand as annotations where they belong: `[[=haft::doc("Days ahead"), =haft::minimum(1)]] int days = 3`. Only where
/// HAFT_HAS_REFLECTION().

#include <haft/reflect/annotations.hpp>
#include <haft/reflect/members.hpp>
#include <haft/schema/words.hpp>

#if HAFT_HAS_REFLECTION()

#include <array>
#include <cstddef>
#include <cstdint>
#include <meta>
#include <span>
#include <vector>

namespace haft::inline v0::schema {

namespace detail {

// A function for each type of word, chosen while the compiler runs, and not a template for each parameter: that is what a
// further tool costs.
template <class Word>
consteval void take_word(field& to, std::meta::info value) {
    to.take_word(std::meta::extract<const Word&>(value));
}

template <class T>
inline constexpr auto annotated_places = [] {
    std::vector<std::size_t> out;
    for (std::size_t i = 0; i < reflect::engine::data_members<T>.size(); ++i)
        for (const std::meta::info a : std::meta::annotations_of(reflect::engine::data_members<T>[i]))
            if (reflect::kind_of_word(a) != std::meta::info{}) {
                out.push_back(i);
                break;
            }
    return std::define_static_array(out);
}();

}  // namespace detail

/// Takes the name of a parameter or a member, and the words that stand on it. Somebody else's annotations are none.
consteval void take_words_on(std::meta::info of, field& to) {
    if (std::meta::has_identifier(of)) to.name = std::meta::identifier_of(of);
    for (const std::meta::info annotation : std::meta::annotations_of(of)) {
        if (reflect::kind_of_word(annotation) == std::meta::info{}) continue;
        const std::meta::info type = std::meta::remove_const(std::meta::type_of(annotation));
        std::meta::extract<void (*)(field&, std::meta::info)>(std::meta::substitute(^^detail::take_word, {type}))(
            to, std::meta::constant_of(annotation));
    }
}

/// The words for those members of a struct that have annotations of haft's.
template <class T>
consteval std::array<field, detail::annotated_places<T>.size()> annotated_members() {
    std::array<field, detail::annotated_places<T>.size()> out;
    for (std::size_t i = 0; i < out.size(); ++i)
        take_words_on(reflect::engine::data_members<T>[detail::annotated_places<T>[i]], out[i]);
    return out;
}

/// The words for `Count` of a function's parameters, and which of them it has a default for.
template <std::size_t Count>
struct annotated_parameters : std::array<field, Count> {
    std::uint64_t has_default = 0;  // of the first 64; more are refused

    consteval explicit annotated_parameters(std::span<const std::meta::info> parameters) {
        for (std::size_t i = 0; i < Count; ++i) {
            take_words_on(parameters[i], (*this)[i]);
            if (i < 64) has_default |= std::uint64_t{std::meta::has_default_argument(parameters[i])} << i;
        }
    }
};

}  // namespace haft::inline v0::schema

#endif  // HAFT_HAS_REFLECTION()

#endif  // HAFT_SCHEMA_ANNOTATIONS_HPP
