// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0140]
// expect: which is the reflection of nothing
// note: make
#include <haft/tool.hpp>

int day();

#ifdef HAFT_REJECT
constexpr haft::tool tool = haft::make<std::meta::info{}>();
#else
constexpr haft::tool tool = haft::make<^^day>();
#endif
