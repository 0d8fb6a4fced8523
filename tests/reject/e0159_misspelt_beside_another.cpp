// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0159]
// expect: the member's name is enrich_prompt
// note: shouter
#include <haft/enrich.hpp>
#include <haft/registry/owner.hpp>

struct shouter {
#ifdef HAFT_REJECT
    std::string enrich_promt(const std::string& prompt) { return prompt + "!"; }
#else
    std::string enrich_prompt(const std::string& prompt) { return prompt + "!"; }
#endif
    std::string enrich_tool_result(const std::string&, const std::string& result) { return result; }
};
const haft::part shouting = haft::enricher_part(shouter{}, {.name = "shouter"});
