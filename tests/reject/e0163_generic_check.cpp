// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0163]
// expect: exactly one signature
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
constexpr auto check = [](const auto&) -> haft::result<void> { return {}; };
#else
constexpr auto check = [](const payment&) -> haft::result<void> { return {}; };
#endif
constexpr haft::tool tool = haft::make_checked<&pay, check>({.description = "Pays"});
