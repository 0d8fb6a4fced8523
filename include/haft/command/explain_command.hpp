// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_COMMAND_EXPLAIN_COMMAND_HPP
#define HAFT_COMMAND_EXPLAIN_COMMAND_HPP

/// Says, as one compile-time error, why no command can be made of a function.

#include <haft/command/command_result.hpp>
#include <haft/command/command_shape.hpp>
#include <haft/core/fixed_string.hpp>
#include <haft/reflect/callable.hpp>
#include <haft/tool/callable.hpp>
#include <haft/tool/explain_callable.hpp>

#include <type_traits>

namespace haft::inline v0::detail {

/// True if nothing is wrong. What is wrong with its parameters is told as of a tool's.
template <fixed_string Name, class F, const auto& Names>
consteval bool explain_command() {
    if constexpr (std::is_member_pointer_v<F> || !reflect::has_one_signature<F>) {
        return explain_callable<Name, F, Names>();
    } else {
        using parts = as_tools_signature<reflect::signature_of<F>>;
        if constexpr (!derivable<typename parts::function, Names>) {
            return explain_callable<Name, typename parts::function, Names>();
        } else {
            constexpr bool rest_is_last = command_shape<F, Names>::rest_is_last();
            constexpr bool result_usable = command_result<typename parts::result>::usable;
            static_assert(rest_is_last,
                          "haft: a haft::rest_of_line takes all that is left of the line, so no parameter can stand "
                          "behind it; make it the last one [haft-E0156]");
            static_assert(
                !rest_is_last || result_usable,
                "haft: nobody can be told what this command returns; return void, a text, a haft::message, a "
                "std::vector of those, a haft::result of one of them, or what a tool may return [haft-E0157]");
            return rest_is_last && result_usable;
        }
    }
}

}  // namespace haft::inline v0::detail

#endif  // HAFT_COMMAND_EXPLAIN_COMMAND_HPP
