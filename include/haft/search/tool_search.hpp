// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_SEARCH_TOOL_SEARCH_HPP
#define HAFT_SEARCH_TOOL_SEARCH_HPP

/// Many tools in a small prompt: a session shows the core ones and a tool that finds the others, which stay once they were found.
/// [NX-03]

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/result.hpp>
#include <haft/json/pieces.hpp>
#include <haft/json/string_text.hpp>
#include <haft/schema/json_text.hpp>
#include <haft/schema/scalar.hpp>
#include <haft/schema/std/string.hpp>
#include <haft/schema/structure.hpp>
#include <haft/schema/words.hpp>
#include <haft/search/tool_index.hpp>
#include <haft/tool/about.hpp>
#include <haft/tool/tool.hpp>
#include <haft/tool/toolset.hpp>

#include <array>
#include <cstddef>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

namespace haft::inline v0 {

struct tool_search_options {
    std::size_t preload_up_to = 20;  ///< with no more tools than this all are shown, and there is no search
    std::size_t default_limit = 5;   ///< hits of a search that does not say
    search_strategy strategy = search_strategy::bm25;
};

/// One conversation with many tools. Any thread.
class tool_session {
public:
    HAFT_COLD explicit tool_session(toolset all, tool_search_options options = {})
        : state_(std::make_shared<state>(std::move(all), options)) {}

    /// What the model is shown now: all tools, where they are few; otherwise the core ones (those that are not deferred), what
    /// searches have found, in the order of the set, and `search_tools`.
    HAFT_COLD toolset shown() const {
        const toolset& all = state_->all;
        if (!state_->searches()) return all;
        toolset out;
        const std::lock_guard guard(state_->mutex);
        for (std::size_t i = 0; i < all.size(); ++i)
            if (!all[i].deferred || state_->found[i]) out.add_from(all, i);
        add_search_tool(out);
        return out;
    }
    /// The names of the deferred tools that were found so far, in the order of the set.
    HAFT_COLD std::vector<std::string> loaded() const {
        std::vector<std::string> out;
        const std::lock_guard guard(state_->mutex);
        for (std::size_t i = 0; i < state_->all.size(); ++i)
            if (state_->found[i] && state_->all[i].deferred) out.emplace_back(state_->all[i].name);
        return out;
    }

private:
    struct state {
        toolset all;
        tool_search_options options;
        tool_index index;
        std::mutex mutex;
        std::vector<bool> found;

        state(toolset tools, const tool_search_options& how)
            : all(std::move(tools)), options(how), index(all), found(all.size()) {}
        bool searches() const noexcept { return all.size() > options.preload_up_to; }

        /// Hits as a model reads them: `[{"name":…,"description":…,"input_schema":…}]`.
        HAFT_COLD result<json_text> search(const std::string& query, std::size_t limit) {
            const auto hits = index.search(query, limit, options.strategy);
            if (!hits) return hits.error();
            std::string out = "[";
            const std::lock_guard guard(mutex);
            for (const found_tool& hit : *hits) {
                const tool& t = all[hit.place];
                found[hit.place] = true;
                append_all(out, {out.size() > 1 ? "," : "", "{\"name\":", json::string_text(t.name),
                                 ",\"description\":", json::string_text(t.description), ",\"input_schema\":"});
                json::append_compact(out, t.input_schema);
                out += '}';
            }
            return json_text(out + "]");
        }
    };
    struct query {
        std::string text;
        int limit = 0;
        static constexpr std::array haft_fields{
            field{"text", "Words for what the tool should do, or its exact name", as("query"), min_length(1)},
            field{"limit", "The most tools to find; 0 for the usual number", minimum(0), maximum(50)}};
    };

    HAFT_COLD void add_search_tool(toolset& to) const {
        to.add("search_tools",
               {.description = "Finds further tools by what they do. What it finds can be called from then on.",
                .effect = read_only,
                .hints = closed_world},
               [to_search = state_](const query& q) {
                   return to_search->search(
                       q.text, q.limit > 0 ? static_cast<std::size_t>(q.limit) : to_search->options.default_limit);
               });
    }

    std::shared_ptr<state> state_;
};

}  // namespace haft::inline v0

#endif  // HAFT_SEARCH_TOOL_SEARCH_HPP
