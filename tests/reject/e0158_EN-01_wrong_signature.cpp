// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0158]
// expect: this enrich_prompt can't be called
// note: shouter
#include <haft/enrich.hpp>
#include <haft/registry/owner.hpp>

struct shouter {
#ifdef HAFT_REJECT
    void enrich_prompt(std::string& prompt) { prompt += "!"; }
#else
    std::string enrich_prompt(const std::string& prompt) { return prompt + "!"; }
#endif
};
const haft::part shouting = haft::enricher_part(shouter{}, {.name = "shouter"});
