// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_PROMPT_READ_TEMPLATE_HPP
#define HAFT_PROMPT_READ_TEMPLATE_HPP

/// A template from JSON, by the reader of arguments: every fault at once, each with its place. [TF-02]

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/result.hpp>
#include <haft/core/text.hpp>
#include <haft/json/fault_text.hpp>
#include <haft/json/read_limits.hpp>
#include <haft/json/reader.hpp>
#include <haft/json/string_text.hpp>
#include <haft/prompt/prompt_template.hpp>
#include <haft/schema/form.hpp>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace haft::inline v0 {

/// Reads a JSON object with the members of prompt_template. `name` is for messages, and the template's own where it gives none.
/// The error (E0332) holds every fault; an unknown key names the nearest.
HAFT_COLD inline result<prompt_template> template_from_json(std::string_view text, std::string_view name) {
    static_assert(schema::type_of<prompt_template>.kind == json::kind::object);
    prompt_template out;
    const json::read_limits limits;
    json::reader in(text, limits);
    error bad{errc::bad_template, {}};
    if (!in.read_arguments(schema::type_of<prompt_template>, &out)) {
        bad.faults = in.take_faults();
        bad.more_faults = in.more_faults();
    } else if (const std::string& given = out.schema_object.text; given != "null" && !given.starts_with('{')) {
        bad.faults.push_back({errc::wrong_type, "/schema_object", concat({"expected object, got ", in_quotes(given)}),
                              "object", given, "", 0});
    }
    if (!bad.faults.empty()) {
        bad.message = concat({"template ", in_quotes(name), " can't be used: ", json::fault_count(bad)});
        return bad;
    }
    if (out.name.empty()) out.name = name;
    return out;
}

/// One member of a template that stands in another format than JSON, such as TOML.
struct template_member {
    std::string key;
    std::string json;  ///< the value, as JSON
};

/// Reads a template from its members, whatever they were written in: what a reader of another format ends in. Same errors.
HAFT_COLD inline result<prompt_template> template_from_members(const std::vector<template_member>& members,
                                                               std::string_view name) {
    std::string text = "{";
    for (const template_member& m : members)
        append_all(text, {text.size() > 1 ? "," : "", json::string_text(m.key), ":", m.json});
    text += '}';
    return template_from_json(text, name);
}

}  // namespace haft::inline v0

#endif  // HAFT_PROMPT_READ_TEMPLATE_HPP
