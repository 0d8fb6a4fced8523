// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0159]
// expect: nobody looks at this order; the names are prompt_order, system_order and result_order
// note: shouter
#include <haft/enrich.hpp>
#include <haft/registry/owner.hpp>

struct shouter {
#ifdef HAFT_REJECT
    static constexpr int prompt_priority = 20;
#else
    static constexpr int prompt_order = 20;
#endif
    std::string enrich_prompt(const std::string& prompt) { return prompt + "!"; }
};
const haft::part shouting = haft::enricher_part(shouter{}, {.name = "shouter"});
