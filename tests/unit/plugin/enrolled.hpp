// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_TESTS_PLUGIN_ENROLLED_HPP
#define HAFT_TESTS_PLUGIN_ENROLLED_HPP

// A plugin in a header, which two files include.
#include <haft/plugin/enrol_plugin.hpp>

struct from_header {
    static constexpr haft::manifest manifest{.name = "from-header", .version = "3"};
};
HAFT_PLUGIN(from_header, from_header);

#endif  // HAFT_TESTS_PLUGIN_ENROLLED_HPP
