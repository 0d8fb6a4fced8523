// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_JSON_STRING_TEXT_HPP
#define HAFT_JSON_STRING_TEXT_HPP

/// A JSON string by itself, as a part of a text that is put together.

#include <haft/core/config.hpp>
#include <haft/json/write_string.hpp>

#include <string>
#include <string_view>

namespace haft::inline v0::json {

/// The text as a JSON string, in its quotes.
HAFT_COLD inline std::string string_text(std::string_view text) {
    std::string out;
    append_string(out, text);
    return out;
}

}  // namespace haft::inline v0::json

#endif  // HAFT_JSON_STRING_TEXT_HPP
