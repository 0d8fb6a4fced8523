// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_REFLECT_ANNOTATIONS_HPP
#define HAFT_REFLECT_ANNOTATIONS_HPP

/// The values of annotations, as reflections: `[[=haft::doc("…")]]`. Only where HAFT_HAS_REFLECTION().

#include <haft/core/config.hpp>
#include <haft/reflect/engine.hpp>

#if HAFT_HAS_REFLECTION()

#include <cstddef>
#include <meta>
#include <vector>

namespace haft::inline v0::reflect {

namespace detail {

consteval std::meta::info type_of_annotation(std::meta::info annotation) {
    return std::meta::remove_const(std::meta::type_of(annotation));
}

consteval std::vector<std::meta::info> values_of_annotations(std::meta::info of) {
    std::vector<std::meta::info> all = std::meta::annotations_of(of);
    for (std::meta::info& one : all) one = std::meta::constant_of(one);
    return all;
}

/// Whether an annotation is haft's. A struct may be other libraries' too, and theirs are none of ours.
consteval bool is_own_annotation(std::meta::info annotation) {
    const std::meta::info type = type_of_annotation(annotation);
    if (!std::meta::is_class_type(type) && !std::meta::is_enum_type(type)) return false;
    const std::meta::info named = std::meta::has_template_arguments(type) ? std::meta::template_of(type) : type;
    return std::meta::has_parent(named) && std::meta::parent_of(named) == ^^haft::v0;
}

consteval std::vector<std::meta::info> values_of_own_annotations(std::meta::info of) {
    std::vector<std::meta::info> out;
    for (const std::meta::info one : std::meta::annotations_of(of))
        if (is_own_annotation(one)) out.push_back(std::meta::constant_of(one));
    return out;
}

template <class T>
consteval std::vector<std::size_t> annotated_members() {
    std::vector<std::size_t> out;
    for (std::size_t i = 0; i < engine::data_members<T>.size(); ++i)
        if (!values_of_own_annotations(engine::data_members<T>[i]).empty()) out.push_back(i);
    return out;
}

}  // namespace detail

/// Those on a function, a class, an enumerator.
template <std::meta::info Of>
inline constexpr auto annotations = std::define_static_array(detail::values_of_annotations(Of));

/// Which members of a struct have annotations of haft's, and those of one member.
template <class T>
inline constexpr auto annotated_members = std::define_static_array(detail::annotated_members<T>());
template <class T, std::size_t At>
inline constexpr auto annotations_of_member =
    std::define_static_array(detail::values_of_own_annotations(engine::data_members<T>[At]));

}  // namespace haft::inline v0::reflect

#endif  // HAFT_HAS_REFLECTION()

#endif  // HAFT_REFLECT_ANNOTATIONS_HPP
