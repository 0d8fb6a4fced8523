// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_PLUGIN_REQUIREMENT_HPP
#define HAFT_PLUGIN_REQUIREMENT_HPP

/// What a plugin needs of others, as its manifest says it: `cloud_reporter`, `curl >=7.80`, `report>=1,<2`.

#include <haft/core/config.hpp>
#include <haft/core/version_order.hpp>

#include <cstddef>
#include <string_view>

namespace haft::inline v0 {

/// A name, and the versions that will do. The views point into the text that it was read from.
struct requirement {
    std::string_view name;
    std::string_view range;  ///< conditions as version_in has them, with blanks or commas between; "": any version

    /// Whether each condition can be understood.
    constexpr bool is_sound() const noexcept {
        return every_condition([](std::string_view one) { return is_version_range(one); });
    }
    constexpr bool allows(std::string_view version) const noexcept {
        return every_condition([&](std::string_view one) { return version_in(version, one); });
    }

private:
    template <class Holds>
    constexpr bool every_condition(Holds holds) const noexcept {
        for (std::string_view left = range; !left.empty();)
            if (!holds(detail::take_until(left, ','))) return false;
        return true;
    }
};

/// Takes an item of `dependencies` or `plugin_deps` apart. What the parts are worth is for others to say.
constexpr requirement read_requirement(std::string_view text) noexcept {
    const auto trim = [](std::string_view t) {
        while (t.starts_with(' ')) t.remove_prefix(1);
        while (t.ends_with(' ')) t.remove_suffix(1);
        return t;
    };
    text = trim(text);
    const std::size_t end = text.find_first_of(" !=<>~^");
    if (end == std::string_view::npos) return {text, {}};
    return {text.substr(0, end), trim(text.substr(end))};
}

}  // namespace haft::inline v0

#endif  // HAFT_PLUGIN_REQUIREMENT_HPP
