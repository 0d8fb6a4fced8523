// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_JSON_EXACT_NUMBER_HPP
#define HAFT_JSON_EXACT_NUMBER_HPP

/// A JSON number as it is written, of any size: compared and divided exactly, with no rounding on the way. JSON Schema's numbers
/// are these, and not doubles: 9007199254740993 is not 9007199254740992, and 0.07 is a multiple of 0.01.

#include <haft/core/config.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace haft::inline v0::json {

/// digits * 10^exponent, without zeros at either end of the digits; zero has no digits.
class exact_number {
public:
    exact_number() = default;
    /// Requires a number in JSON's grammar. An exponent beyond 10^15 counts as 10^15.
    HAFT_COLD explicit exact_number(std::string_view text) {
        negative_ = text.starts_with('-');
        if (negative_) text.remove_prefix(1);
        const std::size_t e = text.find_first_of("eE");
        std::string_view mantissa = text.substr(0, e);
        if (e != std::string_view::npos) exponent_ = read_exponent(text.substr(e + 1));
        const std::size_t point = mantissa.find('.');
        digits_.reserve(mantissa.size());
        for (const char c : mantissa)
            if (c != '.') digits_ += c;
        if (point != std::string_view::npos) exponent_ -= static_cast<std::int64_t>(mantissa.size() - point - 1);
        digits_.erase(0, digits_.find_first_not_of('0'));
        while (!digits_.empty() && digits_.back() == '0') {
            digits_.pop_back();
            ++exponent_;
        }
        if (digits_.empty()) negative_ = false, exponent_ = 0;
    }

    bool is_integer() const noexcept { return exponent_ >= 0; }
    bool is_positive() const noexcept { return !negative_ && !digits_.empty(); }
    /// How many digits it has; see is_multiple_of.
    std::size_t digits() const noexcept { return digits_.size(); }
    /// The most digits that a divisor may have.
    static constexpr std::size_t most_divisor_digits = 18;

    friend bool operator==(const exact_number&, const exact_number&) = default;

    /// Below 0, 0 or above 0.
    HAFT_COLD int compare(const exact_number& other) const noexcept {
        const int sign = this->sign(), other_sign = other.sign();
        if (sign != other_sign || sign == 0) return sign < other_sign ? -1 : sign > other_sign;
        const std::int64_t top = exponent_ + static_cast<std::int64_t>(digits_.size());
        const std::int64_t other_top = other.exponent_ + static_cast<std::int64_t>(other.digits_.size());
        int order = top < other_top ? -1 : top > other_top;
        if (order == 0) order = digits_.compare(other.digits_);
        return sign * (order < 0 ? -1 : order > 0);
    }

    /// Whether a whole number of `divisor`s is this. Requires one above zero, of at most `most_divisor_digits`.
    HAFT_COLD bool is_multiple_of(const exact_number& divisor) const noexcept {
        if (digits_.empty()) return true;
        const std::int64_t shift = exponent_ - divisor.exponent_;
        if (shift < 0) return false;  // the digits would have to end in zeros, which they don't
        std::uint64_t n = 0;
        for (const char c : divisor.digits_) n = n * 10 + static_cast<unsigned>(c - '0');
        std::uint64_t rest = 0;
        for (const char c : digits_) rest = (times(rest, 10, n) + static_cast<unsigned>(c - '0')) % n;
        std::uint64_t power = 1 % n, base = 10 % n;
        for (std::int64_t s = shift; s; s >>= 1) {
            if (s & 1) power = times(power, base, n);
            base = times(base, base, n);
        }
        return times(rest, power, n) == 0;
    }

    /// The value, if it is a whole number below 2^32; else 2^32 - 1.
    HAFT_COLD std::uint32_t count() const noexcept {
        if (negative_ || !is_integer() || exponent_ > 10) return ~std::uint32_t{0};
        std::uint64_t n = 0;
        for (const char c : digits_) {
            n = n * 10 + static_cast<unsigned>(c - '0');
            if (n > ~std::uint32_t{0}) return ~std::uint32_t{0};
        }
        for (std::int64_t i = 0; i < exponent_ && n <= ~std::uint32_t{0}; ++i) n *= 10;
        return n < ~std::uint32_t{0} ? static_cast<std::uint32_t>(n) : ~std::uint32_t{0};
    }

    /// One text for one value, as people write it (1e-6 to 1e21), and with an exponent elsewhere: `-25000`, `0.5`, `1e30`.
    HAFT_COLD void append_to(std::string& out) const {
        if (digits_.empty()) {
            out += '0';
            return;
        }
        if (negative_) out += '-';
        const auto size = static_cast<std::int64_t>(digits_.size());
        const std::int64_t top = size + exponent_;  // digits before the point
        if (exponent_ >= 0 && (exponent_ == 0 || top <= 21)) {
            out.append(digits_).append(static_cast<std::size_t>(exponent_), '0');
        } else if (exponent_ < 0 && top > 0) {
            const auto before = static_cast<std::size_t>(top);
            out.append(digits_, 0, before).append(1, '.').append(digits_, before);
        } else if (exponent_ < 0 && top > -6) {
            out.append("0.").append(static_cast<std::size_t>(-top), '0').append(digits_);
        } else {
            out.append(digits_).append("e").append(std::to_string(exponent_));
        }
    }

private:
    int sign() const noexcept { return digits_.empty() ? 0 : negative_ ? -1 : 1; }

    static std::int64_t read_exponent(std::string_view text) noexcept {
        const bool negative = text.starts_with('-');
        if (negative || text.starts_with('+')) text.remove_prefix(1);
        std::int64_t n = 0;
        for (const char c : text)
            if ((n = n * 10 + (c - '0')) > largest_exponent) n = largest_exponent;
        return negative ? -n : n;
    }
    static std::uint64_t times(std::uint64_t a, std::uint64_t b, std::uint64_t n) noexcept {
        __extension__ using wide = unsigned __int128;
        return static_cast<std::uint64_t>(static_cast<wide>(a) * b % n);
    }

    static constexpr std::int64_t largest_exponent = 1'000'000'000'000'000;
    bool negative_ = false;
    std::string digits_;
    std::int64_t exponent_ = 0;
};

}  // namespace haft::inline v0::json

#endif  // HAFT_JSON_EXACT_NUMBER_HPP
