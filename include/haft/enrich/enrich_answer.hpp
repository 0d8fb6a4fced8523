// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_ENRICH_ENRICH_ANSWER_HPP
#define HAFT_ENRICH_ENRICH_ANSWER_HPP

/// The answer to a call, enriched before the model sees it.

#include <haft/enrich/enriched.hpp>
#include <haft/enrich/enrichment_set.hpp>
#include <haft/tool/tool_call.hpp>

#include <utility>

namespace haft::inline v0 {

/// Sends the text of an answer through the pipeline of results. A text that was changed no longer counts as JSON. An answer that
/// is nothing but images and the like is left alone. `text` of what is given back is empty: it is in the answer.
inline enriched enrich_answer(const enrichment_set& by, tool_answer& answer, const tool_call& call,
                              const enrichment_options& how = {}) {
    if (answer.text.empty() && !answer.blocks.empty()) return {};
    enriched out = by.enrich_tool_result(call.name, std::move(answer.text), call.arguments, how);
    answer.text = std::exchange(out.text, {});
    answer.is_json = answer.is_json && out.changed_by.empty();
    return out;
}

}  // namespace haft::inline v0

#endif  // HAFT_ENRICH_ENRICH_ANSWER_HPP
