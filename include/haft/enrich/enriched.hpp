// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_ENRICH_ENRICHED_HPP
#define HAFT_ENRICH_ENRICHED_HPP

/// What a pipeline makes of a text, and how it is run.

#include <haft/core/error.hpp>
#include <haft/enrich/enrichment.hpp>

#include <functional>
#include <string>
#include <vector>

namespace haft::inline v0 {

/// How a pipeline is run.
struct enrichment_options {
    /// Told of each change of the text, in order, on the thread of the run. What it throws ends the run and comes through.
    std::function<void(const enrichment_change&)> on_change = {};
};

/// What has come of a text.
struct enriched {
    std::string text = {};
    /// A JSON object with the metadata of each enricher under its name, in the order in which they ran; "" if there was none. [EN-03]
    std::string metadata_json = {};
    std::vector<error> failures = {};          ///< of those that were skipped (E0310, E0311) [EN-05]
    std::vector<std::string> changed_by = {};  ///< names of those who changed the text, in order
};

}  // namespace haft::inline v0

#endif  // HAFT_ENRICH_ENRICHED_HPP
