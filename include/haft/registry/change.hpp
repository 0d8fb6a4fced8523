// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_REGISTRY_CHANGE_HPP
#define HAFT_REGISTRY_CHANGE_HPP

/// Who wants to know that a registry has changed, and how it is told. [RG-09]

#include <haft/core/config.hpp>

#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

namespace haft::inline v0 {

/// One change that has come into force.
struct registry_change {
    std::uint64_t generation = 0;  ///< of the catalog that it has led to
    bool tools_changed = false;    ///< what models are shown is another than before: MCP's tools/list_changed
};

namespace detail {

/// Somebody who listens. Held while he is told something, so that who unsubscribes knows that it is over.
struct listener {
    explicit listener(std::function<void(const registry_change&)> f) : tell(std::move(f)) {}
    std::function<void(const registry_change&)> tell;
    std::recursive_mutex busy = {};  // recursive: a listener may change the registry, and may unsubscribe itself
    bool gone = false;
};

}  // namespace detail

/// Lasts as long as somebody listens. May outlive the registry. Once it is gone its function runs no more: if another thread is
/// within it just then, this waits for it.
class [[nodiscard]] subscription {
public:
    subscription() = default;
    explicit subscription(std::shared_ptr<detail::listener> to) noexcept : to_(std::move(to)) {}
    subscription(subscription&&) noexcept = default;
    subscription& operator=(subscription&& other) noexcept {
        subscription before(std::move(*this));
        to_ = std::move(other.to_);
        return *this;
    }
    ~subscription() {
        if (!to_) return;
        const std::lock_guard guard(to_->busy);
        to_->gone = true;
    }

private:
    std::shared_ptr<detail::listener> to_;
};

namespace detail {

class listeners {
public:
    HAFT_COLD subscription add(std::function<void(const registry_change&)> f) {
        auto one = std::make_shared<listener>(std::move(f));
        const std::lock_guard guard(mutex_);
        all_.push_back(one);
        return subscription(std::move(one));
    }

    /// Tells all of them, on this thread and with nothing of the registry locked. What one throws keeps nobody from being told;
    /// without memory nobody is.
    HAFT_COLD void tell(const registry_change& change) noexcept {
        try {
            for (const std::shared_ptr<listener>& one : listening()) try {
                    const std::lock_guard guard(one->busy);
                    if (!one->gone) one->tell(change);
                } catch (...) {}  // a listener's trouble is its own
        } catch (...) {}
    }

private:
    HAFT_COLD std::vector<std::shared_ptr<listener>> listening() {
        std::vector<std::shared_ptr<listener>> out;
        const std::lock_guard guard(mutex_);
        std::erase_if(all_, [](const auto& one) { return one.expired(); });
        for (const auto& one : all_)
            if (auto alive = one.lock()) out.push_back(std::move(alive));
        return out;
    }

    std::mutex mutex_;
    std::vector<std::weak_ptr<listener>> all_;
};

}  // namespace detail
}  // namespace haft::inline v0

#endif  // HAFT_REGISTRY_CHANGE_HPP
