// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_CONFIG_TOML_SCALAR_HPP
#define HAFT_CONFIG_TOML_SCALAR_HPP

/// The grammar of TOML's values without quotes. toml++ 3.4 guesses their type by the characters that they have, and some that are
/// none end the program by an assertion (`1997-09-09T:09`), so it gets only those that are some. [fault 106]

#include <haft/core/config.hpp>
#include <haft/core/text.hpp>

#include <cstddef>
#include <string_view>

namespace haft::inline v0::detail {

/// A walk over one value; each function takes what it names, and says whether it was there.
class toml_scalar {
public:
    constexpr explicit toml_scalar(std::string_view text) noexcept : left_(text) {}

    constexpr bool is_valid() noexcept {
        if (left_ == "true" || left_ == "false") return true;
        if (is_digit_at(0) && is_digit_at(1) && left_.substr(2).starts_with(':')) return time() && left_.empty();
        if (is_digit_at(0) && is_digit_at(1) && is_digit_at(2) && is_digit_at(3) && left_.substr(4).starts_with('-'))
            return date_time() && left_.empty();
        return number() && left_.empty();
    }

private:
    constexpr bool is_digit_at(std::size_t i) const noexcept { return i < left_.size() && left_[i] >= '0' && left_[i] <= '9'; }
    constexpr bool take(std::string_view text) noexcept {
        return left_.starts_with(text) && (left_.remove_prefix(text.size()), true);
    }
    constexpr bool take_digits(std::size_t count) noexcept {
        for (std::size_t i = 0; i < count; ++i)
            if (!is_digit_at(i)) return false;
        return left_.remove_prefix(count), true;
    }

    constexpr bool date_time() noexcept {
        if (!(take_digits(4) && take("-") && take_digits(2) && take("-") && take_digits(2))) return false;
        if (left_.empty()) return true;
        if (!(take("T") || take("t") || take(" ")) || !time()) return false;
        if (left_.empty() || take("Z") || take("z")) return true;
        return (take("+") || take("-")) && take_digits(2) && take(":") && take_digits(2);
    }
    constexpr bool time() noexcept {
        if (!(take_digits(2) && take(":") && take_digits(2) && take(":") && take_digits(2))) return false;
        if (!take(".")) return true;
        if (!take_digits(1)) return false;
        while (take_digits(1)) {}
        return true;
    }

    constexpr bool number() noexcept {
        for (const char base : {'x', 'o', 'b'})
            if (left_.size() > 2 && left_[0] == '0' && left_[1] == base) return left_.remove_prefix(2), digits(base);
        if (!take("+")) take("-");
        if (take("inf") || take("nan")) return true;
        if (left_.size() > 1 && left_[0] == '0' && (is_digit_at(1) || left_[1] == '_')) return false;
        if (!digits('d')) return false;
        if (take(".") && !digits('d')) return false;
        if (!take("e") && !take("E")) return true;
        if (!take("+")) take("-");
        return digits('d');
    }
    /// Digits of a base, each `_` between two of them.
    constexpr bool digits(char base) noexcept {
        const auto is_one = [&](std::size_t i) {
            if (base == 'o' || base == 'b') return i < left_.size() && left_[i] >= '0' && left_[i] <= (base == 'o' ? '7' : '1');
            return is_digit_at(i) || (base == 'x' && i < left_.size() && lower(left_[i]) >= 'a' && lower(left_[i]) <= 'f');
        };
        if (!is_one(0)) return false;
        std::size_t n = 1;
        while (is_one(n) || (n < left_.size() && left_[n] == '_' && is_one(n + 1))) ++n;
        return left_.remove_prefix(n), true;
    }

    std::string_view left_;
};

}  // namespace haft::inline v0::detail

#endif  // HAFT_CONFIG_TOML_SCALAR_HPP
