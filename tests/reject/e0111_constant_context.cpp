// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0111]
// expect: write haft::call_context&
// note: "count"
// note: call_context
#include <haft/tool.hpp>

#ifdef HAFT_REJECT
int count(const haft::call_context& context);
#else
int count(haft::call_context& context);
#endif

constexpr haft::tool tool = haft::make<&count>("Count");
