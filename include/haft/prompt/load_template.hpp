// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_PROMPT_LOAD_TEMPLATE_HPP
#define HAFT_PROMPT_LOAD_TEMPLATE_HPP

/// From what a person writes (`review`, `notes/review.json`, `gh:someone/review`) to the template. [TF-01, TF-04]

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/mended.hpp>
#include <haft/core/read_file.hpp>
#include <haft/core/result.hpp>
#include <haft/prompt/fetch.hpp>
#include <haft/prompt/prefix.hpp>
#include <haft/prompt/prompt_template.hpp>
#include <haft/prompt/read_template.hpp>
#include <haft/prompt/template_loader.hpp>

#include <cstddef>
#include <exception>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

namespace haft::inline v0 {

/// Where templates are looked for, beside the loaders.
struct template_places {
    std::filesystem::path folder = {};  ///< of the user's own: `review` is `review.json` there; "": none
    fetch_function fetch = {};          ///< for URLs; empty: they are refused
    std::size_t max_bytes = std::size_t{1} << 20;
};

namespace detail {

/// `Could not load template x: why`, with the faults of what was read.
HAFT_COLD inline error template_failed(std::string_view spec, error why) {
    why.message = concat({"Could not load template ", spec, ": ", mended(why.message)});
    why.code = errc::template_failed;
    return why;
}

HAFT_COLD inline result<loaded_template> template_in_file(std::string_view spec, const std::filesystem::path& file,
                                                          std::size_t max_bytes) {
    std::string text, why;
    if (!read_file(file, max_bytes, text, why)) return template_failed(spec, {.message = std::move(why)});
    result<prompt_template> read = template_from_json(text, file.stem().string());
    if (!read) return template_failed(spec, std::move(read.error()));
    return loaded_template{std::move(*read), file.string(), true};
}

HAFT_COLD inline result<loaded_template> template_of_loader(std::string_view spec, const template_loader& loader,
                                                            std::string_view argument) {
    result<prompt_template> given = prompt_template{};
    try {
        given = loader.load ? loader.load(argument) : error{.message = "its loader has no function"};
    } catch (...) { given = error{.message = caught_text(), .cause = std::current_exception()}; }
    if (!given) return template_failed(spec, std::move(given.error()));
    if (given->name.empty()) given->name = spec;
    return loaded_template{std::move(*given), std::string(spec), false};
}

}  // namespace detail

/// Loads a template. In this order: a URL, by the host's function; a file of that name, also where the name looks as if it had a
/// prefix; `prefix:name`, by its loader; `name.json` in the user's folder. Only files are trusted. An error: no such prefix (E0331,
/// with those that there are), or `Could not load template …: …` (E0330).
HAFT_COLD inline result<loaded_template> load_template(const template_loaders& loaders, std::string_view spec,
                                                       const template_places& places = {}) {
    std::error_code no;
    if (is_url(spec)) {
        result<fetched> got = detail::fetch(places.fetch, std::string(spec), places.max_bytes);
        if (!got) return detail::template_failed(spec, std::move(got.error()));
        result<prompt_template> read = template_from_json(got->bytes, spec);
        if (!read) return detail::template_failed(spec, std::move(read.error()));
        return loaded_template{std::move(*read), std::string(spec), false};
    }
    const std::filesystem::path file{std::string(spec)};
    if (std::filesystem::is_regular_file(file, no)) return detail::template_in_file(spec, file, places.max_bytes);
    if (const auto name = split_prefix(spec)) {
        const std::shared_ptr<template_loader> loader = loaders.find(name->prefix);
        if (!loader) return detail::unknown_prefix(loaders, name->prefix, spec);
        return detail::template_of_loader(spec, *loader, name->argument);
    }
    const bool plain = !spec.empty() && spec.find_first_of("/\\") == spec.npos && spec != "." && spec != "..";
    if (plain && !places.folder.empty()) {
        const std::filesystem::path kept = places.folder / (std::string(spec) + ".json");
        if (std::filesystem::exists(kept, no)) return detail::template_in_file(spec, kept, places.max_bytes);
    }
    return detail::template_failed(
        spec,
        {.message = concat({"there is no such file",
                            plain && !places.folder.empty() ? ", and none of that name among the templates" : ""})});
}

}  // namespace haft::inline v0

#endif  // HAFT_PROMPT_LOAD_TEMPLATE_HPP
