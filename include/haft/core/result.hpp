// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_CORE_RESULT_HPP
#define HAFT_CORE_RESULT_HPP

/// `result<T>`: a value or an `error`. A small stand-in for C++23's `std::expected<T, haft::error>`, with its names.

#include <haft/core/error.hpp>

#include <utility>
#include <variant>

namespace haft::inline v0 {

/// Holds a `T` or an `error`. `value()` and `*` require a value, `error()` requires an error (as std::expected).
template <class T>
class [[nodiscard]] result {
public:
    using value_type = T;

    result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
    result(haft::error problem) : state_(std::in_place_index<1>, std::move(problem)) {}

    bool has_value() const noexcept { return state_.index() == 0; }
    explicit operator bool() const noexcept { return has_value(); }

    T& operator*() & noexcept { return *std::get_if<0>(&state_); }
    const T& operator*() const& noexcept { return *std::get_if<0>(&state_); }
    T&& operator*() && noexcept { return std::move(*std::get_if<0>(&state_)); }
    T* operator->() noexcept { return std::get_if<0>(&state_); }
    const T* operator->() const noexcept { return std::get_if<0>(&state_); }

    haft::error& error() noexcept { return *std::get_if<1>(&state_); }
    const haft::error& error() const noexcept { return *std::get_if<1>(&state_); }

private:
    std::variant<T, haft::error> state_;
};

/// Success without a value, or an `error`. Not `[[nodiscard]]`: who hands it out says what happens when it is dropped.
template <>
class result<void> {
public:
    using value_type = void;

    result() = default;
    result(haft::error problem) : state_(std::in_place_index<1>, std::move(problem)) {}

    bool has_value() const noexcept { return state_.index() == 0; }
    explicit operator bool() const noexcept { return has_value(); }
    haft::error& error() noexcept { return *std::get_if<1>(&state_); }
    const haft::error& error() const noexcept { return *std::get_if<1>(&state_); }

private:
    std::variant<std::monostate, haft::error> state_;
};

}  // namespace haft::inline v0

#endif  // HAFT_CORE_RESULT_HPP
