// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_CORE_NEAREST_HPP
#define HAFT_CORE_NEAREST_HPP

/// The nearest of some names: what a misspelt one probably meant. Works at compile time too.

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/text.hpp>

#include <array>
#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>

namespace haft::inline v0 {

/// Edits (insert, delete, replace, swap of neighbours; case and `-` for `_` count nothing) from `a` to `b`.
/// Names longer than 64 bytes are compared by their first 64. Of `enough` edits or more nobody asks how many: it ends when
/// they can't be fewer.
HAFT_COLD constexpr std::size_t edit_distance(std::string_view a, std::string_view b,
                                    std::size_t enough = static_cast<std::size_t>(-1)) noexcept {
    constexpr std::size_t most = 64;
    a = a.substr(0, most);
    b = b.substr(0, most);
    if ((a.size() < b.size() ? b.size() - a.size() : a.size() - b.size()) >= enough) return enough;
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c == '-' ? '_' : c; };
    std::array<std::array<std::size_t, most + 1>, 3> rows{};
    for (std::size_t j = 0; j <= b.size(); ++j) rows[0][j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        auto& now = rows[i % 3];
        const auto& above = rows[(i + 2) % 3];
        const auto& two_above = rows[(i + 1) % 3];
        now[0] = i;
        std::size_t least = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const bool same = lower(a[i - 1]) == lower(b[j - 1]);
            std::size_t best = above[j - 1] + (same ? 0 : 1);
            if (above[j] + 1 < best) best = above[j] + 1;
            if (now[j - 1] + 1 < best) best = now[j - 1] + 1;
            if (i > 1 && j > 1 && lower(a[i - 1]) == lower(b[j - 2]) && lower(a[i - 2]) == lower(b[j - 1]) &&
                two_above[j - 2] + 1 < best)
                best = two_above[j - 2] + 1;
            now[j] = best;
            if (best < least) least = best;
        }
        if (least >= enough) return enough;  // the least never falls from one row to the next
    }
    return rows[a.size() % 3][b.size()];
}

/// Finds the one name that a wrong one probably meant. Feed the candidates in order; the first of equals wins.
class nearest_name {
public:
    constexpr explicit nearest_name(std::string_view wrong) noexcept : wrong_(wrong), best_(wrong.size() / 3 + 2) {}

    HAFT_COLD constexpr void consider(std::string_view candidate) noexcept {
        // A name that the wrong one begins, or the other way round, is near however long the rest is.
        const bool begins = wrong_.size() >= 3 && candidate.size() >= 3 &&
                            (candidate.starts_with(wrong_) || wrong_.starts_with(candidate));
        const std::size_t distance = begins ? 1 : edit_distance(wrong_, candidate, best_);
        if (distance < best_ && distance < candidate.size()) {
            best_ = distance;
            name_ = candidate;
        }
    }

    /// The nearest name, or "" if none is near.
    constexpr std::string_view name() const noexcept { return name_; }

private:
    std::string_view wrong_;
    std::string_view name_;
    std::size_t best_;
};

/// The one of some names that a wrong one probably meant, or "".
HAFT_COLD constexpr std::string_view nearest_of(std::string_view wrong,
                                                std::initializer_list<std::string_view> names) noexcept {
    nearest_name nearest(wrong);
    for (const std::string_view name : names) nearest.consider(name);
    return nearest.name();
}

/// Appends `; did you mean "days"?`, or nothing if no name is near.
HAFT_COLD inline void append_did_you_mean(std::string& out, std::string_view nearest) {
    if (!nearest.empty()) append_all(out, {"; did you mean ", in_quotes(nearest), "?"});
}

}  // namespace haft::inline v0

#endif  // HAFT_CORE_NEAREST_HPP
