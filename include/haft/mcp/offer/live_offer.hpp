// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_MCP_OFFER_LIVE_OFFER_HPP
#define HAFT_MCP_OFFER_LIVE_OFFER_HPP

/// An offer that changes while sessions are served from it, and how they hear of that.

#include <haft/core/config.hpp>
#include <haft/mcp/offer/offer.hpp>

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace haft::inline v0::mcp {

/// Safe from any thread. What is published is served from each session's next `poll` on.
class live_offer {
public:
    explicit live_offer(offer first) : now_(std::move(first)) {
        if (!now_.tools) now_.tools = std::make_shared<const offered_tools>(toolset());
    }
    live_offer(const live_offer&) = delete;
    live_offer& operator=(const live_offer&) = delete;

    /// Parts that are null stay as they are.
    HAFT_COLD void publish(offer next) {
        change([&] {
            if (next.tools) now_.tools = std::move(next.tools);
            if (next.prompts) now_.prompts = std::move(next.prompts);
            if (next.resources) now_.resources = std::move(next.resources);
        });
    }
    /// What a resource holds is another: who has subscribed to it is told.
    HAFT_COLD void resource_updated(std::string uri) {
        change([&] {
            if (updates_.size() == most_updates) updates_.pop_front();
            updates_.push_back({generation() + 1, std::move(uri)});
        });
    }

    offer now() const {
        const std::lock_guard lock(guard_);
        return now_;
    }
    /// Grows with each change.
    std::uint64_t generation() const noexcept { return generation_.load(std::memory_order_acquire); }

    /// What has happened since a generation, and what is offered after it.
    struct news {
        offer now;
        std::vector<std::string> updated;
        bool more_updated = false;  ///< than are remembered: any resource may be another
    };
    /// `generation` becomes the current one.
    HAFT_COLD news since(std::uint64_t& generation) const {
        const std::lock_guard lock(guard_);
        news out{now_, {}, false};
        if (!updates_.empty() && updates_.size() == most_updates) out.more_updated = generation + 1 < updates_.front().generation;
        for (const update& u : updates_)
            if (u.generation > generation && std::find(out.updated.begin(), out.updated.end(), u.uri) == out.updated.end())
                out.updated.push_back(u.uri);
        generation = this->generation();
        return out;
    }

    /// Calls `wake` after each change, on that thread, as long as somebody holds it; it must not publish anything.
    HAFT_COLD void on_change(const std::shared_ptr<const std::function<void()>>& wake) {
        const std::lock_guard lock(guard_);
        std::erase_if(listeners_, [](const auto& one) { return one.expired(); });
        listeners_.push_back(wake);
    }

private:
    static constexpr std::size_t most_updates = 1024;
    struct update {
        std::uint64_t generation;
        std::string uri;
    };

    template <class Step>
    void change(Step step) {
        std::vector<std::shared_ptr<const std::function<void()>>> told;
        {
            const std::lock_guard lock(guard_);
            step();
            generation_.fetch_add(1, std::memory_order_release);
            for (const auto& one : listeners_)
                if (auto alive = one.lock()) told.push_back(std::move(alive));
        }
        for (const auto& wake : told)
            if (*wake) (*wake)();
    }

    mutable std::mutex guard_;
    offer now_;
    std::deque<update> updates_;
    std::vector<std::weak_ptr<const std::function<void()>>> listeners_;
    std::atomic<std::uint64_t> generation_{0};
};

}  // namespace haft::inline v0::mcp

#endif  // HAFT_MCP_OFFER_LIVE_OFFER_HPP
