// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_REFLECT_ANNOTATIONS_HPP
#define HAFT_REFLECT_ANNOTATIONS_HPP

/// Which annotations are words of haft's, `[[=haft::doc("…")]]`, and their texts. A struct may be other libraries' too, and
/// theirs are none of ours. Only where HAFT_HAS_REFLECTION().

#include <haft/core/as.hpp>
#include <haft/core/config.hpp>

#if HAFT_HAS_REFLECTION()

#include <meta>
#include <string_view>

namespace haft::inline v0::reflect {

/// Which of haft's words an annotation, or its value, is: `^^doc`, `^^minimum`; none for what is somebody else's.
consteval std::meta::info kind_of_word(std::meta::info annotation) {
    const std::meta::info type = std::meta::remove_const(std::meta::type_of(annotation));
    if (!std::meta::is_class_type(type) && !std::meta::is_enum_type(type)) return {};
    const std::meta::info kind = std::meta::has_template_arguments(type) ? std::meta::template_of(type) : type;
    return std::meta::has_parent(kind) && std::meta::parent_of(kind) == std::meta::parent_of(^^as) ? kind
                                                                                                  : std::meta::info{};
}

namespace detail {

template <class Word>
consteval std::string_view text_of_word(std::meta::info value) {
    return std::meta::extract<const Word&>(value).text.view();
}

}  // namespace detail

/// The text of a word that is one: of haft::doc, haft::as.
consteval std::string_view text_of_annotation(std::meta::info annotation) {
    const std::meta::info type = std::meta::remove_const(std::meta::type_of(annotation));
    return std::meta::extract<std::string_view (*)(std::meta::info)>(
        std::meta::substitute(^^detail::text_of_word, {type}))(std::meta::constant_of(annotation));
}

/// The text of the first word of that kind on something; "" if there is none.
consteval std::string_view annotated_text(std::meta::info of, std::meta::info kind) {
    for (const std::meta::info a : std::meta::annotations_of(of))
        if (kind_of_word(a) == kind) return text_of_annotation(a);
    return {};
}

}  // namespace haft::inline v0::reflect

#endif  // HAFT_HAS_REFLECTION()

#endif  // HAFT_REFLECT_ANNOTATIONS_HPP
