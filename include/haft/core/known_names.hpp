// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_CORE_KNOWN_NAMES_HPP
#define HAFT_CORE_KNOWN_NAMES_HPP

/// What an error says of a name that nobody has: the nearest one, and those that there are.

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/nearest.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace haft::inline v0 {

/// The names that there are, in the order in which they are added. They must outlive it.
class known_names {
public:
    static constexpr std::size_t most_listed = 20;

    HAFT_COLD explicit known_names(std::string_view wrong) : nearest_(wrong) {}

    HAFT_COLD void add(std::string_view name) {
        nearest_.consider(name);
        for (const std::string_view known : listed_)
            if (known == name) return;
        if (listed_.size() < most_listed) listed_.push_back(name);
        else ++more_;
    }

    /// Appends `; did you mean "search"? There are read, search and 3 more`, each name once; `; there are read` where none is
    /// near, and `; there are none`. Of one alone that is the nearest nothing more is said.
    HAFT_COLD void append_to(std::string& message) const {
        append_did_you_mean(message, nearest_.name());
        const bool is_near = !nearest_.name().empty();
        if (is_near && listed_.size() == 1) return;
        std::string_view before = is_near ? " There are " : "; there are ";
        if (listed_.empty()) append_all(message, {before, "none"});
        for (const std::string_view name : listed_) append_all(message, {before, name}), before = ", ";
        if (more_) append_all(message, {" and ", decimal(more_), " more"});
    }

private:
    nearest_name nearest_;
    std::vector<std::string_view> listed_;
    std::size_t more_ = 0;
};

}  // namespace haft::inline v0

#endif  // HAFT_CORE_KNOWN_NAMES_HPP
