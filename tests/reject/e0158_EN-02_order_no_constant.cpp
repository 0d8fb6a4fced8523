// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0158]
// expect: the order of an enricher is a public constant: static constexpr int prompt_order = 20;
// note: shouter
#include <haft/enrich.hpp>
#include <haft/registry/owner.hpp>

struct shouter {
#ifdef HAFT_REJECT
    int prompt_order = 20;
#else
    static constexpr int prompt_order = 20;
#endif
    std::string enrich_prompt(const std::string& prompt) { return prompt + "!"; }
};
const haft::part shouting = haft::enricher_part(shouter{}, {.name = "shouter"});
