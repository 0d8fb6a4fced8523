// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_FORMAT_PARSE_HPP
#define HAFT_FORMAT_PARSE_HPP

/// Calls in a model's free text, for models that have no calls of their own: in code blocks, in XML, behind an @. [IO-06]

#include <haft/core/config.hpp>
#include <haft/format/call_parser.hpp>
#include <haft/format/parsed_call.hpp>
#include <haft/tool/toolset.hpp>

#include <iterator>
#include <string_view>

namespace haft::inline v0 {

/// All of a text at once; see call_parser.
HAFT_COLD inline parsed_text parse_calls(std::string_view text, const toolset& tools,
                                         const parse_options& options = {}) {
    call_parser parser(tools, options);
    parsed_text out = parser.feed(text);
    parsed_text rest = parser.finish();
    out.text += rest.text;
    out.calls.insert(out.calls.end(), std::make_move_iterator(rest.calls.begin()),
                     std::make_move_iterator(rest.calls.end()));
    out.problems.insert(out.problems.end(), std::make_move_iterator(rest.problems.begin()),
                        std::make_move_iterator(rest.problems.end()));
    return out;
}

}  // namespace haft::inline v0

#endif  // HAFT_FORMAT_PARSE_HPP
