// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_MCP_SERVER_LISTS_HPP
#define HAFT_MCP_SERVER_LISTS_HPP

/// The answers to tools/list, prompts/list, resources/list and resources/templates/list.

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/json/string_text.hpp>
#include <haft/mcp/offer/offer.hpp>
#include <haft/mcp/offer/paging.hpp>
#include <haft/mcp/server/request_terms.hpp>
#include <haft/mcp/wire/message.hpp>
#include <haft/tool/block_text.hpp>

#include <algorithm>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace haft::inline v0::mcp {

/// Which list, and how it is written.
struct tool_list {
    using part = offered_tools;
    static constexpr std::string_view key = "tools";
    static std::string id(const part& of) { return of.list_id(); }
    static std::size_t size(const part& of) noexcept { return of.size(); }
    static void append(std::string& out, const part& of, std::size_t i, revision r) { out += of.listing(i, r); }
};

namespace detail {

/// Since 2025-06-18 things have a title beside their name.
HAFT_COLD inline void append_names(std::string& out, std::string_view name, std::string_view title, std::string_view description,
                                   revision r) {
    append_all(out, {"\"name\":", json::string_text(name)});
    if (r >= revision::r2025_06_18) haft::detail::append_member(out, "title", title);
    haft::detail::append_member(out, "description", description);
}

}  // namespace detail

struct prompt_list {
    using part = offered_prompts;
    static constexpr std::string_view key = "prompts";
    static std::string id(const part& of) { return of.list_id(); }
    static std::size_t size(const part& of) noexcept { return of.size(); }
    HAFT_COLD static void append(std::string& out, const part& of, std::size_t i, revision r) {
        const prompt& p = of.all()[i];
        out += '{';
        detail::append_names(out, p.name, p.title, p.description, r);
        if (!p.arguments.empty()) out += ",\"arguments\":[";
        for (const prompt_argument& a : p.arguments) {
            out += &a == p.arguments.data() ? "{" : ",{";
            detail::append_names(out, a.name, a.title, a.description, r);
            out += a.required ? ",\"required\":true}" : "}";
        }
        out += p.arguments.empty() ? "}" : "]}";
    }
};

struct resource_list {
    using part = offered_resources;
    static constexpr std::string_view key = "resources";
    static std::string id(const part& of) { return of.list_id(); }
    static std::size_t size(const part& of) noexcept { return of.all().size(); }
    HAFT_COLD static void append(std::string& out, const part& of, std::size_t i, revision r) {
        const resource_entry& e = of.all()[i];
        append_all(out, {"{\"uri\":", json::string_text(e.uri), ","});
        detail::append_names(out, e.name.empty() ? e.uri : e.name, e.title, e.description, r);
        haft::detail::append_member(out, "mimeType", e.mime_type);
        if (e.size) append_all(out, {",\"size\":", decimal(static_cast<std::size_t>(*e.size))});
        out += '}';
    }
};

struct template_list {
    using part = offered_resources;
    static constexpr std::string_view key = "resourceTemplates";
    static std::string id(const part& of) { return of.templates_id(); }
    static std::size_t size(const part& of) noexcept { return of.templates().size(); }
    HAFT_COLD static void append(std::string& out, const part& of, std::size_t i, revision r) {
        const resource_template& t = of.templates()[i];
        append_all(out, {"{\"uriTemplate\":", json::string_text(t.uri_template), ","});
        detail::append_names(out, t.name.empty() ? t.uri_template : t.name, t.title, t.description, r);
        haft::detail::append_member(out, "mimeType", t.mime_type);
        out += '}';
    }
};

/// Appends a whole answer with the page that the message asks for, of the list as it is now, or as it was when the client began.
template <class List>
HAFT_COLD rpc_refusal append_list(std::string& out, const message& m, const request_terms& terms, std::size_t page_size,
                                  std::shared_ptr<const typename List::part> now, lists_in_use<typename List::part>& in_use) {
    std::string id = List::id(*now);
    std::size_t i = 0;
    if (!m.cursor.empty() && m.cursor != "null") {
        std::string scratch;
        const std::optional<list_cursor> at = read_cursor(string_of(m.cursor, scratch));
        if (at && at->list != id) now = in_use.find(at->list), id = at->list;
        if (!at || !now || at->place > List::size(*now))
            return {rpc_error::invalid_params,
                    "\"cursor\" is none that this server gave, or of a list that has changed since; begin again without one"};
        i = at->place;
    }
    append_result_head(out, m.id);
    append_all(out, {terms.head, "\"", List::key, "\":["});
    const std::size_t begin = i, size = List::size(*now);
    for (; i < size && i - begin < (std::max<std::size_t>)(page_size, 1); ++i) {
        if (i > begin) out += ',';
        List::append(out, *now, i, terms.r);
    }
    out += ']';
    if (i < size) {
        append_all(out, {",\"nextCursor\":\"", write_cursor(id, i), "\""});
        in_use.keep(id, std::move(now));
    }
    append_all(out, {terms.list_hints, "}}"});
    return {};
}

}  // namespace haft::inline v0::mcp

#endif  // HAFT_MCP_SERVER_LISTS_HPP
