// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0159]
// expect: the member's name is enrich_tool_result
// note: shouter
#include <haft/enrich.hpp>
#include <haft/registry/owner.hpp>

struct shouter {
    static constexpr int result_order = 20;
    std::string enrich_prompt(const std::string& prompt) { return prompt + "!"; }
#ifdef HAFT_REJECT
    std::string rich_tool_results(const std::string&, const std::string& result) { return result; }
#else
    std::string enrich_tool_result(const std::string&, const std::string& result) { return result; }
#endif
};
const haft::part shouting = haft::enricher_part(shouter{}, {.name = "shouter"});
