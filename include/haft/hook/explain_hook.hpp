// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_HOOK_EXPLAIN_HOOK_HPP
#define HAFT_HOOK_EXPLAIN_HOOK_HPP

/// Which callables can be hooks of a point, and why another one can't: in one error, whose notes name the point, its
/// signature, and the parameter. [HK-02, HK-09]

#include <haft/hook/hook_point.hpp>
#include <haft/hook/point_emission.hpp>
#include <haft/hook/provide.hpp>
#include <haft/reflect/callable.hpp>

#include <cstddef>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

namespace haft::inline v0 {

/// What a wrapper is given first: the hooks that it is around. Called, it calls them and gives what they give, to be looked at and
/// changed. To be called once. [HK-13]
template <hook_point Point>
class next_hooks;

namespace detail {

template <class>
inline constexpr bool is_next_hooks = false;
template <class Point>
inline constexpr bool is_next_hooks<next_hooks<Point>> = true;

template <class Parameters>
inline constexpr bool begins_with_next = false;
template <class First, class... More>
inline constexpr bool begins_with_next<reflect::type_list<First, More...>> = is_next_hooks<std::remove_cvref_t<First>>;

/// Whether a callable is around the other hooks rather than one of them.
template <class F>
consteval bool is_wrapper() {
    if constexpr (!reflect::has_one_signature<F>) return false;
    else return begins_with_next<typename reflect::signature_of<F>::parameters>;
}

template <class Point, class Arguments>
inline constexpr bool takes_all = false;
template <class F, class... Arguments>
inline constexpr bool takes_all<F, std::tuple<Arguments...>> = std::is_invocable_v<F&, Arguments...>;

/// A callable without one signature, such as a generic lambda, that takes the arguments as they are.
template <class Point, class F>
inline constexpr bool takes_arguments_as_they_are = takes_all<F, typename parts_of_point<Point>::arguments>;

template <class Point, class List>
struct parameters_of_hook;
template <class Point, class... Parameters>
struct parameters_of_hook<Point, reflect::type_list<Parameters...>> {
    static constexpr std::size_t count = sizeof...(Parameters);
    template <class P>
    static constexpr bool is_fine = can_provide<Point, P> || std::is_same_v<std::remove_cvref_t<P>, next_hooks<Point>>;
    static constexpr bool all_fine = (... && is_fine<Parameters>);
    static constexpr std::size_t first_wrong = [] {
        std::size_t out = 0;
        static_cast<void>((... && (is_fine<Parameters> && (++out, true))));
        return out;
    }();
};
template <class Point, class F>
using parameters_for = parameters_of_hook<Point, typename reflect::signature_of<F>::parameters>;

template <class Point, class T>
consteval bool accepts_wrapped_return() {
    if constexpr (std::is_void_v<T>) return true;
    else return std::is_same_v<T, emission_result<Point>> && !std::is_same_v<T, no_result>;
}

/// The quiet twin of explain_hook.
template <class Point, class F>
consteval bool can_be_hook() {
    if constexpr (!hook_point<Point>) {
        return false;
    } else if constexpr (reflect::has_one_signature<F> && !std::is_member_pointer_v<F>) {
        using result = typename reflect::signature_of<F>::result;
        if constexpr (!parameters_for<Point, F>::all_fine) return false;
        else if constexpr (is_wrapper<F>())
            return accepts_wrapped_return<Point, std::remove_cvref_t<result>>() && !is_historic<Point>();
        else return accepts_return<Point, std::remove_cvref_t<result>>();
    } else {
        return takes_arguments_as_they_are<Point, F>;
    }
}

// What the compiler prints: the point and what its hooks look like, and which parameter it is. Never defined.
template <class Point, class Signature>
struct hook_of_point;
template <std::size_t At, class Parameter>
struct parameter_of_hook;
template <class Result>
struct result_of_hook;

template <class...>
inline constexpr bool refused_hook = false;

/// Says, as one compile-time error, why a callable is no hook of a point; says nothing if it is one.
template <class Point, class F>
consteval bool explain_hook() {
    if constexpr (!detail::explain_point<Point>() || detail::can_be_hook<Point, F>()) {
    } else if constexpr (std::is_member_pointer_v<F> || !reflect::has_one_signature<F>) {
        static_assert(
            refused_hook<hook_of_point<Point, typename Point::signature>, F>,
            "haft: this is no hook of that point; a hook is a function or a lambda that takes any of the point's "
            "arguments or of the members of its data, and returns what its signature returns or nothing "
            "[haft-E0150]");
    } else if constexpr (!parameters_for<Point, F>::all_fine) {
        constexpr std::size_t at = parameters_for<Point, F>::first_wrong;
        using parameter = typename reflect::signature_of<F>::parameters::template at<at>;
        using where = parameter_of_hook<at + 1, parameter>;
        using hook = hook_of_point<Point, typename Point::signature>;
        constexpr provider why = provided_for<Point, parameter>().from;
        if constexpr (is_next_hooks<std::remove_cvref_t<parameter>>) {
            static_assert(
                refused_hook<hook, where>,
                "haft: a wrapper is around the hooks of its own point; take haft::next_hooks<point>& of the point "
                "that it is added at [haft-E0152]");
        } else if constexpr (why == provider::ambiguous) {
            static_assert(
                refused_hook<hook, where>,
                "haft: a parameter of this hook could be any of several of that type; name the member that it is: "
                "haft::arg<\"name\", type>, or take the whole data [haft-E0152]");
        } else if constexpr (why == provider::not_written) {
            static_assert(
                refused_hook<hook, where>,
                "haft: a hook can't write to what all hooks of a point share; take the parameter by value or const "
                "reference, and return what is to change: haft::replace_arguments [haft-E0152]");
        } else {
            static_assert(
                refused_hook<hook, where>,
                "haft: nothing at this point provides that parameter of the hook; take arguments of the point's "
                "signature, members of its data, or haft::arg<\"name\", type> with the name of one [haft-E0152]");
        }
    } else if constexpr (is_wrapper<F>() && is_historic<Point>()) {
        static_assert(refused_hook<hook_of_point<Point, typename Point::signature>, F>,
                      "haft: a historic point can't have wrappers, since hooks that come later are called one by one "
                      "[haft-E0153]");
    } else {
        using result = typename reflect::signature_of<F>::result;
        static_assert(
            refused_hook<hook_of_point<Point, typename Point::signature>, result_of_hook<result>>,
            "haft: a hook of this point can't return that; return nothing, what the point's signature returns, or a "
            "std::optional of it; for haft::hook_reply also messages, haft::stop_hooks, and where the point allows "
            "it haft::veto and what replaces its text [haft-E0151]");
    }
    return detail::can_be_hook<Point, F>();
}

}  // namespace detail
}  // namespace haft::inline v0

#endif  // HAFT_HOOK_EXPLAIN_HOOK_HPP
