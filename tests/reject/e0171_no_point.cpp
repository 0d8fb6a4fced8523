// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0171]
// expect: behind the plugin HAFT_EXPORT_PLUGIN takes hook points
// note: my_point
#include <haft/plugin/glue.hpp>

struct my_point {
    static constexpr std::string_view name = "my_point";
#ifndef HAFT_REJECT
    using signature = void(int);
#endif
};
struct weather {};
HAFT_EXPORT_PLUGIN(weather, my_point);
