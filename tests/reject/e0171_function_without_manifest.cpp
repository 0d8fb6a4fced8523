// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0171]
// expect: needs a manifest with a name
// note: made
#include <haft/plugin/glue.hpp>

haft::plugin made();
struct about_it {
#ifdef HAFT_REJECT
    static constexpr haft::manifest manifest{.version = "1.0.0"};
#else
    static constexpr haft::manifest manifest{.name = "made", .version = "1.0.0"};
#endif
};
HAFT_EXPORT_PLUGIN(made, about_it);
