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

// Templates of the name, since clang prints it only where it is an argument of one. True, so that one error is all there is.
template <fixed_string Name>
consteval bool explain_described() {
    static_assert(
        is_described_method<Name>,
        "haft: words for a method that BOOST_DESCRIBE_CLASS does not list as a public function, or whose name is "
        "hidden; correct the .name of these words [haft-E0138]");
    return true;
}
template <fixed_string Name>
consteval bool explain_repeated() {
    static_assert(is_name_of_one_method<Name>,
                  "haft: two methods of this toolbox have one name, overloads perhaps; list one of them, or give it "
                  "another name: haft::method<&my_class::my_method>({.description = \"…\", .name = \"other\"}) "
                  "[haft-E0138]");
    return true;
}
template <fixed_string Name>
consteval bool explain_illegal() {
    static_assert(
        is_legal_name_of_method<Name>,
        "haft: this can't be the name of a method's tool, which has 1 to 128 of A-Z a-z 0-9 _ - . with that of "
        "its class; give another as .name [haft-E0108]");
    return true;
}

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
