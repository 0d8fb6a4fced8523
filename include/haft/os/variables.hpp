// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_OS_VARIABLES_HPP
#define HAFT_OS_VARIABLES_HPP

/// Environment variables as a function that one hands on, so that tests and hosts decide what is seen. [DC-11]

#include <cstdlib>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace haft::inline v0 {

/// The value of an environment variable, or nothing where it is not set.
using environment_function = std::function<std::optional<std::string>(std::string_view name)>;

/// Those of the process. No thread may change them meanwhile (POSIX, getenv).
inline environment_function process_variables() {
    return [](std::string_view name) -> std::optional<std::string> {
        const char* const value = std::getenv(std::string(name).c_str());
        if (!value) return {};
        return std::string(value);
    };
}

}  // namespace haft::inline v0

#endif  // HAFT_OS_VARIABLES_HPP
