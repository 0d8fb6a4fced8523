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
#include <haft/tool/about.hpp>
#include <haft/tool/tool.hpp>
#include <haft/tool/toolset.hpp>

#include <array>
#include <cstddef>
#include <initializer_list>
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
///     name:search          the same, also of a tool that is called like a preset
///     discord.*            a glob, see glob_matches
///     hint:read-only       what has that effect or hint: one of effect_tags and hint_tags
///     tag:…                what has that tag, be it of its effect, its hints or its author
///     group:…  category:…
///     version:>=2 <3       only versions in that range (is_version_range); tools without a version pass
///     read-only            a preset (selection_presets); stands alone
///     !item                takes away what the item would select
class selector {
public:
    selector() = default;
    HAFT_COLD selector(std::initializer_list<std::string_view> items) {
        for (const std::string_view one : items) add(one);
    }
    /// Of a list with commas between its items: `discord.*, hint:read-only`. Blanks around items and empty items don't count.
    HAFT_COLD static selector parse(std::string_view list) { return {list}; }

    /// Adds an item or a list of them. What is wrong with them `check_items` and `check_names` tell; until then a selector with an
    /// item that means nothing selects nothing.
    HAFT_COLD void add(std::string_view list) {
        constexpr std::string_view blanks = " \t\r\n";
        while (!list.empty()) {
            const std::string_view one = detail::take_until(list, ',');
            const std::size_t first = one.find_first_not_of(blanks);
            if (first == std::string_view::npos) continue;
            items_.push_back(parsed(one.substr(first, one.find_last_not_of(blanks) + 1 - first)));
        }
    }

    bool empty() const noexcept { return items_.empty(); }
    /// The items, one after the other with commas between, as `parse` reads them.
    HAFT_COLD std::string text() const {
        std::string out;
        for (const item& i : items_)
            append_all(out, {out.empty() ? "" : ",", i.takes_away ? "!" : "", i.prefix, i.word});
        return out;
    }

    /// Whether the items speak of a tool, whatever else holds for it: what guards tools asks this.
    HAFT_COLD bool matches(const tool& t) const {
        bool any_gives = false, given = false;
        for (const item& i : items_) {
            if (i.what == kind::wrong) return false;
            if (i.what == kind::version) {
                if (!t.version.empty() && version_in(t.version, i.word) == i.takes_away) return false;
                continue;
            }
            const bool meant = i.matches(t);
            if (i.takes_away && meant) return false;
            any_gives = any_gives || !i.takes_away;
            given = given || (meant && !i.takes_away);
        }
        return !empty() && (given || !any_gives);
    }
    /// What it says of one tool. A tool that is disabled by default has to be named in full.
    HAFT_COLD selected judge(const tool& t) const {
        if (!matches(t)) return selected::no;
        if (!t.disabled_by_default) return selected::yes;
        for (const item& i : items_)
            if (i.what == kind::name && t.name == i.word) return selected::yes;
        return selected::disabled_by_default;
    }
    bool selects(const tool& t) const { return judge(t) == selected::yes; }

    /// Whether each item means something, whatever tools there are. An error tells the first that does not.
    HAFT_COLD result<void> check_items() const {
        for (const item& i : items_) {
            if (i.what == kind::wrong) return meaningless(i);
            if (i.what == kind::preset && (items_.size() > 1 || i.takes_away))
                return error{errc::bad_selection, concat({"the preset ", in_quotes(i.word), " stands alone: write ",
                                                          preset_item(i.word), " where it is to be one of several"})};
        }
        return {};
    }
    /// The same for tools of these names: a name that nobody has is an error that lists the names; hints and globs may match
    /// nothing. `each` calls its argument with every name, which has to last until this returns.
    template <class Each>
    result<void> check_names(Each each) const {
        if (result<void> sound = check_items(); !sound) return sound;
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
        static constexpr prefix prefixes[]{{"name:", kind::name},      {"hint:", kind::tag},
                                           {"tag:", kind::tag},        {"group:", kind::group},
                                           {"preset:", kind::preset},  {"category:", kind::category},
                                           {"version:", kind::version}};
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
        } else if (text.empty() || (out.prefix == "hint:" && !is_hint(text)) ||
                   (out.what == kind::preset && preset_item(text).empty()) ||
                   (out.what == kind::version && !is_version_range(text))) {
            out.what = kind::wrong;
        }
        return out;
    }
    template <class Each>
    static void each_hint(Each each) {
        for (const named_effect& known : effect_tags) each(known.tag);
        for (const named_hint& known : hint_tags) each(known.tag);
    }
    HAFT_COLD static bool is_hint(std::string_view word) {
        bool known = false;
        each_hint([&](std::string_view tag) { known = known || tag == word; });
        return known;
    }

    HAFT_COLD static error meaningless(const item& i) {
        if (!i.word.empty() && i.prefix == "hint:")
            return none_named("hint", i.word, [](auto tell) { each_hint(tell); });
        if (!i.word.empty() && i.prefix == "preset:")
            return none_named("preset", i.word, [](auto tell) {
                for (const selection_preset& p : selection_presets) tell(p.name);
            });
        if (!i.word.empty() && i.prefix == "version:")
            return {errc::bad_selection,
                    concat({"no range of versions is written ", in_quotes(i.word),
                            "; write one such as >=2 <3, each part one of = != < <= > >= and a version"})};
        return {errc::bad_selection,
                concat({"the selection ", in_quotes(concat({i.takes_away ? "!" : "", i.prefix, i.word})),
                        " means nothing; write a tool's name, a glob such as discord.*, or name:, hint:, tag:, group:, "
                        "category: or version: and a word"})};
    }
    template <class Each>
    static error none_named(std::string_view what, std::string_view word, Each each) {
        error e{errc::bad_selection, concat({"no ", what, " is named ", in_quotes(word)})};
        nearest_name nearest(word);
        each([&](std::string_view name) { nearest.consider(name); });
        append_did_you_mean(e.message, nearest.name());
        std::string_view before = "; there are ";
        each([&](std::string_view name) {
            append_all(e.message, {before, name});
            before = ", ";
        });
        return e;
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
