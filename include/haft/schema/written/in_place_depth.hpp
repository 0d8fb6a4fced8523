// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_SCHEMA_WRITTEN_IN_PLACE_DEPTH_HPP
#define HAFT_SCHEMA_WRITTEN_IN_PLACE_DEPTH_HPP

/// How many schemas of one and the same value stand within each other: what a validator that recurses needs of its stack.

#include <haft/core/config.hpp>
#include <haft/schema/written/schema_node.hpp>

#include <algorithm>
#include <cstddef>
#include <vector>

namespace haft::inline v0::schema::written {

/// The longest way from a schema to one of the same value, by `$ref`, `allOf` and the like; anything above `most` if it is longer
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

#endif  // HAFT_SCHEMA_WRITTEN_IN_PLACE_DEPTH_HPP
