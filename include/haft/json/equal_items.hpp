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
#include <vector>

namespace haft::inline v0::json {

/// Finds two items that are equal, compared by the one text that each value has. Time O(n log n).
HAFT_COLD inline bool find_equal_items(const type& t, const void* list, std::size_t& first, std::size_t& second) {
    std::vector<std::string> texts;
    const auto add = [&](const void* item) {
        texts.emplace_back();
        writer(texts.back()).write(*t.element, item);
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
