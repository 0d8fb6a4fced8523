// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_HOOK_PROVIDE_HPP
#define HAFT_HOOK_PROVIDE_HPP

/// What the parameters of a hook are given: any of the point's arguments, by type, and any of the members of its data, by type,
/// or by name: `haft::arg<"workspace", std::string>`. [HK-09]

#include <haft/core/stop_token.hpp>
#include <haft/hook/hook_point.hpp>
#include <haft/hook/point_emission.hpp>
#include <haft/reflect/members.hpp>
#include <haft/tool/arg.hpp>

#include <cstddef>
#include <string_view>
#include <type_traits>
#include <utility>

namespace haft::inline v0::detail {

inline constexpr std::size_t no_place = static_cast<std::size_t>(-1);

enum class provider : unsigned char {
    none,
    argument,    // a whole argument
    member,      // a member of the data
    stop,        // a stop_token: whether the hooks are being shut down
    ambiguous,   // several are of that type
    not_written  // it would be written to, and is not the hook's to write to
};

struct provided {
    provider from = provider::none;
    std::size_t place = 0;
};

template <class Point>
consteval bool has_data() {
    return requires { typename Point::data; };
}

/// The argument whose members are looked into: the point's `data`, or its only argument if that is a plain struct.
template <class Point>
consteval std::size_t data_place() {
    using parts = parts_of_point<Point>;
    return []<std::size_t... At>(std::index_sequence<At...>) {
        std::size_t out = no_place;
        [[maybe_unused]] const auto consider = [&](bool fits, std::size_t at) { out = fits ? at : out; };
        if constexpr (has_data<Point>())
            (consider(std::is_same_v<typename parts::template decayed<At>, typename Point::data>, At), ...);
        else if constexpr (sizeof...(At) == 1)
            (consider(reflect::plain_struct<typename parts::template decayed<At>>, At), ...);
        return out;
    }(std::make_index_sequence<parts::count>{});
}

struct no_members {};
template <class Point, std::size_t At = data_place<Point>()>
struct data_of_point {
    using type = typename parts_of_point<Point>::template decayed<At>;
};
template <class Point>
struct data_of_point<Point, no_place> {
    using type = no_members;
};
template <class Point>
using data_of = typename data_of_point<Point>::type;

template <class>
inline constexpr std::string_view name_of_arg = {};
template <fixed_string Name, class T, auto... Words>
inline constexpr std::string_view name_of_arg<arg<Name, T, Words...>> = Name.view();

/// The member of a struct that an arg names and can be made of.
template <class Data, class Arg>
consteval provided named_member() {
    return []<std::size_t... At>(std::index_sequence<At...>) {
        provided out;
        [[maybe_unused]] const auto consider = [&](bool fits, std::size_t at) {
            out = fits ? provided{provider::member, at} : out;
        };
        (consider(reflect::member_name<Data, At> == name_of_arg<Arg> &&
                      std::is_convertible_v<const reflect::member_type<Data, At>&, typename Arg::value_type>,
                  At),
         ...);
        return out;
    }(std::make_index_sequence<reflect::member_count<Data>>{});
}
template <class Data, class T>
consteval provided member_of_type() {
    return []<std::size_t... At>(std::index_sequence<At...>) {
        provided out;
        [[maybe_unused]] const auto consider = [&](bool fits, std::size_t at) {
            if (fits) out = out.from == provider::none ? provided{provider::member, at} : provided{provider::ambiguous};
        };
        (consider(std::is_same_v<reflect::member_type<Data, At>, T>, At), ...);
        return out;
    }(std::make_index_sequence<reflect::member_count<Data>>{});
}

/// Where what a parameter wants comes from.
template <class Point, class Parameter>
consteval provided provided_for() {
    using parts = parts_of_point<Point>;
    using wanted = std::remove_cvref_t<Parameter>;
    constexpr bool writes =
        std::is_lvalue_reference_v<Parameter> && !std::is_const_v<std::remove_reference_t<Parameter>>;
    provided out = []<std::size_t... At>(std::index_sequence<At...>) {
        provided found;
        [[maybe_unused]] const auto consider = [&](bool fits, std::size_t at) {
            if (fits)
                found = found.from == provider::none ? provided{provider::argument, at} : provided{provider::ambiguous};
        };
        (consider(std::is_same_v<typename parts::template decayed<At>, wanted>, At), ...);
        if constexpr (writes) {
            const bool can_be_written[] = {
                false,
                !std::is_const_v<std::remove_reference_t<std::tuple_element_t<At, typename parts::arguments>>>...};
            if (found.from == provider::argument && !can_be_written[found.place + 1])
                found.from = provider::not_written;
        }
        return found;
    }(std::make_index_sequence<parts::count>{});
    if (out.from != provider::none) return out;
    if constexpr (std::is_same_v<wanted, stop_token>) {
        out.from = provider::stop;
    } else if constexpr (!std::is_same_v<data_of<Point>, no_members>) {
        if constexpr (is_arg<wanted>) out = detail::named_member<data_of<Point>, wanted>();
        else out = detail::member_of_type<data_of<Point>, wanted>();
    }
    if (writes && out.from != provider::none && out.from != provider::ambiguous) out.from = provider::not_written;
    return out;
}

template <class Point, class Parameter>
inline constexpr bool can_provide = [] {
    constexpr provider from = provided_for<Point, Parameter>().from;
    return from == provider::argument || from == provider::member || from == provider::stop;
}();

/// What a parameter is given. References are to what the emission holds.
template <class Parameter, class Point>
decltype(auto) provide(point_emission<Point>& e) {
    using wanted = std::remove_cvref_t<Parameter>;
    constexpr provided what = provided_for<Point, Parameter>();
    if constexpr (what.from == provider::stop) {
        return stop_token(e.hooks->stop);
    } else if constexpr (what.from == provider::argument) {
        auto& object = e.template get<what.place>();
        if constexpr (std::is_rvalue_reference_v<Parameter>) return wanted(object);
        else return (object);
    } else {
        const data_of<Point>& data = e.template get<data_place<Point>()>();
        const auto& object = reflect::get<what.place>(data);
        if constexpr (is_arg<wanted>) return wanted{object};
        else if constexpr (std::is_rvalue_reference_v<Parameter>) return wanted(object);
        else return (object);
    }
}

}  // namespace haft::inline v0::detail

#endif  // HAFT_HOOK_PROVIDE_HPP
