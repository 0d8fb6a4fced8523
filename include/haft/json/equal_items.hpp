// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_JSON_EQUAL_ITEMS_HPP
#define HAFT_JSON_EQUAL_ITEMS_HPP

/// Whether the items of an array that was read are all different, as `uniqueItems` wants it.

#include <haft/core/config.hpp>
#include <haft/core/sorted_places.hpp>
#include <haft/json/type.hpp>
#include <haft/json/writer.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace haft::inline v0::json {

/// Appends a JSON number in the one form that its value has: sign, digits without zeros at either end, exponent of ten; 1,
/// 1.0 and 10e-1 are one number, and so are 0 and -0.0.
HAFT_COLD inline void append_plain_number(std::string& out, std::string_view number) {
    const std::size_t e = number.find_first_of("eE");
    const std::string_view mantissa = number.substr(0, e);
    std::string digits;
    long long exponent = 0;
    bool fraction = false;
    for (const char c : mantissa) {
        if (c == '.') fraction = true;
        if (c < '0' || c > '9') continue;
        if (c != '0' || !digits.empty()) digits += c;
        if (fraction) --exponent;
    }
    for (; !digits.empty() && digits.back() == '0'; ++exponent) digits.pop_back();
    if (digits.empty()) {
        out += '0';
        return;
    }
    if (e != std::string_view::npos) {
        const std::string_view power = number.substr(e + 1);
        if (power.size() > 17) {  // no type holds it
            out += number;
            return;
        }
        long long value = 0;
        for (const char c : power)
            if (c >= '0' && c <= '9') value = value * 10 + (c - '0');
        exponent += power.starts_with('-') ? -value : value;
    }
    if (number.starts_with('-')) out += '-';
    out.append(digits).append("e").append(std::to_string(exponent));
}

/// A JSON text without blanks with all its numbers in that form.
HAFT_COLD inline std::string with_plain_numbers(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size();) {
        std::size_t end = i + 1;
        if (text[i] == '"') {
            while (end < text.size() && text[end] != '"') end += text[end] == '\\' ? 2u : 1u;
            end = end < text.size() ? end + 1 : text.size();
        } else if (text[i] == '-' || (text[i] >= '0' && text[i] <= '9')) {
            end = (std::min)(text.find_first_not_of("0123456789+-.eE", i), text.size());
            append_plain_number(out, text.substr(i, end - i));
            i = end;
            continue;
        }
        out += text.substr(i, end - i);
        i = end;
    }
    return out;
}

/// Finds two items that are equal, compared by the one text that each value has. Time O(n log n).
HAFT_COLD inline bool find_equal_items(const type& t, const void* list, std::size_t& first, std::size_t& second) {
    std::vector<std::string> texts;
    const auto add = [&](const void* item) {
        std::string text;
        writer(text).write(*t.element, item);
        texts.push_back(with_plain_numbers(text));
    };
    if (t.view) {
        std::size_t n = 0;
        const auto* item = static_cast<const char*>(t.view(list, n));
        for (std::size_t i = 0; i < n; ++i, item += t.element->size) add(item);
    } else {
        t.list->visit(list, const_cast<void*>(static_cast<const void*>(&add)),
                      [](void* user, const void* item) { (*static_cast<decltype(add)*>(user))(item); });
    }
    const std::vector<std::size_t> order =
        sorted_places(texts.size(), &texts, [](const void* all, std::size_t a, std::size_t b) {
            const auto& of = *static_cast<const std::vector<std::string>*>(all);
            return of[a] < of[b];
        });
    for (std::size_t i = 1; i < order.size(); ++i)
        if (texts[order[i - 1]] == texts[order[i]]) return first = order[i - 1], second = order[i], true;
    return false;
}

}  // namespace haft::inline v0::json

#endif  // HAFT_JSON_EQUAL_ITEMS_HPP
