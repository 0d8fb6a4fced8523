// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0172]
// expect: can't be called across the border
// note: cache_size
#include <haft/plugin/glue.hpp>

struct cache_size {
    static constexpr std::string_view name = "cache_size";
#ifdef HAFT_REJECT
    using signature = void(int&);
#else
    using signature = void(int);
#endif
};
struct cache {};
HAFT_EXPORT_PLUGIN(cache, cache_size);
