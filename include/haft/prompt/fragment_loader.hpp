// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_PROMPT_FRAGMENT_LOADER_HPP
#define HAFT_PROMPT_FRAGMENT_LOADER_HPP

/// Where fragments come from: loaders by prefix, as a kind of thing that owners bring. [TF-05]

#include <haft/core/error.hpp>
#include <haft/core/result.hpp>
#include <haft/kind/enlistment.hpp>
#include <haft/kind/kinds.hpp>
#include <haft/kind/on_duplicate.hpp>
#include <haft/kind/part.hpp>
#include <haft/kind/registry_of.hpp>
#include <haft/prompt/fragment.hpp>
#include <haft/prompt/prefix.hpp>

#include <concepts>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace haft::inline v0 {

/// Gives the fragments and attachments that an argument stands for; an error, or what it throws, says why it can't. Called from
/// any thread.
struct fragment_loader {
    static constexpr const char* kind_name = "fragment loader";
    static constexpr on_duplicate duplicates = on_duplicate::suffix;  // the second of a prefix is prefix_1 (llm)
    std::function<result<fragment_list>(std::string_view argument)> load = {};
    /// What there is to load, for who lists it; empty: that can't be told.
    std::function<std::vector<std::string>()> names = {};
};
using fragment_loaders = registry_of<fragment_loader>;

namespace detail {

/// One or many: a fragment, an attachment, a list of fragments, a list of either.
template <class T>
concept gives_fragments = std::same_as<T, fragment> || std::same_as<T, attachment> ||
                          std::same_as<T, fragment_or_attachment> || std::same_as<T, fragment_list> ||
                          std::same_as<T, std::vector<fragment>> || std::same_as<T, std::vector<attachment>>;

template <gives_fragments T>
fragment_list as_fragment_list(T given) {
    if constexpr (std::same_as<T, fragment_list>) {
        return given;
    } else if constexpr (requires { given.begin(); }) {
        return fragment_list(given.begin(), given.end());
    } else {
        fragment_list out;
        out.emplace_back(std::move(given));
        return out;
    }
}
template <gives_fragments T>
result<fragment_list> as_fragment_list(result<T> given) {
    if (!given) return std::move(given.error());
    return detail::as_fragment_list(std::move(*given));
}

}  // namespace detail

/// What may load fragments: a function of an argument that gives a fragment, an attachment, a std::vector of fragments or a
/// fragment_list, or a haft::result of one of them.
template <class F>
concept loads_fragments = requires(F f, std::string_view argument) { detail::as_fragment_list(f(argument)); };

/// Adds a loader for `prefix:argument`, as long as the handle lasts. Where the prefix is taken the new one is `prefix_1`. An error
/// (E0280): the prefix is not made of A-Z a-z 0-9 _ -.
template <loads_fragments F>
result<enlistment> add_fragment_loader(fragment_loaders& to, std::string prefix, F load, named_as as = {},
                                       std::function<std::vector<std::string>()> names = {}) {
    if (!is_prefix(prefix)) return detail::bad_prefix(fragment_loader::kind_name, prefix);
    auto loader = std::make_shared<fragment_loader>();
    loader->load = [load = std::move(load)](std::string_view argument) mutable -> result<fragment_list> {
        return detail::as_fragment_list(load(argument));
    };
    loader->names = std::move(names);
    return to.add(std::move(prefix), std::move(loader), std::move(as));
}

/// The same as a part of an owner.
template <loads_fragments F>
part fragment_loader_part(std::string prefix, F load, std::function<std::vector<std::string>()> names = {}) {
    part out{.kind = fragment_loader::kind_name, .name = prefix};
    out.enlist = [prefix = std::move(prefix), load = std::move(load), names = std::move(names)](kinds& where, std::string_view owner) {
        return add_fragment_loader(where.get<fragment_loaders>(), prefix, load, {.owner = std::string(owner)}, names);
    };
    return out;
}

}  // namespace haft::inline v0

#endif  // HAFT_PROMPT_FRAGMENT_LOADER_HPP
