// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_CORE_PUBLISHED_HPP
#define HAFT_CORE_PUBLISHED_HPP

/// A value that is replaced as a whole while others read it: who reads keeps what he was given, and nobody waits for longer
/// than a pointer takes to copy. (std::atomic<std::shared_ptr> of libstdc++ 12 is a race to ThreadSanitizer, and slower.)

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <utility>

namespace haft::inline v0::detail {

template <class T>
class published {
public:
    explicit published(std::shared_ptr<const T> first) noexcept : value_(std::move(first)) {}

    /// The newest value. Any thread.
    std::shared_ptr<const T> get() const {
        const std::lock_guard guard(mutex_);
        return value_;
    }
    /// Replaces it, and gives the one before, for the caller to let go. Any thread.
    std::shared_ptr<const T> put(std::shared_ptr<const T> next) {
        const std::lock_guard guard(mutex_);
        value_.swap(next);
        generation_.fetch_add(1, std::memory_order_release);
        return next;
    }
    /// Grows with each put, so that who holds a value can tell that there is a newer one without touching the pointer.
    std::uint64_t generation() const noexcept { return generation_.load(std::memory_order_acquire); }
    /// Both, belonging together.
    std::shared_ptr<const T> get(std::uint64_t& generation) const {
        const std::lock_guard guard(mutex_);
        generation = generation_.load(std::memory_order_relaxed);
        return value_;
    }

private:
    mutable std::mutex mutex_;
    std::shared_ptr<const T> value_;
    std::atomic<std::uint64_t> generation_ = 1;
};

}  // namespace haft::inline v0::detail

#endif  // HAFT_CORE_PUBLISHED_HPP
