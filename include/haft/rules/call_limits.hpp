// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_RULES_CALL_LIMITS_HPP
#define HAFT_RULES_CALL_LIMITS_HPP

/// What every call has to keep to, whatever its tool: the form of its name and of its arguments. [EX-13]

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/result.hpp>
#include <haft/core/text.hpp>
#include <haft/json/lexer.hpp>

#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>

namespace haft::inline v0 {

struct call_limits {
    std::size_t name_bytes = 64;            ///< the most that a name has
    bool strict_names = false;              ///< of A-Z a-z 0-9 _ only, as some providers want it
    std::size_t argument_bytes = 1u << 20;  ///< the most that the arguments have
};

/// Whether a call keeps to the limits; if not, the error (E0357) says to which it does not. Looks at the form only: what the
/// arguments mean the tool knows.
HAFT_COLD inline result<void> fits_limits(const call_limits& limits, std::string_view name,
                                          std::string_view arguments) {
    const auto no = [&](std::initializer_list<std::string_view> why) {
        return error{errc::call_not_fit, concat({"the call of ", in_quotes(name), " was not made: ", concat(why)})};
    };
    if (name.empty()) return no({"it has no name"});
    if (name.size() > limits.name_bytes)
        return no(
            {"its name has ", decimal(name.size()), " bytes; at most ", decimal(limits.name_bytes), " are allowed"});
    for (const char c : name) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
        if (!plain && (limits.strict_names || (c != '-' && c != '.')))
            return no({"its name holds ", in_quotes({&c, 1}), "; A-Z a-z 0-9 _", limits.strict_names ? "" : " - .",
                       " are allowed"});
    }
    if (arguments.size() > limits.argument_bytes)
        return no({"its arguments have ", decimal(arguments.size()), " bytes; at most ", decimal(limits.argument_bytes),
                   " are allowed"});
    if (arguments.empty()) return {};
    json::lexer in(arguments, json::hard_depth_limit);
    if (in.peek() != '{') return no({"its input has to be a JSON object, got ", in_quotes(arguments.substr(0, 40))});
    if (!in.skip() || !in.expect_end())
        return no({"its input has to be a JSON object: ", in.problem(), " at byte ", decimal(in.offset())});
    return {};
}

}  // namespace haft::inline v0

#endif  // HAFT_RULES_CALL_LIMITS_HPP
