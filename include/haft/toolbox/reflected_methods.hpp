// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_TOOLBOX_REFLECTED_METHODS_HPP
#define HAFT_TOOLBOX_REFLECTED_METHODS_HPP

/// A toolbox class that says nothing of itself but what annotations say: its public methods are its tools. Only where
/// HAFT_HAS_REFLECTION(). [TB-01]

#include <haft/core/fixed_string.hpp>
#include <haft/tool/about.hpp>
#include <haft/tool/annotated.hpp>
#include <haft/tool/execute.hpp>
#include <haft/tool/explain_callable.hpp>
#include <haft/tool/explain_reflected.hpp>
#include <haft/tool/invoke.hpp>
#include <haft/tool/returned.hpp>
#include <haft/tool/shape.hpp>
#include <haft/toolbox/hidden_method.hpp>
#include <haft/toolbox/method.hpp>

#if HAFT_HAS_REFLECTION()

#include <array>
#include <cstddef>
#include <meta>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace haft::inline v0::detail {

consteval bool is_reflected_tool(std::meta::info m) {
    return std::meta::is_function(m) && std::meta::has_identifier(m) && !std::meta::is_deleted(m) &&
           !std::meta::is_rvalue_reference_qualified(m) && !is_hidden_method(std::meta::identifier_of(m)) &&
           !is_no_tool(m);
}

/// Those of accessible bases first; what a class declares hides what its bases have of that name.
consteval std::vector<std::meta::info> methods_of_class(std::meta::info c) {
    const auto context = std::meta::access_context::unprivileged();
    const std::vector<std::meta::info> own = std::meta::members_of(c, context);
    const auto hides = [&](std::meta::info inherited) {
        for (const std::meta::info m : own)
            if (std::meta::has_identifier(m) && std::meta::identifier_of(m) == std::meta::identifier_of(inherited))
                return true;
        return false;
    };
    std::vector<std::meta::info> out;
    // A virtual base is one, whichever way leads to it.
    const auto is_there = [&](std::meta::info inherited) {
        for (const std::meta::info m : out)
            if (m == inherited)
                return std::meta::is_convertible_type(std::meta::add_pointer(c),
                                                      std::meta::add_pointer(std::meta::parent_of(m)));
        return false;
    };
    for (const std::meta::info base : std::meta::bases_of(c, context))
        for (const std::meta::info m : methods_of_class(std::meta::type_of(base)))
            if (!hides(m) && !is_there(m)) out.push_back(m);
    for (const std::meta::info m : own)
        if (is_reflected_tool(m)) out.push_back(m);
    return out;
}

template <class C>
struct reflected_methods {
    about words = annotated_words<^^C>;

    static constexpr auto all = std::define_static_array(methods_of_class(^^C));

    /// Words stand with their methods here, so none are for an unknown one.
    template <class>
    constexpr std::string_view unknown_name() const {
        return {};
    }
    template <class>
    constexpr auto entries() const {
        return []<std::size_t... At>(std::index_sequence<At...>) {
            return std::array<method_entry, sizeof...(At)>{entry<all[At]>()...};
        }(std::make_index_sequence<all.size()>{});
    }

private:
    template <std::meta::info M>
    static constexpr method_entry entry() {
        if constexpr (!explain_function<M>()) return {};
        else return usable_entry<M>();
    }
    template <std::meta::info M>
    static constexpr method_entry usable_entry() {
        using function = annotated_function<M>;
        using signature = typename function::signature;
        constexpr std::string_view own = std::meta::identifier_of(M);
        if constexpr (explain_callable<fixed_string<own.size()>(own), typename as_function<signature>::type,
                                       function::names()>()) {
            about named = annotated_words<M>;
            if (named.name.empty()) named.name = own;
            return entry_of_method<signature, function::names()>(named, [](void* object, invocation& call) {
                C& self = *static_cast<C*>(object);
                invoke_with<shape<signature, function::names()>>(
                    [&self]<class... A>(A&&... a) -> decltype(auto) { return self.[:M:](std::forward<A>(a)...); },
                    call);
            });
        } else {
            return {};
        }
    }
};

}  // namespace haft::inline v0::detail

#endif  // HAFT_HAS_REFLECTION()

#endif  // HAFT_TOOLBOX_REFLECTED_METHODS_HPP
