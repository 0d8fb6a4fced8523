// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_TOOLBOX_DESCRIBED_METHODS_HPP
#define HAFT_TOOLBOX_DESCRIBED_METHODS_HPP

/// The methods of a toolbox class as BOOST_DESCRIBE_CLASS lists them, with words beside them by name. [TB-01]

#include <haft/reflect/callable.hpp>
#include <haft/tool/about.hpp>
#include <haft/toolbox/hidden_method.hpp>
#include <haft/toolbox/method.hpp>

#include <boost/describe/bases.hpp>
#include <boost/describe/members.hpp>
#include <boost/describe/modifiers.hpp>

#include <array>
#include <cstddef>
#include <string_view>
#include <type_traits>
#include <utility>

namespace haft::inline v0 {

namespace detail {

/// Whether a class is described, and so is what it says to be derived from, without which Describe lists nothing inherited.
template <class C>
consteval bool is_described() {
    return boost::describe::has_describe_members<C>::value;
}
template <class C>
consteval bool has_described_bases() {
    if constexpr (!boost::describe::has_describe_bases<C>::value) return false;
    else
        return []<template <class...> class List, class... Base>(List<Base...>) {
            return (... && (is_described<typename Base::type>() && has_described_bases<typename Base::type>()));
        }(boost::describe::describe_bases<C, boost::describe::mod_any_access>{});
}

template <class C>
consteval auto described_functions() {
    constexpr unsigned functions = boost::describe::mod_public | boost::describe::mod_function;
    static_assert(is_described<C>(),
                  "haft: this class is not described; write BOOST_DESCRIBE_CLASS(my_class, (), (its, methods), (), ()) "
                  "in it and include <boost/describe.hpp> [haft-E0138]");
    if constexpr (!is_described<C>()) return reflect::type_list<>{};
    else if constexpr (has_described_bases<C>())
        return boost::describe::describe_members<C, functions | boost::describe::mod_inherited>{};
    else return boost::describe::describe_members<C, functions>{};
}

/// One method that Describe has listed: is it a tool?
template <class D>
constexpr bool is_described_tool = is_method<std::remove_cvref_t<decltype(D::pointer)>>() && !is_hidden_method(D::name);

template <template <class...> class List, class... D>
constexpr std::size_t count_tools(List<D...>) {
    return (std::size_t{0} + ... + (is_described_tool<D> ? 1 : 0));
}

}  // namespace detail

/// A toolbox class whose methods BOOST_DESCRIBE_CLASS lists: its public functions are its tools, in their order, those of described
/// bases first, but for static ones, names
/// that begin or end with `_` and those that are a toolbox's own (prepare, tools, config …). Words are keyed by `about::name`.
///
///     BOOST_DESCRIBE_CLASS(Memory, (), (set, get), (), ())
///     static consteval auto haft_toolbox() {
///         return haft::described_methods("Memory for the model", haft::about{.description = "Set something", .name = "set"});
///     }
///
/// Include <boost/describe.hpp>. Words for a name that is not described do not compile.
template <std::size_t N>
struct described_methods {
    about words;
    std::array<about, N> of_methods;

    template <class... Words>
    constexpr explicit described_methods(std::string_view description, const Words&... each)
        : words{.description = description}, of_methods{each...} {}
    template <class... Words>
    constexpr explicit described_methods(const about& of_class, const Words&... each)
        : words(of_class), of_methods{each...} {}

    template <class C>
    using listed = decltype(detail::described_functions<C>());

    template <class C>
    constexpr auto entries() const {
        return entries_of<C>(listed<C>{});
    }

    /// The first of the words' names that no tool of the class has; "" if there is none.
    template <class C>
    constexpr std::string_view unknown_name() const {
        return unknown_among(listed<C>{});
    }

private:
    template <template <class...> class List, class... D>
    constexpr std::string_view unknown_among(List<D...>) const {
        for (const about& one : of_methods)
            if (!((D::name == one.name && detail::is_described_tool<D>) || ...)) return one.name;
        return {};
    }
    constexpr about of_method(std::string_view name) const {
        for (const about& one : of_methods)
            if (one.name == name) return one;
        return {};
    }
    template <class C, template <class...> class List, class... D>
    constexpr auto entries_of(List<D...> all) const {
        std::array<detail::method_entry, detail::count_tools(List<D...>{})> out{};
        static_cast<void>(all);
        std::size_t n = 0;
        (put<C, D>(out, n), ...);
        return out;
    }
    template <class C, class D, class Out>
    constexpr void put(Out& out, std::size_t& n) const {
        if constexpr (detail::is_described_tool<D>) {
            about words_of_method = of_method(D::name);
            words_of_method.name = D::name;
            out[n++] = detail::method_words<D::pointer, detail::no_names>{words_of_method}.template entry<C>();
        }
    }
};
template <class... Words>
described_methods(const char*, const Words&...) -> described_methods<sizeof...(Words)>;
template <class... Words>
described_methods(std::string_view, const Words&...) -> described_methods<sizeof...(Words)>;
template <class... Words>
described_methods(about, const Words&...) -> described_methods<sizeof...(Words)>;

}  // namespace haft::inline v0

#endif  // HAFT_TOOLBOX_DESCRIBED_METHODS_HPP
