// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_REFLECT_CALLABLE_HPP
#define HAFT_REFLECT_CALLABLE_HPP

/// What C++ can tell of a callable: its parameter types, its result type, and the name of a function given as a
/// template argument.

#include <haft/core/config.hpp>
#include <haft/core/text_sink.hpp>

#if HAFT_HAS_REFLECTION()
#include <meta>
#endif

#include <cstddef>
#include <string_view>
#include <tuple>
#include <type_traits>

namespace haft::inline v0::reflect {

/// A function is given by its address, or, where the compiler has that, by its reflection: `^^f`.
template <auto F>
#if HAFT_HAS_REFLECTION()
concept no_reflection = !std::is_same_v<decltype(F), std::meta::info>;
#else
concept no_reflection = true;
#endif

template <class... Types>
struct type_list {
    static constexpr std::size_t size = sizeof...(Types);
    template <std::size_t At>
    using at = std::tuple_element_t<At, std::tuple<Types...>>;
};

template <class Result, class... Parameters>
struct signature {
    using result = Result;
    using parameters = type_list<Parameters...>;
};

namespace detail {

template <class F>
struct signature_of {};  // no `type`: not a callable with one signature
template <class R, class... P>
struct signature_of<R (*)(P...)> {
    using type = signature<R, P...>;
};
template <class R, class... P>
struct signature_of<R (*)(P...) noexcept> {
    using type = signature<R, P...>;
};
template <class R, class C, class... P>
struct signature_of<R (C::*)(P...)> {
    using type = signature<R, P...>;
};
template <class R, class C, class... P>
struct signature_of<R (C::*)(P...) const> {
    using type = signature<R, P...>;
};
template <class R, class C, class... P>
struct signature_of<R (C::*)(P...) noexcept> {
    using type = signature<R, P...>;
};
template <class R, class C, class... P>
struct signature_of<R (C::*)(P...) const noexcept> {
    using type = signature<R, P...>;
};
template <class R, class C, class... P>
struct signature_of<R (C::*)(P...)&> {
    using type = signature<R, P...>;
};
template <class R, class C, class... P>
struct signature_of<R (C::*)(P...) const&> {
    using type = signature<R, P...>;
};
template <class R, class C, class... P>
struct signature_of<R (C::*)(P...) & noexcept> {
    using type = signature<R, P...>;
};
template <class R, class C, class... P>
struct signature_of<R (C::*)(P...) const & noexcept> {
    using type = signature<R, P...>;
};
// lambdas, std::function, bound members: whatever has one operator()
template <class F>
    requires requires { &F::operator(); }
struct signature_of<F> : signature_of<decltype(&F::operator())> {};

}  // namespace detail

/// The signature of a function pointer, member function or function object. Ill-formed (SFINAE) for a generic lambda,
/// an overloaded operator() and C variadics, which have not one signature.
template <class F>
using signature_of = typename detail::signature_of<std::remove_cvref_t<F>>::type;

template <class F>
concept has_one_signature = requires { typename signature_of<F>; };

namespace detail {

template <auto F>
consteval std::string_view spelled() {
    return __PRETTY_FUNCTION__;
}

/// The last identifier in the compiler's spelling of the function: `ns::(anonymous namespace)::add` is `add`.
consteval std::string_view last_identifier(std::string_view text) {
    // g++: [with auto F = ns::add; …]   clang: [F = &ns::add]
    const std::size_t begin = text.find("F = ") + 4;
    std::size_t end = begin;
    int depth = 0;
    for (; end < text.size(); ++end) {
        const char c = text[end];
        if (c == '<' || c == '(' || c == '[' || c == '{') ++depth;
        else if (depth > 0 && (c == '>' || c == ')' || c == ']' || c == '}')) --depth;
        else if (depth == 0 && (c == ';' || c == ']')) break;
    }
    std::string_view name = text.substr(begin, end - begin);
    if (!name.empty() && name.back() == '>') {  // template arguments
        int angle = 0;
        std::size_t i = name.size();
        while (i > 0) {
            const char c = name[--i];
            if (c == '>') ++angle;
            else if (c == '<' && --angle == 0) break;
        }
        name = name.substr(0, i);
    }
    const auto word = [](char c) {
        return c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
               static_cast<unsigned char>(c) >= 0x80;
    };
    while (!name.empty() && name.back() == ')') name.remove_suffix(1);
    std::size_t first = name.size();
    while (first > 0 && word(name[first - 1])) --first;
    name = name.substr(first);
    // what g++ and clang call the function that a captureless lambda converts to
    return name == "_FUN" || name == "__invoke" ? std::string_view{} : name;
}

template <auto F>
struct function_name {
    static constexpr std::string_view spelling = last_identifier(spelled<F>());
    static constexpr void write(text_sink& sink) { sink.put(spelling); }
};

}  // namespace detail

/// The unqualified name of a function given by `&f`; empty for what has none, such as a lambda.
/// A copy of just the name: the compiler's whole spelling does not end up in the program.
template <auto F>
inline constexpr std::string_view name_of = static_text<detail::function_name<F>>::view;

namespace detail {

/// Where the `::` after the first scope of a spelling stands, outside of template arguments; the size if there is none.
constexpr std::size_t scope_end(std::string_view text) {
    int angle = 0;
    for (std::size_t i = 0; i + 1 < text.size() && text[i] != ';' && text[i] != ']'; ++i) {
        if (text[i] == '<') ++angle;
        else if (text[i] == '>') --angle;
        else if (angle == 0 && text[i] == ':' && text[i + 1] == ':') return i;
    }
    return text.size();
}

template <auto F>
struct qualified_function_name {
    static constexpr void write(text_sink& sink) {
        // g++: [with auto F = ns::{anonymous}::add]   clang: [F = &ns::(anonymous namespace)::add]
        std::string_view rest = spelled<F>();
        rest.remove_prefix(rest.find("F = ") + 4);
        if (rest.starts_with('&')) rest.remove_prefix(1);
        const std::string_view last = function_name<F>::spelling;
        for (std::size_t end = scope_end(rest); end < rest.size(); end = scope_end(rest)) {
            const std::string_view scope = rest.substr(0, end);
            sink.put(scope.starts_with('{') || scope.starts_with('(') ? "(anonymous)" : scope);
            sink.put("::");
            rest.remove_prefix(end + 2);
        }
        sink.put(last);
    }
};

}  // namespace detail

/// The same with the namespaces and classes around it, for messages. g++ names inline namespaces, too; clang does not.
template <auto F>
inline constexpr std::string_view qualified_name_of = static_text<detail::qualified_function_name<F>>::view;

}  // namespace haft::inline v0::reflect

#endif  // HAFT_REFLECT_CALLABLE_HPP
