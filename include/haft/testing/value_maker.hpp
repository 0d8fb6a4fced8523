// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_TESTING_VALUE_MAKER_HPP
#define HAFT_TESTING_VALUE_MAKER_HPP

/// Values that a schema allows, made from what it says. What it says in a roundabout way (`not`, `oneOf`, `if`, two patterns) is tried
/// and held against haft's own check; all else is known to fit without asking it.

#include <haft/core/config.hpp>
#include <haft/json/document.hpp>
#include <haft/json/equal_values.hpp>
#include <haft/json/value_faults.hpp>
#include <haft/testing/dice.hpp>
#include <haft/testing/flat_schema.hpp>
#include <haft/testing/number_samples.hpp>
#include <haft/testing/sample_value.hpp>
#include <haft/testing/text_samples.hpp>
#include <haft/written/schema_checker.hpp>
#include <haft/written/schema_node.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace haft::inline v0::testing {

/// How much of what may be left out is given.
enum class fullness : unsigned char { least, some, most };

class value_maker {
public:
    HAFT_COLD value_maker(schema_pool& schemas, dice& chance) : schemas_(schemas), chance_(chance) {}

    /// A value that the schema allows; false if none was found.
    HAFT_COLD bool make(schema_place p, fullness how, sample_value& out, unsigned level = 0) {
        if (schemas_.height(p) >= schema_pool::endless || level > deepest) return false;
        for (int tries = 0; tries < most_tries; ++tries) {
            const bool least = level >= last_free_level || (how == fullness::least && tries < 4);
            const flat_schema flat = schemas_.flatten(p, least, chance_);
            if (shown(flat, tries < 4 ? how : fullness::some, out)) {
                ++asked_;
                if (fits(p, out)) return true;  // an author's default may not keep the author's schema
            }
            if (flat.node.never || !make_flat(flat, tries < 4 ? how : fullness::some, out, level)) {
                if (flat.exact && schemas_[p].any_of.empty() && tries > 2) return false;
                continue;
            }
            if (flat.exact) return true;
            ++asked_;
            if (fits(p, out)) return true;
        }
        return false;
    }

    /// The values at the limits of a schema, and the unusual ones: for each kind of value that it allows some. Those that its author
    /// shows come first, `flat.shown.size()` of them, whether they fit or not; but of a schema that lists its values those only.
    HAFT_COLD std::vector<sample_value> edges(const flat_schema& flat) {
        const schema_node& n = flat.node;
        std::vector<sample_value> out;
        if (n.never) return out;
        if (n.has_values) {
            for (const std::string& shown : n.shown_values) out.push_back(value_of_json(shown));
            return out;
        }
        for (const std::uint32_t at : flat.shown) out.push_back(detail::value_of(schemas_.text(), at));
        using namespace schema::written;
        if (n.types & boolean_type)
            out.push_back(sample_value::boolean(false)), out.push_back(sample_value::boolean(true));
        if (n.types & number_type)
            for (std::string& text : number_samples(n, !(n.types & fraction_type)).edges())
                out.push_back(sample_value::number(text));
        if (n.types & string_type)
            for (const std::string& text : texts_.edges(n, flat.format, chance_))
                out.push_back(sample_value::string(text));
        if (n.types & null_type) out.emplace_back();
        for (const std::uint8_t bit : {array_type, object_type}) {
            if (!(n.types & bit)) continue;
            flat_schema only = flat;
            only.node.types = bit;
            for (const fullness how : {fullness::least, fullness::most}) {
                sample_value made;
                if (make_flat(only, how, made, 1)) out.push_back(std::move(made));
            }
            sample_value full;
            if (bit == array_type && n.max_items <= most_items && array_of(only.node, n.max_items, full, 1))
                out.push_back(std::move(full));
        }
        return out;
    }

    /// Whether haft's own check takes a value, as it does for arguments.
    HAFT_COLD bool fits(schema_place p, const sample_value& value) const {
        const std::string text = json_of(value);
        json::document read;
        json::value_faults ignored;
        return read.read(text, {}, ignored) &&
               schema::written::schema_checker(schemas_.all(), read, how_checked(), ignored).fits(p);
    }

    text_samples& texts() noexcept { return texts_; }
    /// How often haft's own check was asked so far.
    std::size_t asked() const noexcept { return asked_; }
    void ask() noexcept { ++asked_; }

    /// The most items and members that are written out to reach a limit.
    static constexpr std::uint32_t most_items = 64;

private:
    static constexpr unsigned last_free_level = 4;  // below it what may be left out is
    static constexpr unsigned deepest = 40;
    static constexpr int most_tries = 40;

    static const schema::written::check_options& how_checked() {
        static constexpr schema::written::check_options how{.null_is_absence = true};
        return how;
    }

    /// One of the values that the author shows.
    HAFT_COLD bool shown(const flat_schema& flat, fullness how, sample_value& out) {
        if (flat.node.has_values || flat.shown.empty() || (how == fullness::some && chance_.one_in(2))) return false;
        const std::size_t at = how == fullness::some ? chance_.below(flat.shown.size()) : 0;
        return out = detail::value_of(schemas_.text(), flat.shown[at]), true;
    }
    HAFT_COLD bool make_flat(const flat_schema& flat, fullness how, sample_value& out, unsigned level) {
        const schema_node& n = flat.node;
        if (n.has_values) {
            if (n.shown_values.empty()) return false;
            const std::size_t at = how == fullness::some ? chance_.below(n.shown_values.size()) : 0;
            return out = value_of_json(n.shown_values[at]), true;
        }
        using namespace schema::written;
        switch (kind_for(n, how, level)) {
            case null_type: return out = {}, true;
            case boolean_type: return out = sample_value::boolean(how != fullness::least && chance_.one_in(2)), true;
            case integer_type:
            case fraction_type: {
                const number_samples numbers(n, !(n.types & fraction_type));
                std::string text = how == fullness::some ? numbers.any(chance_) : numbers.plain();
                if (text.empty()) return false;
                return out = sample_value::number(text), true;
            }
            case string_type: {
                std::string text;
                const bool found = how == fullness::some ? texts_.any(n, flat.format, chance_, text)
                                                         : texts_.plain(n, flat.format, chance_, text);
                return out = sample_value::string(text), found;
            }
            case array_type: return array(n, how, out, level);
            case object_type: return object(n, how, out, level);
            default: return false;
        }
    }

    /// One kind of value that is allowed, as its bit; where the schema leaves it open, that which it speaks of.
    HAFT_COLD std::uint8_t kind_for(const schema_node& n, fullness how, unsigned level) {
        using namespace schema::written;
        std::uint8_t may = n.types;
        if (may == every_type) {
            if (n.speaks_of_members() || n.min_properties > 0) may = object_type;
            else if (n.items != no_schema || !n.prefix_items.empty() || n.min_items > 0) may = array_type;
            else if (n.pattern || n.min_length > 0 || n.max_length != unlimited) may = string_type;
            else if (n.minimum || n.maximum || n.multiple_of) may = number_type;
        }
        constexpr std::array<std::uint8_t, 7> plain_first{string_type, integer_type, fraction_type, boolean_type,
                                                          null_type,   array_type,   object_type};
        std::vector<std::uint8_t> choices;
        for (const std::uint8_t bit : plain_first)
            if (may & bit) choices.push_back(bit);
        if (choices.empty()) return 0;
        const bool scalars =
            level >= last_free_level && choices.front() != array_type && choices.front() != object_type;
        if (how == fullness::least || scalars) return choices.front();
        return choices[chance_.below(choices.size())];
    }

    HAFT_COLD bool array(const schema_node& n, fullness how, sample_value& out, unsigned level) {
        std::uint32_t most = (std::min)(n.max_items, (std::max)(n.min_items, std::uint32_t{3}));
        if (level >= last_free_level) most = n.min_items;
        const bool closed = n.items != no_schema && schemas_.height(n.items) >= schema_pool::endless;
        if (closed) most = (std::min)(n.max_items, static_cast<std::uint32_t>(n.prefix_items.size()));
        if (n.min_items > longest_sample || most < n.min_items) return false;
        const std::uint32_t wanted =
            how == fullness::least  ? n.min_items
            : how == fullness::most ? most
                                    : n.min_items + static_cast<std::uint32_t>(chance_.below(most - n.min_items + 1));
        return array_of(n, wanted, out, level);
    }
    HAFT_COLD bool array_of(const schema_node& n, std::uint32_t wanted, sample_value& out, unsigned level) {
        out = sample_value::array();
        std::vector<std::string> seen;
        for (std::uint32_t i = 0; i < wanted; ++i) {
            bool made = false;
            for (int tries = 0; tries < (n.unique_items ? 30 : 1) && !made; ++tries) {
                sample_value item;
                made = item_at(n, i, item, level);
                if (!made) break;
                if (n.unique_items) {
                    std::string text = canonical(item);
                    made = std::find(seen.begin(), seen.end(), text) == seen.end();
                    if (made) seen.push_back(std::move(text));
                }
                if (made) out.parts.push_back(std::move(item));
            }
            if (!made) return i >= n.min_items;
        }
        return true;
    }
    bool item_at(const schema_node& n, std::uint32_t i, sample_value& out, unsigned level) {
        if (n.contains != no_schema && i < n.min_contains) return make(n.contains, fullness::some, out, level + 1);
        const schema_place p = i < n.prefix_items.size() ? n.prefix_items[i] : n.items;
        return p != no_schema ? make(p, fullness::some, out, level + 1) : anything(out, level + 1);
    }
    static std::string canonical(const sample_value& v) {
        const std::string text = json_of(v);
        json::document read;
        json::value_faults ignored;
        return read.read(text, {}, ignored) ? json::canonical_text(read, 0) : text;
    }

    HAFT_COLD bool object(const schema_node& n, fullness how, sample_value& out, unsigned level) {
        out = sample_value::object();
        const bool full = how == fullness::most && level < last_free_level;
        const bool some = how == fullness::some && level < last_free_level;
        for (const auto& [name, p] : n.properties) {
            const bool needed = n.is_required(name);
            if (!needed && !full && !(some && chance_.one_in(2))) continue;
            if (!needed && out.parts.size() >= n.max_properties) continue;
            sample_value value;
            // Deep down the full one of a large schema would be beyond all measure.
            if (make(p, how == fullness::most && level > 1 ? fullness::some : how, value, level + 1))
                out.put(name, std::move(value));
            else if (needed) return false;
        }
        for (const std::string& name : n.required)
            if (out.find(name) == sample_value::nowhere && !put_named(n, name, out, level)) return false;
        for (bool more = true; more;) {
            more = false;
            for (const auto& [name, wanted] : n.dependent_required)
                for (const std::string& other : wanted)
                    if (out.find(name) != sample_value::nowhere && out.find(other) == sample_value::nowhere) {
                        if (!put_named(n, other, out, level)) return false;
                        more = true;
                    }
        }
        const bool map = n.additional_properties != no_schema || !n.pattern_properties.empty();
        std::size_t extra = 0;
        if (full) extra = map ? 2 : 0;
        else if (some) extra = map ? chance_.below(4) : chance_.one_in(6);
        for (int tries = 0; tries < 60 && (extra > 0 || out.parts.size() < n.min_properties); ++tries) {
            if (out.parts.size() >= n.max_properties) break;
            std::string key;
            if (!key_for(n, key, level) || out.find(key) != sample_value::nowhere) continue;
            if (!put_named(n, key, out, level)) {
                if (out.parts.size() >= n.min_properties) break;
                continue;
            }
            if (extra > 0) --extra;
        }
        return out.parts.size() >= n.min_properties && out.parts.size() <= n.max_properties;
    }
    /// Puts a member whose schema is whatever the object says of that name.
    HAFT_COLD bool put_named(const schema_node& n, std::string_view name, sample_value& out, unsigned level) {
        schema_place p = no_schema;
        for (const auto& [known, schema] : n.properties)
            if (known == name) p = schema;
        for (const auto& [rule, schema] : n.pattern_properties)
            if (p == no_schema && rule.pattern.matches(name)) p = schema;
        if (p == no_schema) p = n.additional_properties;
        sample_value value;
        if (!(p != no_schema ? make(p, fullness::some, value, level + 1) : anything(value, level + 1))) return false;
        return out.put(name, std::move(value)), true;
    }
    /// A name for a member that has no property.
    HAFT_COLD bool key_for(const schema_node& n, std::string& out, unsigned level) {
        constexpr std::array<std::string_view, 8> names{"alpha", "beta", "x-key", "two words", "\xC3\xA9t\xC3\xA9",
                                                        "a/b~c", "0",    "k"};
        out = names[chance_.below(names.size())];
        if (chance_.one_in(3)) out += decimal(chance_.below(100));
        if (!n.pattern_properties.empty() && chance_.below(4) != 0) {
            flat_schema named;
            named.node.pattern = n.pattern_properties[chance_.below(n.pattern_properties.size())].first;
            if (!texts_.any(named.node, {}, chance_, out)) return false;
        }
        if (n.property_names == no_schema) return true;
        sample_value name;
        flat_schema flat = schemas_.flatten(n.property_names, false, chance_);
        flat.node.types &= schema::written::string_type;
        if (flat.node.never || !make_flat(flat, fullness::some, name, level + 1) ||
            name.kind != json::value_kind::string)
            return false;
        out = std::move(name.text);
        return flat.exact || fits(n.property_names, sample_value::string(out));
    }

    /// Where nothing is said.
    HAFT_COLD bool anything(sample_value& out, unsigned level) {
        schema_node none;
        none.types = level >= last_free_level ? schema::written::string_type : schema::written::every_type;
        switch (kind_for(none, fullness::some, level)) {
            case schema::written::array_type: return array(none, fullness::some, out, last_free_level - 1);
            case schema::written::object_type: return object(none, fullness::some, out, last_free_level - 1);
            default: break;
        }
        flat_schema flat;
        flat.node.types = schema::written::every_type & ~(schema::written::array_type | schema::written::object_type);
        return make_flat(flat, fullness::some, out, last_free_level);
    }

    schema_pool& schemas_;
    dice& chance_;
    text_samples texts_;
    std::size_t asked_ = 0;
};

}  // namespace haft::inline v0::testing

#endif  // HAFT_TESTING_VALUE_MAKER_HPP
