// SPDX-License-Identifier: BSL-1.0
// Included by every unit of the program.
#pragma once
#include <haft/tool.hpp>
#include <haft/toolbox.hpp>

inline int from_header() { return 1; }
HAFT_TOOL(from_header, "Stands in a header");

struct Shared {
    int one() { return 1; }
    static consteval auto haft_toolbox() { return haft::toolbox_words("Shared", haft::method<&Shared::one>("One")); }
};
HAFT_TOOLBOX(Shared);
