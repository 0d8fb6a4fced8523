// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_KIND_ENLISTMENT_HPP
#define HAFT_KIND_ENLISTMENT_HPP

/// What somebody holds who has put something somewhere: as long as it lasts, the thing is there.

#include <functional>
#include <utility>

namespace haft::inline v0 {

/// A handle that takes out again what was put in. Must not outlive what it was put into, unless that says otherwise.
class [[nodiscard]] enlistment {
public:
    enlistment() = default;
    /// `withdraw` is called once, and must not throw.
    explicit enlistment(std::function<void()> withdraw) noexcept : withdraw_(std::move(withdraw)) {}
    enlistment(enlistment&& other) noexcept : withdraw_(std::exchange(other.withdraw_, nullptr)) {}
    enlistment& operator=(enlistment&& other) noexcept {
        if (this == &other) return *this;
        withdraw();
        withdraw_ = std::exchange(other.withdraw_, nullptr);
        return *this;
    }
    ~enlistment() { withdraw(); }

    /// Takes it out now. What it means for uses that go on just then is for each kind to say.
    void withdraw() noexcept {
        if (const std::function<void()> once = std::exchange(withdraw_, nullptr)) once();
    }
    /// Leaves it where it is for good.
    void keep() noexcept { withdraw_ = nullptr; }
    explicit operator bool() const noexcept { return static_cast<bool>(withdraw_); }

private:
    std::function<void()> withdraw_;
};

}  // namespace haft::inline v0

#endif  // HAFT_KIND_ENLISTMENT_HPP
