// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_OS_VARIABLES_HPP
#define HAFT_OS_VARIABLES_HPP

/// Environment variables as a function that one hands on, so that tests and hosts decide what is seen. [DC-11]

#include <haft/core/config.hpp>

#include <cstdlib>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace haft::inline v0 {

/// The value of an environment variable, or nothing where it is not set.
using environment_function = std::function<std::optional<std::string>(std::string_view name)>;

/// The environment of the process. Not while another thread changes that (POSIX, getenv).
HAFT_COLD inline std::optional<std::string> process_environment(std::string_view name) {
    const char* const value = std::getenv(std::string(name).c_str());
    return value ? std::optional<std::string>(value) : std::nullopt;
}

}  // namespace haft::inline v0

#endif  // HAFT_OS_VARIABLES_HPP
