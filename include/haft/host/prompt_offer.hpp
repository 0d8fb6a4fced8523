// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_HOST_PROMPT_OFFER_HPP
#define HAFT_HOST_PROMPT_OFFER_HPP

/// Templates as the prompts of an MCP server, fragments as its resources. [TF-02, TF-05]

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/result.hpp>
#include <haft/kind/kinds.hpp>
#include <haft/mcp/offer/offer.hpp>
#include <haft/mcp/offer/prompt.hpp>
#include <haft/mcp/offer/resource.hpp>
#include <haft/prompt/attachment.hpp>
#include <haft/prompt/evaluate.hpp>
#include <haft/prompt/fragment.hpp>
#include <haft/prompt/fragment_loader.hpp>
#include <haft/prompt/load_fragments.hpp>
#include <haft/prompt/load_template.hpp>
#include <haft/prompt/media_type.hpp>
#include <haft/prompt/prompt_template.hpp>
#include <haft/prompt/template_attachments.hpp>
#include <haft/prompt/template_loader.hpp>

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace haft::inline v0::host {

/// A template as a prompt: its variables are the arguments, those without a default are required. The system prompt comes first, as
/// a message of the user's, since MCP has no other place for it; attachments come last. Its fragments are loaded by `loaders`, which must
/// live as long as what is made of it, each time that somebody gets the prompt; of those with a prefix there are none without them.
HAFT_COLD inline mcp::prompt prompt_of(loaded_template of, attachment_access access = {}, const fragment_loaders* loaders = nullptr) {
    mcp::prompt out{.name = of.what.name};
    std::vector<std::string> variables = variables_of(of.what.system);
    for (std::string& name : variables_of(of.what.prompt.empty() ? std::string_view("$input") : std::string_view(of.what.prompt)))
        if (std::find(variables.begin(), variables.end(), name) == variables.end()) variables.push_back(std::move(name));
    for (std::string& name : variables) {
        const bool has_default = of.what.defaults.contains(name);
        out.arguments.push_back({.name = std::move(name), .required = !has_default});
    }
    const auto what = std::make_shared<const loaded_template>(std::move(of));
    out.get = [what, access, loaders](const mcp::named_values& given, call_context&) -> result<mcp::prompt_messages> {
        const auto input = given.find("input");
        const result<evaluated_template> made = evaluate(what->what, input == given.end() ? std::string_view() : input->second, given);
        if (!made) return made.error();
        const fragment_loaders none;
        fragment_options how{.allow_files = what->trusted};
        const result<fragment_list> before = load_fragments(loaders ? *loaders : none, what->what.fragments, how);
        if (!before) return before.error();
        how.allow_attachments = false;
        const result<fragment_list> before_system = load_fragments(loaders ? *loaders : none, what->what.system_fragments, how);
        if (!before_system) return before_system.error();
        mcp::prompt_messages all;
        if (std::string system = with_fragments(*before_system, made->system); !system.empty())
            all.messages.push_back({speaker::user, std::move(system)});
        all.messages.push_back({speaker::user, with_fragments(*before, made->prompt)});
        result<std::vector<attachment>> attachments = template_attachments(*what);
        if (!attachments) return attachments.error();
        for (const fragment_or_attachment& one : *before)
            if (const attachment* const beside = std::get_if<attachment>(&one)) attachments->push_back(*beside);
        for (const attachment& one : *attachments) {
            result<content_block> block = attachment_block(one, access);
            if (!block) return block.error();
            all.messages.push_back({speaker::user, std::move(*block)});
        }
        return all;
    };
    return out;
}

namespace detail {

/// What a loader says that there is; nothing if it can't tell, or throws.
template <class Loader>
std::vector<std::string> names_of(const Loader& loader) {
    try {
        if (loader.names) return loader.names();
    } catch (...) {}
    return {};
}

HAFT_COLD inline result<mcp::resource_contents> read_fragment(const fragment_loaders& loaders, const std::string& prefix,
                                                              const std::string& argument, const std::string& uri) {
    const result<fragment_list> loaded = load_fragments(loaders, {concat({prefix, ":", argument})}, {.allow_files = false});
    if (!loaded) return loaded.error();
    mcp::resource_contents contents;
    for (const fragment_or_attachment& one : *loaded) {
        if (const auto* const text = std::get_if<fragment>(&one)) {
            contents.push_back({uri, "text/plain", text->content});
            continue;
        }
        const attachment& a = *std::get_if<attachment>(&one);
        const result<std::string> type = attachment_type(a);
        result<fetched> bytes = haft::detail::read_attachment(a, {});
        if (!bytes) return bytes.error();
        contents.push_back({uri, type ? *type : "application/octet-stream", std::vector<unsigned char>(bytes->bytes.begin(), bytes->bytes.end())});
    }
    return contents;
}

/// Whether it stands in a URI as it is.
HAFT_COLD inline bool is_plain_in_uri(std::string_view text) {
    for (const char c : text)
        if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || std::string_view("-._~/").find(c) != std::string_view::npos))
            return false;
    return !text.empty();
}

}  // namespace detail

/// The fragments whose loader can name them, as resources `fragment:PREFIX/NAME`. `loaders` must live as long as what is made of it.
HAFT_COLD inline std::vector<mcp::resource_entry> fragment_entries(const fragment_loaders& loaders) {
    std::vector<mcp::resource_entry> out;
    for (const auto& loader : loaders.all())
        for (const std::string& name : detail::names_of(*loader.thing)) {
            if (!detail::is_plain_in_uri(name)) continue;  // the template has it
            mcp::resource_entry one{.uri = concat({"fragment:", loader.name, "/", name}), .name = concat({loader.name, ":", name})};
            one.read = [&loaders, prefix = loader.name, name, uri = one.uri](call_context&) {
                return detail::read_fragment(loaders, prefix, name, uri);
            };
            out.push_back(std::move(one));
        }
    return out;
}

/// What the loaders of a prefix load, as resources `fragment:PREFIX/ARGUMENT`; one template for each prefix that there is now.
/// `loaders` must live as long as what is made of it.
HAFT_COLD inline std::vector<mcp::resource_template> fragment_resources(const fragment_loaders& loaders) {
    std::vector<mcp::resource_template> out;
    for (const auto& loader : loaders.all()) {
        mcp::resource_template t{.uri_template = concat({"fragment:", loader.name, "/{+argument}"}), .name = loader.name};
        t.description = concat({"Fragments of ", loader.name});
        t.read = [&loaders, prefix = loader.name](const std::string& uri, const mcp::named_values& variables,
                                                  call_context&) -> result<mcp::resource_contents> {
            return detail::read_fragment(loaders, prefix, variables.at("argument"), uri);
        };
        if (loader.thing->names)
            t.complete.emplace("argument", [thing = loader.thing](std::string_view begun, const mcp::named_values&) {
                std::vector<std::string> all = detail::names_of(*thing);
                std::erase_if(all, [&](const std::string& name) { return !name.starts_with(begun); });
                return all;
            });
        out.push_back(std::move(t));
    }
    return out;
}

/// What owners bring beside tools, for registry_offer_options::parts: as prompts `PREFIX:NAME` the templates whose loader can name
/// them, as resources the fragments. Copies belong together.
class prompt_parts {
public:
    /// What is offered of them must not be used when they are gone.
    HAFT_COLD explicit prompt_parts(kinds& of) : of_(std::make_shared<followed>(of)) {}

    /// Null: nothing new.
    HAFT_COLD mcp::offer operator()() const {
        mcp::offer out;
        const auto templates = of_->templates.all();
        if (of_->is_new(of_->known_templates, templates)) out = std::move(out).with(prompts(templates));
        const auto fragments = of_->fragments.all();
        if (of_->is_new(of_->known_fragments, fragments))
            out = std::move(out).with(fragment_entries(of_->fragments), fragment_resources(of_->fragments));
        return out;
    }

private:
    using things = std::vector<std::pair<std::string, std::shared_ptr<const void>>>;  // held, so that no other has the same address

    struct followed {
        explicit followed(kinds& all) : templates(all.get<template_loaders>()), fragments(all.get<fragment_loaders>()) {}

        const template_loaders& templates;
        const fragment_loaders& fragments;
        std::optional<things> known_templates = {}, known_fragments = {};

        static bool is_new(std::optional<things>& known, const auto& entries) {
            things now;
            for (const auto& one : entries) now.emplace_back(one.name, one.thing);
            if (known == now) return false;
            known = std::move(now);
            return true;
        }
    };

    /// A template that can't be loaded now is left out.
    std::vector<mcp::prompt> prompts(const std::vector<template_loaders::entry>& loaders) const {
        std::vector<mcp::prompt> out;
        for (const auto& loader : loaders)
            for (const std::string& name : detail::names_of(*loader.thing)) {
                const std::string spec = concat({loader.name, ":", name});
                result<loaded_template> loaded = haft::detail::template_of_loader(spec, *loader.thing, name);
                if (!loaded) continue;
                loaded->what.name = spec;
                out.push_back(prompt_of(std::move(*loaded), {}, &of_->fragments));
            }
        return out;
    }

    std::shared_ptr<followed> of_;
};

}  // namespace haft::inline v0::host

#endif  // HAFT_HOST_PROMPT_OFFER_HPP
