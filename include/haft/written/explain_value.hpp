// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_WRITTEN_EXPLAIN_VALUE_HPP
#define HAFT_WRITTEN_EXPLAIN_VALUE_HPP

/// The sentences for a value that does not keep a hand-written schema: those of json/explain_fault.hpp, so that a model can't tell
/// it from a schema that was derived. None costs more than a count once enough is said.

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/nearest.hpp>
#include <haft/core/text.hpp>
#include <haft/json/document.hpp>
#include <haft/json/equal_values.hpp>
#include <haft/json/expected.hpp>
#include <haft/json/fault_list.hpp>
#include <haft/json/fault_text.hpp>
#include <haft/json/pointer.hpp>
#include <haft/json/value_faults.hpp>
#include <haft/written/expected_words.hpp>
#include <haft/written/schema_node.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace haft::inline v0::schema::written {

/// The types of a value, as bits.
HAFT_COLD inline std::uint8_t type_bits_of(const json::value_node& v) {
    switch (v.kind) {
        case json::value_kind::null: return null_type;
        case json::value_kind::boolean: return boolean_type;
        case json::value_kind::string: return string_type;
        case json::value_kind::array: return array_type;
        case json::value_kind::object: return object_type;
        case json::value_kind::number: break;
    }
    return json::exact_number(v.text).is_integer() ? integer_type : fraction_type;
}

class value_explainer {
public:
    value_explainer(const std::vector<schema_node>& schemas, const json::document& value, json::value_faults& faults)
        : schemas_(schemas), value_(value), faults_(faults) {}

    /// From here on at most ten more faults are described, those of one array or map; gives what `widen` wants.
    std::size_t narrow() noexcept {
        return std::exchange(faults_.room,
                             (std::min)(faults_.room, faults_.faults.size() + json::most_faults_of_an_array));
    }
    void widen(std::size_t room) noexcept { faults_.room = room; }

    HAFT_COLD void too_much() {
        faults_.room = (std::max<std::size_t>)(faults_.room, 1);
        if (faults_.faults.size() >= faults_.room) faults_.faults.pop_back(), ++faults_.more;
        faults_.add(errc::too_large, {},
                    "takes too many steps to check: the alternatives of its schema branch too often", 0);
    }

    // --- one value and its schema

    HAFT_COLD void unfit(errc code, schema_place schema, std::uint32_t at, std::string_view more = {}) {
        if (faults_.only_counted()) return;
        describe(code, at, expected_words(schemas_, schema), got(at), {}, more);
    }
    HAFT_COLD void wrong_count(schema_place schema, std::uint32_t at, std::size_t n, std::string_view unit) {
        if (faults_.only_counted()) return;
        describe(errc::out_of_limits, at, expected_words(schemas_, schema),
                 concat({decimal(n), unit, n == 1 ? "" : "s"}));
    }
    HAFT_COLD void not_listed(schema_place schema, std::uint32_t at) {
        if (faults_.only_counted()) return;
        std::string_view meant;
        std::string came = got(at);
        if (value_[at].kind == json::value_kind::string) {
            came = in_quotes(value_[at].text);
            nearest_name nearest(value_[at].text);
            for (const std::string& shown : schemas_[schema].shown_values)
                if (shown.size() > 1 && shown[0] == '"')
                    nearest.consider(std::string_view(shown).substr(1, shown.size() - 2));
            meant = nearest.name();
        }
        describe(errc::not_allowed, at, expected_words(schemas_, schema), std::move(came), meant);
    }
    HAFT_COLD void complain(errc code, std::uint32_t at, std::string_view message) {
        if (!faults_.only_counted()) add(code, at, std::string(message));
    }

    // --- arrays

    HAFT_COLD void equal_items(std::uint32_t at, std::uint32_t first, std::uint32_t second) {
        if (faults_.only_counted()) return;
        add(errc::out_of_limits, at,
            concat({"the items must all be different; ", decimal((std::min)(first, second)), " and ",
                    decimal((std::max)(first, second)), " are equal"}));
    }
    HAFT_COLD void wrong_number_contained(schema_place schema, std::uint32_t at, std::size_t n) {
        if (faults_.only_counted()) return;
        const schema_node& of = schemas_[schema];
        std::string want = "array that contains ";
        detail::append_count(want, of.min_contains, of.max_contains, " item", "");
        append_all(want, {" such as ", expected_words(schemas_, of.contains)});
        describe(errc::out_of_limits, at, std::move(want), concat({decimal(n), " of them"}));
    }

    // --- objects

    HAFT_COLD void missing(const schema_node& n, std::uint32_t at, std::string_view name) {
        if (faults_.only_counted()) return;
        const std::size_t known = n.find_property(name);
        if (known == schema_node::no_property)
            return static_cast<void>(add_at_key(errc::missing_parameter, at, name, "required, but not given"));
        const schema_place schema = n.properties[known].second;
        std::string want = expected_words(schemas_, schema);
        add_at_key(errc::missing_parameter, at, name, json::missing_member_text(want, schemas_[schema].description))
            .expected = std::move(want);
    }
    HAFT_COLD void dependent_missing(std::uint32_t at, std::string_view given, std::string_view name) {
        if (faults_.only_counted()) return;
        add_at_key(errc::missing_parameter, at, name, concat({"has to be given where ", in_quotes(given), " is"}));
    }
    HAFT_COLD void bad_name(std::uint32_t at, std::string_view name) {
        if (faults_.only_counted()) return;
        add_at_key(errc::unknown_parameter, at, name, "has a name that is not allowed");
    }
    /// A member that no part of the schema names.
    HAFT_COLD void stranger(const schema_node& n, std::uint32_t object, std::uint32_t at) {
        if (faults_.only_counted()) return;
        const kept_members kept{*this, n, object};
        const json::member_list members{
            n.properties.size(), &kept,
            [](const void* all, std::size_t i) -> std::string_view {
                return static_cast<const kept_members*>(all)->n.properties[i].first;
            },
            [](const void* all, std::size_t i) {
                const auto& k = *static_cast<const kept_members*>(all);
                return k.n.is_required(k.n.properties[i].first) && !k.given(i);
            },
            [](const void* all, std::size_t i) { return static_cast<const kept_members*>(all)->given(i); }};
        std::string_view meant;
        std::string message = json::unknown_member_text(value_[at].key, members, meant);
        fault& f = add_at_key(errc::unknown_parameter, object, value_[at].key, std::move(message));
        f.got = got(at);
        f.nearest = meant;
        f.offset = value_[at].key_offset;
    }

    // --- alternatives

    /// The one alternative that the value can only be meant for, or no_schema: the only one of its type, or the only one that has
    /// the constants it has, such as {"kind":"circle"}.
    schema_place only_candidate(const std::vector<schema_place>& choices, std::uint32_t at) const {
        const std::uint8_t bits = type_bits_of(value_[at]);
        schema_place only = no_schema;
        std::size_t fitting = 0;
        for (const schema_place c : choices)
            if (may_be(c, bits)) ++fitting, only = c;
        if (fitting == 1 || value_[at].kind != json::value_kind::object) return fitting == 1 ? only : no_schema;
        only = no_schema;
        for (const schema_place c : choices) {
            if (!may_be(c, bits) || !has_constants(c, at)) continue;
            if (only != no_schema) return no_schema;
            only = c;
        }
        return only;
    }
    HAFT_COLD void no_alternative(const std::vector<schema_place>& choices, std::uint32_t at) {
        if (faults_.only_counted()) return;
        const std::uint8_t bits = type_bits_of(value_[at]);
        bool any = false;
        std::string want;
        for (const schema_place c : choices) {
            any = any || may_be(c, bits);
            append_all(want, {want.empty() ? "" : " or ", expected_words(schemas_, c, 1)});
        }
        describe(any ? errc::no_alternative : errc::wrong_type, at, std::move(want), got(at), {},
                 any ? ", which is none of them" : "");
    }

private:
    struct kept_members {
        const value_explainer& of;
        const schema_node& n;
        std::uint32_t object;

        bool given(std::size_t i) const { return of.value_.find(object, n.properties[i].first) != 0; }
    };

    std::string got(std::uint32_t at) const {
        const json::value_node& v = value_[at];
        return v.kind == json::value_kind::string ? concat({"string ", in_quotes(v.text)}) : json::got_text(v.text);
    }
    fault& add(errc code, std::uint32_t at, std::string message) {
        return faults_.add(code, value_.pointer(at), std::move(message), value_[at].offset);
    }
    fault& add_at_key(errc code, std::uint32_t object, std::string_view key, std::string message) {
        fault& f = add(code, object, std::move(message));
        json::append_pointer_key(f.pointer, key);
        return f;
    }
    void describe(errc code, std::uint32_t at, std::string want, std::string came, std::string_view meant = {},
                  std::string_view more = {}) {
        std::string message = concat({"expected ", want, ", got ", came, more});
        append_did_you_mean(message, meant);
        fault& f = add(code, at, std::move(message));
        f.expected = std::move(want);
        f.got = std::move(came);
        f.nearest = meant;
    }

    /// Followed through references.
    const schema_node& meant(schema_place c) const {
        for (unsigned hops = 0; hops < 32 && schemas_[c].ref != no_schema && schemas_[c].types == every_type; ++hops)
            c = schemas_[c].ref;
        return schemas_[c];
    }
    bool may_be(schema_place c, std::uint8_t bits) const { return (meant(c).types & bits) != 0 && !meant(c).never; }
    bool has_constants(schema_place c, std::uint32_t at) const {
        bool any = false;
        for (const auto& [name, schema] : meant(c).properties) {
            const schema_node& property = meant(schema);
            const std::uint32_t given = property.has_values ? value_.find(at, name) : 0;
            if (given == 0 || value_[given].count != 0) continue;
            const std::string text = json::canonical_text(value_, given);
            if (std::find(property.values.begin(), property.values.end(), text) == property.values.end()) return false;
            any = true;
        }
        return any;
    }

    const std::vector<schema_node>& schemas_;
    const json::document& value_;
    json::value_faults& faults_;
};

}  // namespace haft::inline v0::schema::written

#endif  // HAFT_WRITTEN_EXPLAIN_VALUE_HPP
