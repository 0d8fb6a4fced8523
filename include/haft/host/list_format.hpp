// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_HOST_LIST_FORMAT_HPP
#define HAFT_HOST_LIST_FORMAT_HPP

/// The formats of `list` that machines read: each provider's, and MCP's.

#include <haft/core/config.hpp>
#include <haft/format/anthropic.hpp>
#include <haft/format/export.hpp>
#include <haft/format/gemini.hpp>
#include <haft/format/name.hpp>
#include <haft/format/openai.hpp>
#include <haft/mcp/offer/listing.hpp>
#include <haft/mcp/wire/revision.hpp>

#include <array>
#include <string>
#include <string_view>

namespace haft::inline v0::host {

/// One format: what it is called, and whether it has a strict form.
struct list_format {
    std::string_view name;
    bool can_be_strict;
};
inline constexpr std::array<list_format, 6> list_formats{{{"openai", true},
                                                          {"openai-responses", true},
                                                          {"anthropic", true},
                                                          {"gemini", false},
                                                          {"gemini-openapi", false},
                                                          {"mcp", false}}};

/// The format of that name, or null.
constexpr const list_format* find_list_format(std::string_view name) noexcept {
    for (const list_format& f : list_formats)
        if (f.name == name) return &f;
    return nullptr;
}

/// The tools in that format, with notes for their author.
HAFT_COLD inline formats::exported_tools list_in(const list_format& f, const formats::name_map& names, bool strict) {
    namespace openai = formats::openai;
    if (f.name == "openai") return openai::tools(names, {.strict = strict});
    if (f.name == "openai-responses") return openai::tools(names, {.api = openai::api::responses, .strict = strict});
    if (f.name == "anthropic") return formats::anthropic::tools(names, {.strict = strict});
    if (f.name == "gemini") return formats::gemini::tools(names);
    if (f.name == "gemini-openapi")
        return formats::gemini::tools(names, {.schema = formats::gemini::schema_form::openapi});
    formats::exported_tools out{"{\"tools\":[", formats::notes_on(names)};
    for (const tool& t : names.tools()) {
        if (out.json.back() == '}') out.json += ',';
        mcp::append_tool(out.json, t, names.portable(t), mcp::newest_revision);
    }
    out.json += "]}";
    return out;
}

}  // namespace haft::inline v0::host

#endif  // HAFT_HOST_LIST_FORMAT_HPP
