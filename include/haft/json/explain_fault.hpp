// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_JSON_EXPLAIN_FAULT_HPP
#define HAFT_JSON_EXPLAIN_FAULT_HPP

/// The sentences of the matcher's faults. Each says what was expected, what came, the nearest name, how to mend it. All are
/// off the hot path, and none costs more than a count once enough is said.

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/nearest.hpp>
#include <haft/core/text.hpp>
#include <haft/json/expected.hpp>
#include <haft/json/fault_list.hpp>
#include <haft/json/fault_text.hpp>
#include <haft/json/fits.hpp>
#include <haft/json/string_text.hpp>
#include <haft/json/type.hpp>
#include <haft/json/value_faults.hpp>

#include <bit>
#include <cfloat>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace haft::inline v0::json {

/// A value that its type or its author's limits refuse. `came` is it in words.
HAFT_COLD inline void explain_unfit(fault_list& faults, errc code, const type& t, const constraint* c, std::string came,
                                    std::string_view value, std::size_t at) {
    if (faults.only_counted()) return;
    std::string want = expected_text(t, c);
    std::string message = concat({"expected ", want, ", got ", came});
    std::string_view meant;
    if (c && c->has(constraint::one_of) && value.size() > 1 && value.front() == '"') {
        nearest_name nearest(value.substr(1, value.size() - 2));
        for (std::size_t i = 0; i < c->more->allowed_count; ++i) nearest.consider(c->more->allowed[i].text);
        meant = nearest.name();
        append_did_you_mean(message, meant);
    }
    fault& f = faults.add(code, std::move(message), at);
    f.expected = std::move(want);
    f.got = std::move(came);
    f.nearest = meant;
}

/// A number that only a wider type could hold: the type's limits are then worth saying, though no author gave them.
HAFT_COLD inline void explain_beyond_type(fault_list& faults, const type& t, const constraint* c, std::string_view got,
                                          std::size_t at) {
    constraint range = c ? *c : constraint{};
    const double most = t.size == sizeof(float) ? static_cast<double>(FLT_MAX) : DBL_MAX;
    const std::uint64_t largest = ~std::uint64_t{0} >> (64 - t.size * 8 + (t.is_signed ? 1 : 0));
    if (!range.has(constraint::any_lower)) {
        range.real_low = -most, range.low = t.is_signed ? ~largest : 0;
        range.given |= constraint::minimum;
    }
    if (!range.has(constraint::any_upper)) {
        range.real_high = most, range.high = largest;
        range.given |= constraint::maximum;
    }
    explain_unfit(faults, errc::out_of_limits, t, &range, got_text(got), got, at);
}

/// A string that breaks its author's limits.
HAFT_COLD inline void explain_text(fault_list& faults, const type& t, const constraint& c, std::string_view text,
                                   std::size_t at) {
    const std::size_t n = count_code_points(text);
    if (c.has(constraint::any_length) && !keeps_size(c, n))
        return explain_unfit(faults, errc::out_of_limits, t, &c,
                             concat({decimal(n), n == 1 ? " character" : " characters"}), {}, at);
    const std::string value = string_text(text.substr(0, 2 * echo_limit));
    const bool listed = c.has(constraint::one_of);
    explain_unfit(faults, listed ? errc::not_allowed : errc::out_of_limits, t, &c, concat({"string ", in_quotes(text)}),
                  listed ? std::string_view(value) : std::string_view(), at);
}

/// A number of items, or members, that is too small or too large.
HAFT_COLD inline void explain_count(fault_list& faults, const type& t, const constraint* c, std::size_t n,
                                    std::size_t at) {
    const std::string_view unit = t.kind == kind::map ? " member" : " item";
    constraint exact;
    if (t.kind == kind::tuple) {
        exact.given = constraint::min_items | constraint::max_items;
        exact.size_low = exact.size_high = t.count;
        c = &exact;
    }
    explain_unfit(faults, errc::out_of_limits, t, c, concat({decimal(n), unit, n == 1 ? "" : "s"}), {}, at);
}

HAFT_COLD inline void explain_too_large(fault_list& faults, std::string_view what, std::size_t n,
                                        std::string_view units, std::size_t most, std::size_t at) {
    if (faults.only_counted()) return;
    faults.add(errc::too_large, concat({what, " ", decimal(n), " ", units, "; at most ", decimal(most), " are read"}),
               at);
}

/// A value that its C++ type's own reading refused.
HAFT_COLD inline void explain_bad_text(fault_list& faults, const type& t, std::string_view text, const std::string& why,
                                       std::size_t at) {
    if (faults.only_counted()) return;
    std::string want = type_text(t);
    std::string came = t.kind == kind::text ? concat({"string ", in_quotes(text)}) : got_text(text);
    std::string message = concat({"expected ", want, ", got ", came, why.empty() ? "" : ": ", why});
    fault& f = faults.add(errc::bad_text, std::move(message), at);
    f.expected = std::move(want);
    f.got = std::move(came);
}

HAFT_COLD inline void explain_not_allowed(fault_list& faults, const type& t, std::string_view name, std::size_t at) {
    if (faults.only_counted()) return;
    nearest_name nearest(name);
    for (unsigned i = 0; i < t.count; ++i) nearest.consider(t.enumerators[i].name);
    std::string want = type_text(t);
    std::string came = in_quotes(name);
    std::string message = concat({"expected ", want, ", got ", came});
    append_did_you_mean(message, nearest.name());
    fault& f = faults.add(errc::not_allowed, std::move(message), at);
    f.expected = std::move(want);
    f.got = std::move(came);
    f.nearest = nearest.name();
}

/// An element that its set has already.
HAFT_COLD inline void explain_given_twice(fault_list& faults, std::size_t at) {
    if (!faults.only_counted()) faults.add(errc::out_of_limits, "given twice; the items must all be different", at);
}
/// An element or key that a hashed container can't take in good time.
HAFT_COLD inline void explain_crowded(fault_list& faults, std::string_view what, std::size_t at) {
    if (!faults.only_counted()) faults.add(errc::too_large, concat({"too many of these ", what, " have one hash"}), at);
}
HAFT_COLD inline void explain_equal_items(fault_list& faults, std::size_t first, std::size_t second, std::size_t at) {
    if (faults.only_counted()) return;
    faults.add(errc::out_of_limits,
               concat({"the items must all be different; ", decimal(first), " and ", decimal(second), " are equal"}),
               at);
}

HAFT_COLD inline void explain_key(fault_list& faults, const type& key, std::string_view name, const std::string& why,
                                  std::size_t at) {
    if (faults.only_counted()) return;
    std::string want = expected_text(key, nullptr);
    std::string came = in_quotes(name);
    std::string message = concat({"expected as a key ", want, key.kind == kind::integer ? " without leading zeros" : "",
                                  ", got ", came, why.empty() ? "" : ": ", why});
    if (key.kind == kind::enumeration) {
        nearest_name nearest(name);
        for (unsigned i = 0; i < key.count; ++i) nearest.consider(key.enumerators[i].name);
        append_did_you_mean(message, nearest.name());
    }
    fault& f = faults.add(errc::bad_text, std::move(message), at);
    f.expected = std::move(want);
    f.got = std::move(came);
}

HAFT_COLD inline void explain_no_alternative(fault_list& faults, const type& t, std::string_view got, std::size_t at) {
    if (faults.only_counted()) return;
    std::string want = type_text(t);
    std::string came = got_text(got);
    fault& f =
        faults.add(errc::no_alternative, concat({"expected ", want, ", got ", came, ", which is none of them"}), at);
    f.expected = std::move(want);
    f.got = std::move(came);
}

/// Faults within a free-form value, whose places are told from there on.
HAFT_COLD inline void explain_within(fault_list& faults, value_faults& within, std::size_t base) {
    for (fault& f : within.faults) {
        if (faults.only_counted()) continue;
        const std::string pointer = std::move(f.pointer);
        faults.add(f.code, std::move(f.message), base + f.offset).pointer += pointer;
    }
    for (std::size_t i = 0; i < within.more; ++i) faults.count_one();
}

/// A key that no parameter has, and its value.
struct unknown_member {
    std::string name;
    std::string_view value;
    std::size_t at;
};

/// Of `strangers` those from `first` on, which stood in one object.
HAFT_COLD inline void explain_unknown_members(fault_list& faults, const type& t,
                                              const std::vector<unknown_member>& strangers, std::size_t first,
                                              std::uint64_t seen) {
    struct seen_members {
        const type& of;
        std::uint64_t seen;
    };
    const seen_members kept{t, seen};
    const member_list members{
        t.count, &kept, [](const void* all, std::size_t i) { return static_cast<const seen_members*>(all)->of.key(i); },
        [](const void* all, std::size_t i) {
            const auto& k = *static_cast<const seen_members*>(all);
            return (k.of.required & ~k.seen & (std::uint64_t{1} << i)) != 0;
        },
        [](const void* all, std::size_t i) { return (static_cast<const seen_members*>(all)->seen >> i & 1) != 0; }};
    for (std::size_t at = first; at < strangers.size(); ++at) {
        const unknown_member& stranger = strangers[at];
        if (faults.only_counted()) continue;
        std::string_view meant;
        std::string message = unknown_member_text(stranger.name, members, meant);
        const place here = place::at_key(faults.here(), stranger.name);
        faults.enter(here);
        fault& f = faults.add(errc::unknown_parameter, std::move(message), stranger.at);
        faults.leave();
        f.got = got_text(stranger.value);
        f.nearest = meant;
    }
}

HAFT_COLD inline void explain_missing_members(fault_list& faults, const type& t, std::uint64_t missing,
                                              std::size_t at) {
    for (std::size_t i = 0; i < t.count; ++i) {
        if ((missing >> i & 1) == 0 || faults.only_counted()) continue;
        const member& m = t.members[i];
        std::string want = expected_text(*m.of, m.constraint ? t.constraints + (m.constraint - 1) : nullptr);
        std::string message = missing_member_text(want, t.words(i).description);
        const place here = place::at_key(faults.here(), t.key(i));
        faults.enter(here);
        fault& f = faults.add(errc::missing_parameter, std::move(message), at);
        faults.leave();
        f.expected = std::move(want);
    }
}

/// Arguments of a function are given in order: one that was not given, of which only the function knows the default, stands
/// before one that was.
HAFT_COLD inline void explain_gaps(fault_list& faults, const type& t, std::uint64_t not_given, std::size_t at) {
    const std::uint64_t all = ~std::uint64_t{0} >> (64 - t.count);
    const int last = static_cast<int>(std::bit_width(all & ~not_given)) - 1;
    for (int i = 0; i < last; ++i) {
        const auto gap = static_cast<std::size_t>(i);
        if ((not_given >> i & 1) == 0 || !t.words(gap).default_text.empty() || faults.only_counted()) continue;
        const place here = place::at_key(faults.here(), t.key(gap));
        faults.enter(here);
        faults.add(errc::missing_parameter,
                   concat({"has to be given where ", in_quotes(t.key(static_cast<std::size_t>(last))), " is"}), at);
        faults.leave();
    }
}

}  // namespace haft::inline v0::json

#endif  // HAFT_JSON_EXPLAIN_FAULT_HPP
