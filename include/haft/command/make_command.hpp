// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_COMMAND_MAKE_COMMAND_HPP
#define HAFT_COMMAND_MAKE_COMMAND_HPP

/// `haft::make_command<&weather>({.aliases = {"w"}, .description = "Tell the weather"})`: a function becomes a command, at
/// compile time. [CM-01, CM-05]

#include <haft/command/command.hpp>
#include <haft/command/command_shape.hpp>
#include <haft/command/explain_command.hpp>
#include <haft/core/fixed_string.hpp>
#include <haft/reflect/callable.hpp>
#include <haft/tool/execute.hpp>
#include <haft/tool/make.hpp>

#include <string_view>
#include <type_traits>

namespace haft::inline v0 {

namespace detail {

template <auto F, const auto& Names>
struct made_command {
    using shape = command_shape<std::remove_cvref_t<decltype(F)>, Names>;

    static void invoke(const binding&, invocation& call) {
        if constexpr (requires { Names.function; }) detail::invoke_command<shape>(Names.function, call);
        else detail::invoke_command<shape>(F, call);
    }
    static constexpr binding bound{&shape::table(), nullptr, &invoke};
};

template <auto F>
constexpr std::string_view name_of_command(const command_about& words) {
    return words.name.empty() ? reflect::name_of<F> : words.name;
}
constexpr bool has_illegal_name(std::string_view name, const command_about& words) {
    if (!legal_command_name(name)) return true;
    for (const std::string_view alias : words.aliases)
        if (!legal_command_name(alias)) return true;
    return false;
}
/// Of what is refused anyway it says nothing.
template <auto F, const auto& Names>
constexpr bool has_illegal_command_name(const command_about& words) {
    if constexpr (reflect::has_one_signature<decltype(F)> && !std::is_member_pointer_v<decltype(F)>)
        return derivable<typename as_tools_signature<reflect::signature_of<decltype(F)>>::function, Names> &&
               has_illegal_name(name_of_command<F>(words), words);
    else return false;
}

#ifndef __clang__
inline void haft_E0155_a_command_name_or_alias_is_words_of_letters_digits_underscores_hyphens_and_dots() {}
#endif

constexpr command described_command(std::string_view name, const command_about& words) noexcept {
    return {.name = name,
            .aliases = words.aliases,
            .description = words.description,
            .completers = words.completers,
            .share_with_model = words.share_with_model,
            .auto_undo = words.auto_undo};
}

#if HAFT_HAS_REFLECTION()
/// What stands on the function itself.
template <auto F, const auto& Names>
consteval command_about command_words_for(command_about words) {
    if constexpr (std::is_function_v<std::remove_pointer_t<decltype(F)>>) {
        constexpr about own = annotated_words<std::meta::reflect_function(*F)>;
        if (words.description.empty()) words.description = own.description;
        if (words.name.empty()) words.name = own.name;
    }
    return words;
}
#else
template <auto, const auto&>
consteval const command_about& command_words_for(const command_about& words) {
    return words;
}
#endif

template <auto F, const auto& Given>
consteval const auto& names_of_made_command() {
    if constexpr (std::is_class_v<std::remove_cvref_t<decltype(F)>>)
        return names_for_callable<std::remove_cvref_t<decltype(F)>, Given>();
    else return names_for_command<F, Given>();
}

template <auto F, const auto& Given>
consteval command make_command(const command_about& words) {
    constexpr const auto& names = names_of_made_command<F, Given>();
    constexpr std::string_view own = reflect::name_of<F>;
    if constexpr (explain_command<fixed_string<own.size()>(own), std::remove_cvref_t<decltype(F)>, names>()) {
        using shape = command_shape<std::remove_cvref_t<decltype(F)>, names>;
        command c = described_command(name_of_command<F>(words), words);
        c.execute = &execute_command;
        c.self = &made_command<F, names>::bound;
        c.input_schema = shape::input_schema();
        c.takes_any_words = shape::takes_any_words;
        return c;
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
consteval command make_command(const command_about& words = {}) __attribute__((diagnose_if(
    detail::has_illegal_command_name<F, Names>(words),
    "haft_E0155_a_command_name_or_alias_is_words_of_letters_digits_underscores_hyphens_and_dots", "error")));
#pragma clang diagnostic pop
#else
template <auto F, const auto& Names = detail::no_names>
    requires reflect::no_reflection<F>
consteval command make_command(const command_about& words = {});
#endif

/// A command of a function, which takes what a tool's may take (see haft::make), a haft::rest_of_line at the end, and a
/// command_context& anywhere; its result becomes messages (see command_result.hpp). With a command_context& and nothing else
/// it takes any words. The texts must be literals. No allocation, nothing at run time.
template <auto F, const auto& Names>
    requires reflect::no_reflection<F>
consteval command make_command(const command_about& given) {
    const command_about words = detail::command_words_for<F, Names>(given);
#ifndef __clang__
    if (detail::has_illegal_command_name<F, detail::names_of_made_command<F, Names>()>(words))
        detail::haft_E0155_a_command_name_or_alias_is_words_of_letters_digits_underscores_hyphens_and_dots();
#endif
    return detail::make_command<F, Names>(words);
}
/// The same of a description alone.
template <auto F, const auto& Names = detail::no_names>
    requires reflect::no_reflection<F>
consteval command make_command(const char* description) {
    return make_command<F, Names>(command_about{.description = description});
}

}  // namespace haft::inline v0

#endif  // HAFT_COMMAND_MAKE_COMMAND_HPP
