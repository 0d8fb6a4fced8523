// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_JSON_POINTER_HPP
#define HAFT_JSON_POINTER_HPP

/// JSON pointers (RFC 6901) as faults show them: step by step, untrusted keys shortened and made harmless.

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/text.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace haft::inline v0::json {

/// Appends `/key`, with `~` and `/` escaped, of a long key its beginning.
HAFT_COLD inline void append_pointer_key(std::string& out, std::string_view key) {
    std::string escaped;
    for (const char c : key.substr(0, echo_limit)) {
        if (c == '~') escaped += "~0";
        else if (c == '/') escaped += "~1";
        else escaped += c;
    }
    out += '/';
    append_echo(out, escaped, 2 * echo_limit);
}

/// Appends `/key`, exactly: for looking it up, not for showing.
HAFT_COLD inline void append_exact_key(std::string& out, std::string_view key) {
    out += '/';
    for (const char c : key) {
        if (c == '~') out += "~0";
        else if (c == '/') out += "~1";
        else out += c;
    }
}

/// Appends `/index`.
HAFT_COLD inline void append_pointer_index(std::string& out, std::size_t index) {
    append_all(out, {"/", decimal(index)});
}

}  // namespace haft::inline v0::json

#endif  // HAFT_JSON_POINTER_HPP
