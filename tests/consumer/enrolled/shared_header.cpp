// SPDX-License-Identifier: BSL-1.0
// Nobody refers to anything in here.
#include "header.hpp"

namespace {
int from_shared_header() { return 2; }
}  // namespace
HAFT_TOOL(from_shared_header, {.description = "Refers to nobody", .effect = haft::read_only});
