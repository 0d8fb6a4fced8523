// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0112]
// expect: exactly one signature, and print takes the ... of C
// note: print
#include <haft/tool.hpp>

#ifdef HAFT_REJECT
int print(std::string form, ...);
#else
int print(std::string form);
#endif

constexpr haft::tool tool = haft::make<^^print>("Print a text");
