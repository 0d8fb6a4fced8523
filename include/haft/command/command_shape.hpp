// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_COMMAND_COMMAND_SHAPE_HPP
#define HAFT_COMMAND_COMMAND_SHAPE_HPP

/// From the signature of a command's function to the table and the schema of its arguments: a tool's of the same parameters,
/// the command_context& apart. [CM-05]

#include <haft/command/command_context.hpp>
#include <haft/command/command_result.hpp>
#include <haft/command/rest_of_line.hpp>
#include <haft/core/config.hpp>
#include <haft/reflect/callable.hpp>
#include <haft/tool/callable.hpp>
#include <haft/tool/execute.hpp>
#include <haft/tool/invoke.hpp>
#include <haft/tool/shape.hpp>

#include <cstddef>
#include <type_traits>
#include <utility>
#if HAFT_HAS_REFLECTION()
#include <meta>
#endif

namespace haft::inline v0::detail {

template <class P>
using as_tool_takes_it = std::conditional_t<std::is_same_v<P, command_context&>, call_context&, P>;

/// The signature of a tool of the same parameters, and as the pointer to a function whose shape can be explained.
template <class Signature>
struct as_tools_signature;
template <class R, class... P>
struct as_tools_signature<reflect::signature<R, P...>> {
    using result = std::remove_cvref_t<R>;
    using type = reflect::signature<void, as_tool_takes_it<P>...>;
    using function = void (*)(as_tool_takes_it<P>...);
    static constexpr bool takes_context = (std::is_same_v<P, command_context&> || ...);
};

#if HAFT_HAS_REFLECTION()
template <std::meta::info F, class Signature>
consteval const auto& own_names_of_command() {
    if constexpr (shape<Signature, no_names>::parameters::form != parameters_form::unnamed) return no_names;
    else return annotated_function<F>::template own_names<>;
}
#endif

/// The names of a command's parameters: those beside the function or, where the compiler knows them, its own.
template <auto F, const auto& Names>
consteval const auto& names_for_command() {
#if HAFT_HAS_REFLECTION()
    if constexpr (speaks_for_itself<F, Names>)
        return own_names_of_command<std::meta::reflect_function(*F),
                                    typename as_tools_signature<reflect::signature_of<decltype(F)>>::type>();
    else return Names;
#else
    return Names;
#endif
}
template <class F, const auto& Names>
consteval const auto& names_for_callable() {
#if HAFT_HAS_REFLECTION()
    if constexpr (callable_object<F> && std::is_same_v<decltype(Names), decltype((no_names))>) {
        if constexpr (knows_all_names<call_operator<F>()>())
            return own_names_of_command<call_operator<F>(),
                                        typename as_tools_signature<reflect::signature_of<F>>::type>();
        else return Names;
    } else return Names;
#else
    return Names;
#endif
}

template <class F, const auto& Names>
struct command_shape : shape<typename as_tools_signature<reflect::signature_of<F>>::type, Names> {
    using of_function = as_tools_signature<reflect::signature_of<F>>;
    using tools_shape = shape<typename of_function::type, Names>;
    static constexpr bool takes_any_words =
        of_function::takes_context && tools_shape::parameters::form == parameters_form::nothing;

    /// Whether a haft::rest_of_line stands before another parameter, which then would get nothing.
    static consteval bool rest_is_last() {
        const json::type& all = tools_shape::table();
        for (std::size_t i = 0; i + 1 < all.count; ++i) {
            const json::type& given = *all.members[i].of;
            const json::type& one = given.kind == json::kind::optional ? *given.element : given;
            if (one.kind == json::kind::text && one.codec->expected == schema::form<rest_of_line>::expected)
                return false;
        }
        return true;
    }
};

/// Gives the function its own context where a tool's would be given one.
template <class F>
struct called_with_command_context {
    F& function;
    template <class... A>
    decltype(auto) operator()(A&&... given) const {
        return function(context_or<A>(given)...);
    }

private:
    template <class A>
    static decltype(auto) context_or(std::remove_reference_t<A>& given) {
        if constexpr (std::is_same_v<A, call_context&>) return static_cast<command_context&>(given);
        else return static_cast<A&&>(given);
    }
};

template <class Shape, class F>
void invoke_command(F&& f, invocation& call) {
    const called_with_command_context<std::remove_reference_t<F>> function{f};
    if constexpr (std::is_void_v<typename Shape::of_function::result>)
        detail::call_with<typename Shape::tools_shape>(function, call, typename Shape::all{});
    else
        detail::say_result(detail::call_with<typename Shape::tools_shape>(function, call, typename Shape::all{}), call);
}

/// The `command::execute` of every derived command; `self` is a `const binding*`.
HAFT_COLD inline void execute_command(const void* self, std::string_view arguments, command_context& context,
                                      result_writer& out) {
    execute_binding(self, arguments, context, out);
}

}  // namespace haft::inline v0::detail

#endif  // HAFT_COMMAND_COMMAND_SHAPE_HPP
