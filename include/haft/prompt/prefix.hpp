// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_PROMPT_PREFIX_HPP
#define HAFT_PROMPT_PREFIX_HPP

/// `prefix:argument`, by which a loader is chosen. [TF-01, llm's rule: ^[A-Za-z0-9_-]+:]

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/known_names.hpp>
#include <haft/core/text.hpp>
#include <haft/kind/registry_of.hpp>

#include <cstddef>
#include <optional>
#include <string_view>

namespace haft::inline v0 {

struct prefixed_name {
    std::string_view prefix;
    std::string_view argument;  ///< all that follows the first colon
};

/// Whether a loader may be called so.
constexpr bool is_prefix(std::string_view text) noexcept {
    for (const char c : text)
        if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-'))
            return false;
    return !text.empty();
}

/// The two halves of `prefix:argument`, or nothing.
constexpr std::optional<prefixed_name> split_prefix(std::string_view text) noexcept {
    const std::size_t colon = text.find(':');
    if (colon == text.npos || !is_prefix(text.substr(0, colon))) return std::nullopt;
    return prefixed_name{text.substr(0, colon), text.substr(colon + 1)};
}

constexpr bool is_url(std::string_view text) noexcept {
    return text.starts_with("https://") || text.starts_with("http://");
}

namespace detail {

/// Nobody has that prefix (E0331): the nearest, and those that there are.
template <class Kind>
error unknown_prefix(const registry_of<Kind>& loaders, std::string_view prefix, std::string_view spec) {
    const auto all = loaders.all();
    known_names names(prefix);
    for (const auto& one : all) names.add(one.name);
    error e{errc::unknown_prefix,
            concat({"no ", kind_words<Kind>::name, " has the prefix ", in_quotes(prefix), " of ", in_quotes(spec)})};
    names.append_to(e.message);
    return e;
}

HAFT_COLD inline error bad_prefix(std::string_view kind, std::string_view prefix) {
    return {errc::bad_name,
            concat({"a ", kind, " can't have the prefix ", in_quotes(prefix), "; it is made of A-Z a-z 0-9 _ -"})};
}

}  // namespace detail

}  // namespace haft::inline v0

#endif  // HAFT_PROMPT_PREFIX_HPP
