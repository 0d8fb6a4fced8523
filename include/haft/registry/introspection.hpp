// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_REGISTRY_INTROSPECTION_HPP
#define HAFT_REGISTRY_INTROSPECTION_HPP

/// Two tools with which a model finds what is not in its prompt: jaato's `list_tools` and `get_tool_schemas`. [RG-11]

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/json/pieces.hpp>
#include <haft/json/string_text.hpp>
#include <haft/registry/catalog.hpp>
#include <haft/registry/registry_class.hpp>
#include <haft/schema/json_text.hpp>
#include <haft/schema/scalar.hpp>
#include <haft/schema/std/string.hpp>
#include <haft/schema/std/vector.hpp>
#include <haft/schema/structure.hpp>
#include <haft/schema/words.hpp>
#include <haft/tool/about.hpp>
#include <haft/tool/tool.hpp>
#include <haft/tool/toolset.hpp>

#include <array>
#include <string>
#include <vector>

namespace haft::inline v0 {

namespace detail {

struct list_args {
    std::string category;
    bool verbose = false;
    static constexpr std::array haft_fields{
        field{"category", "Only the tools of that category, such as \"filesystem\"", not_required},
        field{"verbose", "With descriptions and categories"}};
};
struct names_args {
    std::vector<std::string> names;
    static constexpr std::array haft_fields{field{"names", "The tools' names", min_items(1), max_items(50)}};
};

}  // namespace detail

/// The two tools over a registry, which must outlive them; they show what it serves when they are called.
///  - `list_tools(category, verbose)`: names, of one category or all; verbose with descriptions and categories.
///  - `get_tool_schemas(names)`: name, description and input schema of each; a name that is not served is an error that says why.
HAFT_COLD inline toolset introspection_tools(const registry& of) {
    const about words{.effect = read_only, .hints = closed_world};
    toolset out;
    about listing = words;
    listing.description = "Lists the tools that can be called, also those that were not shown at first";
    out.add("list_tools", listing, [&of](const detail::list_args& a) {
        std::string text = "[";
        for (const auto now = of.snapshot(); const tool& t : now->tools()) {
            if (!a.category.empty() && t.category != a.category) continue;
            if (text.size() > 1) text += ',';
            if (!a.verbose) text += json::string_text(t.name);
            else
                append_all(text, {"{\"name\":", json::string_text(t.name),
                                  ",\"description\":", json::string_text(t.description),
                                  ",\"category\":", json::string_text(t.category), "}"});
        }
        return json_text(text + "]");
    });
    about schemas = words;
    schemas.description = "Gives the schemas of tools, so that they can be called";
    out.add("get_tool_schemas", schemas, [&of](const detail::names_args& a) -> result<json_text> {
        std::string text = "[";
        const auto now = of.snapshot();
        for (const std::string& name : a.names) {
            const tool* const t = now->find(name);
            if (!t) return now->not_served(name);
            append_all(text, {text.size() > 1 ? "," : "", "{\"name\":", json::string_text(t->name),
                              ",\"description\":", json::string_text(t->description), ",\"input_schema\":"});
            json::append_compact(text, t->input_schema);
            text += '}';
        }
        return json_text(text + "]");
    });
    return out;
}

}  // namespace haft::inline v0

#endif  // HAFT_REGISTRY_INTROSPECTION_HPP
