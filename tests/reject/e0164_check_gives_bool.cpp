// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0164]
// expect: a check gives a haft::result<void>
// note: payment
#include <haft/tool.hpp>
#include <haft/tool/checked.hpp>

struct payment {
    int amount;
};
struct order {
    int amount;
};
int pay(const payment& p) { return p.amount; }
#ifdef HAFT_REJECT
constexpr auto check = [](const payment& p) { return p.amount > 0; };
#else
constexpr auto check = [](const payment& p) -> haft::result<void> {
    if (p.amount > 0) return {};
    return haft::error{.message = "nothing to pay"};
};
#endif
constexpr haft::tool tool = haft::make_checked<&pay, check>({.description = "Pays"});
