// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_TESTING_FAILURE_HPP
#define HAFT_TESTING_FAILURE_HPP

/// What a test of a tool throws when something is not as expected: an exception whose text says all, so that it is shown by Catch2,
/// GoogleTest, doctest and by a bare main alike. [NX-15]

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/text.hpp>

#include <cstddef>
#include <stdexcept>
#include <string>
#include <string_view>

namespace haft::inline v0::testing {

/// Something is not as a test expects it. `what()` names the tool, the arguments, what was expected and what came.
class failure : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

namespace detail {

/// The most bytes of arguments and results that a failure shows.
inline constexpr std::size_t most_shown = 2000;

/// As it is, of a long text the beginning; control characters and broken UTF-8 made visible.
HAFT_COLD inline std::string shown(std::string_view text) {
    std::string out;
    append_echo(out, text, most_shown);
    return out;
}

/// Throws `tool "move", arguments {"x":1}: expected …, got …`.
[[noreturn]] HAFT_COLD inline void fail(std::string_view tool, std::string_view arguments, std::string_view expected,
                                        std::string_view got) {
    throw failure(concat({"tool ", in_quotes(tool), "\n  arguments: ", shown(arguments), "\n  expected:  ", expected,
                          "\n  got:       ", got}));
}

}  // namespace detail
}  // namespace haft::inline v0::testing

#endif  // HAFT_TESTING_FAILURE_HPP
