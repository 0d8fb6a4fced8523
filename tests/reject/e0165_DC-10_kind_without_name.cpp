// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0165]
// expect: a kind of plugins is a type with a static constexpr const char* kind_name
// note: collector
#include <haft/plugin.hpp>

struct collector {
#ifndef HAFT_REJECT
    static constexpr const char* kind_name = "gc";
#endif
};
struct sweeper {};
HAFT_PLUGIN_OF(collector, sweeper, sweeper);
