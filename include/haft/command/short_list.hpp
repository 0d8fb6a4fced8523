// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_COMMAND_SHORT_LIST_HPP
#define HAFT_COMMAND_SHORT_LIST_HPP

/// A few things in a value that needs no memory of its own, so that it can be a constant: a command's aliases.

#include <array>
#include <cstddef>
#include <initializer_list>
#include <stdexcept>

namespace haft::inline v0 {

/// At most `Most` values. More are a std::length_error, and in a constant an error of the compiler.
template <class T, std::size_t Most>
class short_list {
public:
    constexpr short_list() = default;
    constexpr short_list(std::initializer_list<T> values) {  // NOLINT: implicit, so that = {"a", "b"} reads
        for (const T& value : values) push_back(value);
    }
    constexpr void push_back(const T& value) {
        if (count_ == Most) throw std::length_error("haft: there are more of these than a command may have");
        values_[count_++] = value;
    }
    constexpr const T* begin() const noexcept { return values_.data(); }
    constexpr const T* end() const noexcept { return values_.data() + count_; }
    constexpr T* begin() noexcept { return values_.data(); }
    constexpr T* end() noexcept { return values_.data() + count_; }
    constexpr std::size_t size() const noexcept { return count_; }
    constexpr bool empty() const noexcept { return count_ == 0; }

private:
    std::array<T, Most> values_{};
    std::size_t count_ = 0;
};

}  // namespace haft::inline v0

#endif  // HAFT_COMMAND_SHORT_LIST_HPP
