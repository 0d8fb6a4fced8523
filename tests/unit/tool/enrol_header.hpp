// SPDX-License-Identifier: BSL-1.0
// A header that two translation units of the tests include.
#include <haft/tool.hpp>

namespace enrol_test {

struct place {
    int x;
    int y = 0;
};

// Line 14 is a macro here, and in enrol_second_header.hpp.
inline int in_header(const place& p) { return p.x; }
HAFT_TOOL(in_header, {.description = "Stands in a header", .effect = haft::read_only, .group = "places"});

// Not inline: each translation unit has one of its own.
static int not_inline() { return 1; }
HAFT_TOOL(not_inline, "Stands in a header, and should not");

}  // namespace enrol_test
