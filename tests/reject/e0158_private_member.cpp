// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0158]
// expect: this enrich_system_instructions can't be called: it has to be public
// note: keeper
#include <haft/enrich.hpp>
#include <haft/registry/owner.hpp>

class keeper {
#ifndef HAFT_REJECT
public:
#endif
    std::string enrich_system_instructions(std::string_view text) { return std::string(text); }
};
const haft::part kept = haft::enricher_part(keeper{}, {.name = "keeper"});
