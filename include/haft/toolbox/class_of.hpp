// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_TOOLBOX_CLASS_OF_HPP
#define HAFT_TOOLBOX_CLASS_OF_HPP

/// From a C++ class to the toolbox_class that stands for it: its words, its methods' table, how one is made.

#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/fixed_string.hpp>
#include <haft/core/result.hpp>
#include <haft/reflect/type_name.hpp>
#include <haft/tool/about.hpp>
#include <haft/toolbox/check_words.hpp>
#include <haft/toolbox/construction.hpp>
#include <haft/toolbox/explain_class.hpp>
#include <haft/toolbox/made_of_parameters.hpp>
#include <haft/toolbox/method.hpp>
#include <haft/toolbox/prepare.hpp>
#include <haft/toolbox/reflected_methods.hpp>
#include <haft/toolbox/toolbox.hpp>
#include <haft/toolbox/toolbox_words.hpp>

#include <string_view>
#include <utility>

namespace haft::inline v0 {

namespace detail {

template <class C>
consteval auto toolbox_words_of() {
    if constexpr (has_words_beside<C>) return toolbox_of<C>::haft_toolbox();
    else if constexpr (has_words_inside<C>) return C::haft_toolbox();
#if HAFT_HAS_REFLECTION()
    else return reflected_methods<C>{};
#endif
}

template <class C>
struct class_of {
    static constexpr auto words = toolbox_words_of<C>();
    static constexpr std::string_view unknown = words.template unknown_name<C>();
    static_assert(explain_described<fixed_string<unknown.size()>(unknown)>());
    static constexpr auto entries = words.template entries<C>();
    static constexpr std::string_view name = words.words.name.empty() ? reflect::type_name<C> : words.words.name;
    static constexpr std::string_view repeated = detail::repeated_name(entries);
    static_assert(explain_repeated<fixed_string<repeated.size()>(repeated)>());
    static constexpr std::string_view illegal = detail::illegal_name(name, entries);
    static_assert(explain_illegal<fixed_string<illegal.size()>(illegal)>());
    // (Named, since clang would print a lambda, on lines of its own.)
    static constexpr bool has_long_words =
        detail::any_words(words.words, entries, [](const auto& w) { return has_long_text(w); });
    static constexpr bool has_hidden_words =
        detail::any_words(words.words, entries, [](const auto& w) { return has_hidden_character(w); });
    static_assert(!has_long_words, "haft: a text of this toolbox or of one of its methods is too long [haft-E0117]");
    static_assert(!has_hidden_words,
                  "haft: a text of this toolbox or of one of its methods holds a character that nobody sees "
                  "[haft-E0116]");
    static constexpr bool described = !words.words.description.empty();
    static_assert(described,
                  "haft: a toolbox needs a description; write haft::toolbox_words(\"what it is for\", …) "
                  "[haft-E0135]");

    using construction = construction_of<C>;
    static constexpr toolbox_class value{name, words.words, construction::config_schema(), entries,
                                         &construction::construct};
    static_assert(construction::explain());
    static_assert((explain_prepare<C>(), true));
    static_assert(legal_tool_name(name),
                  "haft: this class's name can't begin a tool's name; give another as .name of its words [haft-E0108]");
};

inline constexpr toolbox_class no_class{};

/// Says why a class that has no words but those of its annotations can't be a toolbox.
template <class C>
consteval bool explain_class_itself() {
#if HAFT_HAS_REFLECTION()
    if constexpr (!says_toolbox<C>) return explain_class<C>();
    else return true;
#else
    return true;
#endif
}

}  // namespace detail

/// What stands for a toolbox class. `C` says what it is by a static `haft_toolbox()`, or haft::toolbox_of<C> does for it.
template <class C>
constexpr const toolbox_class& toolbox_class_of() {
    static_assert(is_toolbox_class<C>,
                  "haft: this is no toolbox class; give it static consteval auto haft_toolbox() { return "
                  "haft::toolbox_words(\"what it is for\", haft::method<&my_class::my_method>(\"what it does\")); } "
                  "[haft-E0137]");
    if constexpr (!is_toolbox_class<C>) return detail::no_class;
    else if constexpr (!detail::explain_class_itself<C>()) return detail::no_class;
    else return detail::class_of<C>::value;
}

/// A toolbox of class C with a C++ configuration, if it has one: `haft::make_toolbox<Memory>()`,
/// `haft::make_toolbox<Files>({.folder = "/data"}, "src")`.
template <class C>
    requires(!detail::has_config<C>)
result<toolbox> make_toolbox([[maybe_unused]] std::string_view alias = {}) {
    [[maybe_unused]] const toolbox_class& c = toolbox_class_of<C>();
    if constexpr (is_toolbox_class<C>) return c.construct(c, {}, alias);
    else return error{};  // it was refused
}
template <class C>
    requires(detail::has_config<C>)
result<toolbox> make_toolbox([[maybe_unused]] typename C::config config = {},
                             [[maybe_unused]] std::string_view alias = {}) {
    [[maybe_unused]] const toolbox_class& c = toolbox_class_of<C>();
    if constexpr (is_toolbox_class<C>) return detail::made_of_config<C>::construct_checked(c, std::move(config), alias);
    else return error{};  // it was refused
}

}  // namespace haft::inline v0

#endif  // HAFT_TOOLBOX_CLASS_OF_HPP
