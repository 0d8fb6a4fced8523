// SPDX-License-Identifier: BSL-1.0
// Nobody refers to anything in here.
#include "header.hpp"

#include <haft/toolbox.hpp>

namespace {
int from_archive() { return 2; }
}  // namespace
HAFT_TOOL(from_archive, {.description = "Refers to nobody", .effect = haft::read_only});

namespace {
struct Archived {
    int one() { return 1; }
    static consteval auto haft_toolbox() { return haft::toolbox_words("Archived", haft::method<&Archived::one>("One")); }
};
}  // namespace
HAFT_TOOLBOX(Archived);
