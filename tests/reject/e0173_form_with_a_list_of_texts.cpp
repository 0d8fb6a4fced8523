// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0173]
// expect: a form that a person fills in is a struct of bool
// note: order
#include <haft/tool.hpp>
#include <haft/tool/ask.hpp>

struct order {
    std::string item;
#ifdef HAFT_REJECT
    std::vector<std::string> notes;
#else
    std::optional<std::string> notes;
#endif
};
haft::result<std::string> shop(haft::call_context& context) {
    const auto what = context.ask<order>("What shall it be?");
    if (!what) return what.error();
    return what->value.item;
}
haft::toolset tools{haft::make<&shop>("Buy something")};
