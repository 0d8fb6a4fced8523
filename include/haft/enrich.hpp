// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_ENRICH_HPP
#define HAFT_ENRICH_HPP

/// The umbrella of enrichment: what owners add to prompts, instructions and results.

#include <haft/enrich/enricher_part.hpp>
#include <haft/enrich/enrichment_set.hpp>
#include <haft/registry/system_instructions.hpp>

#endif  // HAFT_ENRICH_HPP
