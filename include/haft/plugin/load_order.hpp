// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_PLUGIN_LOAD_ORDER_HPP
#define HAFT_PLUGIN_LOAD_ORDER_HPP

/// In which order plugins are loaded that need each other. [PM-07, faults 92 and 93]

#include <haft/core/config.hpp>

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

namespace haft::inline v0 {

/// One plugin and those of the others, by their places, that have to come before it, and that rather should.
struct load_node {
    std::vector<std::size_t> needs = {};
    std::vector<std::size_t> likes = {};
};

/// The places in the order of loading; those that need each other in a circle are in none, and each circle stands by itself.
struct load_order {
    std::vector<std::size_t> order = {};
    std::vector<std::vector<std::size_t>> cycles = {};
};

/// Of those that could come next the first one comes: what needs nothing stays where the configuration has it. What only
/// likes another one before it gives way where there would be a circle.
HAFT_COLD inline load_order order_to_load(const std::vector<load_node>& nodes) {
    load_order out;
    std::vector<bool> placed(nodes.size(), false);
    const auto all_placed = [&](const std::vector<std::size_t>& of) {
        return std::all_of(of.begin(), of.end(), [&](std::size_t i) { return placed[i]; });
    };
    const auto place_next = [&](bool with_likes) {
        for (std::size_t i = 0; i < nodes.size(); ++i) {
            if (placed[i] || !all_placed(nodes[i].needs) || (with_likes && !all_placed(nodes[i].likes))) continue;
            out.order.push_back(i);
            return placed[i] = true, true;
        }
        return false;
    };
    for (;;) {
        if (place_next(true) || place_next(false)) continue;
        const auto first = std::find(placed.begin(), placed.end(), false);
        if (first == placed.end()) return out;
        std::vector<std::size_t> path{static_cast<std::size_t>(first - placed.begin())};
        for (;;) {  // whoever is left needs another one that is left, so this comes round
            const std::vector<std::size_t>& needs = nodes[path.back()].needs;
            const std::size_t next =
                *std::find_if(needs.begin(), needs.end(), [&](std::size_t i) { return !placed[i]; });
            const auto before = std::find(path.begin(), path.end(), next);
            if (before != path.end()) {
                path.erase(path.begin(), before);
                break;
            }
            path.push_back(next);
        }
        for (const std::size_t i : path) placed[i] = true;
        out.cycles.push_back(std::move(path));
    }
}

}  // namespace haft::inline v0

#endif  // HAFT_PLUGIN_LOAD_ORDER_HPP
