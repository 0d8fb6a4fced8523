// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_HOOK_HOOK_POINT_HPP
#define HAFT_HOOK_HOOK_POINT_HPP

/// What a hook point is: a type, with a name and the signature of its hooks. [HK-01, HK-12, HK-14]
///
///     struct cache_invalidated {
///         static constexpr std::string_view name = "cache_invalidated";
///         struct data {
///             std::string reason;
///         };
///         using signature = haft::hook_reply(const data&);
///     };
///
/// That is all that it needs. It may also have, as static constants:
/// - `bool first_result`: the first hook with a result ends the emission, whose result is a std::optional of it;
/// - `bool historic`: emissions are kept, and hooks that come later are called for each of them;
/// - `bool can_veto`: a hook may return haft::veto, and a `guard` that throws is one;
/// - `bool passes_exceptions`: what a hook throws ends the emission and goes to whoever emits;
/// - `haft::ties equal`: who is first among equals;
/// - `std::string_view deprecated`: what to use instead; who adds a hook is warned;
/// and `using replaced_by = haft::replace_arguments;` with `static std::string& replaceable(data&)`, where hooks may return that.

#include <haft/hook/hook_reply.hpp>

#include <concepts>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <vector>

namespace haft::inline v0 {

/// Who is called first of hooks with the same order and priority. (Of those of order first it is always the one added last, and
/// of those of order last the one added first: pluggy's rule.)
enum class ties : unsigned char {
    first_added,  ///< gptme's rule
    last_added    ///< pluggy's
};

template <class Point>
concept hook_point = requires {
    std::string_view(Point::name);
    typename Point::signature;
} && std::is_function_v<typename Point::signature>;

namespace detail {

template <class Point>
consteval bool is_first_result() {
    if constexpr (requires { Point::first_result; }) return Point::first_result;
    else return false;
}
template <class Point>
consteval bool is_historic() {
    if constexpr (requires { Point::historic; }) return Point::historic;
    else return false;
}
template <class Point>
consteval bool is_vetoable() {
    if constexpr (requires { Point::can_veto; }) return Point::can_veto;
    else return false;
}
template <class Point>
consteval bool lets_exceptions_pass() {
    if constexpr (requires { Point::passes_exceptions; }) return Point::passes_exceptions;
    else return false;
}
template <class Point>
consteval ties ties_of() {
    if constexpr (requires { Point::equal; }) return Point::equal;
    else return ties::first_added;
}
template <class Point>
consteval std::string_view deprecation_of() {
    if constexpr (requires { Point::deprecated; }) return Point::deprecated;
    else return {};
}

struct nothing_replaceable;
template <class Point>
struct replaced_by_of {
    using type = nothing_replaceable;
};
template <class Point>
    requires requires { typename Point::replaced_by; }
struct replaced_by_of<Point> {
    using type = typename Point::replaced_by;
};
template <class Point>
using replaced_by = typename replaced_by_of<Point>::type;

/// How a parameter of a point's signature reaches its hooks: nothing is copied but for who wants a copy.
template <class Parameter>
using passed = std::conditional_t<std::is_lvalue_reference_v<Parameter>, Parameter, const Parameter&>;

template <class Point, class Signature>
struct signature_parts;
template <class Point, class R, class... Parameters>
struct signature_parts<Point, R(Parameters...)> {
    using result = R;
    using arguments = std::tuple<passed<Parameters>...>;
    template <std::size_t At>
    using decayed = std::remove_cvref_t<std::tuple_element_t<At, std::tuple<Parameters...>>>;
    static constexpr std::size_t count = sizeof...(Parameters);
    static constexpr bool no_rvalues = (... && !std::is_rvalue_reference_v<Parameters>);
};
template <class Point>
using parts_of_point = signature_parts<Point, typename Point::signature>;

template <class Point>
using hook_result = typename parts_of_point<Point>::result;
template <class Point>
inline constexpr bool replies = std::is_same_v<hook_result<Point>, hook_reply>;

struct no_result {};
template <class Point>
struct emission_result_of {
    using type = std::conditional_t<is_first_result<Point>(), std::optional<hook_result<Point>>,
                                    std::vector<hook_result<Point>>>;
};
template <class Point>
    requires replies<Point>
struct emission_result_of<Point> {
    using type = hook_reply;
};
template <class Point>
    requires std::is_void_v<hook_result<Point>>
struct emission_result_of<Point> {
    using type = no_result;
};

template <class...>
inline constexpr bool no_such_point = false;
template <class Point>
consteval bool explain_point() {
    if constexpr (!hook_point<Point>) {
        static_assert(
            no_such_point<Point>,
            "haft: this is no hook point; a point has a name and a signature: struct my_point { static constexpr "
            "std::string_view name = \"my_point\"; using signature = void(int); }; [haft-E0153]");
    } else {
        static_assert(
            parts_of_point<Point>::no_rvalues,
            "haft: the hooks of a point share its arguments, so no parameter of its signature can be an rvalue "
            "reference; take it by value or const reference [haft-E0153]");
        static_assert(std::is_void_v<hook_result<Point>> || !std::is_reference_v<hook_result<Point>>,
                      "haft: hooks of a point give values, so its signature can't return a reference [haft-E0153]");
        static_assert(
            !is_first_result<Point>() || !(replies<Point> || std::is_void_v<hook_result<Point>>),
            "haft: first_result is for points whose hooks give a result of their own; a hook of this point ends "
            "the emission by haft::stop_hooks [haft-E0153]");
        static_assert(!is_historic<Point>() || !is_first_result<Point>(),
                      "haft: a historic point can't have first_result: nobody waits for what a later hook gives "
                      "[haft-E0153]");
        static_assert(!is_vetoable<Point>() || replies<Point>,
                      "haft: can_veto is for points whose hooks return haft::hook_reply [haft-E0153]");
    }
    return true;
}

}  // namespace detail

/// What an emission gives: a hook_reply where hooks return that; nothing for void; an optional where the first result ends
/// it; else a vector with all results.
template <hook_point Point>
using emission_result = typename detail::emission_result_of<Point>::type;

}  // namespace haft::inline v0

#endif  // HAFT_HOOK_HOOK_POINT_HPP
