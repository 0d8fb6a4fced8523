// SPDX-License-Identifier: BSL-1.0
// Nobody refers to anything in here.
#include "header.hpp"

namespace {
int from_objects() { return 2; }
}  // namespace
HAFT_TOOL(from_objects, {.description = "Refers to nobody", .effect = haft::read_only});
