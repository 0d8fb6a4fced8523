// SPDX-License-Identifier: BSL-1.0
// The n-th allocation of this thread fails: while a `failing_allocation` lives, whatever asks for memory may be refused it.
#pragma once

namespace allocation_test {

/// The n-th allocation from here on fails (counted from 1), once.
class failing_allocation {
public:
    explicit failing_allocation(long n) noexcept;
    failing_allocation(const failing_allocation&) = delete;
    failing_allocation& operator=(const failing_allocation&) = delete;
    ~failing_allocation();
    /// Whether it has come to that.
    bool has_failed() const noexcept;
};

/// How many allocations of all threads have not been given back yet.
long live_allocations() noexcept;

}  // namespace allocation_test
