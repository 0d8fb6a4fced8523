// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_WRITTEN_IN_PLACE_HPP
#define HAFT_WRITTEN_IN_PLACE_HPP

/// Schemas of one and the same value within each other, by `$ref`, `allOf` and the like: whether one leads back to itself, which would
/// never end, and how many there are in a row, which a validator that recurses needs of its stack. [fault 54]

#include <haft/core/config.hpp>
#include <haft/written/schema_node.hpp>

#include <algorithm>
#include <cstddef>
#include <vector>

namespace haft::inline v0::schema::written {

/// A schema that leads back to itself, or no_schema. Without recursion.
HAFT_COLD inline schema_place find_loop(const std::vector<schema_node>& schemas) {
    enum class mark : unsigned char { fresh, open, done };
    std::vector<mark> marks(schemas.size(), mark::fresh);
    struct level {
        schema_place at;
        std::vector<schema_place> next;
    };
    std::vector<level> way;
    const auto enter = [&](schema_place at) {
        marks[at] = mark::open;
        level& here = way.emplace_back();
        here.at = at;
        schemas[at].for_each_in_place([&](schema_place inner) { here.next.push_back(inner); });
    };
    for (schema_place root = 0; root < schemas.size(); ++root) {
        if (marks[root] == mark::fresh) enter(root);
        while (!way.empty()) {
            level& here = way.back();
            if (here.next.empty()) {
                marks[here.at] = mark::done;
                way.pop_back();
                continue;
            }
            const schema_place next = here.next.back();
            here.next.pop_back();
            if (marks[next] == mark::open) return next;
            if (marks[next] == mark::fresh) enter(next);
        }
    }
    return no_schema;
}

/// The longest way from a schema to one of the same value; anything above `most` if it is longer
/// than that. Requires schemas without loops. Time linear in `most` times their size.
HAFT_COLD inline std::size_t in_place_depth(const std::vector<schema_node>& schemas, std::size_t most) {
    std::vector<std::size_t> depth(schemas.size(), 1);
    for (std::size_t round = 0;; ++round) {  // each of which finds the ways that are one step longer
        bool changed = false;
        for (std::size_t i = 0; i < schemas.size(); ++i)
            schemas[i].for_each_in_place([&](schema_place inner) {
                if (depth[i] <= depth[inner]) depth[i] = depth[inner] + 1, changed = true;
            });
        const std::size_t longest = depth.empty() ? 0 : *std::max_element(depth.begin(), depth.end());
        if (!changed || longest > most || round > most) return longest;
    }
}

}  // namespace haft::inline v0::schema::written

#endif  // HAFT_WRITTEN_IN_PLACE_HPP
