// SPDX-License-Identifier: BSL-1.0
// Included by every unit of the program.
#pragma once
#include <haft/tool.hpp>

inline int from_header() { return 1; }
HAFT_TOOL(from_header, "Stands in a header");
