// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_TOOL_TOOL_CALL_HPP
#define HAFT_TOOL_TOOL_CALL_HPP

/// A call that a model asks for, and what came of it, as no provider in particular writes them.

#include <haft/tool/block_text.hpp>
#include <haft/tool/content.hpp>

#include <string>

namespace haft::inline v0 {

/// A call that a model asks for.
struct tool_call {
    std::string id;         ///< the provider's; empty only where it gives none (Gemini)
    std::string name;       ///< of the tool, in either spelling, as the model wrote it
    std::string arguments;  ///< JSON text, not yet looked at

    bool operator==(const tool_call&) const = default;
};

/// What came of one call.
struct tool_answer {
    std::string id;    ///< of the call
    std::string name;  ///< of the call, as the model wrote it
    std::string text;  ///< what the model is shown: JSON, or text, or `Error: …`
    bool is_error = false;
    bool is_json = false;  ///< `text` is JSON; a tool that gives nothing gives `null`
    content blocks = {};   ///< what the tool gave besides, or (then `text` is empty) instead of a value

    /// All of it for who can only be shown text: an image is `[image/png, 3456 bytes]`.
    std::string in_words() const {
        std::string out = text;
        for (const content_block& block : blocks) out.append(out.empty() ? "" : "\n").append(block_words(block));
        return out;
    }
};

}  // namespace haft::inline v0

#endif  // HAFT_TOOL_TOOL_CALL_HPP
