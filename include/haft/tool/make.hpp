// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_TOOL_MAKE_HPP
#define HAFT_TOOL_MAKE_HPP

/// `haft::make<&f>("what it does")`: a function becomes a tool, at compile time.

#include <haft/reflect/callable.hpp>
#include <haft/tool/about.hpp>
#include <haft/tool/derive.hpp>
#include <haft/tool/execute.hpp>
#include <haft/tool/tool.hpp>

#include <string_view>
#include <type_traits>

namespace haft::inline v0 {

namespace detail {

template <auto F>
struct made {
    static constexpr std::string_view name = reflect::name_of<F>;
    static constexpr bool is_member = std::is_member_function_pointer_v<decltype(F)>;

    static void invoke(const binding&, void* parameters, void* result) { invoke_with(F, parameters, result); }

    using shape = shape_of<decltype(F)>;
    static constexpr binding bound{&schema::type_of<typename shape::parameters>, result_table<typename shape::result>(), &invoke};
};

// Not constexpr on purpose: a compile-time call of them is the error, and their names are its message.
inline void haft_E0108_a_tool_name_has_1_to_128_letters_digits_underscores_hyphens_and_dots() {}
inline void haft_E0103_a_lambda_has_no_name_so_give_one_in_the_about_as_name() {}

template <auto F>
consteval tool make_tool(const about& words) {
    constexpr std::string_view own = reflect::name_of<F>;
    constexpr fixed_string<own.size()> shown(own);
    if constexpr (std::is_member_function_pointer_v<decltype(F)>) {
        static_assert(refused<schema::parameters_of_tool<shown>, decltype(F)>,
                      "haft: a member function needs its object; write toolset.add(\"name\", about, [&](const args& a) { return object.f(a); }) [haft-E0110]");
    } else if constexpr (explain_callable<shown, decltype(F)>()) {
        const std::string_view name = words.name.empty() ? own : words.name;
        if (name.empty()) haft_E0103_a_lambda_has_no_name_so_give_one_in_the_about_as_name();
        else if (!legal_tool_name(name)) haft_E0108_a_tool_name_has_1_to_128_letters_digits_underscores_hyphens_and_dots();
        using shape = shape_of<decltype(F)>;
        return {.name = name,
                .description = words.description,
                .title = words.title,
                .input_schema = schema::schema_text<typename shape::parameters, schema::direction::input>,
                .output_schema = result_schema<typename shape::result>(),
                .effect = words.effect,
                .hints = words.hints,
                .execute = &execute_binding,
                .self = &made<F>::bound};
    }
    return {};
}

}  // namespace detail

/// A tool of a function: name, parameter schema, result schema and executor come from `F`, a function's address. The
/// function takes one plain struct (by value or const reference) or nothing, and returns a value or void. The texts must
/// be literals. No allocation, nothing at run time. Names and descriptions: gptme's and llm's rules (TD-01 to TD-03).
template <auto F>
consteval tool make(std::string_view description = {}) {
    return detail::make_tool<F>({.description = description});
}

/// The same with more words: `haft::make<&erase>({.description = "…", .effect = haft::destructive})`.
template <auto F>
consteval tool make(const about& words) {
    return detail::make_tool<F>(words);
}

}  // namespace haft::inline v0

#endif  // HAFT_TOOL_MAKE_HPP
