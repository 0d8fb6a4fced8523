// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_SEARCH_TOKEN_ESTIMATE_HPP
#define HAFT_SEARCH_TOKEN_ESTIMATE_HPP

/// How much of a model's context a set of tools takes before anything is said. [fault 59]

#include <haft/core/config.hpp>
#include <haft/tool/tool.hpp>
#include <haft/tool/toolset.hpp>

#include <cstddef>

namespace haft::inline v0 {

/// About how many tokens a tool costs in each request: a quarter of the bytes of its name, description and schema, which is what
/// common tokenizers make of English and JSON, give or take a third.
inline std::size_t estimate_tokens(const tool& t) noexcept {
    constexpr std::size_t around = 12;  // the braces and keys that a provider's format puts around it
    return (t.name.size() + t.description.size() + t.input_schema.size()) / 4 + around;
}
/// The same of those that go into every prompt: deferred ones do not.
HAFT_COLD inline std::size_t estimate_tokens(const toolset& tools) noexcept {
    std::size_t sum = 0;
    for (const tool& t : tools)
        if (!t.deferred) sum += estimate_tokens(t);
    return sum;
}

/// More than this of every prompt for tools alone is worth a warning: models choose worse among so many, and all of it is paid
/// for each time.
inline constexpr std::size_t token_budget = 20'000;

}  // namespace haft::inline v0

#endif  // HAFT_SEARCH_TOKEN_ESTIMATE_HPP
