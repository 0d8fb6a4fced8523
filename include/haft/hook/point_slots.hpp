// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_HOOK_POINT_SLOTS_HPP
#define HAFT_HOOK_POINT_SLOTS_HPP

/// From a point's type to its hooks in a few instructions: a small table that only ever grows, keyed by an address that stands for
/// the type. A module that hides its symbols has keys of its own, which lead to the same hooks.

#include <haft/core/config.hpp>

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>

namespace haft::inline v0::detail {

class hook_chain;

struct point_slot {
    void* hook = nullptr;
    hook_chain* chain = nullptr;
};

class point_slots {
public:
    /// The place that was put there for a key; null if none was, or there was no room.
    HAFT_HOT const point_slot* find(const void* key) const noexcept {
        for (std::size_t at = first(key), looks = 0; looks < places; ++looks, at = (at + 1) % places) {
            const void* const known = keys_[at].load(std::memory_order_acquire);
            if (known == key) return slots_[at];
            if (!known) return nullptr;
        }
        return nullptr;
    }
    /// Puts a place there, which must stay where it is. One thread at a time.
    const point_slot& put(const void* key, const point_slot& place) noexcept {
        for (std::size_t at = first(key), looks = 0; looks < places; ++looks, at = (at + 1) % places) {
            if (keys_[at].load(std::memory_order_relaxed)) continue;
            slots_[at] = &place;
            keys_[at].store(key, std::memory_order_release);
            break;
        }
        return place;
    }

private:
    static constexpr std::size_t places = 256;  // of more points each emission looks through a list
    static std::size_t first(const void* key) noexcept {
        const auto n = static_cast<std::uint32_t>(reinterpret_cast<std::uintptr_t>(key));
        return (n * 2654435769u) >> 24;
    }

    std::array<std::atomic<const void*>, places> keys_{};
    std::array<const point_slot*, places> slots_{};
};

}  // namespace haft::inline v0::detail

#endif  // HAFT_HOOK_POINT_SLOTS_HPP
