// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_JSON_EQUAL_VALUES_HPP
#define HAFT_JSON_EQUAL_VALUES_HPP

/// Whether two JSON values are equal as JSON Schema has it: numbers by their value, objects whatever the order of their members.

#include <haft/core/config.hpp>
#include <haft/json/document.hpp>
#include <haft/json/exact_number.hpp>
#include <haft/json/string_text.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace haft::inline v0::json {

/// One text for all values that are equal, and another for any other: members sorted by key (the bytes of its
/// UTF-8), numbers as exact_number writes them, no blanks, no more escapes than JSON needs. Without recursion.
HAFT_COLD inline std::string canonical_text(const document& of, std::uint32_t root) {
    struct step {
        std::uint32_t place;     // a value to write, or
        std::string_view plain;  // a text
        bool is_text;
    };
    std::string out;
    std::deque<std::string> keys;
    std::vector<step> todo{{root, {}, false}};
    while (!todo.empty()) {
        const step now = todo.back();
        todo.pop_back();
        if (now.is_text) {
            out += now.plain;
            continue;
        }
        const value_node& v = of[now.place];
        switch (v.kind) {
            case value_kind::null:
            case value_kind::boolean: out += v.text; break;
            case value_kind::number: exact_number(v.text).append_to(out); break;
            case value_kind::string: out += string_text(v.text); break;
            case value_kind::array:
            case value_kind::object: {
                std::vector<std::uint32_t> children;
                for (std::uint32_t c = document::first_child(now.place); c < v.behind; c = of[c].behind)
                    children.push_back(c);
                const bool object = v.kind == value_kind::object;
                if (object)
                    std::sort(children.begin(), children.end(),
                              [&](std::uint32_t a, std::uint32_t b) { return of[a].key < of[b].key; });
                out += object ? '{' : '[';
                todo.push_back({0, object ? "}" : "]", true});
                for (std::size_t i = children.size(); i-- > 0;) {
                    todo.push_back({children[i], {}, false});
                    if (object) {
                        keys.push_back(string_text(of[children[i]].key) += ':');
                        todo.push_back({0, keys.back(), true});
                    }
                    if (i > 0) todo.push_back({0, ",", true});
                }
                break;
            }
        }
    }
    return out;
}

}  // namespace haft::inline v0::json

#endif  // HAFT_JSON_EQUAL_VALUES_HPP
