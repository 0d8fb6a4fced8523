// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_TOOL_PARAMETERS_HPP
#define HAFT_TOOL_PARAMETERS_HPP

/// The ways in which a function's parameters become one JSON object: one struct, `haft::arg`s, or plain parameters whose
/// names stand beside the function. What is injected is not among them.

#include <haft/core/text_sink.hpp>
#include <haft/json/type.hpp>
#include <haft/reflect/callable.hpp>
#include <haft/reflect/members.hpp>
#include <haft/schema/explain.hpp>
#include <haft/schema/form.hpp>
#include <haft/schema/object.hpp>
#include <haft/schema/words.hpp>
#include <haft/tool/arg.hpp>
#include <haft/tool/call_context.hpp>
#include <haft/tool/injected.hpp>

#include <array>
#include <cstddef>
#include <new>
#include <string_view>
#include <type_traits>
#include <utility>

namespace haft::inline v0::detail {

using reflect::type_list;

/// No names beside the function.
inline constexpr std::array<field, 0> no_names{};

/// What the model does not give: the context of the call, and what a host provides.
template <class P>
inline constexpr bool is_injected = std::is_same_v<P, call_context&> ||
                                    (is_injected_object<std::remove_cvref_t<P>> &&
                                     (!std::is_lvalue_reference_v<P> || std::is_const_v<std::remove_reference_t<P>>));
template <class P>
inline constexpr bool writes_to_caller =
    (std::is_lvalue_reference_v<P> && !std::is_const_v<std::remove_reference_t<P>>) ||
    std::is_same_v<std::remove_cvref_t<P>, call_context>;  // but as call_context&, which is injected

/// The parameters that a model gives.
template <class Done, class... Left>
struct visible_parameters {
    using type = Done;
};
template <class... Done, class P, class... Left>
struct visible_parameters<type_list<Done...>, P, Left...>
    : visible_parameters<std::conditional_t<is_injected<P>, type_list<Done...>, type_list<Done..., P>>, Left...> {};

/// The sources of schema::detail::object_table for parameters.
template <class... T>
struct plain_members {
    static constexpr std::size_t count = sizeof...(T);
    static constexpr std::uint64_t has_default = 0;
    static constexpr bool defaults_known = false;
    static constexpr bool tells_absence = false;
    using types = reflect::member_types<T...>;
    template <std::size_t At>
    using type = typename type_list<T...>::template at<At>;
    static constexpr bool can_reset = false;  // they are made new
    static constexpr void put_type_name(text_sink&) {}
};
template <std::size_t N>
consteval std::array<std::string_view, N> names_of(const std::array<field, N>& words) {
    std::array<std::string_view, N> out{};
    for (std::size_t i = 0; i < N; ++i) out[i] = words[i].name;
    return out;
}
template <class... Args>
struct arg_members : plain_members<typename arg_parts<Args>::type...> {
    static constexpr std::array<field, sizeof...(Args)> words{arg_parts<Args>::words...};
    static constexpr std::array<std::string_view, sizeof...(Args)> names = names_of(words);
};
template <const auto& Names, class... T>
struct listed_members : plain_members<T...> {
    static constexpr const auto& words = Names;
    static constexpr auto names = names_of(Names);
};
/// Of a function that knows itself, defaults and all.
template <const auto& Names, class... T>
    requires(Names.has_default != 0)
struct listed_members<Names, T...> : plain_members<T...> {
    static constexpr const auto& words = Names;
    static constexpr auto names = names_of(Names);
    static constexpr std::uint64_t has_default = Names.has_default;
    static constexpr bool tells_absence = true;
};

/// Objects side by side in one block of memory, as object_table has computed their places.
template <class Source>
struct parameter_block {
    using table_type = schema::detail::object_table<Source>;
    template <std::size_t At>
    using type = typename Source::template type<At>;

    template <std::size_t At>
    static type<At>& get(void* block) noexcept {
        return *std::launder(reinterpret_cast<type<At>*>(static_cast<char*>(block) + table_type::members[At].offset));
    }

private:
    template <std::size_t At>
    static void construct_from(void* block) {
        if constexpr (At < Source::count) {
            auto* const made = ::new (static_cast<char*>(block) + table_type::members[At].offset) type<At>{};
            // If a later one throws, this one goes again; without exceptions nothing throws.
            struct undo {
                type<At>* object;
                ~undo() {
                    if (object) object->~type<At>();
                }
            } guard{made};
            construct_from<At + 1>(block);
            guard.object = nullptr;
        }
    }
    static void construct(void* block) {
        if constexpr (schema::detail::layout_in_doubt(table)) {
            [[maybe_unused]] static const bool once = schema::detail::require_layouts(table);
        }
        construct_from<0>(block);
    }
    static std::uint64_t* absence_in(void* block) noexcept {
        return reinterpret_cast<std::uint64_t*>(static_cast<char*>(block) + table_type::built.size -
                                                sizeof(std::uint64_t));
    }
    static void construct_with_absence(void* block) {
        ::new (absence_in(block)) std::uint64_t{0};
        construct(block);
    }
    template <class T>
    static void destroy_one(T& object) {
        object.~T();
    }
    static void destroy(void* block) {
        [&]<std::size_t... At>(std::index_sequence<At...>) {
            (destroy_one(get<At>(block)), ...);
        }(std::make_index_sequence<Source::count>{});
    }

public:
    /// Bit i: the i-th was not given, and its default is the function's own.
    static std::uint64_t absent(void* block) noexcept {
        if constexpr (table_type::built.tells_absence) return *std::launder(absence_in(block));
        else return 0;
    }

    static constexpr json::type table = [] {
        json::type t = table_type::table();
        if (table_type::built.problem != schema::words_problem::none) return json::type{};
        t.size = static_cast<std::uint32_t>(table_type::built.size);
        t.construct = table_type::built.tells_absence ? &construct_with_absence : &construct;
        t.destroy = &destroy;
        return t;
    }();
};

enum class parameters_form : unsigned char {
    nothing,      // no parameters
    one_struct,   // a struct is the object
    args,         // haft::arg, each a member
    listed,       // names beside the function
    writes,       // refused: a reference to a caller's variable
    unnamed,      // refused: no names
    mixed,        // refused: haft::arg among others
    wrong_count,  // refused: more or fewer names than parameters
};

template <class List, const auto& Names>
struct parameters_of;
template <class... P, const auto& Names>
struct parameters_of<type_list<P...>, Names> {
    static constexpr std::size_t count = sizeof...(P);
    static consteval parameters_form find_form() {
        constexpr std::size_t args = (std::size_t{0} + ... + (is_arg<std::remove_cvref_t<P>> ? 1 : 0));
        if constexpr ((... || writes_to_caller<P>)) return parameters_form::writes;
        else if constexpr (Names.size() != 0)
            return args || Names.size() != count ? parameters_form::wrong_count : parameters_form::listed;
        else if constexpr (count == 0) return parameters_form::nothing;
        else if constexpr (args == count) return parameters_form::args;
        else if constexpr (args != 0) return parameters_form::mixed;
        else if constexpr (count == 1)
            return (... && (std::is_class_v<std::remove_cvref_t<P>> && (reflect::plain_struct<std::remove_cvref_t<P>> ||
                                                                        !schema::has_form<std::remove_cvref_t<P>>)))
                       ? parameters_form::one_struct
                       : parameters_form::unnamed;
        else return parameters_form::unnamed;
    }
    static constexpr parameters_form form = find_form();

    static consteval auto source_of() {
        if constexpr (form == parameters_form::args) return arg_members<std::remove_cvref_t<P>...>{};
        else if constexpr (form == parameters_form::listed) return listed_members<Names, std::remove_cvref_t<P>...>{};
        else return plain_members<>{};
    }
    using source = decltype(source_of());
    static constexpr bool is_block = form == parameters_form::args || form == parameters_form::listed;
};

struct no_parameters {};

}  // namespace haft::inline v0::detail

#endif  // HAFT_TOOL_PARAMETERS_HPP
