// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_FORMAT_DEFAULT_GAP_HPP
#define HAFT_FORMAT_DEFAULT_GAP_HPP

/// Why a tool can't be strict whose function knows defaults that nobody else does: a strict schema promises that whatever it
/// lets through is taken, and to OpenAI's a parameter that is left out is one that is null.

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/text.hpp>
#include <haft/format/dialect.hpp>
#include <haft/json/pieces.hpp>
#include <haft/tool/tool.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace haft::inline v0::formats {

/// Both parameters and what to do, or "" for a tool that any subset of its optional parameters may be given to.
HAFT_COLD inline std::string reason_of_default_gap(const tool& t) {
    const std::size_t next = t.default_gap;  // counted from 0
    if (next == 0) return {};
    const std::vector<json::member_piece> properties =
        json::members_of(json::value_of(json::members_of(t.input_schema), "properties"));
    if (next >= properties.size()) return {};
    const std::string name = in_quotes(properties[next - 1].name);
    return concat({"only the function knows the default of ", name, ", so ", name, " has to be given where ",
                   in_quotes(properties[next].name), " is; [[=haft::default_(value)]] on it tells the value"});
}

namespace detail {

/// The tool's schema as `rewrite` makes it, unless something else keeps the tool from being strict.
HAFT_COLD inline dialect_schema strict_schema_of(const tool& t, dialect_schema (*rewrite)(std::string_view)) {
    std::string reason = reason_of_default_gap(t);
    return reason.empty() ? rewrite(t.input_schema) : dialect_schema{{}, std::move(reason)};
}

}  // namespace detail
}  // namespace haft::inline v0::formats

#endif  // HAFT_FORMAT_DEFAULT_GAP_HPP
