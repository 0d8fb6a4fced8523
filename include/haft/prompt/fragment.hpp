// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_PROMPT_FRAGMENT_HPP
#define HAFT_PROMPT_FRAGMENT_HPP

/// A piece of text that goes into a prompt, and where it comes from. [TF-05]

#include <haft/core/config.hpp>
#include <haft/core/sha256.hpp>
#include <haft/prompt/attachment.hpp>

#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace haft::inline v0 {

struct fragment {
    std::string content = {};
    std::string source = {};  ///< a path, a URL, whatever a loader says; for people

    /// SHA-256 of the content: two fragments with the same text are one, wherever they come from.
    HAFT_COLD std::string id() const { return sha256_of(content); }
    bool operator==(const fragment&) const = default;
};

using fragment_or_attachment = std::variant<fragment, attachment>;
/// In the order in which they go into the prompt.
using fragment_list = std::vector<fragment_or_attachment>;

/// The texts of the fragments, each in lines of its own, and then the prompt. (llm's rule)
HAFT_COLD inline std::string with_fragments(const fragment_list& fragments, std::string_view prompt) {
    std::string out;
    bool any = false;
    const auto add = [&](std::string_view text) {
        if (any) out += '\n';
        out += text;
        any = true;
    };
    for (const fragment_or_attachment& one : fragments)
        if (const fragment* const text = std::get_if<fragment>(&one)) add(text->content);
    if (!prompt.empty()) add(prompt);
    return out;
}

}  // namespace haft::inline v0

#endif  // HAFT_PROMPT_FRAGMENT_HPP
