// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_TOOLBOX_CHECK_WORDS_HPP
#define HAFT_TOOLBOX_CHECK_WORDS_HPP

/// What has to hold for the words of a toolbox class and of its methods, at compile time: names that tell them apart, texts that
/// can be shown.

#include <haft/core/fixed_string.hpp>
#include <haft/tool/about.hpp>
#include <haft/toolbox/method.hpp>

#include <cstddef>
#include <string_view>

namespace haft::inline v0 {

namespace detail {

/// Where words stand for a method that is none of the tools, or two methods have one name: it is what the compiler prints.
template <fixed_string Name>
inline constexpr bool is_described_method = false;
template <>
inline constexpr bool is_described_method<""> = true;
template <fixed_string Name>
inline constexpr bool is_name_of_one_method = false;
template <>
inline constexpr bool is_name_of_one_method<""> = true;
template <fixed_string Name>
inline constexpr bool is_legal_name_of_method = legal_tool_name(Name.view());

/// What has to hold for the words of a class and of its methods, asked one after the other: "" or a method's name.
template <class Entries>
constexpr std::string_view repeated_name(const Entries& entries) {
    for (std::size_t i = 0; i < entries.size(); ++i)
        for (std::size_t j = 0; j < i; ++j)
            if (entries[i].words.name == entries[j].words.name) return entries[i].words.name;
    return {};
}
template <class Entries>
constexpr std::string_view illegal_name(std::string_view class_name, const Entries& entries) {
    for (const method_entry& m : entries)
        if (!m.words.name.empty() &&
            (!legal_tool_name(m.words.name) || class_name.size() + 1 + m.words.name.size() > 128))
            return m.words.name;
    return "ok";
}
/// Whether `is(words)` holds for the texts of the class or of one of its methods.
template <class Entries, class Is>
constexpr bool any_words(const about& of_class, const Entries& entries, Is is) {
    if (is(of_class)) return true;
    for (const method_entry& m : entries)
        if (is(m.words)) return true;
    return false;
}

}  // namespace detail

}  // namespace haft::inline v0

#endif  // HAFT_TOOLBOX_CHECK_WORDS_HPP
