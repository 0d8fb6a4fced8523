// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_HOST_PROMPT_OFFER_HPP
#define HAFT_HOST_PROMPT_OFFER_HPP

/// Templates as the prompts of an MCP server, fragments as its resources. [TF-02, TF-05]

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/result.hpp>
#include <haft/mcp/offer/prompt.hpp>
#include <haft/mcp/offer/resource.hpp>
#include <haft/prompt/attachment.hpp>
#include <haft/prompt/evaluate.hpp>
#include <haft/prompt/fragment.hpp>
#include <haft/prompt/fragment_loader.hpp>
#include <haft/prompt/load_fragments.hpp>
#include <haft/prompt/media_type.hpp>
#include <haft/prompt/prompt_template.hpp>
#include <haft/prompt/template_attachments.hpp>

#include <algorithm>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace haft::inline v0::host {

/// A template as a prompt: its variables are the arguments, those without a default are required. The system prompt comes first, as
/// a message of the user's, since MCP has no other place for it; attachments come last.
HAFT_COLD inline mcp::prompt prompt_of(loaded_template of, attachment_access access = {}) {
    mcp::prompt out{.name = of.what.name};
    std::vector<std::string> variables = variables_of(of.what.system);
    for (std::string& name : variables_of(of.what.prompt.empty() ? std::string_view("$input") : std::string_view(of.what.prompt)))
        if (std::find(variables.begin(), variables.end(), name) == variables.end()) variables.push_back(std::move(name));
    for (std::string& name : variables) {
        const bool has_default = of.what.defaults.contains(name);
        out.arguments.push_back({.name = std::move(name), .required = !has_default});
    }
    const auto what = std::make_shared<const loaded_template>(std::move(of));
    out.get = [what, access](const mcp::named_values& given, call_context&) -> result<mcp::prompt_messages> {
        const auto input = given.find("input");
        const result<evaluated_template> made = evaluate(what->what, input == given.end() ? std::string_view() : input->second, given);
        if (!made) return made.error();
        mcp::prompt_messages all;
        if (!made->system.empty()) all.messages.push_back({speaker::user, made->system});
        all.messages.push_back({speaker::user, made->prompt});
        const result<std::vector<attachment>> attachments = template_attachments(*what);
        if (!attachments) return attachments.error();
        for (const attachment& one : *attachments) {
            result<content_block> block = attachment_block(one, access);
            if (!block) return block.error();
            all.messages.push_back({speaker::user, std::move(*block)});
        }
        return all;
    };
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
            const result<fragment_list> loaded = load_fragments(loaders, {concat({prefix, ":", variables.at("argument")})}, {.allow_files = false});
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
                contents.push_back({uri, type ? *type : "application/octet-stream",
                                    std::vector<unsigned char>(bytes->bytes.begin(), bytes->bytes.end())});
            }
            return contents;
        };
        out.push_back(std::move(t));
    }
    return out;
}

}  // namespace haft::inline v0::host

#endif  // HAFT_HOST_PROMPT_OFFER_HPP
