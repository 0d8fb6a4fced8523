// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_HOST_REGISTRY_OFFER_HPP
#define HAFT_HOST_REGISTRY_OFFER_HPP

/// A registry as what an MCP server offers: its tools are served as they come and go, and clients are told. [IO-05]

#include <haft/core/config.hpp>
#include <haft/mcp/offer/live_offer.hpp>
#include <haft/mcp/offer/offer.hpp>
#include <haft/registry/catalog.hpp>
#include <haft/registry/change.hpp>
#include <haft/registry/registry.hpp>
#include <haft/tool/same_tools.hpp>
#include <haft/tool/selector.hpp>
#include <haft/tool/tool.hpp>
#include <haft/tool/toolset.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>

namespace haft::inline v0::host {

struct registry_offer_options {
    std::optional<selector> only = {};  ///< of the tools what is selected; names that there are not yet may come
    /// What the registry brings beside tools. Asked at the beginning and after each change, one after the other; parts that are null
    /// are as they were. host::prompt_parts (host/prompt_offer.hpp) is one. May not change the registry.
    std::function<mcp::offer()> parts = {};
};

/// Follows a registry as long as it lives; the registry must live as long. Servers made from `live()` may live longer.
class registry_offer {
public:
    /// `beside` has prompts and resources; of its tools nothing is used.
    HAFT_COLD explicit registry_offer(registry& of, mcp::offer beside = {}, registry_offer_options options = {})
        : follows_(std::make_shared<followed>(of, std::move(options))) {
        follows_->live = std::make_shared<mcp::live_offer>(std::move(beside));
        follows_->publish(true);
        subscription_ = of.on_change([to = follows_](const registry_change&) { to->publish(false); });
        follows_->publish(false);  // of a change that came between the two
    }

    const std::shared_ptr<mcp::live_offer>& live() const noexcept { return follows_->live; }
    /// The same; this object lives as long as somebody holds it.
    static std::shared_ptr<mcp::live_offer> live(registry& of, mcp::offer beside = {}, registry_offer_options options = {}) {
        const auto follows = std::make_shared<const registry_offer>(of, std::move(beside), std::move(options));
        return {follows, follows->live().get()};
    }

private:
    struct followed {
        followed(registry& r, registry_offer_options o) : of(r), options(std::move(o)) {}

        /// Null where nobody would notice. That tools do otherwise what they did in the same words nobody is told, but the new ones run.
        std::shared_ptr<const mcp::offered_tools> tools_now() {
            const std::shared_ptr<const catalog> now = of.snapshot(generation);
            const toolset chosen = options.only ? selected(now->tools()) : now->tools();
            const std::shared_ptr<const mcp::offered_tools> before = live->now().tools;
            const bool same = haft::detail::same_tools(before->set, chosen);
            if (same && haft::detail::same_functions(before->set, chosen)) return nullptr;
            return std::make_shared<const mcp::offered_tools>(chosen, now, same ? before.get() : nullptr);
        }
        toolset selected(const toolset& all) const {
            if (result<toolset> chosen = select(all, *options.only)) return std::move(*chosen);
            toolset out;  // a tool that was named has gone
            for (std::size_t i = 0; i < all.size(); ++i)
                if (options.only->selects(all[i])) out.add_from(all, i);
            return out;
        }
        /// Changes may be told on several threads, and not in their order: what is newest counts.
        HAFT_COLD void publish(bool first) {
            const std::lock_guard lock(guard);
            if (!first && of.generation() == generation) return;
            mcp::offer next = options.parts ? options.parts() : mcp::offer{};
            next.tools = tools_now();
            if (next.tools || next.prompts || next.resources) live->publish(std::move(next));
        }

        registry& of;
        const registry_offer_options options;
        std::shared_ptr<mcp::live_offer> live = {};
        std::recursive_mutex guard = {};
        std::uint64_t generation = 0;
    };

    std::shared_ptr<followed> follows_;
    subscription subscription_;
};

}  // namespace haft::inline v0::host

#endif  // HAFT_HOST_REGISTRY_OFFER_HPP
