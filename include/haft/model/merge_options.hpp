// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_MODEL_MERGE_OPTIONS_HPP
#define HAFT_MODEL_MERGE_OPTIONS_HPP

/// Further members of a request, as JSON objects that are laid over each other.

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/result.hpp>
#include <haft/core/text.hpp>
#include <haft/json/lexer.hpp>
#include <haft/json/pieces.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace haft::inline v0 {

/// The members of a JSON object; "" has none. The views point into the text. An error (E0323) if it is none.
HAFT_COLD inline result<std::vector<json::member_piece>> option_members(std::string_view options) {
    if (options.find_first_not_of(" \t\r\n") == std::string_view::npos) return std::vector<json::member_piece>{};
    json::lexer in(options, json::hard_depth_limit);
    const char first = in.peek();
    if (!in.skip() || !in.expect_end())
        return error{errc::bad_request,
                     concat({"options: not JSON: ", in.problem(), " at byte ", decimal(in.offset())})};
    if (first != '{') {
        error e{errc::bad_request, "options: expected an object such as {\"temperature\": 0}, got "};
        append_echo(e.message, options, 80);
        return e;
    }
    return json::members_of(options);
}

/// One object of two: the members of the first that the second has not, and all of the second. Errors as above.
HAFT_COLD inline result<std::string> merge_options(std::string_view base, std::string_view over) {
    const auto below = option_members(base);
    if (!below) return below.error();
    const auto above = option_members(over);
    if (!above) return above.error();
    std::string out = "{";
    for (const json::member_piece& m : *below)
        if (json::value_of(*above, m.name).empty()) append_all(out, {out.size() > 1 ? "," : "", m.key, ":", m.value});
    for (const json::member_piece& m : *above) append_all(out, {out.size() > 1 ? "," : "", m.key, ":", m.value});
    return out += "}";
}

}  // namespace haft::inline v0

#endif  // HAFT_MODEL_MERGE_OPTIONS_HPP
