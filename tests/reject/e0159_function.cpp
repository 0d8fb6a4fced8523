// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0159]
// expect: of a function make one by haft::prompt_enricher
// note: enricher_part
#include <haft/enrich.hpp>
#include <haft/registry/owner.hpp>

std::string shout(const std::string& prompt);
#ifdef HAFT_REJECT
const haft::part shouting = haft::enricher_part(shout, {.name = "shout"});
#else
const haft::part shouting = haft::enricher_part(haft::prompt_enricher("shout", shout));
#endif
