// SPDX-License-Identifier: BSL-1.0
// expect: haft_E0118_this_is_not_the_name_of_one_function
// note: HAFT_TOOL
#include <haft/tool.hpp>

[[= haft::doc("Doubles")]] int twice(int n);
[[= haft::doc("Doubles")]] std::string twice(std::string text);

#ifdef HAFT_REJECT
HAFT_TOOL(twice);
#else
HAFT_TOOL(static_cast<int (*)(int)>(twice));
#endif
