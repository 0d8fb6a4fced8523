// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_SCHEMA_VIEWS_TEXT_HPP
#define HAFT_SCHEMA_VIEWS_TEXT_HPP

/// Whether something that is read would view the text that it was read from, which is gone when a configuration is used.

#include <haft/json/type.hpp>

#include <cstddef>

namespace haft::inline v0::detail {

struct parts_trail {
    const json::type* type;
    const parts_trail* outer;
};
constexpr bool views_its_text(const json::type& t, const parts_trail* outer = nullptr) {
    for (const parts_trail* o = outer; o; o = o->outer)
        if (o->type->is_struct(t)) return false;
    if (t.kind == json::kind::view) return true;
    if (t.kind == json::kind::converted) return false;  // what it makes of the text is its own
    const parts_trail here{&t, outer};
    for (std::size_t i = 0; i < t.part_count(); ++i)
        if (detail::views_its_text(t.part(i), &here)) return true;
    return false;
}

/// A configuration outlives the text that it was read from.
template <bool Views>
consteval void explain_views() {
    static_assert(!Views,
                  "haft: a configuration outlives the text that it was read from, so it can't hold a "
                  "std::string_view; write std::string [haft-E0139]");
}

}  // namespace haft::inline v0::detail

#endif  // HAFT_SCHEMA_VIEWS_TEXT_HPP
