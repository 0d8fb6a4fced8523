// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_JSON_CANONICAL_HPP
#define HAFT_JSON_CANONICAL_HPP

/// One text for each JSON value, however it was written: what calls are compared by.

#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/result.hpp>
#include <haft/json/document.hpp>
#include <haft/json/equal_values.hpp>
#include <haft/json/read_limits.hpp>
#include <haft/json/value_faults.hpp>

#include <string>
#include <string_view>
#include <utility>

namespace haft::inline v0::json {

/// Reads a text; the error (E0201 no JSON, E0206 a key twice, E0208 beyond the limits) says where.
HAFT_COLD inline result<void> read_document(document& to, std::string_view text, const read_limits& limits = {}) {
    value_faults found;
    if (to.read(text, limits, found)) return {};
    error e{errc::not_json, "the text can't be read as one JSON value"};
    if (!found.faults.empty()) e.code = found.faults.front().code;
    e.faults = std::move(found.faults);
    e.more_faults = found.more;
    return e;
}

/// The value with its keys sorted (by the bytes of their UTF-8), numbers by their value and written as people do, no blanks, no
/// escapes but those that JSON wants. Two texts give the same exactly if their values are equal. Numbers of any size are exact.
/// Unicode is not normalised: JSON holds two spellings of an accent for two strings. Time O(n log n), no recursion.
HAFT_COLD inline result<std::string> canonical(std::string_view text, const read_limits& limits = {}) {
    document whole;
    if (result<void> read = read_document(whole, text, limits); !read) return read.error();
    return canonical_text(whole, 0);
}

}  // namespace haft::inline v0::json

#endif  // HAFT_JSON_CANONICAL_HPP
