// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_VIEWS_ARGUMENT_NAMES_HPP
#define HAFT_VIEWS_ARGUMENT_NAMES_HPP

/// The two names of each argument of a transformed tool: the tool's own, and the one that callers see, if they see it.

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/nearest.hpp>
#include <haft/json/pointer.hpp>
#include <haft/views/transformation.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace haft::inline v0::detail {

/// One argument.
struct named_argument {
    std::string inner;
    std::string shown;                           // "" if callers don't see it
    const argument_transform* change = nullptr;  // null: none

    bool is_hidden() const noexcept { return change && !change->constant.empty(); }
    bool has_default() const noexcept { return change && !change->default_value.empty() && !change->required; }
    /// Whatever callers give or don't give, the tool gets it.
    bool is_always_given() const noexcept { return is_hidden() || has_default(); }
    bool is_required_here() const noexcept { return change && change->required; }
};

class argument_names {
public:
    /// `change` must outlive it.
    HAFT_COLD void add(std::string inner, const argument_transform* change) {
        named_argument a{std::move(inner), {}, change};
        if (!a.is_hidden()) a.shown = change && !change->new_name.empty() ? change->new_name : a.inner;
        all_.push_back(std::move(a));
    }

    const std::vector<named_argument>& all() const noexcept { return all_; }
    const named_argument* by_inner(std::string_view name) const noexcept {
        for (const named_argument& a : all_)
            if (a.inner == name) return &a;
        return nullptr;
    }
    const named_argument* by_shown(std::string_view name) const noexcept {
        for (const named_argument& a : all_)
            if (a.shown == name && !a.is_hidden()) return &a;
        return nullptr;
    }
    /// Whether the tool's arguments are the same as those that callers give.
    bool are_the_same() const noexcept {
        for (const named_argument& a : all_)
            if (a.inner != a.shown || a.is_always_given()) return false;
        return true;
    }

    /// A place in the tool's arguments as a place in those that callers give; false if they don't see it.
    HAFT_COLD bool show_pointer(std::string& pointer) const {
        for (const named_argument& a : all_) {
            std::string inner;
            json::append_pointer_key(inner, a.inner);
            if (!pointer.starts_with(inner)) continue;
            if (pointer.size() != inner.size() && pointer[inner.size()] != '/') continue;
            if (a.is_hidden()) return false;
            std::string shown;
            json::append_pointer_key(shown, a.shown);
            pointer.replace(0, inner.size(), shown);
            return true;
        }
        return true;
    }

    /// The fault of a name that callers don't know.
    HAFT_COLD fault unknown(std::string_view name) const {
        fault f;
        f.code = errc::unknown_parameter;
        json::append_pointer_key(f.pointer, name);
        nearest_name nearest(name);
        std::string known;
        std::size_t count = 0;
        for (const named_argument& a : all_) {
            if (a.is_hidden()) continue;
            nearest.consider(a.shown);
            append_all(known, {count++ ? ", " : "", a.shown});
        }
        // Whoever uses the tool's own name for one that is called otherwise here means that one.
        const named_argument* const own = by_inner(name);
        const std::string_view meant = own ? std::string_view(own->shown) : nearest.name();
        f.message = count ? "no such parameter" : "no such parameter; there are none";
        append_did_you_mean(f.message, meant);
        if (count)
            append_all(f.message,
                       {meant.empty() ? "; the parameter" : " The parameter", count == 1 ? " is " : "s are ", known});
        f.nearest = meant;
        return f;
    }

private:
    std::vector<named_argument> all_;
};

}  // namespace haft::inline v0::detail

#endif  // HAFT_VIEWS_ARGUMENT_NAMES_HPP
