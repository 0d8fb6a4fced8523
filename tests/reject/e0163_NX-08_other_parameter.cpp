// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0163]
// expect: a check takes the parameters of its tool
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
using looked_at = order;
#else
using looked_at = payment;
#endif
constexpr auto check = [](const looked_at& p) -> haft::result<void> {
    if (p.amount < 0) return haft::error{.message = "negative"};
    return {};
};
constexpr haft::tool tool = haft::make_checked<&pay, check>({.description = "Pays"});
