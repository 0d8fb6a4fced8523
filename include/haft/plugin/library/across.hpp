// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_PLUGIN_LIBRARY_ACROSS_HPP
#define HAFT_PLUGIN_LIBRARY_ACROSS_HPP

/// Texts and levels as they cross the border to a library, and as the host knows them.

#include <haft/plugin/abi.h>
#include <haft/tool/log_level.hpp>

#include <string_view>

namespace haft::inline v0::detail {

/// A text that came across the border. Null with a size is none: nobody reads from there.
constexpr std::string_view view_of(haft_text text) noexcept {
    return text.data ? std::string_view(text.data, text.size) : std::string_view();
}
constexpr haft_text across(std::string_view text) noexcept { return {text.data(), text.size()}; }
constexpr log_level level_of(int level) noexcept {
    return level <= HAFT_LOG_DEBUG       ? log_level::debug
           : level >= HAFT_LOG_EMERGENCY ? log_level::emergency
                                         : static_cast<log_level>(level);
}

}  // namespace haft::inline v0::detail

#endif  // HAFT_PLUGIN_LIBRARY_ACROSS_HPP
