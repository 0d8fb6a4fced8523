// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_RULES_CLEAN_ANSWERS_HPP
#define HAFT_RULES_CLEAN_ANSWERS_HPP

/// The answers of a batch as a model may be shown them: long ones in files, errors short and without secrets. [EX-13]

#include <haft/core/config.hpp>
#include <haft/rules/redactor.hpp>
#include <haft/rules/result_store.hpp>
#include <haft/run/batch_result.hpp>
#include <haft/tool/tool_call.hpp>

#include <cstddef>

namespace haft::inline v0 {

/// Shortens one answer. Without a store what is too long is cut. (Not a layer of the runner: there the result still has to fit the
/// tool's output schema.)
HAFT_COLD inline void clean_answer(tool_answer& answer, const redactor& redact = {}, result_store* store = nullptr,
                                   std::size_t most_error = most_error_text) {
    if (answer.is_error) {
        answer.text = error_text_for_model(answer.text, redact, most_error);
        return;
    }
    const std::size_t before = answer.text.size();
    answer.text = store ? store->show(answer.text, answer.id).text : cut_result(answer.text);
    if (answer.text.size() != before) answer.is_json = false;
}
HAFT_COLD inline void clean_answers(batch_result& batch, const redactor& redact = {}, result_store* store = nullptr) {
    for (tool_answer& answer : batch.answers) clean_answer(answer, redact, store);
}

}  // namespace haft::inline v0

#endif  // HAFT_RULES_CLEAN_ANSWERS_HPP
