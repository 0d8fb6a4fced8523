// SPDX-License-Identifier: BSL-1.0
// The second translation unit of enrol.test.cpp.
#include <haft/tool.hpp>

#include <unit/tool/enrol_header.hpp>
#include <unit/tool/enrol_second_header.hpp>

namespace enrol_test {

namespace other {
int twice_named() { return 2; }
HAFT_TOOL(twice_named, "Has its name second");
}  // namespace other

// The same function as in enrol.test.cpp, in other words.
int told_twice() { return 3; }
HAFT_TOOL(told_twice, "Told in the other unit");

}  // namespace enrol_test

haft::toolset compiled_in_seen_from_the_other_unit() { return haft::compiled_in(); }
