// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_JSON_UNIQUE_HPP
#define HAFT_JSON_UNIQUE_HPP

/// Whether the items of an array that was read are all different, as `uniqueItems` wants it.

#include <haft/core/config.hpp>
#include <haft/json/type.hpp>
#include <haft/json/writer.hpp>

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace haft::inline v0::json {

/// Finds two items that are equal, compared by the one text that each value has. Time O(n log n).
HAFT_COLD inline bool find_equal_items(const type& t, const void* list, std::size_t& first, std::size_t& second) {
    std::vector<std::pair<std::string, std::size_t>> texts;
    const auto add = [&](const void* item) {
        std::string text;
        writer(text).write(*t.element, item);
        texts.emplace_back(std::move(text), texts.size());
    };
    if (t.view) {
        std::size_t n = 0;
        const auto* item = static_cast<const char*>(t.view(list, n));
        for (std::size_t i = 0; i < n; ++i, item += t.element->size) add(item);
    } else {
        t.list->visit(list, const_cast<void*>(static_cast<const void*>(&add)),
                      [](void* user, const void* item) { (*static_cast<decltype(add)*>(user))(item); });
    }
    std::sort(texts.begin(), texts.end());
    const auto equal =
        std::adjacent_find(texts.begin(), texts.end(), [](const auto& a, const auto& b) { return a.first == b.first; });
    if (equal == texts.end()) return false;
    first = equal->second;
    second = (equal + 1)->second;
    return true;
}

}  // namespace haft::inline v0::json

#endif  // HAFT_JSON_UNIQUE_HPP
