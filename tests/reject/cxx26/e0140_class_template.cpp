// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0140]
// expect: no tool can be made of counter, which is a template
// note: counter
#include <haft/tool.hpp>

template <class T>
struct counter {
    static T first() { return {}; }
};

#ifdef HAFT_REJECT
constexpr haft::tool tool = haft::make<^^counter>();
#else
constexpr haft::tool tool = haft::make<^^counter<int>::first>();
#endif
