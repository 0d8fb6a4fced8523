// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_CONFIG_ORIGIN_HPP
#define HAFT_CONFIG_ORIGIN_HPP

/// Where a value of a configuration was written.

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/json/pointer.hpp>

#include <cstddef>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace haft::inline v0 {

/// A source and a place in it.
struct config_origin {
    std::shared_ptr<const std::string> source = {};  ///< a file's name, `environment variable HAFT_DAYS`; null: nowhere
    std::size_t line = 0;                            ///< counted from 1; 0 where the source has no lines
    std::size_t column = 0;                          ///< in characters, from 1
    bool hidden = false;                             ///< its value came from the environment and is never shown

    /// `haft.toml:3:7`, `command line`, or nothing.
    HAFT_COLD std::string text() const {
        if (!source) return {};
        if (line == 0) return *source;
        return concat({*source, ":", decimal(line), ":", decimal(column)});
    }
};

namespace detail {

/// The origin of each value by its JSON pointer.
using config_origins = std::map<std::string, config_origin, std::less<>>;

using json::append_exact_key;  // messages use the shortened form beside it

/// The same as a new pointer.
HAFT_COLD inline std::string pointer_below(std::string_view pointer, std::string_view key) {
    std::string out(pointer);
    append_exact_key(out, key);
    return out;
}

/// The first step of a pointer, `~0` and `~1` resolved; the rest stays in `pointer`. Requires one that is not empty.
HAFT_COLD inline std::string take_step(std::string_view& pointer) {
    pointer.remove_prefix(1);
    const std::size_t end = pointer.find('/') == std::string_view::npos ? pointer.size() : pointer.find('/');
    std::string step;
    for (std::size_t i = 0; i < end; ++i) {
        if (pointer[i] == '~' && i + 1 < end && (pointer[i + 1] == '0' || pointer[i + 1] == '1'))
            step += pointer[++i] == '0' ? '~' : '/';
        else
            step += pointer[i];
    }
    pointer.remove_prefix(end);
    return step;
}

}  // namespace detail

}  // namespace haft::inline v0

#endif  // HAFT_CONFIG_ORIGIN_HPP
