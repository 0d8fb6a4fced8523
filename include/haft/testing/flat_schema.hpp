// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_TESTING_FLAT_SCHEMA_HPP
#define HAFT_TESTING_FLAT_SCHEMA_HPP

/// A schema with what it says in other places taken in: through `$ref`, all of `allOf`, one of `anyOf`. A value that keeps the flat
/// one keeps the whole, unless it says that somebody has to look.

#include <haft/core/config.hpp>
#include <haft/json/document.hpp>
#include <haft/json/exact_number.hpp>
#include <haft/testing/dice.hpp>
#include <haft/written/schema_node.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace haft::inline v0::testing {

using schema::written::no_schema;
using schema::written::schema_node;
using schema::written::schema_place;

struct flat_schema {
    schema_node node = {};
    std::string_view format = {};
    std::vector<std::uint32_t> shown = {};  ///< values in the schema's text that its author shows: examples, a default
    bool exact = true;                      ///< false: a value made from it has to be held against the whole
};

/// The schemas of one text, with those that were joined of two.
class schema_pool {
public:
    /// Both must outlive it; `schemas` are those that were compiled from `text`.
    HAFT_COLD schema_pool(std::vector<schema_node> schemas, const json::document& text)
        : schemas_(std::move(schemas)), text_(text) {
        measure();
    }

    const std::vector<schema_node>& all() const noexcept { return schemas_; }
    const schema_node& operator[](schema_place p) const noexcept { return schemas_[p]; }
    const json::document& text() const noexcept { return text_; }

    /// How many levels the least value of it has; `endless` if there is none, since it would have to hold itself.
    static constexpr unsigned endless = 1000;
    unsigned height(schema_place p) const noexcept { return heights_[p]; }

    /// With `least` of alternatives the one of the least height is taken, otherwise any.
    HAFT_COLD flat_schema flatten(schema_place p, bool least, dice& chance) {
        flat_schema out;
        join(out, p, least, chance);
        return out;
    }

    /// Whether more than one rule may speak of a member.
    static bool has_overlaps(const schema_node& n) noexcept {
        return (n.pattern_properties.size() > 1 || (!n.pattern_properties.empty() && !n.properties.empty())) ||
               (n.property_names != no_schema && !n.properties.empty());
    }

private:
    /// Heights are settled once no schema becomes lower: a schema is as high as what it needs.
    HAFT_COLD void measure() {
        heights_.assign(schemas_.size(), endless);
        for (bool changed = true; changed;) {
            changed = false;
            for (std::size_t p = 0; p < schemas_.size(); ++p)
                if (const unsigned now = height_of(schemas_[p]); now < heights_[p]) heights_[p] = now, changed = true;
        }
    }
    unsigned height_of(const schema_node& n) const {
        if (n.never) return endless;
        unsigned out = 0;
        const auto needs = [&](schema_place p, unsigned more) { out = (std::max)(out, heights_[p] + more); };
        if (n.ref != no_schema) needs(n.ref, 0);
        for (const schema_place p : n.all_of) needs(p, 0);
        for (const auto* choices : {&n.any_of, &n.one_of}) {
            unsigned lowest = endless;
            for (const schema_place p : *choices) lowest = (std::min)(lowest, heights_[p]);
            if (!choices->empty()) out = (std::max)(out, lowest);
        }
        if (n.types == schema::written::object_type)
            for (const auto& [name, p] : n.properties)
                if (n.is_required(name)) needs(p, 1);
        if (n.types == schema::written::array_type && n.min_items > 0) {
            if (n.prefix_items.empty() && n.items != no_schema) needs(n.items, 1);
            for (std::size_t i = 0; i < n.prefix_items.size() && i < n.min_items; ++i) needs(n.prefix_items[i], 1);
        }
        return (std::min)(out, endless);
    }

    schema_place both(schema_place a, schema_place b) {
        if (a == no_schema || a == b) return b;
        if (b == no_schema) return a;
        schema_node n;
        n.place = schemas_[a].place;
        n.all_of = {a, b};
        schemas_.push_back(std::move(n));
        heights_.push_back((std::max)(heights_[a], heights_[b]));
        return static_cast<schema_place>(schemas_.size() - 1);
    }

    schema_place choose(const std::vector<schema_place>& choices, bool least, dice& chance) const {
        std::vector<schema_place> possible;
        for (const schema_place p : choices)
            if (heights_[p] < endless) possible.push_back(p);
        if (possible.empty()) return no_schema;
        if (!least) return possible[chance.below(possible.size())];
        return *std::min_element(possible.begin(), possible.end(),
                                 [&](schema_place a, schema_place b) { return heights_[a] < heights_[b]; });
    }

    HAFT_COLD void join(flat_schema& to, schema_place p, bool least, dice& chance) {
        const schema_node n = schemas_[p];  // a copy: joining may add schemas
        take_annotations(to, n.place);
        merge(to, n);
        if (n.ref != no_schema) join(to, n.ref, least, chance);
        for (const schema_place part : n.all_of) join(to, part, least, chance);
        for (const auto* choices : {&n.any_of, &n.one_of}) {
            if (choices->empty()) continue;
            const schema_place chosen = choose(*choices, least, chance);
            if (chosen == no_schema) to.node.never = true;
            else join(to, chosen, least, chance);
        }
        if (n.if_this != no_schema) {
            const bool holds = chance.one_in(2);
            if (holds) join(to, n.if_this, least, chance);
            if (const schema_place branch = holds ? n.then_this : n.else_this; branch != no_schema)
                join(to, branch, least, chance);
        }
        if (!n.one_of.empty() || n.if_this != no_schema || n.not_this != no_schema || n.contains != no_schema ||
            !n.dependent_schemas.empty() || has_overlaps(n))
            to.exact = false;
    }

    HAFT_COLD void take_annotations(flat_schema& to, std::uint32_t at) const {
        if (text_[at].kind != json::value_kind::object) return;
        if (const std::uint32_t f = text_.find(at, "format"); f && text_[f].kind == json::value_kind::string)
            to.format = text_[f].text;
        if (const std::uint32_t e = text_.find(at, "examples"); e && text_[e].kind == json::value_kind::array)
            for (std::uint32_t c = json::document::first_child(e); c < text_[e].behind; c = text_[c].behind)
                to.shown.push_back(c);
        if (const std::uint32_t d = text_.find(at, "default"); d && text_[d].kind != json::value_kind::null)
            to.shown.push_back(d);
    }

    template <class T>
    static void narrow(flat_schema& to, std::optional<T>& own, const std::optional<T>& other) {
        if (own && other) to.exact = false;
        if (!own) own = other;
    }
    HAFT_COLD static void narrow_bound(std::optional<json::exact_number>& own, bool& excluded, std::string& text,
                                       const std::optional<json::exact_number>& other, bool other_excluded,
                                       const std::string& other_text, int sign) {
        if (!other) return;
        const int order = own ? sign * other->compare(*own) : 1;
        if (order > 0) own = other, excluded = other_excluded, text = other_text;
        else if (order == 0) excluded = excluded || other_excluded;
    }

    HAFT_COLD void merge(flat_schema& to, const schema_node& n) {
        schema_node& m = to.node;
        m.never = m.never || n.never;
        m.types &= n.types;
        if (n.has_values) merge_values(m, n);
        narrow_bound(m.minimum, m.exclusive_minimum, m.minimum_text, n.minimum, n.exclusive_minimum, n.minimum_text, 1);
        narrow_bound(m.maximum, m.exclusive_maximum, m.maximum_text, n.maximum, n.exclusive_maximum, n.maximum_text,
                     -1);
        if (!m.multiple_of) m.multiple_of_text = n.multiple_of_text;
        narrow(to, m.multiple_of, n.multiple_of);
        narrow(to, m.pattern, n.pattern);
        m.min_length = (std::max)(m.min_length, n.min_length), m.max_length = (std::min)(m.max_length, n.max_length);
        m.min_items = (std::max)(m.min_items, n.min_items), m.max_items = (std::min)(m.max_items, n.max_items);
        m.min_properties = (std::max)(m.min_properties, n.min_properties);
        m.max_properties = (std::min)(m.max_properties, n.max_properties);
        m.unique_items = m.unique_items || n.unique_items;
        if (!m.prefix_items.empty() && !n.prefix_items.empty()) to.exact = false;
        if (m.prefix_items.empty() != n.prefix_items.empty() && m.items != no_schema) to.exact = false;
        if (m.prefix_items.size() < n.prefix_items.size()) m.prefix_items = n.prefix_items;
        m.items = both(m.items, n.items);
        if (n.contains != no_schema) m.contains = n.contains, m.min_contains = n.min_contains;
        merge_members(to, n);
    }
    HAFT_COLD static void merge_values(schema_node& m, const schema_node& n) {
        std::vector<std::string> values, shown;
        for (std::size_t i = 0; i < n.values.size(); ++i) {
            if (m.has_values && std::find(m.values.begin(), m.values.end(), n.values[i]) == m.values.end()) continue;
            values.push_back(n.values[i]), shown.push_back(n.shown_values[i]);
        }
        m.values = std::move(values), m.shown_values = std::move(shown), m.has_values = true;
    }
    HAFT_COLD void merge_members(flat_schema& to, const schema_node& n) {
        schema_node& m = to.node;
        const auto place_in = [](const schema_node& of, std::string_view name) {
            for (std::size_t i = 0; i < of.properties.size(); ++i)
                if (of.properties[i].first == name) return i;
            return schema_node::no_property;
        };
        // What one of them does not know, the other's rule for such members has to take.
        const auto judge = [&](const schema_node& rules, std::string_view name, schema_place& p) {
            if (place_in(rules, name) != schema_node::no_property || rules.additional_properties == no_schema) return;
            if (!rules.pattern_properties.empty()) to.exact = false;
            else p = both(p, rules.additional_properties);
        };
        std::vector<std::pair<std::string, schema_place>> properties = m.properties;
        for (auto& [name, p] : properties) judge(n, name, p);
        for (const auto& [name, of_n] : n.properties) {
            const std::size_t at = place_in(m, name);
            schema_place p = of_n;
            judge(m, name, p);
            if (at == schema_node::no_property) properties.emplace_back(name, p);
            else properties[at].second = both(properties[at].second, p);
        }
        m.properties = std::move(properties);
        if (!m.pattern_properties.empty() && !n.pattern_properties.empty()) to.exact = false;
        for (const auto& one : n.pattern_properties) m.pattern_properties.push_back(one);
        m.additional_properties = both(m.additional_properties, n.additional_properties);
        m.property_names = both(m.property_names, n.property_names);
        for (const std::string& name : n.required)
            if (std::find(m.required.begin(), m.required.end(), name) == m.required.end()) m.required.push_back(name);
        m.required_by_name = m.required;
        std::sort(m.required_by_name.begin(), m.required_by_name.end());
        for (const auto& one : n.dependent_required) m.dependent_required.push_back(one);
    }

    std::vector<schema_node> schemas_;
    const json::document& text_;
    std::vector<unsigned> heights_;
};

}  // namespace haft::inline v0::testing

#endif  // HAFT_TESTING_FLAT_SCHEMA_HPP
