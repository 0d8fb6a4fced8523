// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_TOOLBOX_TOOLBOX_WORDS_HPP
#define HAFT_TOOLBOX_TOOLBOX_WORDS_HPP

/// What a class says of itself as a toolbox: its words, and which of its methods are tools.

#include <haft/core/config.hpp>
#include <haft/tool/about.hpp>
#include <haft/toolbox/method.hpp>

#include <array>
#include <cstddef>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

namespace haft::inline v0 {

/// A toolbox class with its methods listed by hand, in the order in which they are to be listed. What a method does not say, the
/// class says for it: effect, hints, availability. A class hinted `haft::thread_safe` is called from several threads at once.
///
///     static consteval auto haft_toolbox() {
///         return haft::toolbox_words("Memory for the model", haft::method<&Memory::set>("Set something as a key"), …);
///     }
template <class... Methods>
struct toolbox_words {
    about words;
    std::tuple<Methods...> methods;

    constexpr toolbox_words(std::string_view description, Methods... listed)
        : words{.description = description}, methods(listed...) {}
    constexpr toolbox_words(const about& of_class, Methods... listed) : words(of_class), methods(listed...) {}

    static constexpr std::size_t count = sizeof...(Methods);
    /// Words stand with their methods here, so none are for an unknown one.
    template <class C>
    constexpr std::string_view unknown_name() const {
        return {};
    }
    template <class C>
    constexpr std::array<detail::method_entry, count> entries() const {
        return [this]<std::size_t... At>(std::index_sequence<At...>) {
            return std::array<detail::method_entry, count>{std::get<At>(methods).template entry<C>()...};
        }(std::index_sequence_for<Methods...>{});
    }
};
template <class... Methods>
toolbox_words(const char*, Methods...) -> toolbox_words<Methods...>;
template <class... Methods>
toolbox_words(std::string_view, Methods...) -> toolbox_words<Methods...>;
template <class... Methods>
toolbox_words(about, Methods...) -> toolbox_words<Methods...>;

/// The words beside a class that one can't edit: a specialisation with a static `haft_toolbox()`.
template <class C>
struct toolbox_of {};

namespace detail {

template <class C>
concept has_words_beside = requires { toolbox_of<C>::haft_toolbox(); };
template <class C>
concept has_words_inside = requires { C::haft_toolbox(); };
template <class C>
concept says_toolbox = has_words_beside<C> || has_words_inside<C>;

}  // namespace detail

/// A class that says that it is a toolbox. Where the compiler knows its methods, any class may be one.
template <class C>
concept is_toolbox_class = detail::says_toolbox<C>
#if HAFT_HAS_REFLECTION()
                           || std::is_class_v<C>
#endif
    ;

}  // namespace haft::inline v0

#endif  // HAFT_TOOLBOX_TOOLBOX_WORDS_HPP
