// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_TOOL_SELECTOR_HPP
#define HAFT_TOOL_SELECTOR_HPP

/// Which tools of many: by name, glob, hint, tag, group, category, version or preset. [RG-07, NX-12]

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/glob.hpp>
#include <haft/core/nearest.hpp>
#include <haft/core/result.hpp>
#include <haft/core/text.hpp>
#include <haft/core/version_order.hpp>
#include <haft/tool/tool.hpp>
#include <haft/tool/toolset.hpp>

#include <array>
#include <cstddef>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace haft::inline v0 {

/// A selection that has a name of its own: it stands alone, or where it is mixed with others it would be unclear which wins.
struct selection_preset {
    std::string_view name;
    std::string_view item;
};
inline constexpr std::array<selection_preset, 2> selection_presets{
    {{"read-only", "hint:read-only"}, {"not-destructive", "!hint:destructive"}}};

/// What a selector says of one tool.
enum class selected : unsigned char {
    no,
    yes,
    disabled_by_default,  ///< it would be, but such a tool has to be named
};

/// A list of items; a tool is selected if one of them selects it and none takes it away. Where all items take away, everything
/// else is selected; where there is none, nothing is.
///
///     search               the tool of that name, or all `search.…`
///     discord.*            a glob, see glob_matches
///     hint:read-only       or tag:…: what has that tag, of its effect, its hints or its author
///     group:…  category:…
///     version:>=2 <3       only versions in that range; tools without a version pass
///     read-only            a preset (selection_presets); stands alone
///     !item                takes away what the item would select
class selector {
public:
    selector() = default;
    HAFT_COLD selector(std::initializer_list<std::string_view> items) {
        for (const std::string_view one : items) add(one);
    }
    /// Of a list with commas between its items: `discord.*, hint:read-only`. Blanks around items and empty items don't count.
    HAFT_COLD static selector parse(std::string_view list) {
        selector out;
        while (!list.empty()) out.add(detail::take_until(list, ','));
        return out;
    }

    /// Adds an item, as in the list. What is wrong with it `check_names` tells.
    HAFT_COLD void add(std::string_view one) {
        constexpr std::string_view blanks = " \t\r\n";
        const std::size_t first = one.find_first_not_of(blanks);
        if (first == std::string_view::npos) return;
        items_.push_back(parsed(one.substr(first, one.find_last_not_of(blanks) + 1 - first)));
    }

    bool empty() const noexcept { return items_.empty(); }
    /// The items, one after the other with commas between, as `parse` reads them.
    HAFT_COLD std::string text() const {
        std::string out;
        for (const item& i : items_)
            append_all(out, {out.empty() ? "" : ",", i.takes_away ? "!" : "", i.prefix, i.word});
        return out;
    }

    /// What it says of one tool. A tool that is disabled by default has to be named in full.
    HAFT_COLD selected judge(const tool& t) const {
        bool any_gives = false, given = false, named = false;
        for (const item& i : items_) {
            if (i.what == kind::wrong) return selected::no;
            if (i.what == kind::version) {
                if (!t.version.empty() && version_in(t.version, i.word) == i.takes_away) return selected::no;
                continue;
            }
            const bool matches = i.matches(t);
            if (i.takes_away && matches) return selected::no;
            any_gives = any_gives || !i.takes_away;
            given = given || (matches && !i.takes_away);
            named = named || (i.what == kind::name && t.name == i.word && !i.takes_away);
        }
        if (empty() || (any_gives && !given)) return selected::no;
        return t.disabled_by_default && !named ? selected::disabled_by_default : selected::yes;
    }
    bool selects(const tool& t) const { return judge(t) == selected::yes; }

    /// Whether the items make sense for tools that `has_name` knows: a name that nobody has is an error that lists the
    /// names; hints and globs may match nothing. `each` calls its argument with every name.
    template <class Each>
    result<void> check_names(Each each) const {
        if (auto problem = problem_of_items()) return std::move(*problem);
        for (const item& i : items_) {
            if (i.what != kind::name) continue;
            bool known = false;
            each([&](std::string_view name) { known = known || i.is_name_of(name); });
            if (known) continue;
            nearest_name nearest(i.word);
            each([&](std::string_view name) { nearest.consider(name); });
            error e{errc::bad_selection, concat({"no tool is named ", in_quotes(i.word)})};
            append_did_you_mean(e.message, nearest.name());
            std::size_t listed = 0;
            each([&](std::string_view name) {
                if (listed < most_listed) append_all(e.message, {listed ? ", " : "; there are ", name});
                ++listed;
            });
            if (listed == 0) e.message += "; there are none";
            if (listed > most_listed) append_all(e.message, {" and ", decimal(listed - most_listed), " more"});
            return e;
        }
        return {};
    }
    HAFT_COLD result<void> check_names(const toolset& tools) const {
        return check_names([&](auto tell) {
            for (const tool& t : tools) tell(t.name);
        });
    }

private:
    static constexpr std::size_t most_listed = 20;

    enum class kind : unsigned char { name, glob, tag, group, category, version, preset, wrong };
    struct item {
        kind what;
        bool takes_away = false;
        std::string_view prefix = {};  // `hint:`, as it was written; a literal
        std::string word = {};

        /// `Memory` names `Memory` and all `Memory.…`.
        bool is_name_of(std::string_view name) const noexcept {
            return name.starts_with(word) && (name.size() == word.size() || name[word.size()] == '.');
        }
        HAFT_COLD bool matches(const tool& t) const {
            switch (what) {
                case kind::name: return is_name_of(t.name);
                case kind::glob: return glob_matches(word, t.name);
                case kind::tag: return has_tag(t, word);
                case kind::group: return t.group == word;
                case kind::category: return t.category == word;
                case kind::preset: {
                    const item meant = parsed(preset_item(word));
                    return meant.matches(t) != meant.takes_away;
                }
                case kind::version:
                case kind::wrong: break;
            }
            return false;
        }
    };

    HAFT_COLD static std::string_view preset_item(std::string_view name) noexcept {
        for (const selection_preset& p : selection_presets)
            if (p.name == name) return p.item;
        return {};
    }

    HAFT_COLD static item parsed(std::string_view text) {
        item out{kind::name};
        if (text.starts_with('!')) {
            out.takes_away = true;
            text.remove_prefix(1);
        }
        struct prefix {
            std::string_view text;
            kind what;
        };
        static constexpr prefix prefixes[]{{"hint:", kind::tag},        {"tag:", kind::tag},
                                           {"group:", kind::group},     {"category:", kind::category},
                                           {"version:", kind::version}, {"preset:", kind::preset}};
        for (const prefix& p : prefixes) {
            if (!text.starts_with(p.text)) continue;
            out.what = p.what;
            out.prefix = p.text;
            text.remove_prefix(p.text.size());
            break;
        }
        out.word = text;
        if (out.prefix.empty()) {
            if (text.find(':') != std::string_view::npos || text.empty()) out.what = kind::wrong;
            else if (is_glob(text)) out.what = kind::glob;
            else if (!preset_item(text).empty()) out.what = kind::preset;
        } else if (text.empty() || (out.what == kind::preset && preset_item(text).empty())) {
            out.what = kind::wrong;
        }
        return out;
    }

    HAFT_COLD std::optional<error> problem_of_items() const {
        for (const item& i : items_) {
            const std::string shown = in_quotes(concat({i.takes_away ? "!" : "", i.prefix, i.word}));
            if (i.what == kind::wrong && i.prefix == "preset:") {
                error e{errc::bad_selection, concat({"no preset is named ", in_quotes(i.word)})};
                nearest_name nearest(i.word);
                for (const selection_preset& p : selection_presets) nearest.consider(p.name);
                append_did_you_mean(e.message, nearest.name());
                e.message += "; there are";
                for (const selection_preset& p : selection_presets)
                    append_all(e.message, {&p == selection_presets.data() ? " " : ", ", p.name});
                return e;
            }
            if (i.what == kind::wrong)
                return error{errc::bad_selection, concat({"the selection ", shown,
                                                          " means nothing; write a tool's name, a glob such as "
                                                          "discord.*, or hint:, tag:, group:, category: or version: "
                                                          "and a word"})};
            if (i.what == kind::preset && (items_.size() > 1 || i.takes_away))
                return error{errc::bad_selection, concat({"the preset ", in_quotes(i.word), " stands alone: write ",
                                                          preset_item(i.word), " where it is to be one of several"})};
        }
        return std::nullopt;
    }

    std::vector<item> items_;
};

/// The tools of a set that are selected, in its order; those that are disabled by default and were named are so no longer. An
/// error if the selection names what the set does not have.
HAFT_COLD inline result<toolset> select(const toolset& from, const selector& wanted) {
    if (result<void> checked = wanted.check_names(from); !checked) return std::move(checked.error());
    toolset out;
    for (std::size_t i = 0; i < from.size(); ++i) {
        if (!wanted.selects(from[i])) continue;
        tool t = from[i];
        t.disabled_by_default = false;
        out.add(t, from.keeper(i));
    }
    return out;
}

}  // namespace haft::inline v0

#endif  // HAFT_TOOL_SELECTOR_HPP
