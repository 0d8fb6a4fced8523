// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_HOST_SECTION_ORIGIN_HPP
#define HAFT_HOST_SECTION_ORIGIN_HPP

/// Who says what stands in a section: sections that start programs, or choose where calls go, are not for everybody to write.

#include <haft/config/configuration.hpp>
#include <haft/config/origin.hpp>
#include <haft/core/config.hpp>

#include <functional>
#include <string>

namespace haft::inline v0::host::detail {

/// Whether all of a section is said where it may be; empty: it may be anywhere.
HAFT_COLD inline bool said_where(const configuration& from, const std::string& pointer, const std::function<bool(const config_origin&)>& allowed) {
    if (!allowed) return true;
    for (auto one = from.origins().lower_bound(pointer); one != from.origins().end() && one->first.starts_with(pointer); ++one)
        if (one->first.size() == pointer.size() || one->first[pointer.size()] == '/')
            if (!allowed(one->second)) return false;
    return allowed(from.origin(pointer));
}

}  // namespace haft::inline v0::host::detail

#endif  // HAFT_HOST_SECTION_ORIGIN_HPP
