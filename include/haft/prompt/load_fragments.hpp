// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_PROMPT_LOAD_FRAGMENTS_HPP
#define HAFT_PROMPT_LOAD_FRAGMENTS_HPP

/// From what a person writes (`-f docs:haft -f notes.txt`) to fragments and attachments. [TF-05]

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/mended.hpp>
#include <haft/core/read_file.hpp>
#include <haft/core/result.hpp>
#include <haft/core/text.hpp>
#include <haft/prompt/fetch.hpp>
#include <haft/prompt/fragment.hpp>
#include <haft/prompt/fragment_loader.hpp>
#include <haft/prompt/prefix.hpp>

#include <cstddef>
#include <exception>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace haft::inline v0 {

struct fragment_options {
    bool allow_attachments = true;  ///< not so where there is no message to attach them to, such as a system prompt
    bool allow_files = true;        ///< not so for what a template names that is not trusted [TF-04]
    bool keep_equal = false;        ///< a second fragment with the same id goes in as well
    fetch_function fetch = {};      ///< for URLs; empty: they are refused
    std::size_t max_bytes = std::size_t{4} << 20;  ///< of one file or URL
};

namespace detail {

/// `Could not load fragment x: why`
HAFT_COLD inline error fragment_failed(std::string_view spec, error why, errc code = errc::fragment_failed) {
    why.message = concat({"Could not load fragment ", spec, ": ", mended(why.message)});
    why.code = code;
    return why;
}

HAFT_COLD inline result<fragment_list> fragments_of_loader(std::string_view spec, const fragment_loader& loader,
                                                           std::string_view argument) {
    result<fragment_list> given = fragment_list{};
    try {
        given = loader.load ? loader.load(argument) : error{.message = "its loader has no function"};
    } catch (...) { given = error{.message = caught_text(), .cause = std::current_exception()}; }
    if (!given) return fragment_failed(spec, std::move(given.error()));
    return given;
}

/// All that one `-f` stands for.
HAFT_COLD inline result<fragment_list> load_fragment(const fragment_loaders& loaders, const std::string& spec,
                                                     const fragment_options& how) {
    if (is_url(spec)) {
        result<fetched> got = detail::fetch(how.fetch, spec, how.max_bytes);
        if (!got) return fragment_failed(spec, std::move(got.error()));
        return fragment_list{fragment{std::move(got->bytes), spec}};
    }
    if (const auto name = split_prefix(spec)) {
        const std::shared_ptr<fragment_loader> loader = loaders.find(name->prefix);
        if (!loader) return unknown_prefix(loaders, name->prefix, spec);
        result<fragment_list> given = fragments_of_loader(spec, *loader, name->argument);
        if (!given || how.allow_attachments) return given;
        for (const fragment_or_attachment& one : *given)
            if (std::holds_alternative<attachment>(one))
                return fragment_failed(spec,
                                       {.message = concat({"the fragment loader ", in_quotes(name->prefix),
                                                           " gave an attachment, and here none is allowed"})},
                                       errc::stray_attachment);
        return given;
    }
    if (!how.allow_files)
        return fragment_failed(spec,
                               {.message = "the template that names it is no file of your own, so no file is read "
                                           "for it"});
    std::string text, why;
    if (!read_file(spec, how.max_bytes, text, why)) return fragment_failed(spec, {.message = why});
    return fragment_list{fragment{std::move(text), spec}};
}

}  // namespace detail

/// Loads what each of `specs` stands for, one after the other: a URL by the host's function, `prefix:argument` by its loader, or
/// else a file. A fragment with the same content as one before is left out. The first error ends it: no such prefix (E0331, with
/// those that there are), an attachment where none is allowed (E0336), or `Could not load fragment …: …` (E0335).
HAFT_COLD inline result<fragment_list> load_fragments(const fragment_loaders& loaders,
                                                      const std::vector<std::string>& specs,
                                                      const fragment_options& how = {}) {
    fragment_list out;
    std::set<std::string> ids;
    for (const std::string& spec : specs) {
        result<fragment_list> more = detail::load_fragment(loaders, spec, how);
        if (!more) return std::move(more.error());
        for (fragment_or_attachment& one : *more) {
            const fragment* const text = std::get_if<fragment>(&one);
            if (text && !how.keep_equal && !ids.insert(text->id()).second) continue;
            out.push_back(std::move(one));
        }
    }
    return out;
}

}  // namespace haft::inline v0

#endif  // HAFT_PROMPT_LOAD_FRAGMENTS_HPP
