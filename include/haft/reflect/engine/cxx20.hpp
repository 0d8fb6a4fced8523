// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_REFLECT_ENGINE_CXX20_HPP
#define HAFT_REFLECT_ENGINE_CXX20_HPP

/// The C++20 engine: structured bindings or Boost.PFR for the members of an aggregate, a scan of values for enumerators. Only
/// `reflect/` includes it.

#include <haft/reflect/engine/bound_members.hpp>
#include <haft/reflect/engine/enum_scan.hpp>

#include <boost/pfr/core.hpp>

#include <array>
#include <cstddef>
#include <type_traits>
#include <utility>

namespace haft::inline v0::reflect::engine {

/// Converts to anything that is a base of T: an aggregate takes it first exactly if it has a base class.
template <class T>
struct a_base_of {
    template <class Base>
        requires(std::is_base_of_v<Base, T> && !std::is_same_v<Base, T>)
    operator Base() const;
};

/// Converts to nothing: who takes it takes anything, as a first member with a constructor for every type does.
struct a_stranger {};

template <class T>
inline constexpr bool has_base_class = requires { T{a_base_of<T>{}}; } && !requires { T{a_stranger{}}; };

/// Initialises any member but an array, a union or an lvalue reference. (And not T, else T(a_value) would be a copy.)
template <class T>
struct a_value {
    template <class M>
        requires(!std::is_union_v<M> && !std::is_same_v<M, T>)
    operator M() const&&;
};
template <class T, std::size_t>
using a_value_each = a_value<T>;

/// Braces go on into an array or an anonymous union, parentheses do not: what takes a value more in braces than in
/// parentheses has such a member, on which PFR would fail with errors of its own.
template <class T, std::size_t... At>
constexpr bool takes_in_braces(std::index_sequence<At...>) {
    return requires { T{a_value_each<T, At>{}...}; };
}
template <class T, std::size_t... At>
constexpr bool takes_in_parentheses(std::index_sequence<At...>) {
#ifdef __cpp_aggregate_paren_init
    return requires { T(a_value_each<T, At>{}...); };
#else
    return true;
#endif
}

/// Whether `Count` is the number of members, and none of them is an array, a union or a reference.
template <class T, std::size_t Count>
concept counts_as_values = takes_in_parentheses<T>(std::make_index_sequence<Count>{}) &&
                           !takes_in_braces<T>(std::make_index_sequence<Count + 1>{});

/// Whether the members can be bound. (Braces count wrong where a member can't be made of {}.)
template <class T>
concept bindable = count_braces<T>() > 0 && counts_as_values<T, count_braces<T>()>;

template <class T>
inline constexpr std::size_t member_count = boost::pfr::tuple_size_v<T>;
template <bindable T>
inline constexpr std::size_t member_count<T> = count_braces<T>();
// (Its member is an array. PFR counts the elements, at which g++ 12 has an internal error with Boost before 1.84.)
template <class E, std::size_t Count>
inline constexpr std::size_t member_count<std::array<E, Count>> = 1;

/// At most `Most` members, or initialisers of a large struct: there PFR would count the elements of a member such as
/// `char text[4096]`, and be long about it.
template <class T, std::size_t Most>
concept has_at_most = (sizeof(T) <= 1024 && member_count<T> <= Most) ||
                      (sizeof(T) > 1024 && !takes_in_braces<T>(std::make_index_sequence<Most + 1>{}));

/// That no member is an array, a union or a reference. (g++ lets PFR count no anonymous union, hence the second look.)
template <class T>
concept has_only_values = std::is_empty_v<T> || bindable<T> || counts_as_values<T, member_count<T>>;

/// For the words of a refusal: which member, counted from 1, is the first that is none of a plain value.
template <class T, std::size_t Count = 1>
consteval std::size_t first_without_value() {
    if constexpr (!takes_in_parentheses<T>(std::make_index_sequence<Count>{})) return Count;
    else if constexpr (Count < sizeof(T)) return first_without_value<T, Count + 1>();
    else return 0;
}

struct a_reference {
    template <class M>
    operator M&() const;
};
template <std::size_t>
using a_reference_each = a_reference;
template <class T, std::size_t... At>
constexpr bool takes_references(std::index_sequence<At...>) {
    return requires { T{a_reference_each<At>{}...}; };
}

/// For the words of a refusal: which member, counted from 1, is the last that must be initialised; 0 if that can't be told.
template <class T, std::size_t Count = 1>
consteval std::size_t last_without_default() {
    if constexpr (takes_references<T>(std::make_index_sequence<Count>{})) return Count;
    else if constexpr (Count < sizeof(T) && Count < 64) return last_without_default<T, Count + 1>();
    else return 0;
}

// (Boost.PFR has names, too, but they cost every file that includes it a tenth of a second.)
template <class T, std::size_t... At>
consteval auto names_by_pfr(std::index_sequence<At...>) {
    if constexpr (sizeof...(At) == 0) return std::array<std::string_view, 0>{};
    else
        return spelled_names<member_addresses<sizeof...(At)>{{__builtin_addressof(
                                 boost::pfr::get<At>(bound_object<T>()))...}},
                             sizeof...(At)>();
}
template <class T>
struct members_of {
    template <std::size_t At>
    using type = boost::pfr::tuple_element_t<At, T>;
    static constexpr auto names = names_by_pfr<T>(std::make_index_sequence<member_count<T>>{});
};
template <bindable T>
struct members_of<T> {
    using types = decltype(with_members<member_count<T>>(std::declval<T&>(), collect_types{}));
    template <std::size_t At>
    using type = decltype(type_at<At>(types{}));
    static constexpr auto names =
        spelled_names<with_members<member_count<T>>(bound_object<T>(), collect_addresses{}), member_count<T>>();
};

template <class T, std::size_t At>
using member_type = typename members_of<T>::template type<At>;

template <std::size_t At, class T>
constexpr auto& get(T& object) noexcept {
    using plain = std::remove_const_t<T>;
    if constexpr (bindable<plain>)
        return with_members<member_count<plain>>(object, object_after<std::make_index_sequence<At>>{});
    else return boost::pfr::get<At>(object);
}

// A scalar member without an initialiser is indeterminate in `T t;`, and to read it is no constant expression.
template <class T, std::size_t At>
constexpr bool read_member() {
    T object;
    auto copy = engine::get<At>(object);
    static_cast<void>(copy);
    return true;
}
template <class T, std::size_t At>
concept scalar_has_initializer = requires { typename std::bool_constant<read_member<T, At>()>; };

}  // namespace haft::inline v0::reflect::engine

#endif  // HAFT_REFLECT_ENGINE_CXX20_HPP
