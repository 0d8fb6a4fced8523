// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_TOOLBOX_METHOD_HPP
#define HAFT_TOOLBOX_METHOD_HPP

/// `haft::method<&Memory::get>("Get something by its key")`: a method of a class becomes a tool of its toolbox, at compile time.

#include <haft/core/fixed_string.hpp>
#include <haft/json/type.hpp>
#include <haft/reflect/callable.hpp>
#include <haft/tool/about.hpp>
#include <haft/tool/execute.hpp>
#include <haft/tool/explain_callable.hpp>
#include <haft/tool/invoke.hpp>
#include <haft/tool/returned.hpp>
#include <haft/tool/shape.hpp>
#include <haft/tool/tool.hpp>

#include <string_view>
#include <type_traits>
#include <utility>

namespace haft::inline v0 {

namespace detail {

/// One method of a toolbox class, as a table has it: everything but the object.
struct method_entry {
    tool words = {};  ///< name (the method's own), texts, schemas; no `execute`
    const json::type* parameters_type = nullptr;
    const json::type* result_type = nullptr;
    /// Calls the method of an object of the toolbox class.
    void (*invoke)(void* object, invocation& call) = nullptr;
};

/// A method's signature as that of a function, for which all that is said of functions holds.
template <class Signature>
struct as_function;
template <class R, class... P>
struct as_function<reflect::signature<R, P...>> {
    using type = R (*)(P...);
};

template <class M>
consteval bool is_method() {
    if constexpr (std::is_member_function_pointer_v<M>) return reflect::has_one_signature<M>;
    else return false;
}

/// The entry of a method that takes and gives what `Signature` says, and has a name among its words.
template <class Signature, const auto& Names>
constexpr method_entry entry_of_method(const about& words, void (*invoke)(void* object, invocation& call)) {
    using shape = haft::detail::shape<Signature, Names>;
    tool described_so = described(words.name, words);
    described_so.input_schema = shape::input_schema();
    described_so.output_schema = result_schema<typename shape::value>();
    described_so.default_gap = shape::default_gap();
    described_so.wants_objects = shape::wants_objects;
    return {.words = described_so,
            .parameters_type = &shape::table(),
            .result_type = result_table<typename shape::value>(),
            .invoke = invoke};
}

/// The words for one method.
template <auto M, const auto& Names>
struct method_words {
    about words;

    /// The entry for an object of class C, of which the method may be inherited.
    template <class C>
    constexpr method_entry entry() const {
        constexpr std::string_view own = reflect::name_of<M>;
        using signature = reflect::signature_of<decltype(M)>;
        if constexpr (explain_callable<fixed_string<own.size()>(own), typename as_function<signature>::type, Names>()) {
            about named = words;
            if (named.name.empty()) named.name = own;
            return entry_of_method<signature, Names>(named, [](void* object, invocation& call) {
                // As C, since a base that declares the method need not stand at the object's beginning.
                C& self = *static_cast<C*>(object);
                invoke_with<shape<signature, Names>>(
                    [&self]<class... A>(A&&... a) -> decltype(auto) { return (self.*M)(std::forward<A>(a)...); }, call);
            });
        } else {
            return {};
        }
    }
};

/// What stands for a method that was refused.
struct no_method {
    template <class C>
    constexpr method_entry entry() const {
        return {};
    }
};

}  // namespace detail

/// The words for a method of a toolbox class. It takes what functions of haft::make take: one plain struct, haft::args, nothing,
/// or anything whose names `Names` gives, and a call_context& besides. It may be const, inherited, noexcept.
template <auto M, const auto& Names = detail::no_names>
consteval auto method(const about& words) {
    constexpr bool is_method = detail::is_method<decltype(M)>();
    static_assert(is_method,
                  "haft: this is no method; write haft::method<&my_class::my_method>(\"what it does\"); a function "
                  "becomes a tool by haft::make<&f> [haft-E0134]");
    if constexpr (is_method) return detail::method_words<M, Names>{words};
    else return detail::no_method{};
}
template <auto M, const auto& Names = detail::no_names>
consteval auto method(std::string_view description = {}) {
    return method<M, Names>(about{.description = description});
}

}  // namespace haft::inline v0

#endif  // HAFT_TOOLBOX_METHOD_HPP
