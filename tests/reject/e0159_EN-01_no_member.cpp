// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0159]
// expect: this class takes part in no pipeline
// note: shouter
#include <haft/enrich.hpp>
#include <haft/registry/owner.hpp>

struct shouter {
#ifdef HAFT_REJECT
    std::string enrich(const std::string& prompt) { return prompt + "!"; }
#else
    std::string enrich_prompt(const std::string& prompt) { return prompt + "!"; }
#endif
};
const haft::part shouting = haft::enricher_part(shouter{}, {.name = "shouter"});
