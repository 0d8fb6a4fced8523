// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_TOOL_PROVIDED_HPP
#define HAFT_TOOL_PROVIDED_HPP

/// How injected parameters come by their objects, one after the other, before the function is called. [NX-10]

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/shared_thing.hpp>
#include <haft/core/text.hpp>
#include <haft/reflect/callable.hpp>
#include <haft/reflect/type_name.hpp>
#include <haft/tool/execute.hpp>
#include <haft/tool/injected.hpp>

#include <string_view>
#include <type_traits>

namespace haft::inline v0::detail {

HAFT_COLD inline error no_provider(std::string_view tool, std::string_view type) {
    return {errc::missing_provider, concat({"tool ", in_quotes(tool), " was not called: it needs a ", type,
                                            " of its host, and nobody provides one"})};
}

/// Asks call_options::providers.
struct given_at_run_time {
    template <class T, class Next>
    static void with(invocation& call, Next next) {
        shared_thing keeper;
        const object_provider* const from = call.context.options.providers;
        T* const object =
            from ? from->provide(user_data::wanted<T>(), call.context, keeper).template get<T>() : nullptr;
        if (object) next(*object);
        else call.out.fail(no_provider(call.context.tool_name, reflect::type_name<T>));
    }
};

template <class>
inline constexpr bool has_injected_objects = false;
template <class... P>
inline constexpr bool has_injected_objects<reflect::type_list<P...>> =
    (... || is_injected_object<std::remove_cvref_t<P>>);

/// Calls `next` when all objects are there. `Provider::with<T>(call, next)` gives one to its `next`, or fails.
template <class Provider, class Next>
void with_objects(invocation& call, const provided_entry* so_far, reflect::type_list<>, Next next) {
    call.provided = so_far;
    next();
}
template <class Provider, class P, class... More, class Next>
void with_objects(invocation& call, const provided_entry* so_far, reflect::type_list<P, More...>, Next next) {
    if constexpr (is_injected_object<std::remove_cvref_t<P>>) {
        Provider::template with<typename std::remove_cvref_t<P>::object_type>(call, [&](auto& object) {
            const provided_entry here{user_data(object), so_far};
            with_objects<Provider>(call, &here, reflect::type_list<More...>{}, next);
        });
    } else {
        with_objects<Provider>(call, so_far, reflect::type_list<More...>{}, next);
    }
}

/// The one for a parameter of type `Injected`. Requires that with_objects has seen to it.
template <class Injected>
Injected provided_object(const invocation& call) {
    using object_type = typename Injected::object_type;
    const provided_entry* e = call.provided;
    while (!e->object.template get<object_type>()) e = e->before;
    return Injected(*e->object.template get<object_type>());
}

}  // namespace haft::inline v0::detail

#endif  // HAFT_TOOL_PROVIDED_HPP
