// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_CORE_SORTED_PLACES_HPP
#define HAFT_CORE_SORTED_PLACES_HPP

/// An order of things that stay where they are. One sort, compiled once: std::sort is some thousand bytes of code for each
/// kind of thing and each comparison.

#include <haft/core/config.hpp>

#include <cstddef>
#include <vector>

namespace haft::inline v0 {

/// Whether the thing at place `a` comes before the one at `b`.
using comes_before = bool (*)(const void* things, std::size_t a, std::size_t b);

/// The places 0 to n-1 in order; equal things keep theirs. Time O(n log n) whatever the things, no recursion.
HAFT_COLD inline std::vector<std::size_t> sorted_places(std::size_t n, const void* things, comes_before before) {
    std::vector<std::size_t> from(n), to(n);
    for (std::size_t i = 0; i < n; ++i) from[i] = i;
    for (std::size_t run = 1; run < n; run *= 2) {  // runs of that length are in order; two become one
        for (std::size_t i = 0, left = 0, right = 0, middle = 0, end = 0; i < n; ++i) {
            if (i == end) {
                left = i;
                right = middle = n - i > run ? i + run : n;
                end = n - middle > run ? middle + run : n;
            }
            const bool take_right = left == middle || (right < end && before(things, from[right], from[left]));
            to[i] = from[take_right ? right++ : left++];
        }
        from.swap(to);
    }
    return from;
}

}  // namespace haft::inline v0

#endif  // HAFT_CORE_SORTED_PLACES_HPP
