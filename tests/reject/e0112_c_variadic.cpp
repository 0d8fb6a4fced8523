// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0112]
// expect: exactly one signature
// note: print
// note: ...
#include <haft/tool.hpp>

#include <string>

#ifdef HAFT_REJECT
int print(const char* format, ...);
#else
struct line {
    std::string text;
};
int print(const line&);
#endif

constexpr haft::tool tool = haft::make<&print>("Print a line");
