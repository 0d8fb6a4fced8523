// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_PLUGIN_LIBRARY_CHECK_CHECK_FINDING_HPP
#define HAFT_PLUGIN_LIBRARY_CHECK_CHECK_FINDING_HPP

/// What one look at a library has come to.

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

namespace haft::inline v0::detail {

enum class finding_kind : unsigned char { fine, broken, not_looked };

struct check_finding {
    finding_kind kind = finding_kind::fine;
    std::string text = {};  ///< what is wrong, or why it could not be looked at
};

inline check_finding fine() { return {}; }
/// The contract is broken, in that way.
HAFT_COLD inline check_finding broken(std::initializer_list<std::string_view> how) { return {finding_kind::broken, concat(how)}; }
/// There is nothing to look at, for that reason.
HAFT_COLD inline check_finding not_looked(std::initializer_list<std::string_view> why) {
    return {finding_kind::not_looked, concat(why)};
}

/// Thrown where something fails that another check tells: there is no going on.
struct check_obstacle {
    std::string why;
};

}  // namespace haft::inline v0::detail

#endif  // HAFT_PLUGIN_LIBRARY_CHECK_CHECK_FINDING_HPP
