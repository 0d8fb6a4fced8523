// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_MCP_OFFER_OFFER_HPP
#define HAFT_MCP_OFFER_OFFER_HPP

/// What a server offers at one moment: tools, prompts, resources. Never changes, so that all sessions share it and what is costly
/// to find out of it: names, shapes of results, listings.

#include <haft/core/config.hpp>
#include <haft/format/name.hpp>
#include <haft/mcp/offer/listing.hpp>
#include <haft/mcp/offer/paging.hpp>
#include <haft/mcp/offer/prompt.hpp>
#include <haft/mcp/offer/resource.hpp>
#include <haft/mcp/wire/revision.hpp>
#include <haft/tool/toolset.hpp>

#include <array>
#include <atomic>
#include <cstddef>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace haft::inline v0::mcp {

/// The tools. Safe from any thread.
class offered_tools {
    std::shared_ptr<const void> keeps_;  // outlives what follows
    std::shared_ptr<const char> look_;   // its address says who looks like whom

public:
    /// `keeps` owns what the tools point to, where the set does not. `shown_like` are tools that look the same to clients, who are then
    /// not told that these have come in their place.
    explicit offered_tools(toolset tools, std::shared_ptr<const void> keeps = {}, const offered_tools* shown_like = nullptr)
        : keeps_(std::move(keeps)),
          look_(shown_like ? shown_like->look_ : std::make_shared<const char>()),
          set(std::move(tools)),
          names(set),
          shapes_(new std::atomic<unsigned char>[set.size() * revision_count]()) {}
    offered_tools(const offered_tools&) = delete;
    offered_tools& operator=(const offered_tools&) = delete;

    const toolset set;
    const formats::name_map names;

    std::size_t size() const noexcept { return set.size(); }
    bool looks_like(const offered_tools& other) const noexcept { return look_ == other.look_; }
    std::size_t place_of(const tool& t) const noexcept { return static_cast<std::size_t>(&t - set.begin()); }

    /// How a tool's results go out; found out once, since a schema has to be read for it.
    result_shape shape_of(const tool& t, revision r) const {
        std::atomic<unsigned char>& known = shapes_[place_of(t) * revision_count + static_cast<std::size_t>(r)];
        const unsigned char found = known.load(std::memory_order_relaxed);
        if (found) return {(found & structured) != 0, (found & wrapped) != 0};
        const result_shape shape = result_shape_of(t, r);
        known.store(static_cast<unsigned char>(looked | (shape.structured ? structured : 0) | (shape.wrapped ? wrapped : 0)),
                    std::memory_order_relaxed);
        return shape;
    }

    /// The tool at that place as tools/list shows it.
    HAFT_COLD std::string_view listing(std::size_t place, revision r) const {
        const std::lock_guard lock(guard_);
        std::vector<std::string>& all = listings_[static_cast<std::size_t>(r)];
        if (all.empty()) all.resize(size());
        if (all[place].empty()) append_tool(all[place], set[place], names.portable(set[place]), r, shape_of(set[place], r));
        return all[place];  // stays where it is
    }
    HAFT_COLD std::string list_id() const {
        list_identity id;
        for (const tool& t : set) id.add(t.name);
        return id.text();
    }

private:
    static constexpr unsigned char looked = 1, structured = 2, wrapped = 4;

    std::unique_ptr<std::atomic<unsigned char>[]> shapes_;  // by place and revision; 0 is not known yet
    mutable std::mutex guard_;
    mutable std::array<std::vector<std::string>, revision_count> listings_;
};

/// What is offered. Of a part that did not change an offer has the same object as the one before.
struct offer {
    std::shared_ptr<const offered_tools> tools = {};          ///< never null in what a server has
    std::shared_ptr<const offered_prompts> prompts = {};      ///< null: the server has no prompts at all
    std::shared_ptr<const offered_resources> resources = {};  ///< the same

    /// Tools alone. `with` puts prompts, or resources and templates, beside them, in place of those that were there.
    static offer of(toolset tools) { return {.tools = std::make_shared<const offered_tools>(std::move(tools))}; }
    offer&& with(std::vector<prompt> all) && {
        prompts = std::make_shared<const offered_prompts>(std::move(all));
        return std::move(*this);
    }
    offer&& with(std::vector<resource_entry> all, std::vector<resource_template> templates = {}) && {
        resources = std::make_shared<const offered_resources>(std::move(all), std::move(templates));
        return std::move(*this);
    }
};

}  // namespace haft::inline v0::mcp

#endif  // HAFT_MCP_OFFER_OFFER_HPP
