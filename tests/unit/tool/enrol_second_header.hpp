// SPDX-License-Identifier: BSL-1.0
// Another header, with a macro on the same line as the first.
#include <haft/tool.hpp>

namespace enrol_test::second {

// The lines between are there for that.
//
//
//
//

inline int in_second_header() { return 2; }
HAFT_TOOL(in_second_header, "Stands in another header, on the same line");

}  // namespace enrol_test::second
