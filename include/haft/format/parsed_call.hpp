// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_FORMAT_PARSED_CALL_HPP
#define HAFT_FORMAT_PARSED_CALL_HPP

/// A call that was found in a model's text, and what else was found there.

#include <haft/core/error.hpp>
#include <haft/tool/tool_call.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace haft::inline v0 {

/// How a call was written.
enum class call_form : unsigned char {
    code_block,  ///< a fenced block whose first word is the tool's name
    xml,         ///< `<tool-use><name>…`, `<function_calls><invoke name="name">…`
    at_sign,     ///< `@name(id): {…}`
};

/// A call and its place in the text.
struct parsed_call {
    tool_call call;
    call_form form = call_form::code_block;
    std::size_t begin = 0, end = 0;         ///< bytes from the beginning of all that was fed
    std::vector<std::string> repairs = {};  ///< what was mended in its arguments
    /// The arguments are no JSON, and could not be mended (E0370): they are as the model wrote them, and whoever calls with them
    /// gets the reader's words for it.
    std::optional<error> problem = {};
};

/// What was found in a text, or in one more piece of it, each in the order of the text.
struct parsed_text {
    std::string text = {};  ///< what is no call
    std::vector<parsed_call> calls = {};
    std::vector<error> problems = {};  ///< calls that were begun and came to nothing: E0371, E0372
};

/// What is looked for.
struct parse_options {
    bool code_blocks = true;
    bool xml = true;
    bool at_signs = true;
    std::size_t most_calls = 128;            ///< what comes behind so many is text
    std::size_t most_call_bytes = 1u << 20;  ///< of one call; a longer one is text
};

}  // namespace haft::inline v0

#endif  // HAFT_FORMAT_PARSED_CALL_HPP
