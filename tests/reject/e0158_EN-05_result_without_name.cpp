// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0158]
// expect: this enrich_tool_result can't be called
// note: cutter
#include <haft/enrich.hpp>
#include <haft/registry/owner.hpp>

struct cutter {
#ifdef HAFT_REJECT
    std::string enrich_tool_result(const std::string& result) { return result.substr(0, 80); }
#else
    std::string enrich_tool_result(const std::string&, const std::string& result) { return result.substr(0, 80); }
#endif
};
const haft::part cut = haft::enricher_part(cutter{}, {.name = "cutter"});
