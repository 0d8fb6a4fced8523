// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_ENRICH_PARTICIPANT_HPP
#define HAFT_ENRICH_PARTICIPANT_HPP

/// Which classes take part in which pipelines: by having the member, and why one that nearly has it is refused. [EN-01, EN-02]

#include <haft/enrich/enricher.hpp>
#include <haft/reflect/named_member.hpp>

#include <string>
#include <type_traits>

namespace haft::inline v0 {

/// `enrich_prompt(prompt)`: a std::string, a std::string_view or a const reference to a string.
template <class T>
concept enriches_prompt = requires(T& one, const std::string& text) {
    { one.enrich_prompt(text) } -> detail::gives_enrichment;
};
/// `enrich_system_instructions(text)`
template <class T>
concept enriches_system_instructions = requires(T& one, const std::string& text) {
    { one.enrich_system_instructions(text) } -> detail::gives_enrichment;
};
/// `enrich_tool_result(tool, result)` or `enrich_tool_result(tool, result, arguments_json)`; of both the longer one is called.
template <class T>
concept enriches_tool_result = requires(T& one, const std::string& text) {
    { one.enrich_tool_result(text, text) } -> detail::gives_enrichment;
} || requires(T& one, const std::string& text) {
    { one.enrich_tool_result(text, text, text) } -> detail::gives_enrichment;
};

namespace detail {

HAFT_NAMED_MEMBER(has_enrich_prompt, enrich_prompt)
HAFT_NAMED_MEMBER(has_enrich_system_instructions, enrich_system_instructions)
HAFT_NAMED_MEMBER(has_enrich_tool_result, enrich_tool_result)

// Names that somebody meant to be one of the three: slips, and what jaato and others call them.
template <class C>
concept misspells_enrich_prompt = requires { &C::enrich_promt; } || requires { &C::enrich_prompts; } || requires {
    &C::enrichPrompt;
} || requires { &C::enrich_user_prompt; } || requires { &C::prompt_enrich; };
template <class C>
concept misspells_enrich_system_instructions =
    requires { &C::enrich_system_instruction; } || requires { &C::enrich_system; } || requires {
        &C::enrich_instructions;
    } || requires { &C::enrich_system_prompt; } || requires { &C::enrichSystemInstructions; };
template <class C>
concept misspells_enrich_tool_result = requires { &C::enrich_tool_results; } || requires {
    &C::enrich_result;
} || requires { &C::enrich_results; } || requires { &C::enrich_tool; } || requires { &C::enrichToolResult; };
template <class C>
concept misspells_order =
    requires { &C::get_enrichment_priority; } || requires { &C::get_system_instruction_enrichment_priority; } ||
    requires { &C::prompt_priority; } || requires { &C::system_priority; } || requires { &C::result_priority; } ||
    requires { &C::system_instructions_order; } || requires { &C::tool_result_order; } ||
    requires { &C::enrichment_order; };

template <class C>
concept has_prompt_order = requires { C::prompt_order; };
template <class C>
concept has_system_order = requires { C::system_order; };
template <class C>
concept has_result_order = requires { C::result_order; };

// (Of a member that is not static g++ 12 makes a hard error of what should only be false.)
template <int>
struct a_constant;
template <class C>
concept has_right_prompt_order =
    !std::is_member_pointer_v<decltype(&C::prompt_order)> && requires { typename a_constant<C::prompt_order>; };
template <class C>
concept has_right_system_order =
    !std::is_member_pointer_v<decltype(&C::system_order)> && requires { typename a_constant<C::system_order>; };
template <class C>
concept has_right_result_order =
    !std::is_member_pointer_v<decltype(&C::result_order)> && requires { typename a_constant<C::result_order>; };
template <class C>
inline constexpr bool orders_are_right =
    (!has_prompt_order<C> || has_right_prompt_order<C>) && (!has_system_order<C> || has_right_system_order<C>) &&
    (!has_result_order<C> || has_right_result_order<C>);

/// Speaks where a class is no participant. True if it is one.
template <class C>
consteval bool explain_enricher() {
    if constexpr (!std::is_class_v<C>) {
        static_assert(std::is_class_v<C>,
                      "haft: an enricher is an object of a class with a member such as "
                      "enrich_prompt; of a function make one by haft::prompt_enricher, "
                      "system_enricher or result_enricher [haft-E0159]");
        return false;
    } else if constexpr (!enriches_prompt<C> && has_enrich_prompt::in<C>) {
        static_assert(enriches_prompt<C>,
                      "haft: this enrich_prompt can't be called: it has to be public, to take one "
                      "const std::string& or std::string_view, and to give haft::enrichment, a "
                      "text, or a haft::result of one of them [haft-E0158]");
        return false;
    } else if constexpr (!enriches_system_instructions<C> && has_enrich_system_instructions::in<C>) {
        static_assert(enriches_system_instructions<C>,
                      "haft: this enrich_system_instructions can't be called: it has to be public, to take one const "
                      "std::string& or std::string_view, and to give haft::enrichment, a text, or a haft::result of "
                      "one of them [haft-E0158]");
        return false;
    } else if constexpr (!enriches_tool_result<C> && has_enrich_tool_result::in<C>) {
        static_assert(enriches_tool_result<C>,
                      "haft: this enrich_tool_result can't be called: it has to be public, to take the tool's name and "
                      "its result, or these and the arguments, each a const std::string& or std::string_view, and to "
                      "give haft::enrichment, a text, or a haft::result of one of them [haft-E0158]");
        return false;
    } else if constexpr (!orders_are_right<C>) {
        static_assert(orders_are_right<C>,
                      "haft: the order of an enricher is a public constant: static constexpr int "
                      "prompt_order = 20; (system_order, result_order) [haft-E0158]");
        return false;
    } else if constexpr (misspells_enrich_prompt<C> || (has_prompt_order<C> && !enriches_prompt<C>)) {
        static_assert(enriches_prompt<C> && !misspells_enrich_prompt<C>,
                      "haft: something of this class is called as if it were meant to enrich prompts, and would never "
                      "run; the member's name is enrich_prompt [haft-E0159]");
        return false;
    } else if constexpr (misspells_enrich_system_instructions<C> ||
                         (has_system_order<C> && !enriches_system_instructions<C>)) {
        static_assert(enriches_system_instructions<C> && !misspells_enrich_system_instructions<C>,
                      "haft: something of this class is called as if it were meant to enrich system instructions, and "
                      "would never run; the member's name is enrich_system_instructions [haft-E0159]");
        return false;
    } else if constexpr (misspells_enrich_tool_result<C> || (has_result_order<C> && !enriches_tool_result<C>)) {
        static_assert(enriches_tool_result<C> && !misspells_enrich_tool_result<C>,
                      "haft: something of this class is called as if it were meant to enrich the results of tools, and "
                      "would never run; the member's name is enrich_tool_result [haft-E0159]");
        return false;
    } else if constexpr (misspells_order<C>) {
        static_assert(!misspells_order<C>,
                      "haft: nobody looks at this order; the names are prompt_order, system_order "
                      "and result_order, and lower ones come first [haft-E0159]");
        return false;
    } else if constexpr (!enriches_prompt<C> && !enriches_system_instructions<C> && !enriches_tool_result<C>) {
        static_assert(enriches_prompt<C>,
                      "haft: this class takes part in no pipeline: it has none of the public members "
                      "enrich_prompt, enrich_system_instructions and enrich_tool_result "
                      "[haft-E0159]");
        return false;
    } else {
        return true;
    }
}

}  // namespace detail

}  // namespace haft::inline v0

#endif  // HAFT_ENRICH_PARTICIPANT_HPP
