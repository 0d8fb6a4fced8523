// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_MCP_SERVER_SUBSCRIPTIONS_HPP
#define HAFT_MCP_SERVER_SUBSCRIPTIONS_HPP

/// Who wants to hear of changes: resources/subscribe of a session, and the streams of subscriptions/listen (2026-07-28,
/// basic/patterns/subscriptions).

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/json/pieces.hpp>
#include <haft/json/string_text.hpp>
#include <haft/mcp/offer/uri_template.hpp>
#include <haft/mcp/server/stream.hpp>

#include <algorithm>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace haft::inline v0::mcp {

/// What has changed, as notifications are called.
struct offer_changes {
    bool tools = false, prompts = false, resources = false;
    std::vector<std::string> updated = {};  ///< resources that hold something else
    bool any_updated = false;               ///< all of them may

    bool none() const noexcept { return !tools && !prompts && !resources && updated.empty() && !any_updated; }
};

/// Appends a whole frame. `subscription` is an id as JSON text, or "".
HAFT_COLD inline void append_changed(std::string& out, std::string_view what, std::string_view subscription, std::string_view uri = {}) {
    append_all(out, {R"({"jsonrpc":"2.0","method":"notifications/)", what, "\""});
    if (!subscription.empty() || !uri.empty()) {
        out += ",\"params\":{";
        if (!subscription.empty()) append_all(out, {R"("_meta":{"io.modelcontextprotocol/subscriptionId":)", subscription, "}"});
        if (!uri.empty()) append_all(out, {subscription.empty() ? "" : ",", "\"uri\":", json::string_text(uri)});
        out += '}';
    }
    out += "}\n";
}

/// One stream of notifications.
struct listening {
    std::string id = {};                       ///< of the request that opened it, as JSON
    std::shared_ptr<open_stream> to = {};      ///< null: the stream of bytes
    bool tools = false, prompts = false, resources = false;
    std::vector<std::string> uris = {};

    /// Appends the frames that it is to hear.
    HAFT_COLD void append(std::string& out, const offer_changes& changes) const {
        if (changes.tools && tools) append_changed(out, "tools/list_changed", id);
        if (changes.prompts && prompts) append_changed(out, "prompts/list_changed", id);
        if (changes.resources && resources) append_changed(out, "resources/list_changed", id);
        for (const std::string& uri : uris)
            if (changes.any_updated || std::find(changes.updated.begin(), changes.updated.end(), uri) != changes.updated.end())
                append_changed(out, "resources/updated", id, uri);
    }
};

HAFT_COLD inline std::string uri_is_too_long() { return concat({"\"uri\" has more than ", decimal(longest_uri), " bytes"}); }

/// The filter of subscriptions/listen: of it what the server can tell.
HAFT_COLD inline listening read_filter(std::string_view filter, bool tools, bool prompts, bool resources) {
    listening out;
    for (const json::member_piece& m : json::members_of(filter)) {
        const bool wanted = m.value == std::string_view("true");
        if (m.name == "toolsListChanged") out.tools = wanted && tools;
        if (m.name == "promptsListChanged") out.prompts = wanted && prompts;
        if (m.name == "resourcesListChanged") out.resources = wanted && resources;
        if (m.name == "resourceSubscriptions" && resources)
            for (const std::string_view uri : json::items_of(m.value))
                if (uri.starts_with('"')) out.uris.push_back(json::string_of(uri));
    }
    return out;
}

/// Appends the first frame of a stream: what of its filter is honoured.
HAFT_COLD inline void append_acknowledged(std::string& out, const listening& l) {
    append_all(out, {R"({"jsonrpc":"2.0","method":"notifications/subscriptions/acknowledged","params":{"_meta":{"io.modelcontextprotocol/subscriptionId":)",
                     l.id, R"(},"notifications":{)"});
    std::string filter;
    const auto add = [&](bool wanted, std::string_view name) {
        if (wanted) append_all(filter, {filter.empty() ? "\"" : ",\"", name, "\":true"});
    };
    add(l.tools, "toolsListChanged");
    add(l.prompts, "promptsListChanged");
    add(l.resources, "resourcesListChanged");
    if (!l.uris.empty()) {
        append_all(filter, {filter.empty() ? "" : ",", "\"resourceSubscriptions\":["});
        for (const std::string& uri : l.uris) append_all(filter, {&uri == l.uris.data() ? "" : ",", json::string_text(uri)});
        filter += ']';
    }
    append_all(out, {filter, "}}}\n"});
}

}  // namespace haft::inline v0::mcp

#endif  // HAFT_MCP_SERVER_SUBSCRIPTIONS_HPP
