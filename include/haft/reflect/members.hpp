// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_REFLECT_MEMBERS_HPP
#define HAFT_REFLECT_MEMBERS_HPP

/// The members of a plain struct: how many, their names, types and default values. A façade over the engine that the
/// compiler has; no other folder knows which one is at work.

#include <haft/reflect/engine.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <variant>

namespace haft::inline v0::reflect {

/// The most members of a plain struct: their presence is one machine word.
inline constexpr std::size_t most_members = 64;

/// A struct whose members can be listed and set: an aggregate class without base classes that `T{}` makes, of at most
/// 64 members, none of them const, a reference, an array or a union. (Bit-fields are beyond the C++20 engine, and not
/// told apart here: the compiler refuses them.)
template <class T>
concept plain_struct = std::is_class_v<T> && requires { sizeof(T); } && std::is_aggregate_v<T> && requires { T{}; } &&
                       !engine::has_base_class<T> && engine::has_at_most<T, most_members> &&
                       engine::has_only_values<T> && std::is_move_assignable_v<T>;

/// What keeps an aggregate class from being a plain struct.
enum class obstacle : unsigned char {
    none,
    no_default,
    base_class,
    too_many_members,
    array_union_or_reference,
    const_member
};

template <class T>
consteval obstacle obstacle_of() {
    if constexpr (plain_struct<T>) return obstacle::none;
    else if constexpr (!requires { T{}; }) return obstacle::no_default;
    else if constexpr (engine::has_base_class<T>) return obstacle::base_class;
    else if constexpr (!engine::has_at_most<T, most_members>)
        return engine::takes_in_parentheses<T>(std::make_index_sequence<most_members + 1>{})
                   ? obstacle::too_many_members
                   : obstacle::array_union_or_reference;
    else if constexpr (!engine::has_only_values<T>) return obstacle::array_union_or_reference;
    else return obstacle::const_member;
}

/// Which member it is, counted from 1, since it has no name that could be read; 0 if that can't be told.
template <class T>
consteval std::size_t obstacle_at() {
    if constexpr (obstacle_of<T>() == obstacle::no_default) return engine::last_without_default<T>();
    else if constexpr (obstacle_of<T>() == obstacle::array_union_or_reference) return engine::first_without_value<T>();
    else return 0;
}

template <class T>
inline constexpr std::size_t member_count = engine::member_count<T>;
template <class T>
    requires std::is_empty_v<T>
inline constexpr std::size_t member_count<T> = 0;

template <class T, std::size_t At>
using member_type = engine::member_type<T, At>;

/// The C++ types of all members: `types_of_members<T>` is a `member_types<int, std::string>`.
template <class... M>
using member_types = engine::bound_types<M...>;
namespace detail {
template <class T>
consteval auto types_of_members() {
    if constexpr (member_count<T> == 0) return member_types<>{};
    else if constexpr (engine::bindable<T>) return typename engine::members_of<T>::types{};
    else
        return []<std::size_t... At>(std::index_sequence<At...>) {
            return member_types<engine::member_type<T, At>...>{};
        }(std::make_index_sequence<member_count<T>>{});
}
}  // namespace detail
template <class T>
using types_of_members = decltype(detail::types_of_members<T>());

/// An array of their identifiers, and one of these.
template <class T>
inline constexpr const auto& member_names = engine::members_of<T>::names;
template <class T>
    requires(member_count<T> == 0)
inline constexpr std::array<std::string_view, 0> member_names<T>{};
template <class T, std::size_t At>
inline constexpr std::string_view member_name = member_names<T>[At];

/// The I-th member of an object.
template <std::size_t At, class T>
constexpr auto& get(T& object) noexcept {
    return engine::get<At>(object);
}

namespace detail {
template <bool Wanted, class F, class M>
constexpr void visit_one(const F& f, std::size_t at, M& member) {
    if constexpr (Wanted) f(at, member);
}
}  // namespace detail

/// Calls `f(place, member)` for those members of an object whose bit is set.
template <std::uint64_t Bits, class T, class F>
constexpr void visit_members(T& object, const F& f) {
    [&]<std::size_t... At>(std::index_sequence<At...>) {
        if constexpr (engine::bindable<std::remove_const_t<T>>)
            engine::with_members<sizeof...(At)>(
                object, [&](auto&... member) { (detail::visit_one < (Bits >> At & 1) != 0 > (f, At, member), ...); });
        else (detail::visit_one < (Bits >> At & 1) != 0 > (f, At, reflect::get<At>(object)), ...);
    }(std::make_index_sequence<member_count<std::remove_const_t<T>>>{});
}

namespace detail {
template <class T>
constexpr bool make_one() {
    [[maybe_unused]] T object = T();  // a temporary alone g++ 12 does not take for a constant expression
    return true;
}
/// What C++20 can't make at compile time and later standards can, by and by: owning pointers, and containers but strings and
/// vectors. What a struct means must not hang on that either.
template <class T>
concept constant_only_lately = requires { typename T::deleter_type; } || requires {
    typename T::weak_type;
} || (requires { typename T::allocator_type; } && !requires(T& t) { t.data(); } && !requires(T& t) { t.flip(); });
template <class T>
concept made_by_compiler = !constant_only_lately<T> && requires { typename std::bool_constant<make_one<T>()>; };
}  // namespace detail

namespace detail {
/// What is looked into by its members. (A std::array of nothing is an aggregate, and of no member that could be seen.)
template <class T>
concept seen_by_members = plain_struct<T> && !requires { std::tuple_size<T>::value; };

template <class T>
consteval bool has_opaque_member();

/// Whether a type that a compiler makes holds, in itself, one that none makes: an empty std::optional of a std::map is a
/// constant for some standard libraries and none for others, and what a struct means must not hang on that.
template <class T>
consteval bool holds_opaque() {
    const auto any = []<class... Part>(std::type_identity<Part>...) {
        return (... || (!made_by_compiler<Part> || holds_opaque<Part>()));
    };
    if constexpr (std::is_scalar_v<T>) return false;
    else if constexpr (seen_by_members<T>) return has_opaque_member<T>();
    else if constexpr (requires(const T& t) {
                           t.has_value();
                           typename T::value_type;
                       })
        return any(std::type_identity<typename T::value_type>{});
    else if constexpr (requires(const T& t) {
                           t.data();
                           std::tuple_size<T>::value;
                       })
        return any(std::type_identity<typename T::value_type>{});  // an array, however long
    else if constexpr (requires { std::variant_size<T>::value; })
        return [&]<std::size_t... At>(std::index_sequence<At...>) {
            return any(std::type_identity<std::variant_alternative_t<At, T>>{}...);
        }(std::make_index_sequence<std::variant_size_v<T>>{});
    else if constexpr (requires { std::tuple_size<T>::value; })
        return [&]<std::size_t... At>(std::index_sequence<At...>) {
            return any(std::type_identity<std::tuple_element_t<At, T>>{}...);
        }(std::make_index_sequence<std::tuple_size_v<T>>{});
    else return false;
}

template <class M>
inline constexpr bool is_opaque = std::is_scalar_v<M> ? false : !made_by_compiler<M> || holds_opaque<M>();
template <class... M>
consteval bool any_opaque(engine::bound_types<M...>) {
    return (... || is_opaque<M>);
}
template <class T>
consteval bool has_opaque_member() {
    if constexpr (std::is_empty_v<T>) return false;
    else if constexpr (engine::bindable<T>) return any_opaque(typename engine::members_of<T>::types{});
    else
        return []<std::size_t... At>(std::index_sequence<At...>) {
            return (... || is_opaque<member_type<T, At>>);
        }(std::make_index_sequence<member_count<T>>{});
}
}  // namespace detail

/// A struct whose member initialisers the compiler can evaluate, whichever compiler it is.
template <class T>
concept constant_defaults = detail::made_by_compiler<T> && !detail::has_opaque_member<T>();

/// A struct with a member that C++20 can't make at compile time, such as std::map or std::filesystem::path, whatever its
/// initialiser. Then it can't look at the other initialisers either.
template <class T>
concept opaque_struct = !constant_defaults<T> && detail::has_opaque_member<T>();

/// That every scalar member has an initialiser, nested ones too: only then a const T needs none. [dcl.init]
template <class T>
concept all_scalars_initialized = requires { new const T; };

/// Whether two values differ; values that can't be compared count as equal. Looks inside containers and structs by
/// itself: a vector has `==` even where its elements have none, and to use that would be an error. A plain struct is its
/// members, whatever functions it has. (Calls are qualified here and wherever a user's type is an argument: a function of
/// that name beside the type is none of ours.)
template <class T>
constexpr bool differs(const T& a, const T& b) {
    if constexpr (std::is_scalar_v<T>) {
        // Of a struct within a pair or variant g++ 12 forgets at compile time that T{} makes its scalars zero.
        if constexpr (!std::is_pointer_v<T>)
            if (std::is_constant_evaluated() && !(__builtin_constant_p(a) && __builtin_constant_p(b))) return false;
        return !(a == b);
    } else if constexpr (detail::seen_by_members<T>) {
        return [&]<std::size_t... At>(std::index_sequence<At...>) {
            return (... || reflect::differs(reflect::get<At>(a), reflect::get<At>(b)));
        }(std::make_index_sequence<member_count<T>>{});
    } else if constexpr (std::is_convertible_v<const T&, std::string_view>) {
        return std::string_view(a) != std::string_view(b);
    } else if constexpr (requires {
                             a.has_value();
                             *a;
                         }) {
        return a.has_value() != b.has_value() || (a.has_value() && reflect::differs(*a, *b));
    } else if constexpr (requires {
                             a.size();
                             a.begin();
                         }) {
        if (a.size() != b.size()) return true;
        for (auto i = a.begin(), j = b.begin(); i != a.end(); ++i, ++j)
            if (reflect::differs<typename T::value_type>(*i, *j)) return true;  // of vector<bool> *i may be no bool
        return false;
    } else if constexpr (requires {
                             a.index();
                             a.valueless_by_exception();
                         }) {
        if (a.index() != b.index()) return true;
        return [&]<std::size_t... At>(std::index_sequence<At...>) {
            return (... || (a.index() == At && reflect::differs(std::get<At>(a), std::get<At>(b))));
        }(std::make_index_sequence<std::variant_size_v<T>>{});
    } else if constexpr (requires { std::tuple_size<T>::value; }) {
        return [&]<std::size_t... At>(std::index_sequence<At...>) {
            return (... || reflect::differs(std::get<At>(a), std::get<At>(b)));
        }(std::make_index_sequence<std::tuple_size_v<T>>{});
    } else if constexpr (requires {
                             { a == b } -> std::convertible_to<bool>;
                         }) {
        return !(a == b);
    } else {
        return false;
    }
}

namespace detail {

/// (In a lambda: elsewhere in a template g++ 12 refuses initialisers with conversions, such as DBL_MAX.)
template <class M>
constexpr bool differs_from_empty(const M& member) {
    return [&] {
        M empty{};
        return reflect::differs(member, empty);
    }();
}

template <class... M>
consteval bool all_scalars(engine::bound_types<M...>) {
    return (... && std::is_scalar_v<M>);
}
// (Functions of a class rather than lambdas, of which each has a type of its own: these are shared by all structs.)
struct find_known_scalars {
    std::uint64_t& found;
    template <class... M>
    constexpr void operator()(const M&... member) const {
        [[maybe_unused]] int at = 0;
        (look(member, at++), ...);
    }
    template <class M>
    constexpr void look(const M& member, int at) const {
        if constexpr (std::is_scalar_v<M>) found |= std::uint64_t{__builtin_constant_p(member) != 0} << at;
    }
};
struct find_objects_with_default {
    std::uint64_t& found;
    template <class... M>
    constexpr void operator()(const M&... member) const {
        [[maybe_unused]] int at = 0;
        (look(member, at++), ...);
    }
    template <class M>
    constexpr void look(const M& member, int at) const {
        if constexpr (!std::is_scalar_v<M>) found |= std::uint64_t{detail::differs_from_empty(member)} << at;
    }
};

/// Bit i: member i of a struct that can be bound has a default. One evaluation for all of them.
template <class T>
inline constexpr std::uint64_t defaults_found = [] {
    std::uint64_t found = 0;
    T bare;  // a scalar without an initialiser is indeterminate here, and so no constant
    engine::with_members<member_count<T>>(bare, find_known_scalars{found});
    if constexpr (!detail::all_scalars(typename engine::members_of<T>::types{})) {
        T made{};
        engine::with_members<member_count<T>>(made, find_objects_with_default{found});
    }
    return found;
}();

}  // namespace detail

/// Whether the author gave the I-th member a default value. A scalar has one if it has an initialiser; anything else if
/// its value in `T{}` is not the empty one of its type, so `std::string s = ""` reads as no default. In an opaque struct
/// only the scalars have one, and only where all of them do: what can't be seen counts as not there.
template <class T, std::size_t At>
consteval bool member_has_default() {
    if constexpr (!constant_defaults<T>) {
        return std::is_scalar_v<member_type<T, At>> && all_scalars_initialized<T>;
    } else if constexpr (engine::bindable<T>) {
        return (detail::defaults_found<T> >> At & 1) != 0;
    } else if constexpr (std::is_scalar_v<member_type<T, At>>) {
        return engine::scalar_has_initializer<T, At>;
    } else {
        // g++ 12 refuses a const std::string in a constant expression, and outside of a lambda initialisers with conversions.
        return [] {
            T object{};
            member_type<T, At> empty{};
            return reflect::differs(reflect::get<At>(object), empty);
        }();
    }
}

namespace detail {
template <class T>
consteval std::uint64_t default_bits() {
    if constexpr (constant_defaults<T> && engine::bindable<T>) return defaults_found<T>;
    else
        return []<std::size_t... At>(std::index_sequence<At...>) {
            return (std::uint64_t{0} | ... | (std::uint64_t{member_has_default<T, At>()} << At));
        }(std::make_index_sequence<member_count<T>>{});
}
}  // namespace detail
/// The same for all members: bit i is of the i-th.
template <class T>
inline constexpr std::uint64_t default_bits = detail::default_bits<T>();

}  // namespace haft::inline v0::reflect

#endif  // HAFT_REFLECT_MEMBERS_HPP
