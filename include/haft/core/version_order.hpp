// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_CORE_VERSION_ORDER_HPP
#define HAFT_CORE_VERSION_ORDER_HPP

/// Which of two versions is the higher: Semantic Versioning 2.0.0, section 11, for any number of parts.

#include <haft/core/config.hpp>

#include <cstddef>
#include <string_view>

namespace haft::inline v0 {

namespace detail {

/// The text up to one of some characters, which is cut off too.
constexpr std::string_view take_until(std::string_view& text, char end) noexcept {
    const std::size_t at = text.find(end);
    const std::string_view out = text.substr(0, at);
    text.remove_prefix(at == std::string_view::npos ? text.size() : at + 1);
    return out;
}

constexpr bool is_numeric(std::string_view part) noexcept {
    return !part.empty() && part.find_first_not_of("0123456789") == std::string_view::npos;
}

/// Numbers by their value however long they are, and below words; words by their bytes. What is missing counts as `missing`.
constexpr int compare_parts(std::string_view a, std::string_view b) noexcept {
    const bool a_number = is_numeric(a), b_number = is_numeric(b);
    if (a_number != b_number) return a_number ? -1 : 1;
    if (a_number) {
        while (a.size() > 1 && a[0] == '0') a.remove_prefix(1);
        while (b.size() > 1 && b[0] == '0') b.remove_prefix(1);
        if (a.size() != b.size()) return a.size() < b.size() ? -1 : 1;
    }
    const int order = a.compare(b);
    return order < 0 ? -1 : order > 0;
}

}  // namespace detail

/// Below 0 if `a` is the lower version, above 0 if it is the higher one, 0 if they rank alike. `2.10` is above `2.9`, `1.0` ranks
/// as `1` and `v1`, a pre-release (`1.0-beta.2`) below its release; what stands behind a `+` counts nothing.
HAFT_COLD constexpr int compare_versions(std::string_view a, std::string_view b) noexcept {
    const auto release = [](std::string_view& version) {
        version = version.substr(0, version.find('+'));
        if (version.starts_with('v')) version.remove_prefix(1);
        return detail::take_until(version, '-');  // and what is left is the pre-release
    };
    std::string_view a_release = release(a), b_release = release(b);
    while (!a_release.empty() || !b_release.empty()) {
        const std::string_view a_part = a_release.empty() ? "0" : detail::take_until(a_release, '.');
        const std::string_view b_part = b_release.empty() ? "0" : detail::take_until(b_release, '.');
        if (const int order = detail::compare_parts(a_part, b_part)) return order;
    }
    if (a.empty() || b.empty()) return a.empty() ? (b.empty() ? 0 : 1) : -1;
    while (!a.empty() && !b.empty())
        if (const int order = detail::compare_parts(detail::take_until(a, '.'), detail::take_until(b, '.')))
            return order;
    return a.empty() ? (b.empty() ? 0 : -1) : 1;
}

/// Whether a version lies in a range: `>=2 <3`, `1.4`, `!=2.0`, blanks between conditions, all of which have to hold.
HAFT_COLD constexpr bool version_in(std::string_view version, std::string_view range) noexcept {
    while (!range.empty()) {
        std::string_view one = detail::take_until(range, ' ');
        if (one.empty()) continue;
        const auto skip = [&](std::string_view sign) {
            return one.starts_with(sign) && (one.remove_prefix(sign.size()), true);
        };
        const bool not_equal = skip("!="), at_least = !not_equal && skip(">="), at_most = !at_least && skip("<=");
        const bool above = !at_least && !at_most && skip(">"), below = !above && !at_most && !at_least && skip("<");
        if (!not_equal && !at_least && !at_most && !above && !below && !skip("==")) skip("=");
        const int order = compare_versions(version, one);
        const bool holds = not_equal  ? order != 0
                           : at_least ? order >= 0
                           : at_most  ? order <= 0
                           : above    ? order > 0
                           : below    ? order < 0
                                      : order == 0;
        if (!holds) return false;
    }
    return true;
}

}  // namespace haft::inline v0

#endif  // HAFT_CORE_VERSION_ORDER_HPP
