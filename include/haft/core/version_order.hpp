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

namespace detail {

/// One condition of a range: a sign, or none, and a version.
struct version_condition {
    std::string_view sign;
    std::string_view version;

    constexpr bool holds(std::string_view of) const noexcept {
        const int order = compare_versions(of, version);
        return sign == "!="   ? order != 0
               : sign == ">=" ? order >= 0
               : sign == "<=" ? order <= 0
               : sign == ">"  ? order > 0
               : sign == "<"  ? order < 0
                              : order == 0;
    }
    /// A sign that there is, and a version: it begins with a number, and `2.*` is none.
    constexpr bool is_sound() const noexcept {
        for (const std::string_view known : {"", "=", "==", "!=", ">=", "<=", ">", "<"}) {
            if (sign != known) continue;
            const std::string_view number = version.substr(version.starts_with('v') ? 1 : 0);
            return is_numeric(number.substr(0, 1)) && number.find('*') == std::string_view::npos;
        }
        return false;
    }
};

constexpr void skip_blanks(std::string_view& text) noexcept {
    while (text.starts_with(' ')) text.remove_prefix(1);
}
/// The first condition, which is cut off with the blanks around its parts.
constexpr version_condition take_condition(std::string_view& range) noexcept {
    constexpr std::string_view signs = "!=<>~^";
    const auto take = [&](std::size_t end) {
        const std::string_view out = range.substr(0, end);
        range.remove_prefix(out.size());
        skip_blanks(range);
        return out;
    };
    skip_blanks(range);
    const std::string_view sign = take(range.find_first_not_of(signs));
    return {sign, take(range.find_first_of(" !=<>~^"))};
}

}  // namespace detail

/// Whether a text is a range: conditions, each `=`, `==`, `!=`, `<`, `<=`, `>`, `>=` or nothing and a version.
HAFT_COLD constexpr bool is_version_range(std::string_view range) noexcept {
    do
        if (!detail::take_condition(range).is_sound()) return false;
    while (!range.empty());
    return true;
}

/// Whether a version lies in a range: `>=2 <3`, `1.4`, `!=2.0`; all conditions have to hold.
HAFT_COLD constexpr bool version_in(std::string_view version, std::string_view range) noexcept {
    for (detail::skip_blanks(range); !range.empty();)
        if (!detail::take_condition(range).holds(version)) return false;
    return true;
}

}  // namespace haft::inline v0

#endif  // HAFT_CORE_VERSION_ORDER_HPP
