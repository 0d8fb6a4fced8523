// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0163]
// expect: a check only looks at the parameters
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
void add(haft::toolset& tools) {
#ifdef HAFT_REJECT
    haft::add_checked(tools, "pay", {.description = "Pays"}, &pay, [](payment& p) -> haft::result<void> {
        p.amount = 0;
        return {};
    });
#else
    haft::add_checked(tools, "pay", {.description = "Pays"}, &pay, [](payment p) -> haft::result<void> {
        p.amount = 0;
        return {};
    });
#endif
}
