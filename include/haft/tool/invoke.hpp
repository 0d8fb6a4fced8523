// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_TOOL_INVOKE_HPP
#define HAFT_TOOL_INVOKE_HPP

/// How the parameters reach the function, and its result the caller.

#include <haft/core/config.hpp>
#include <haft/tool/content.hpp>
#include <haft/tool/execute.hpp>
#include <haft/tool/parameters.hpp>
#include <haft/tool/provided.hpp>
#include <haft/tool/returned.hpp>
#include <haft/tool/shape.hpp>

#include <array>
#include <cstddef>
#include <new>
#include <type_traits>
#include <utility>

namespace haft::inline v0::detail {

/// The parameter of type P, the `At`-th of those that a model gives.
template <class Shape, class P, std::size_t At>
decltype(auto) pass(invocation& call) {
    using plain = std::remove_cvref_t<P>;
    if constexpr (is_injected_object<plain>) {
        return provided_object<plain>(call);
    } else if constexpr (is_injected<P>) {
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

/// Where a parameter stands among those that a model gives.
template <class... P>
struct places_of {
    static constexpr std::array<bool, sizeof...(P) + 1> injected{is_injected<P>..., false};
    static constexpr std::size_t visible(std::size_t at) {
        std::size_t n = 0;
        for (std::size_t i = 0; i < at; ++i) n += !injected[i];
        return n;
    }
};

/// Calls a function that has defaults of its own with the first `Count` arguments, or with fewer where the last of these was not
/// given.
template <class Shape, std::size_t Count, class F, class... P>
decltype(auto) call_with_given(F& f, invocation& call, type_list<P...> all) {
    using places = places_of<P...>;
    using source = typename Shape::source;
    if constexpr (Count > 0) {
        constexpr std::size_t last = places::visible(Count - 1);
        if constexpr (!places::injected[Count - 1] && (source::has_default >> last & 1) != 0)
            if ((parameter_block<source>::absent(call.parameters) >> last & 1) != 0)
                return detail::call_with_given<Shape, Count - 1>(f, call, all);
    }
    return [&]<std::size_t... At>(std::index_sequence<At...>) -> decltype(auto) {
        return f(detail::pass<Shape, typename type_list<P...>::template at<At>, places::visible(At)>(call)...);
    }(std::make_index_sequence<Count>{});
}

template <class Shape, class F, class... P>
decltype(auto) call_with(F&& f, invocation& call, type_list<P...>) {
    if constexpr (Shape::parameters::is_block && Shape::source::tells_absence)
        return detail::call_with_given<Shape, sizeof...(P)>(f, call, type_list<P...>{});
    else
        return [&]<std::size_t... At>(std::index_sequence<At...>) -> decltype(auto) {
            return f(detail::pass<Shape, P, places_of<P...>::visible(At)>(call)...);
        }(std::index_sequence_for<P...>{});
}

/// Takes what the function gave apart: an error, attachments, content; the value is left in `call.result`.
template <class R>
void hand_over(R&& given, invocation& call) {
    using plain = std::remove_cvref_t<R>;
    if constexpr (awaited<plain>::waits) {
        using after = typename awaited<plain>::type;
        if constexpr (std::is_void_v<after>) awaited<plain>::get(std::move(given), call.context);
        else detail::hand_over(awaited<plain>::get(std::move(given), call.context), call);
    } else if constexpr (returned<plain>::may_fail) {
        if (!given) return call.fail(std::move(given.error()));
        if constexpr (!std::is_void_v<typename plain::value_type>) detail::hand_over(*std::forward<R>(given), call);
    } else if constexpr (returned<plain>::has_attachments) {
        // The value comes first where it is content, too; any other goes last, since after it nothing may throw.
        if constexpr (returned<plain>::is_content) detail::hand_over(std::move(given.value), call);
        for (content_block& block : given.attachments) call.out.attach(std::move(block));
        if constexpr (!returned<plain>::is_content) detail::hand_over(std::move(given.value), call);
    } else if constexpr (returned<plain>::may_lack) {
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

template <class Shape, class F>
void invoke_provided(F&& f, invocation& call) {
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

/// Calls `f` with the parameters, and hands its result over. `Provider` has the objects of injected ones.
template <class Shape, class Provider = given_at_run_time, class F>
void invoke_with(F&& f, invocation& call) {
    if constexpr (has_injected_objects<typename Shape::all>)
        with_objects<Provider>(call, nullptr, typename Shape::all{}, [&] { detail::invoke_provided<Shape>(f, call); });
    else detail::invoke_provided<Shape>(f, call);
}

}  // namespace haft::inline v0::detail

#endif  // HAFT_TOOL_INVOKE_HPP
