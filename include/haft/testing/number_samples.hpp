// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_TESTING_NUMBER_SAMPLES_HPP
#define HAFT_TESTING_NUMBER_SAMPLES_HPP

/// Numbers at the limits of a schema and around them, as JSON texts that say them exactly.

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/json/exact_number.hpp>
#include <haft/testing/dice.hpp>
#include <haft/written/schema_node.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace haft::inline v0::testing {

namespace detail {

__extension__ typedef __int128 wide_number;

/// count * 10^exponent; what has too many digits for that is not `exact`.
struct scaled_number {
    wide_number count = 0;
    int exponent = 0;
    bool exact = false;
};

HAFT_COLD inline scaled_number scaled(std::string_view text) {
    scaled_number out;
    const bool negative = text.starts_with('-');
    if (negative) text.remove_prefix(1);
    int digits = 0;
    bool fraction = false;
    std::size_t i = 0;
    for (; i < text.size() && text[i] != 'e' && text[i] != 'E'; ++i) {
        if (text[i] == '.') {
            fraction = true;
            continue;
        }
        if (++digits > 30) return out;
        out.count = out.count * 10 + (text[i] - '0');
        out.exponent -= fraction;
    }
    if (i < text.size()) {
        int power = 0;
        bool down = false;
        for (++i; i < text.size(); ++i) {
            if (text[i] == '-') down = true;
            else if (text[i] != '+') power = (std::min)(power * 10 + (text[i] - '0'), 100);
        }
        out.exponent += down ? -power : power;
    }
    for (; out.exponent > 0; --out.exponent) {
        if (++digits > 30) return out;
        out.count *= 10;
    }
    for (; out.exponent < 0 && out.count % 10 == 0; ++out.exponent) out.count /= 10;
    if (negative) out.count = -out.count;
    out.exact = out.exponent >= -18 && digits <= 30;
    return out;
}

HAFT_COLD inline std::string text_of_scaled(wide_number count, int exponent) {
    const bool negative = count < 0;
    std::string digits;
    for (wide_number rest = negative ? -count : count; rest != 0; rest /= 10)
        digits += static_cast<char>('0' + static_cast<int>(rest % 10));
    for (; exponent > 0; --exponent) digits.insert(digits.begin(), '0');
    while (digits.size() <= static_cast<std::size_t>(-exponent)) digits += '0';
    if (exponent < 0) digits.insert(static_cast<std::size_t>(-exponent), 1, '.');
    std::reverse(digits.begin(), digits.end());
    return negative ? "-" + digits : digits;
}

}  // namespace detail

/// The numbers of one schema. `whole` ones have no fraction.
class number_samples {
public:
    HAFT_COLD number_samples(const schema::written::schema_node& node, bool whole) : node_(node), whole_(whole) {
        const detail::scaled_number least = detail::scaled(node.minimum_text), most = detail::scaled(node.maximum_text),
                                    step = detail::scaled(node.multiple_of_text);
        usable_ = (!node.minimum || least.exact) && (!node.maximum || most.exact) && (!node.multiple_of || step.exact);
        if (!usable_) return;
        for (const detail::scaled_number& n : {least, most, step}) exponent_ = (std::min)(exponent_, n.exponent);
        if (!whole && !node.multiple_of && widest(least, most) < 1'000'000'000'000) exponent_ -= 2;
        const detail::wide_number one = power(-exponent_);
        // Without limits of its own it stays within what an int and a float hold: a schema has no words for theirs.
        const detail::wide_number room = whole ? 2'147'483'647 : 1'000'000;
        low_ = node.minimum ? at_scale(least) + node.exclusive_minimum : -room * one;
        high_ = node.maximum ? at_scale(most) - node.exclusive_maximum : room * one;
        if (!node.minimum && high_ < low_) low_ = high_ - 1000 * one;
        if (!node.maximum && high_ < low_) high_ = low_ + 1000 * one;
        step_ = whole ? one : 1;
        if (node.multiple_of) step_ = common(step_, at_scale(step));
        low_ = multiple(low_, true);
        high_ = multiple(high_, false);
        usable_ = low_ <= high_;
    }

    /// Those at the limits and between them that mean something; each once.
    HAFT_COLD std::vector<std::string> edges() const {
        std::vector<std::string> out;
        const auto add = [&](std::string text) {
            if (keeps(text) && std::find(out.begin(), out.end(), text) == out.end()) out.push_back(std::move(text));
        };
        if (usable_) {
            const detail::wide_number one = power(-exponent_);
            for (const detail::wide_number n : {low_, high_, low_ + step_, high_ - step_, middle()}) add(text(n));
            for (const detail::wide_number n : {detail::wide_number{0}, one, -one}) add(text(n));
            if (const std::string whole = text(multiple(middle() / one * one, true));
                whole.find('.') == std::string::npos) {
                add(whole + ".0");  // which is the same number
                add(whole + "e0");
            }
        }
        add(node_.minimum_text), add(node_.maximum_text);
        if (!whole_)
            for (const std::string_view n : {"0.5", "-2.25", "1e3", "1E-3", "1e30", "-1e30"}) add(std::string(n));
        if (!usable_)
            for (const std::string_view n : {"0", "1", "-1", "1e300", "-1e300"}) add(std::string(n));
        return out;
    }
    /// One that people would write; "" if none is known.
    HAFT_COLD std::string plain() const {
        for (const std::string_view n : {"1", "0", "10", "0.5"})
            if (keeps(n)) return std::string(n);
        const std::vector<std::string> all = edges();
        return all.empty() ? std::string() : all.front();
    }
    /// Any of them; "" if none is known.
    HAFT_COLD std::string any(dice& chance) const {
        if (!usable_ || chance.one_in(3)) {
            const std::vector<std::string> all = edges();
            return all.empty() ? std::string() : all[chance.below(all.size())];
        }
        const detail::wide_number steps = (high_ - low_) / step_ + 1;
        const std::uint64_t most = steps > 0xFFFF'FFFF ? 0xFFFF'FFFFu : static_cast<std::uint64_t>(steps);
        std::string out = text(low_ + step_ * static_cast<detail::wide_number>(chance.next() % most));
        return keeps(out) ? out : text(low_);
    }
    /// Those beyond a limit, of the right type.
    HAFT_COLD std::vector<std::string> beyond() const {
        std::vector<std::string> out;
        const auto add = [&](std::string text) {
            const bool right_type = !whole_ || json::exact_number(text).is_integer();
            if (right_type && !keeps(text) && std::find(out.begin(), out.end(), text) == out.end())
                out.push_back(std::move(text));
        };
        if (usable_) {
            if (node_.minimum) add(text(low_ - step_));
            if (node_.maximum) add(text(high_ + step_));
            if (node_.multiple_of) {
                add(text(middle() + (whole_ ? power(-exponent_) : 1)));
                if (!whole_) add(detail::text_of_scaled(middle() * 10 + 1, exponent_ - 1));
            }
        }
        if (node_.exclusive_minimum) add(node_.minimum_text);
        if (node_.exclusive_maximum) add(node_.maximum_text);
        if (node_.minimum || node_.maximum)
            for (const std::string_view n : {"1000000000000", "-1000000000000"}) add(std::string(n));
        return out;
    }

private:
    static detail::wide_number power(int n) {
        detail::wide_number out = 1;
        for (; n > 0; --n) out *= 10;
        return out;
    }
    static detail::wide_number widest(const detail::scaled_number& a, const detail::scaled_number& b) {
        const auto magnitude = [](const detail::scaled_number& n) {
            return (n.count < 0 ? -n.count : n.count) * (n.exponent < -12 ? 1'000'000'000'000 : 1);
        };
        return (std::max)(magnitude(a), magnitude(b));
    }
    detail::wide_number at_scale(const detail::scaled_number& n) const {
        return n.count * power(n.exponent - exponent_);
    }
    static detail::wide_number common(detail::wide_number a, detail::wide_number b) {
        detail::wide_number x = a, y = b;
        while (y != 0) {
            const detail::wide_number rest = x % y;
            x = y, y = rest;
        }
        return x == 0 ? 1 : a / x * b;
    }
    detail::wide_number multiple(detail::wide_number n, bool up) const {
        const detail::wide_number rest = ((n % step_) + step_) % step_;
        return rest == 0 ? n : up ? n - rest + step_ : n - rest;
    }
    detail::wide_number middle() const {
        return multiple(low_ + (high_ - low_) / 2, false) < low_ ? low_ : multiple(low_ + (high_ - low_) / 2, false);
    }
    std::string text(detail::wide_number n) const { return detail::text_of_scaled(n, exponent_); }

    bool keeps(std::string_view text) const {
        if (text.empty()) return false;
        const json::exact_number n(text);
        if (whole_ && !n.is_integer()) return false;
        if (node_.minimum) {
            const int order = n.compare(*node_.minimum);
            if (order < 0 || (order == 0 && node_.exclusive_minimum)) return false;
        }
        if (node_.maximum) {
            const int order = n.compare(*node_.maximum);
            if (order > 0 || (order == 0 && node_.exclusive_maximum)) return false;
        }
        return !node_.multiple_of || n.is_multiple_of(*node_.multiple_of);
    }

    const schema::written::schema_node& node_;
    bool whole_;
    bool usable_ = false;
    int exponent_ = 0;
    detail::wide_number low_ = 0, high_ = 0, step_ = 1;
};

}  // namespace haft::inline v0::testing

#endif  // HAFT_TESTING_NUMBER_SAMPLES_HPP
