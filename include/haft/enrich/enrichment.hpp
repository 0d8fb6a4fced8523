// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_ENRICH_ENRICHMENT_HPP
#define HAFT_ENRICH_ENRICHMENT_HPP

/// What an enricher gives for a text, and in which of three pipelines, at which place in it. [EN-01 to EN-03]

#include <cstddef>
#include <string>
#include <string_view>

namespace haft::inline v0 {

/// A text as an enricher leaves it to the next.
struct enrichment {
    std::string text = {};
    std::string metadata_json = {};  ///< a JSON object of what was found, for the host; "" or `{}`: nothing
    std::string message = {};        ///< what was done, in a few words for people; "": sizes are told
};

/// Where texts are enriched.
enum class enrichment_pipeline : unsigned char {
    prompt,               ///< what a user says, before it is sent
    system_instructions,  ///< when they have been collected
    tool_result,          ///< after the tool, before the model
};
constexpr std::string_view name_of(enrichment_pipeline p) noexcept {
    return p == enrichment_pipeline::prompt                ? "prompt"
           : p == enrichment_pipeline::system_instructions ? "system instructions"
                                                           : "tool result";
}

/// Places in a pipeline: lower ones come first. The named ones are jaato's standard slots. (It is an order and no priority: of
/// hooks the higher priority comes first.)
namespace enrichment_order {
inline constexpr int references = 20;
inline constexpr int templates = 40;
inline constexpr int otherwise = 50;  ///< who says nothing
inline constexpr int multimodal = 60;
inline constexpr int memory = 80;
inline constexpr int session = 90;
}  // namespace enrichment_order

/// An enricher has changed a text. Views are good for the length of the notification. [EN-06]
struct enrichment_change {
    std::string_view who;
    enrichment_pipeline target;
    std::size_t size;  ///< of the text now, in bytes
    std::size_t size_before;
    std::string_view message;  ///< the enricher's own, or `prompt: 12 -> 140 bytes`
};

}  // namespace haft::inline v0

#endif  // HAFT_ENRICH_ENRICHMENT_HPP
