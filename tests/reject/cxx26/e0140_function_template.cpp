// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0140]
// expect: no tool can be made of twice, which is a template; name one of its functions: haft::make<^^twice<int>>()
// note: twice
#include <haft/tool.hpp>

template <class T>
[[= haft::doc("Doubles")]] T twice(T n) {
    return n + n;
}

#ifdef HAFT_REJECT
constexpr haft::tool tool = haft::make<^^twice>();
#else
constexpr haft::tool tool = haft::make<^^twice<int>>();
#endif
