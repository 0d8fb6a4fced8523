// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_WRITTEN_SCHEMA_NODE_HPP
#define HAFT_WRITTEN_SCHEMA_NODE_HPP

/// A hand-written schema as rules that a value can be held against: what is left of its text once it was compiled.

#include <haft/json/document.hpp>
#include <haft/json/exact_number.hpp>
#include <haft/json/pattern.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace haft::inline v0::schema::written {

/// A place in the list of schemas; there is none at `no_schema`.
using schema_place = std::uint32_t;
inline constexpr schema_place no_schema = ~schema_place{0};
/// A count that is not limited.
inline constexpr std::uint32_t unlimited = ~std::uint32_t{0};

/// The kinds of values that `type` allows, as bits.
enum type_bits : std::uint8_t {
    null_type = 1,
    boolean_type = 2,
    integer_type = 4,  // a number without a fraction
    fraction_type = 8,
    string_type = 16,
    array_type = 32,
    object_type = 64,
    number_type = integer_type | fraction_type,
    every_type = 127,
};

struct pattern_rule {
    std::string text;
    json::pattern pattern;
};

/// One schema. What it does not say allows everything.
struct schema_node {
    std::uint32_t place = 0;  // in the schema's text
    bool never = false;       // `false`
    std::uint8_t types = every_type;

    std::vector<std::string> values = {};        // of enum or const, in their canonical text
    std::vector<std::string> shown_values = {};  // as they were written
    bool has_values = false;

    std::optional<json::exact_number> minimum = {}, maximum = {}, multiple_of = {};
    bool exclusive_minimum = false, exclusive_maximum = false;
    std::string minimum_text = {}, maximum_text = {}, multiple_of_text = {};

    std::uint32_t min_length = 0, max_length = unlimited;
    std::optional<pattern_rule> pattern = {};

    std::uint32_t min_items = 0, max_items = unlimited;
    bool unique_items = false;
    std::vector<schema_place> prefix_items = {};
    schema_place items = no_schema;
    schema_place contains = no_schema;
    std::uint32_t min_contains = 1, max_contains = unlimited;

    std::uint32_t min_properties = 0, max_properties = unlimited;
    std::vector<std::pair<std::string, schema_place>> properties = {};
    std::vector<std::uint32_t> properties_by_name = {};  // their places, sorted
    std::vector<std::pair<pattern_rule, schema_place>> pattern_properties = {};
    schema_place additional_properties = no_schema;
    schema_place property_names = no_schema;
    std::vector<std::string> required = {};
    std::vector<std::string> required_by_name = {};  // the same, sorted
    std::vector<std::pair<std::string, std::vector<std::string>>> dependent_required = {};
    std::vector<std::pair<std::string, schema_place>> dependent_schemas = {};

    // In place: of the same value.
    schema_place ref = no_schema;
    std::vector<schema_place> all_of = {}, any_of = {}, one_of = {};
    schema_place not_this = no_schema, if_this = no_schema, then_this = no_schema, else_this = no_schema;

    std::string description = {};

    static constexpr std::size_t no_property = ~std::size_t{0};
    /// The place of a property, or no_property. Time O(log n).
    std::size_t find_property(std::string_view name) const noexcept {
        const auto at =
            std::lower_bound(properties_by_name.begin(), properties_by_name.end(), name,
                             [&](std::uint32_t i, std::string_view wanted) { return properties[i].first < wanted; });
        return at != properties_by_name.end() && properties[*at].first == name ? *at : no_property;
    }
    void sort_properties() {
        for (std::uint32_t i = 0; i < properties.size(); ++i) properties_by_name.push_back(i);
        std::sort(properties_by_name.begin(), properties_by_name.end(),
                  [&](std::uint32_t a, std::uint32_t b) { return properties[a].first < properties[b].first; });
        std::sort(required_by_name.begin(), required_by_name.end());
    }
    bool is_required(std::string_view name) const noexcept {
        return std::binary_search(required_by_name.begin(), required_by_name.end(), name);
    }
    /// The schemas that speak of the very value that this one speaks of.
    template <class Each>
    void for_each_in_place(Each each) const {
        for (const auto* list : {&all_of, &any_of, &one_of})
            for (const schema_place one : *list) each(one);
        for (const auto& [name, one] : dependent_schemas) each(one);
        for (const schema_place one : {ref, not_this, if_this, then_this, else_this})
            if (one != no_schema) each(one);
    }
    /// Whether it says anything of members, so that what is required need not be known elsewhere.
    bool speaks_of_members() const noexcept {
        return !properties.empty() || !pattern_properties.empty() || additional_properties != no_schema ||
               property_names != no_schema || !required.empty() || !dependent_required.empty();
    }
};

}  // namespace haft::inline v0::schema::written

#endif  // HAFT_WRITTEN_SCHEMA_NODE_HPP
