// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_PROMPT_TEMPLATE_LOADER_HPP
#define HAFT_PROMPT_TEMPLATE_LOADER_HPP

/// Where templates come from: loaders by prefix, as a kind of thing that owners bring. [TF-01]

#include <haft/core/error.hpp>
#include <haft/core/result.hpp>
#include <haft/kind/enlistment.hpp>
#include <haft/kind/kinds.hpp>
#include <haft/kind/on_duplicate.hpp>
#include <haft/kind/part.hpp>
#include <haft/kind/registry_of.hpp>
#include <haft/prompt/prefix.hpp>
#include <haft/prompt/prompt_template.hpp>

#include <concepts>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace haft::inline v0 {

/// Gives the template of a name; an error, or what it throws, says why it can't. Called from any thread.
struct template_loader {
    static constexpr const char* kind_name = "template loader";
    static constexpr on_duplicate duplicates = on_duplicate::suffix;  // the second of a prefix is prefix_1 (llm)
    std::function<result<prompt_template>(std::string_view name)> load = {};
    /// What there is to load, for who lists it; empty: that can't be told.
    std::function<std::vector<std::string>()> names = {};
};
using template_loaders = registry_of<template_loader>;

/// What may load templates: a function of a name that gives a prompt_template, or a haft::result of one.
template <class F>
concept loads_templates = requires(F f, std::string_view name) {
    requires std::same_as<std::remove_cvref_t<decltype(f(name))>, prompt_template> ||
                 std::same_as<std::remove_cvref_t<decltype(f(name))>, result<prompt_template>>;
};

/// Adds a loader for `prefix:name`, as long as the handle lasts. Where the prefix is taken the new one is `prefix_1`. An error
/// (E0280): the prefix is not made of A-Z a-z 0-9 _ -.
template <loads_templates F>
result<enlistment> add_template_loader(template_loaders& to, std::string prefix, F load, named_as as = {},
                                       std::function<std::vector<std::string>()> names = {}) {
    if (!is_prefix(prefix)) return detail::bad_prefix(template_loader::kind_name, prefix);
    auto loader = std::make_shared<template_loader>();
    loader->load = std::move(load);
    loader->names = std::move(names);
    return to.add(std::move(prefix), std::move(loader), std::move(as));
}

/// The same as a part of an owner.
template <loads_templates F>
part template_loader_part(std::string prefix, F load, std::function<std::vector<std::string>()> names = {}) {
    part out{.kind = template_loader::kind_name, .name = prefix};
    out.enlist = [prefix = std::move(prefix), load = std::move(load), names = std::move(names)](kinds& where, std::string_view owner) {
        return add_template_loader(where.get<template_loaders>(), prefix, load, {.owner = std::string(owner)}, names);
    };
    return out;
}

}  // namespace haft::inline v0

#endif  // HAFT_PROMPT_TEMPLATE_LOADER_HPP
