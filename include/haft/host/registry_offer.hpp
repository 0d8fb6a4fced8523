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

#include <cstdint>
#include <memory>
#include <mutex>
#include <utility>

namespace haft::inline v0::host {

/// Follows a registry as long as it lives; the registry must live as long. Servers made from `live()` may live longer.
class registry_offer {
public:
    /// `beside` has prompts and resources; of its tools nothing is used.
    HAFT_COLD explicit registry_offer(registry& of, mcp::offer beside = {}) : follows_(std::make_shared<followed>(of)) {
        beside.tools = follows_->tools_now();
        follows_->live = std::make_shared<mcp::live_offer>(std::move(beside));
        subscription_ = of.on_change([to = follows_](const registry_change& change) {
            if (change.tools_changed) to->publish();
        });
        follows_->publish();  // of a change that came between the two
    }

    const std::shared_ptr<mcp::live_offer>& live() const noexcept { return follows_->live; }

private:
    struct followed {
        explicit followed(registry& r) : of(r) {}

        std::shared_ptr<const mcp::offered_tools> tools_now() {
            const std::shared_ptr<const catalog> now = of.snapshot(generation);
            return std::make_shared<const mcp::offered_tools>(now->tools(), now);
        }
        /// Changes may be told on several threads, and not in their order: what is newest counts.
        HAFT_COLD void publish() {
            const std::lock_guard lock(guard);
            if (of.generation() == generation) return;
            live->publish({.tools = tools_now()});
        }

        registry& of;
        std::shared_ptr<mcp::live_offer> live = {};
        std::mutex guard = {};
        std::uint64_t generation = 0;
    };

    std::shared_ptr<followed> follows_;
    subscription subscription_;
};

}  // namespace haft::inline v0::host

#endif  // HAFT_HOST_REGISTRY_OFFER_HPP
