// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_CORE_STOP_SOURCE_HPP
#define HAFT_CORE_STOP_SOURCE_HPP

/// Who asks for an end. Apart from who looks whether somebody did: <atomic> takes long to compile, and a tool needs none.

#include <haft/core/stop_token.hpp>

#include <atomic>

namespace haft::inline v0 {

/// Asks for the end of what looks at it. Any thread.
class stop_source {
public:
    stop_source() = default;
    stop_source(const stop_source&) = delete;
    stop_source& operator=(const stop_source&) = delete;

    void request_stop() noexcept { asked_.store(true, std::memory_order_release); }
    bool stop_requested() const noexcept { return asked_.load(std::memory_order_acquire); }
    /// Valid as long as the source.
    stop_token token() const noexcept { return stop_token(*this); }

private:
    std::atomic<bool> asked_{false};
};

}  // namespace haft::inline v0

#endif  // HAFT_CORE_STOP_SOURCE_HPP
