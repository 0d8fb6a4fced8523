// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_HOST_CHAT_BEGINNING_HPP
#define HAFT_HOST_CHAT_BEGINNING_HPP

/// What a chat begins with: a template and what comes with it, fragments, the instructions. [CM-07, llm's -t and -f]

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/result.hpp>
#include <haft/core/text.hpp>
#include <haft/json/string_text.hpp>
#include <haft/prompt/attachment.hpp>
#include <haft/prompt/evaluate.hpp>
#include <haft/prompt/fragment.hpp>
#include <haft/prompt/load_fragments.hpp>
#include <haft/prompt/load_template.hpp>
#include <haft/prompt/template_attachments.hpp>
#include <haft/prompt/template_tools.hpp>
#include <haft/registry/registry.hpp>
#include <haft/registry/system_instructions.hpp>
#include <haft/tool/message.hpp>
#include <haft/tool/toolset.hpp>

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace haft::inline v0::host {

/// What somebody asks for at the beginning.
struct chat_request {
    std::string form = {};                    ///< a template, as load_template reads it; "": none
    std::filesystem::path forms = {};         ///< the person's own templates; "": there are none
    template_values values = {};              ///< of its variables
    std::vector<std::string> fragments = {};  ///< as load_fragments reads them
    std::string system = {};                  ///< instructions, before everything else of the kind
};

struct chat_beginning {
    std::string system = {};
    std::optional<prompt_template> form = {};  ///< which each message goes through
    template_values values = {};
    fragment_list before_first = {};        ///< fragments and attachments of the first message
    std::string model = {};                 ///< as the template wants it
    std::string model_options = {};         ///< the same; a JSON object
    std::optional<toolset> tools = {};      ///< where the template says which; nothing: those that are served
    std::vector<std::string> notes = {};    ///< what the person should know
};

/// A message behind fragments; their attachments, and those of `more`, beside it. An error (E0337): an attachment can't be read.
HAFT_COLD inline result<message> message_with(const fragment_list& fragments, std::string_view text) {
    message out{.role = role::user, .text = with_fragments(fragments, text)};
    for (const fragment_or_attachment& one : fragments)
        if (const attachment* const beside = std::get_if<attachment>(&one)) {
            result<content_block> block = attachment_block(*beside);
            if (!block) return std::move(block.error());
            out.attachments.push_back(std::move(*block));
        }
    return out;
}

namespace detail {

/// What the template brings beside its prompt.
HAFT_COLD inline result<void> take_template(chat_beginning& to, const loaded_template& from, haft::registry& of) {
    const prompt_template& form = from.what;
    result<std::vector<attachment>> beside = template_attachments(from);
    if (!beside) return std::move(beside.error());
    const fragment_options how{.allow_files = from.trusted};
    result<fragment_list> fragments = load_fragments(of.get<fragment_loaders>(), form.fragments, how);
    if (!fragments) return std::move(fragments.error());
    to.before_first = std::move(*fragments);
    for (attachment& one : *beside) to.before_first.emplace_back(std::move(one));

    fragment_options of_system = how;
    of_system.allow_attachments = false;
    const result<fragment_list> before_system = load_fragments(of.get<fragment_loaders>(), form.system_fragments, of_system);
    if (!before_system) return before_system.error();
    const result<evaluated_template> said = evaluate(form, "", to.values);
    if (!said) return said.error();
    haft::detail::append_paragraph(to.system, with_fragments(*before_system, said->system));

    to.model = form.model;
    if (!form.options.empty()) {
        for (const auto& [name, value] : form.options)
            append_all(to.model_options, {to.model_options.empty() ? "{" : ",", json::string_text(name), ":", value.text});
        to.model_options += '}';
    }
    if (!form.schema_object.text.empty() && form.schema_object.text != "null")
        to.notes.push_back("the template's schema_object is for one reply, and a chat has many: it is left out");
    if (form.extract || form.extract_last) to.notes.push_back("the template's extract is for one reply, and a chat has many: it is left out");
    return {};
}

/// `allowed` are the tools that are served now; all those that there are may come with a file of the person's own.
HAFT_COLD inline result<void> take_template_tools(chat_beginning& to, const loaded_template& from, const toolset& allowed,
                                                  const toolset& known) {
    if (from.what.tools.empty() && from.what.functions.empty()) return {};
    result<template_toolset> chosen = template_tools(from, allowed, known);
    if (!chosen) return std::move(chosen.error());
    for (const std::string& one : chosen->refused)
        to.notes.push_back(concat({"the template ", in_quotes(from.source), " asks for ", in_quotes(one), " and does not get it"}));
    to.tools = std::move(chosen->tools);
    return {};
}

}  // namespace detail

/// Loads all that. `known` are the tools that there are, served or not. Errors: of the template (E0330, E0331), of its variables (E0333,
/// E0334), of fragments (E0331, E0335), of its tools (E0260, E0338).
HAFT_COLD inline result<chat_beginning> begin_chat(haft::registry& of, const chat_request& what, const toolset& known) {
    chat_beginning out{.system = what.system, .values = what.values};
    if (!what.form.empty()) {
        result<loaded_template> form = load_template(of.get<template_loaders>(), what.form, {.folder = what.forms});
        if (!form) return std::move(form.error());
        if (result<void> taken = detail::take_template(out, *form, of); !taken) return std::move(taken.error());
        if (result<void> taken = detail::take_template_tools(out, *form, of.snapshot()->tools(), known); !taken)
            return std::move(taken.error());
        out.form = std::move(form->what);
    }
    result<fragment_list> more = load_fragments(of.get<fragment_loaders>(), what.fragments);
    if (!more) return std::move(more.error());
    for (fragment_or_attachment& one : *more) out.before_first.push_back(std::move(one));
    collected_instructions told = system_instructions(of);
    if (told.text) haft::detail::append_paragraph(out.system, *told.text);
    for (const error& e : told.problems) out.notes.push_back(e.text());
    return out;
}

}  // namespace haft::inline v0::host

#endif  // HAFT_HOST_CHAT_BEGINNING_HPP
