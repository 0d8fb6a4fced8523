// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_TOOL_ARGUMENT_TEXT_HPP
#define HAFT_TOOL_ARGUMENT_TEXT_HPP

/// The arguments of a call as a tool that looks at their text sees them, whatever they came in: a string, or null for none.

#include <haft/core/config.hpp>
#include <haft/json/lexer.hpp>
#include <haft/json/pieces.hpp>
#include <haft/tool/call_options.hpp>

#include <string>
#include <string_view>

namespace haft::inline v0::detail {

/// Arguments that came as JSON text in a string, where the caller lets them: what the string says. `kept` holds it.
HAFT_COLD inline std::string_view unwrapped(std::string_view text, const call_options& options, std::string& kept) {
    json::lexer in(text, 1);
    json::lexer::string_token token;
    if (!options.unwrap || in.peek() != '"' || !in.string(token) || !in.expect_end()) return text;
    json::lexer::decode(token, kept);
    if (options.notes) options.notes->push_back({"", "the arguments came as JSON text in a string"});
    return kept;
}

/// The text of the arguments: `kept` holds it, where it is not the one that came. Null stands for none.
HAFT_COLD inline std::string_view argument_text(std::string_view came, const call_options& options, std::string& kept) {
    const std::string_view text = unwrapped(came, options, kept);
    return text.find_first_not_of(" \t\r\n") == text.find("null") && json::is_json(text) ? "{}" : text;
}

}  // namespace haft::inline v0::detail

#endif  // HAFT_TOOL_ARGUMENT_TEXT_HPP
