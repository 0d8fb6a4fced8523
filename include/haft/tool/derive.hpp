// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_TOOL_DERIVE_HPP
#define HAFT_TOOL_DERIVE_HPP

/// From a C++ signature to the two tables of a call: which parameters and results a tool may have, why others are refused,
/// and how the parameters reach the function and its result the caller.

#include <haft/core/fixed_string.hpp>
#include <haft/core/result.hpp>
#include <haft/json/type.hpp>
#include <haft/reflect/callable.hpp>
#include <haft/reflect/members.hpp>
#include <haft/schema/explain.hpp>
#include <haft/schema/form.hpp>
#include <haft/schema/structure.hpp>
#include <haft/schema/text.hpp>
#include <haft/tool/content.hpp>
#include <haft/tool/execute.hpp>
#include <haft/tool/parameters.hpp>

#include <cstddef>
#include <new>
#include <optional>
#include <string_view>
#include <type_traits>
#include <utility>

namespace haft::inline v0::detail {

// --- results

/// What a function's result type means for a call.
template <class R>
struct returned {
    using value = R;  // what JSON is made of; void for none
    static constexpr bool may_fail = false;
    static constexpr bool is_content = false;
    static constexpr bool has_attachments = false;
};
template <class T>
struct returned<haft::result<T>> : returned<T> {
    static constexpr bool may_fail = true;
};
template <class T>
struct returned<output<T>> : returned<T> {
    static constexpr bool has_attachments = true;
};
struct returned_content {
    using value = void;
    static constexpr bool may_fail = false;
    static constexpr bool is_content = true;
    static constexpr bool has_attachments = false;
};
template <>
struct returned<image> : returned_content {};
template <>
struct returned<audio> : returned_content {};
template <>
struct returned<resource> : returned_content {};
template <>
struct returned<resource_link> : returned_content {};
template <>
struct returned<content_block> : returned_content {};
template <>
struct returned<content> : returned_content {};
template <class T>
    requires(returned<T>::is_content)
struct returned<std::optional<T>> : returned<T> {
    static constexpr bool may_lack = true;
};

template <class V>
inline constexpr bool value_usable = schema::usable<V>;
template <>
inline constexpr bool value_usable<void> = true;

template <class V>
consteval const json::type* result_table() {
    if constexpr (std::is_void_v<V>) return nullptr;
    else return &schema::type_of<V>;
}
template <class V>
consteval std::string_view result_schema() {
    if constexpr (std::is_void_v<V>) return {};
    else return schema::schema_text<V, schema::direction::output>;
}

// --- signatures

template <class Signature, const auto& Names>
struct shape;
template <class R, class... P, const auto& Names>
struct shape<reflect::signature<R, P...>, Names> {
    using result = std::remove_cvref_t<R>;
    using value = typename returned<result>::value;
    using all = type_list<P...>;
    using visible = typename visible_parameters<type_list<>, P...>::type;
    using parameters = parameters_of<visible, Names>;
    using source = typename parameters::source;

    /// The struct that is the arguments object, where there is one.
    template <class List>
    struct first {
        using type = no_parameters;
    };
    template <class A, class... More>
    struct first<type_list<A, More...>> {
        using type = std::remove_cvref_t<A>;
    };
    using structure = std::conditional_t<parameters::form == parameters_form::one_struct ||
                                             parameters::form == parameters_form::unnamed,
                                         typename first<visible>::type, no_parameters>;

    static consteval const json::type& table() {
        if constexpr (parameters::is_block) return parameter_block<source>::table;
        else return schema::type_of<structure>;
    }
    struct schema_writer {
        static constexpr void write(text_sink& sink) {
            schema::detail::put_schema(sink, table(), schema::direction::input);
        }
    };
    static consteval std::string_view input_schema() {
        if constexpr (parameters::is_block) return static_text<schema_writer>::view;
        else return schema::schema_text<structure, schema::direction::input>;  // shared by all tools of that struct
    }

    template <std::size_t At>
    static constexpr bool member_usable = schema::usable<typename source::template type<At>>;
    static constexpr std::size_t first_unusable = []<std::size_t... At>(std::index_sequence<At...>) {
        std::size_t n = 0;
        static_cast<void>((... && (member_usable<At> && ++n)));
        return n;
    }(std::make_index_sequence<source::count>{});

    static consteval bool parameters_usable() {
        if constexpr (parameters::form == parameters_form::nothing) return true;
        else if constexpr (parameters::form == parameters_form::one_struct)
            return schema::usable<structure> && reflect::plain_struct<structure>;
        else if constexpr (parameters::is_block) {
            // (The words first: what is wrong with them by itself is told with a short trail.)
            if constexpr (source::words.size() > reflect::most_members || first_unusable < source::count) return false;
            else return schema::detail::object_table<source>::built.problem == schema::words_problem::none;
        } else return false;
    }
};
template <class F, const auto& Names = no_names>
using shape_of = shape<reflect::signature_of<F>, Names>;

template <class F, const auto& Names>
consteval bool is_derivable() {
    if constexpr (std::is_member_pointer_v<F> || !reflect::has_one_signature<F>) return false;
    else if constexpr (!shape_of<F, Names>::parameters_usable()) return false;
    else return value_usable<typename shape_of<F, Names>::value>;
}

/// A callable that a tool can be made of; the quiet twin of explain_callable.
template <class F, const auto& Names = no_names>
inline constexpr bool derivable = is_derivable<F, Names>();

// --- refusals

// Where a parameter stands, and how many names there are. Never defined: their names are what the compiler prints.
template <fixed_string Tool, fixed_string Name>
struct parameter_of_tool;
template <std::size_t Given, std::size_t Parameters>
struct names_for_parameters;

template <class...>
inline constexpr bool refused = false;

/// Says, as one compile-time error, why no tool can be made of a callable; says nothing if one can.
template <fixed_string Tool, class F, const auto& Names = no_names>
consteval bool explain_callable() {
    using of_tool = schema::parameters_of_tool<Tool>;
    if constexpr (derivable<F, Names>) {
    } else if constexpr (std::is_member_pointer_v<F>) {
        static_assert(refused<of_tool, F>,
                      "haft: a member function needs its object; write toolset.add(\"name\", about, [&](const args& a) "
                      "{ return object.f(a); }) [haft-E0110]");
    } else if constexpr (!reflect::has_one_signature<F>) {
        static_assert(refused<of_tool, F>,
                      "haft: a tool needs a callable with exactly one signature; not a generic lambda, an overloaded "
                      "operator(), a C "
                      "variadic or something that can't be called [haft-E0112]");
    } else {
        using shape = shape_of<F, Names>;
        constexpr parameters_form form = shape::parameters::form;
        if constexpr (form == parameters_form::writes) {
            static_assert(refused<of_tool, F>,
                          "haft: a tool can't write to its caller's variable; take the parameter by value or const "
                          "reference and return the result; for the context of the call write haft::call_context& "
                          "[haft-E0111]");
        } else if constexpr (form == parameters_form::wrong_count && Names.size() == shape::parameters::count) {
            static_assert(
                refused<of_tool, F>,
                "haft: a haft::arg has its own name, so there can't be another beside the function; leave one "
                "of them out [haft-E0126]");
        } else if constexpr (form == parameters_form::wrong_count) {
            static_assert(
                refused<of_tool, names_for_parameters<Names.size(), shape::parameters::count>, F>,
                "haft: the names beside the function are not as many as its parameters; write one haft::field "
                "for each, in their order [haft-E0126]");
        } else if constexpr (form == parameters_form::mixed) {
            static_assert(refused<of_tool, F>,
                          "haft: some parameters of this tool are haft::arg and some are not; write all as haft::arg "
                          "[haft-E0102]");
        } else if constexpr (form == parameters_form::unnamed) {
            static_assert(refused<of_tool, F>,
                          "haft: C++20 has no names for plain parameters; take one struct { ... } by const reference, "
                          "write haft::arg<\"name\", type>, or give the names: haft::make<&f, names> [haft-E0102]");
        } else if constexpr (form == parameters_form::one_struct && !shape::parameters_usable()) {
            schema::explain_type<of_tool, typename shape::structure>();
        } else if constexpr (!shape::parameters_usable()) {
            using source = typename shape::source;
            if constexpr (source::count > reflect::most_members) {
                static_assert(refused<of_tool, F>, "haft: a tool has at most 64 parameters [haft-E0107]");
            } else if constexpr (shape::first_unusable < source::count) {
                constexpr std::size_t at = shape::first_unusable;
                constexpr std::string_view name = source::template name<at>;
                schema::explain_type<parameter_of_tool<Tool, fixed_string<name.size()>(name)>,
                                     typename source::template type<at>>();
            } else {
                schema::detail::explain_words<of_tool, schema::detail::a_function, source>();
            }
        } else {
            schema::explain_type<schema::result_of_tool<Tool>, typename shape::value>();
        }
    }
    return derivable<F, Names>;
}

// --- the call

/// The parameter of type P, the `At`-th of those that a model gives.
template <class Shape, class P, std::size_t At>
decltype(auto) pass(invocation& call) {
    using plain = std::remove_cvref_t<P>;
    if constexpr (is_injected<P>) {
        return static_cast<P>(call.context);
    } else if constexpr (Shape::parameters::form == parameters_form::one_struct) {
        auto& object = *static_cast<plain*>(call.parameters);
        if constexpr (std::is_lvalue_reference_v<P>) return static_cast<const plain&>(object);
        else return static_cast<plain&&>(object);
    } else {
        auto& object = parameter_block<typename Shape::source>::template get<At>(call.parameters);
        if constexpr (is_arg<plain>) return plain{std::move(object)};
        else if constexpr (std::is_lvalue_reference_v<P>) return static_cast<const plain&>(object);
        else return static_cast<plain&&>(object);
    }
}

template <class Shape, class F, class... P>
decltype(auto) call_with(F&& f, invocation& call, type_list<P...>) {
    return [&]<std::size_t... At>(std::index_sequence<At...>) -> decltype(auto) {
        // how many of the parameters before it a model gives
        [[maybe_unused]] constexpr auto place = [](std::size_t at) {
            constexpr bool injected[] = {is_injected<P>..., false};
            std::size_t n = 0;
            for (std::size_t i = 0; i < at; ++i) n += !injected[i];
            return n;
        };
        return f(detail::pass<Shape, P, place(At)>(call)...);
    }(std::index_sequence_for<P...>{});
}

/// Takes what the function gave apart: an error, attachments, content; the value is left in `call.result`.
template <class R>
void hand_over(R&& given, invocation& call) {
    using plain = std::remove_cvref_t<R>;
    if constexpr (returned<plain>::may_fail) {
        if (!given) return call.fail(std::move(given.error()));
        if constexpr (!std::is_void_v<typename plain::value_type>) detail::hand_over(*std::forward<R>(given), call);
    } else if constexpr (returned<plain>::has_attachments) {
        // The value comes first where it is content, too; any other goes last, since after it nothing may throw.
        if constexpr (returned<plain>::is_content) detail::hand_over(std::move(given.value), call);
        for (content_block& block : given.attachments) call.out.attach(std::move(block));
        if constexpr (!returned<plain>::is_content) detail::hand_over(std::move(given.value), call);
    } else if constexpr (requires { requires returned<plain>::may_lack; }) {
        if (given) detail::hand_over(std::move(*given), call);
    } else if constexpr (std::is_same_v<plain, content>) {
        for (content_block& block : given) call.out.attach(std::move(block));
        call.out.only_blocks();
    } else if constexpr (returned<plain>::is_content) {
        call.out.attach(content_block(std::move(given)));
        call.out.only_blocks();
    } else {
        ::new (call.result) plain(std::forward<R>(given));
        call.has_result = true;
    }
}

/// Calls `f` with the parameters, and hands its result over.
template <class Shape, class F>
void invoke_with(F&& f, invocation& call) {
    using result = typename Shape::result;
    if constexpr (!std::is_void_v<typename Shape::value>) schema::detail::require_layouts_of<typename Shape::value>();
    if constexpr (std::is_void_v<result>) {
        detail::call_with<Shape>(f, call, typename Shape::all{});
    } else if constexpr (std::is_same_v<result, typename Shape::value>) {
        ::new (call.result) result(detail::call_with<Shape>(f, call, typename Shape::all{}));
        call.has_result = true;
    } else {
        result given(detail::call_with<Shape>(f, call, typename Shape::all{}));
        detail::hand_over(std::move(given), call);
    }
}

}  // namespace haft::inline v0::detail

#endif  // HAFT_TOOL_DERIVE_HPP
