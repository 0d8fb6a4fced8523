// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_COMMAND_REST_OF_LINE_HPP
#define HAFT_COMMAND_REST_OF_LINE_HPP

/// `haft::rest_of_line`: the last parameter of a command that takes all that is left of the line. [CM-05]

#include <haft/schema/custom.hpp>

#include <string>
#include <string_view>

namespace haft::inline v0 {

/// The tail of a command's line as it was typed: blanks, quotes and backslashes stay what they are. In the schema a text.
struct rest_of_line {
    std::string text;

    operator const std::string&() const noexcept { return text; }  // NOLINT: implicit, so that it can be used as a text
    bool operator==(const rest_of_line&) const = default;
};

namespace schema {
template <>
struct form<rest_of_line> : text_form<rest_of_line> {
    static constexpr std::string_view expected = "the rest of the line";
    static constexpr std::string_view schema_words = R"(,"format":"rest-of-line")";
    static bool read(std::string_view text, rest_of_line& to, std::string&) {
        to.text = text;
        return true;
    }
    static void write(const rest_of_line& from, std::string& out) { out += from.text; }
};
}  // namespace schema

}  // namespace haft::inline v0

#endif  // HAFT_COMMAND_REST_OF_LINE_HPP
