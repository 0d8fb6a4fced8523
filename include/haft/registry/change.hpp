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

class listeners;

}  // namespace detail

/// Lasts as long as somebody listens. May outlive the registry.
class [[nodiscard]] subscription {
public:
    subscription() = default;
    subscription(subscription&&) noexcept = default;
    subscription& operator=(subscription&& other) noexcept {
        std::swap(to_, other.to_);
        return *this;
    }
    ~subscription() = default;

private:
    friend class detail::listeners;
    explicit subscription(std::shared_ptr<void> to) : to_(std::move(to)) {}
    std::shared_ptr<void> to_;
};

namespace detail {

class listeners {
public:
    using function = std::function<void(const registry_change&)>;

    HAFT_COLD subscription add(function f) {
        auto one = std::make_shared<const function>(std::move(f));
        const std::lock_guard guard(mutex_);
        all_.push_back(one);
        return subscription(std::shared_ptr<void>(one, const_cast<function*>(one.get())));
    }

    /// Tells all of them, on this thread and with nothing locked. What one throws keeps nobody from being told; without memory
    /// nobody is.
    HAFT_COLD void tell(const registry_change& change) noexcept {
        try {
            for (const auto& one : listening()) try {
                    (*one)(change);
                } catch (...) {}  // a listener's trouble is its own
        } catch (...) {}
    }

private:
    HAFT_COLD std::vector<std::shared_ptr<const function>> listening() {
        std::vector<std::shared_ptr<const function>> out;
        const std::lock_guard guard(mutex_);
        std::erase_if(all_, [](const auto& one) { return one.expired(); });
        for (const auto& one : all_)
            if (auto alive = one.lock()) out.push_back(std::move(alive));
        return out;
    }

    std::mutex mutex_;
    std::vector<std::weak_ptr<const function>> all_;
};

}  // namespace detail
}  // namespace haft::inline v0

#endif  // HAFT_REGISTRY_CHANGE_HPP
