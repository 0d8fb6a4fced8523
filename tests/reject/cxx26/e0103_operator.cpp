// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0103]
// expect: a lambda or an operator has no name to take
// note: operator
#include <haft/tool.hpp>

struct money {
    int cents;
};
money operator-(money amount);

#ifdef HAFT_REJECT
constexpr haft::tool tool = haft::make<^^operator- >("Turn the sign");
#else
constexpr haft::tool tool = haft::make<^^operator- >({.description = "Turn the sign", .name = "negate"});
#endif
