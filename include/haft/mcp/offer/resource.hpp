// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_MCP_OFFER_RESOURCE_HPP
#define HAFT_MCP_OFFER_RESOURCE_HPP

/// Resources as a server offers them: one by one, and by templates of their URIs (server/resources).

#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/result.hpp>
#include <haft/mcp/offer/named_values.hpp>
#include <haft/mcp/offer/paging.hpp>
#include <haft/mcp/offer/uri_template.hpp>
#include <haft/tool/call_context.hpp>
#include <haft/tool/content.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace haft::inline v0::mcp {

/// What is read: mostly one, whose `uri` may be left out where it is the one that was asked for.
using resource_contents = std::vector<haft::resource>;

struct resource_entry {
    std::string uri;
    std::string name;
    std::string description = {};
    std::string mime_type = {};
    /// Called inside `poll`, on its thread; what it throws is told as an error.
    std::function<result<resource_contents>(call_context&)> read = {};
    std::string title = {};
    std::optional<std::uint64_t> size = {};  ///< in bytes
};

struct resource_template {
    std::string uri_template;  ///< `file:///{name}`, see mcp::uri_template
    std::string name;
    std::string description = {};
    std::string mime_type = {};
    /// Reads the resource that has these variables. E0477 (resource_not_found): there is none.
    std::function<result<resource_contents>(const std::string& uri, const named_values& variables, call_context&)> read = {};
    std::map<std::string, completer, std::less<>> complete = {};  ///< by variable
    std::string title = {};
};

/// The error for a URI that stands for nothing.
HAFT_COLD inline error no_such_resource(std::string_view uri) {
    return {errc::resource_not_found, concat({"no resource ", in_quotes(uri)})};
}

/// Resources of different URIs and templates; of two with one URI the first counts. Never changes, so sessions share it.
class offered_resources {
public:
    HAFT_COLD explicit offered_resources(std::vector<resource_entry> resources, std::vector<resource_template> templates = {}) {
        for (resource_entry& r : resources)
            if (by_uri_.try_emplace(r.uri, all_.size()).second) all_.push_back(std::move(r));
        for (const resource_entry& r : all_) id_.add(r.uri);
        for (resource_template& t : templates) {
            templates_id_.add(t.uri_template);
            matchers_.emplace_back(t.uri_template);
            templates_.push_back(std::move(t));
        }
    }

    const std::vector<resource_entry>& all() const noexcept { return all_; }
    const std::vector<resource_template>& templates() const noexcept { return templates_; }
    const resource_entry* find(std::string_view uri) const {
        const auto found = by_uri_.find(uri);
        return found == by_uri_.end() ? nullptr : &all_[found->second];
    }
    const resource_template* find_template(std::string_view uri_template) const noexcept {
        for (const resource_template& t : templates_)
            if (t.uri_template == uri_template) return &t;
        return nullptr;
    }
    std::string list_id() const { return id_.text(); }
    std::string templates_id() const { return templates_id_.text(); }
    bool completes() const noexcept {
        for (const resource_template& t : templates_)
            if (!t.complete.empty()) return true;
        return false;
    }

    /// Reads what a URI stands for: the resource of that URI, else by the first template that fits and has it.
    HAFT_COLD result<resource_contents> read(const std::string& uri, call_context& context) const {
        if (const resource_entry* const r = find(uri)) return r->read ? r->read(context) : mcp::no_such_resource(uri);
        for (std::size_t i = 0; i < templates_.size(); ++i) {
            const std::optional<named_values> variables = matchers_[i].match(uri);
            if (!variables || !templates_[i].read) continue;
            result<resource_contents> read = templates_[i].read(uri, *variables, context);
            if (read || read.error().code != errc::resource_not_found) return read;
        }
        return mcp::no_such_resource(uri);
    }

private:
    std::vector<resource_entry> all_;
    std::map<std::string, std::size_t, std::less<>> by_uri_;
    std::vector<resource_template> templates_;
    std::vector<mcp::uri_template> matchers_;
    list_identity id_, templates_id_;
};

}  // namespace haft::inline v0::mcp

#endif  // HAFT_MCP_OFFER_RESOURCE_HPP
