// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_HOOK_HOOK_PART_HPP
#define HAFT_HOOK_HOOK_PART_HPP

/// Hooks as parts of an owner: they come and go with it.

#include <haft/core/result.hpp>
#include <haft/hook/explain_hook.hpp>
#include <haft/hook/hook_options.hpp>
#include <haft/hook/hook_set.hpp>
#include <haft/hook/named_hook.hpp>
#include <haft/kind/enlistment.hpp>
#include <haft/kind/kinds.hpp>
#include <haft/kind/part.hpp>

#include <string>
#include <string_view>
#include <utility>

namespace haft::inline v0 {

namespace detail {
template <class Add>
part part_of_hooks(std::string name, hook_options options, Add add) {
    part out;
    out.kind = "hook";
    out.name = name;
    options.name = std::move(name);
    out.enlist = [options = std::move(options), add = std::move(add)](kinds& where, std::string_view owner) {
        hook_options mine = options;
        mine.owner = owner;
        return add(where.get<hook_set>(), std::move(mine));
    };
    return out;
}
}  // namespace detail

/// A hook, or a wrapper, as a part of an owner: `o.parts.push_back(haft::hook_part<haft::session_start>("greet", f))`. The
/// callable is copied each time that the owner is exposed.
template <class Point, class F>
part hook_part(std::string name, F f, hook_options options = {}) {
    static_assert(detail::explain_hook<Point, F>());
    return detail::part_of_hooks(
        std::move(name), std::move(options),
        [f = std::move(f)](hook_set& to, hook_options with) { return to.add<Point>(f, std::move(with)); });
}

/// The same by the name of the point; see hook_set::add_named.
inline part named_hook_part(std::string point, std::string name, named_hook f, hook_options options = {},
                            bool optional = false) {
    return detail::part_of_hooks(
        std::move(name), std::move(options),
        [point = std::move(point), f = std::move(f), optional](hook_set& to, hook_options with) {
            return to.add_named(point, std::move(with), f, optional);
        });
}

}  // namespace haft::inline v0

#endif  // HAFT_HOOK_HOOK_PART_HPP
