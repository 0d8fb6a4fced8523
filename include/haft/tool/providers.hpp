// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_TOOL_PROVIDERS_HPP
#define HAFT_TOOL_PROVIDERS_HPP

/// Injected parameters whose objects are found by the compiler: a missing one is a compile-time error. [NX-10]

#include <haft/core/fixed_string.hpp>
#include <haft/reflect/callable.hpp>
#include <haft/tool/about.hpp>
#include <haft/tool/call_context.hpp>
#include <haft/tool/callable.hpp>
#include <haft/tool/execute.hpp>
#include <haft/tool/explain_callable.hpp>
#include <haft/tool/invoke.hpp>
#include <haft/tool/make.hpp>
#include <haft/tool/parameters.hpp>
#include <haft/tool/provided.hpp>
#include <haft/tool/tool.hpp>

#include <cstddef>
#include <string_view>
#include <type_traits>
#include <utility>

namespace haft::inline v0 {

namespace detail {

/// One function that gives an object: a reference to one of the host's, or one by value that lives as long as the call.
template <auto Function>
struct provider_function {
    static constexpr bool takes_context = std::is_invocable_v<decltype(Function), call_context&>;
    static constexpr bool is_one = takes_context || std::is_invocable_v<decltype(Function)>;
    static decltype(auto) get(call_context& context) {
        if constexpr (takes_context) return Function(context);
        else return Function();
    }
    template <class T>
    static consteval bool gives() {
        if constexpr (!is_one) return false;
        else {
            using given = decltype(get(std::declval<call_context&>()));
            return std::is_same_v<std::remove_reference_t<given>, T> ||
                   (std::is_const_v<T> && std::is_same_v<std::remove_cvref_t<given>, std::remove_const_t<T>>);
        }
    }
    static consteval bool gives_something() {
        if constexpr (!is_one) return false;
        else return !std::is_void_v<decltype(get(std::declval<call_context&>()))>;
    }
};

template <auto... Functions>
struct given_by {
    template <class T>
    static constexpr std::size_t count =
        (std::size_t{0} + ... + (provider_function<Functions>::template gives<T>() ? 1 : 0));

    template <class T, class Next>
    static void with(invocation& call, Next next) {
        static_cast<void>((... || with_this<T, Functions>(call, next)));
    }

private:
    template <class T, auto Function, class Next>
    static bool with_this(invocation& call, Next& next) {
        if constexpr (provider_function<Function>::template gives<T>()) {
            auto&& object = provider_function<Function>::get(call.context);
            next(static_cast<T&>(object));
            return true;
        } else {
            return false;
        }
    }
};

/// Says what is missing or there twice for the injected parameters of a function.
template <fixed_string Tool, class Provider, class P>
consteval bool explain_provided() {
    if constexpr (is_injected_object<std::remove_cvref_t<P>>) {
        using wanted = typename std::remove_cvref_t<P>::object_type;
        constexpr std::size_t n = Provider::template count<wanted>;
        if constexpr (n == 0)
            static_assert(
                refused<schema::parameters_of_tool<Tool>, wanted>,
                "haft: an injected parameter of this tool is of a type that no provider gives; add a function that "
                "returns it, or a reference to it, to haft::providers<...> [haft-E0161]");
        if constexpr (n > 1)
            static_assert(
                refused<schema::parameters_of_tool<Tool>, wanted>,
                "haft: two providers give the type of an injected parameter; leave one of them out [haft-E0162]");
        return n == 1;
    } else {
        return true;
    }
}
template <fixed_string Tool, class Provider, class... P>
consteval bool explain_all_provided(reflect::type_list<P...>) {
    return (... & explain_provided<Tool, Provider, P>());
}

template <auto F, const auto& Names, class Provider>
struct made_with {
    static void invoke(const binding&, invocation& call) {
        invoke_with<shape_of<decltype(F), Names>, Provider>(F, call);
    }
    static constexpr binding bound{made<F, Names>::bound.parameters_type, made<F, Names>::bound.result_type, &invoke};
};

}  // namespace detail

/// Functions that give objects, by the types that they return: `using host = haft::providers<&open_database, &clock_now>;`. Each takes
/// nothing or the call_context&, and returns a reference, or a value that is made for each call.
template <auto... Functions>
struct providers {
    static constexpr bool sound = (... && detail::provider_function<Functions>::gives_something());
    static_assert(
        sound,
        "haft: a provider is a function without parameters, or with a haft::call_context&, that returns an object "
        "or a reference to one [haft-E0162]");

    /// haft::make, for a function with injected parameters: `host::make<&count>("Counts rows")`. The tool has its objects wherever it
    /// is called; call_options::providers has no say.
    template <auto F, const auto& Names = detail::no_names>
    static consteval tool make(const about& words) {
        return with_objects<F, Names>(haft::make<F, Names>(words));
    }
    template <auto F, const auto& Names = detail::no_names>
    static consteval tool make(std::string_view description = {}) {
        return with_objects<F, Names>(haft::make<F, Names>(description));
    }

private:
    template <auto F, const auto& Names>
    static consteval tool with_objects(tool t) {
        using provider = detail::given_by<Functions...>;
        constexpr std::string_view own = reflect::name_of<F>;
        if constexpr (sound && detail::derivable<decltype(F), Names>) {
            using all = typename detail::shape_of<decltype(F), Names>::all;
            if constexpr (detail::explain_all_provided<fixed_string<own.size()>(own), provider>(all{}))
                t.self = static_cast<const binding*>(&detail::made_with<F, Names, provider>::bound), t.wants_objects = false;
        }
        return t;
    }
};

}  // namespace haft::inline v0

#endif  // HAFT_TOOL_PROVIDERS_HPP
