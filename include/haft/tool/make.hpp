// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_TOOL_MAKE_HPP
#define HAFT_TOOL_MAKE_HPP

/// `haft::make<&f>("what it does")`: a function becomes a tool, at compile time.

#include <haft/reflect/callable.hpp>
#include <haft/tool/about.hpp>
#include <haft/tool/annotated.hpp>
#include <haft/tool/callable.hpp>
#include <haft/tool/execute.hpp>
#include <haft/tool/explain_callable.hpp>
#include <haft/tool/explain_reflected.hpp>
#include <haft/tool/invoke.hpp>
#include <haft/tool/returned.hpp>
#include <haft/tool/tool.hpp>

#include <string_view>
#include <type_traits>

namespace haft::inline v0 {

namespace detail {

template <auto F, const auto& Names>
struct made {
    using shape = shape_of<decltype(F), Names>;

    static void invoke(const binding&, invocation& call) {
        if constexpr (requires { Names.function; }) invoke_with<shape>(Names.function, call);
        else invoke_with<shape>(F, call);
    }

    static constexpr binding bound{&shape::table(), result_table<typename shape::value>(), &invoke};
};

// What stands in an `about` is a value, so no static_assert can look at it. g++ prints the name of a function that is called
// at compile time but is not constexpr; clang prints it in a note only, and so `make` has diagnose_if for it.
#ifndef __clang__
inline void haft_E0103_a_lambda_or_operator_has_no_name_so_give_one_in_the_about_as_name() {}
inline void haft_E0108_a_tool_name_has_1_to_128_letters_digits_underscores_hyphens_and_dots() {}
inline void haft_E0116_a_text_of_this_tool_holds_a_character_that_nobody_sees() {}
inline void haft_E0117_a_text_of_this_tool_is_too_long() {}
#endif

template <auto F, const auto& Names>
constexpr std::string_view name_of_tool(const about& words) {
    return words.name.empty() ? reflect::name_of<F> : words.name;
}
// Of what is refused anyway they say nothing.
template <auto F, const auto& Names>
constexpr bool lacks_name(const about& words) {
    return derivable<decltype(F), Names> && name_of_tool<F, Names>(words).empty();
}
template <auto F, const auto& Names>
constexpr bool has_illegal_name(const about& words) {
    return derivable<decltype(F), Names> && !name_of_tool<F, Names>(words).empty() &&
           !legal_tool_name(name_of_tool<F, Names>(words));
}

template <auto F, const auto& Names>
constexpr bool has_hidden_text(const about& words) {
    return derivable<decltype(F), Names> && has_hidden_character(words);
}
template <auto F, const auto& Names>
constexpr bool has_long_text(const about& words) {
    return derivable<decltype(F), Names> && has_long_text(words);
}

#ifndef __clang__
template <auto F, const auto& Names>
consteval void refuse_texts(const about& words) {
    if (has_hidden_text<F, Names>(words)) haft_E0116_a_text_of_this_tool_holds_a_character_that_nobody_sees();
    if (has_long_text<F, Names>(words)) haft_E0117_a_text_of_this_tool_is_too_long();
}
#endif

/// The names of the parameters: those beside the function or, where the compiler knows them, its own.
template <auto F, const auto& Names>
consteval const auto& names_for() {
#if HAFT_HAS_REFLECTION()
    if constexpr (speaks_for_itself<F, Names>) return annotated_function<std::meta::reflect_function(*F)>::names();
    else return Names;
#else
    return Names;
#endif
}
/// The words for the tool, with those on the function itself.
template <auto F, const auto& Names>
consteval about words_for(const about& words) {
#if HAFT_HAS_REFLECTION()
    if constexpr (speaks_for_itself<F, Names>) return with_annotated(words, annotated_words<std::meta::reflect_function(*F)>);
    else return with_own_words<std::remove_cvref_t<decltype(F)>>(words);
#else
    return words;
#endif
}

/// Says what is wrong with what a function says of itself.
template <auto F, const auto& Names>
consteval bool explain_itself() {
#if HAFT_HAS_REFLECTION()
    if constexpr (speaks_for_itself<F, Names>) return explain_function<std::meta::reflect_function(*F)>();
    else return true;
#else
    return true;
#endif
}

/// Says what is wrong with its name, where nothing beside it gives one.
template <auto F, const auto& Names>
consteval bool explain_name() {
    constexpr const auto& names = names_for<F, Names>();
    constexpr about words = words_for<F, Names>({});
    constexpr bool is_there = !lacks_name<F, names>(words);
    constexpr bool is_legal = !has_illegal_name<F, names>(words);
    static_assert(is_there,
                  "haft: a lambda or an operator has no name to take; write haft::make<it>({.description = \"what it "
                  "does\", .name = \"its_name\"}) [haft-E0103]");
    static_assert(is_legal,
                  "haft: this function's name can't be a tool's, which has 1 to 128 of A-Z a-z 0-9 _ - . and no "
                  "others; give one as .name [haft-E0108]");
    return is_there && is_legal;
}

template <auto F, const auto& Names>
consteval tool make_tool(const about& words) {
    constexpr std::string_view own = reflect::name_of<F>;
    if constexpr (explain_callable<fixed_string<own.size()>(own), decltype(F), Names>()) {
        using shape = shape_of<decltype(F), Names>;
        tool t = described(name_of_tool<F, Names>(words), words);
        t.runs(&execute_binding, &made<F, Names>::bound, &validate_binding);
        t.input_schema = shape::input_schema();
        t.output_schema = result_schema<typename shape::value>();
        t.default_gap = shape::default_gap();
        t.wants_objects = shape::wants_objects;
        return t;
    } else {
        return {};
    }
}

}  // namespace detail

#ifdef __clang__
#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wgcc-compat"
template <auto F, const auto& Names = detail::no_names>
    requires reflect::no_reflection<F>
consteval tool make(std::string_view description = {})
    __attribute__((diagnose_if(detail::has_hidden_text<F, Names>({.description = description}),
                               "haft_E0116_a_text_of_this_tool_holds_a_character_that_nobody_sees", "error"),
                   diagnose_if(detail::has_long_text<F, Names>({.description = description}),
                               "haft_E0117_a_text_of_this_tool_is_too_long", "error")));
#pragma clang diagnostic pop
#else
template <auto F, const auto& Names = detail::no_names>
    requires reflect::no_reflection<F>
consteval tool make(std::string_view description = {});
template <auto F, const auto& Names = detail::no_names>
    requires reflect::no_reflection<F>
consteval tool make(const about& words);
#endif

/// A tool of a function: name, parameter schema, result schema and executor come from `F`, a function's address. The
/// function takes one plain struct (by value or const reference), `haft::arg`s, nothing, or anything whose names `Names`
/// gives: a constexpr array of one `haft::field` for each, in their order. It may take a `call_context&` besides. It
/// returns a value, a `haft::result` of one, content, or void. The texts must be literals. No allocation, nothing at run time. Names and descriptions: gptme's and llm's rules (TD-01 to TD-03).
template <auto F, const auto& Names>
    requires reflect::no_reflection<F>
consteval tool make(std::string_view description) {
    if constexpr (!detail::explain_itself<F, Names>()) {
        return {};
    } else if constexpr (!detail::explain_name<F, Names>()) {
        return {};
    } else {
        constexpr const auto& names = detail::names_for<F, Names>();
        const about words = detail::words_for<F, Names>({.description = description});
#ifndef __clang__
        detail::refuse_texts<F, names>(words);
#endif
        return detail::make_tool<F, names>(words);
    }
}

#ifdef __clang__
#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wgcc-compat"
template <auto F, const auto& Names = detail::no_names>
    requires reflect::no_reflection<F>
consteval tool make(const about& words) __attribute__((
    diagnose_if(detail::lacks_name<F, Names>(words),
                "haft_E0103_a_lambda_or_operator_has_no_name_so_give_one_in_the_about_as_name", "error"),
    diagnose_if(detail::has_illegal_name<F, Names>(words),
                "haft_E0108_a_tool_name_has_1_to_128_letters_digits_underscores_hyphens_and_dots", "error"),
    diagnose_if(detail::has_hidden_text<F, Names>(words),
                "haft_E0116_a_text_of_this_tool_holds_a_character_that_nobody_sees", "error"),
    diagnose_if(detail::has_long_text<F, Names>(words), "haft_E0117_a_text_of_this_tool_is_too_long", "error")));
#pragma clang diagnostic pop
#endif

/// The same with more words: `haft::make<&erase>({.description = "…", .effect = haft::destructive})`.
template <auto F, const auto& Names>
    requires reflect::no_reflection<F>
consteval tool make(const about& given) {
    if constexpr (!detail::explain_itself<F, Names>()) {
        return {};
    } else {
        constexpr const auto& names = detail::names_for<F, Names>();
        const about words = detail::words_for<F, Names>(given);
#ifndef __clang__
        if (detail::lacks_name<F, names>(words))
            detail::haft_E0103_a_lambda_or_operator_has_no_name_so_give_one_in_the_about_as_name();
        if (detail::has_illegal_name<F, names>(words))
            detail::haft_E0108_a_tool_name_has_1_to_128_letters_digits_underscores_hyphens_and_dots();
        detail::refuse_texts<F, names>(words);
#endif
        return detail::make_tool<F, names>(words);
    }
}

}  // namespace haft::inline v0

#endif  // HAFT_TOOL_MAKE_HPP
