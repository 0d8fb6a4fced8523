// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_WRITTEN_EXPECTED_WORDS_HPP
#define HAFT_WRITTEN_EXPECTED_WORDS_HPP

/// What a hand-written schema expects, in the words that derived tools have for it: `integer from 1 to 14`.

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/text.hpp>
#include <haft/json/expected.hpp>
#include <haft/written/schema_node.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace haft::inline v0::schema::written {

namespace detail {

HAFT_COLD inline void append_bounds(std::string& out, const schema_node& n) {
    const bool low = n.minimum.has_value(), high = n.maximum.has_value();
    if (low && high && !n.exclusive_minimum && !n.exclusive_maximum)
        append_all(out, {" from ", n.minimum_text, " to ", n.maximum_text});
    else {
        if (low) append_all(out, {n.exclusive_minimum ? " above " : " of at least ", n.minimum_text});
        if (low && high) out += " and";
        if (high) append_all(out, {n.exclusive_maximum ? " below " : " of at most ", n.maximum_text});
    }
    if (n.multiple_of) append_all(out, {", a multiple of ", n.multiple_of_text});
}

HAFT_COLD inline void append_count(std::string& out, std::uint32_t least, std::uint32_t most, std::string_view unit,
                                   std::string_view before) {
    if (least == 0 && most == unlimited) return;
    const std::uint32_t last = most == unlimited ? least : most;
    const bool both = least != 0 && most != unlimited;
    append_all(out, {before, both && least != most ? concat({decimal(least), " to "}) : std::string(),
                     both                ? ""
                     : most == unlimited ? "at least "
                                         : "at most ",
                     decimal(last), unit, last == 1 ? "" : "s"});
}

HAFT_COLD inline std::string_view type_word(std::uint8_t bits) {
    switch (bits) {
        case null_type: return "null";
        case boolean_type: return "boolean";
        case integer_type: return "integer";
        case number_type: return "number";
        case string_type: return "string";
        case array_type: return "array";
        case object_type: return "object";
        default: return {};
    }
}

}  // namespace detail

namespace detail {
/// Where no type is given: the types that its limits speak of, since only these can break them.
HAFT_COLD inline std::uint8_t limited_types(const schema_node& n) {
    std::uint8_t out = 0;
    if (n.minimum || n.maximum || n.multiple_of) out |= number_type;
    if (n.min_length != 0 || n.max_length != unlimited || n.pattern) out |= string_type;
    if (n.min_items != 0 || n.max_items != unlimited || n.unique_items) out |= array_type;
    if (n.min_properties != 0 || n.max_properties != unlimited || n.speaks_of_members()) out |= object_type;
    return out;
}
}  // namespace detail

/// Requires the place of one of the schemas.
HAFT_COLD inline std::string expected_words(const std::vector<schema_node>& all, schema_place at, unsigned depth = 0) {
    const schema_node* n = &all[at];
    for (unsigned hops = 0; n->ref != no_schema && n->types == every_type && !n->has_values && hops < 32; ++hops)
        n = &all[n->ref];
    if (n->has_values) {
        std::string out = n->shown_values.size() == 1 ? "" : "one of ";
        for (std::size_t i = 0; i < n->shown_values.size() && i < json::most_listed_values; ++i) {
            if (i) out += ", ";
            append_echo(out, n->shown_values[i]);
        }
        if (n->shown_values.size() > json::most_listed_values)
            append_all(out, {", ... (", decimal(n->shown_values.size()), " in all)"});
        return out;
    }
    if (n->types == every_type) {
        const std::vector<schema_place>& choices = n->any_of.empty() ? n->one_of : n->any_of;
        if (depth < 3 && !choices.empty()) {
            std::string out;
            for (const schema_place c : choices)
                append_all(out, {out.empty() ? "" : " or ", expected_words(all, c, depth + 1)});
            return out;
        }
        if (depth < 3 && n->all_of.size() == 1) return expected_words(all, n->all_of[0], depth + 1);
        if (detail::limited_types(*n) == 0) return "any JSON value";
    }
    std::string out;
    std::uint8_t left = n->types == every_type ? detail::limited_types(*n) : n->types;
    for (const std::uint8_t bits :
         {std::uint8_t{number_type}, std::uint8_t{integer_type}, std::uint8_t{string_type}, std::uint8_t{boolean_type},
          std::uint8_t{array_type}, std::uint8_t{object_type}, std::uint8_t{null_type}}) {
        if ((left & bits) != bits) continue;
        left = static_cast<std::uint8_t>(left & ~bits);
        append_all(out, {out.empty() ? "" : " or ", detail::type_word(bits)});
        if (bits == number_type || bits == integer_type) detail::append_bounds(out, *n);
        if (bits == string_type) {
            detail::append_count(out, n->min_length, n->max_length, " character", " of ");
            if (n->pattern) append_echo(out += " that matches ", n->pattern->text);
        }
        if (bits == array_type) {
            if (n->items != no_schema && n->prefix_items.empty() && depth < 3)
                append_all(out,
                           {n->unique_items ? " of different " : " of ", expected_words(all, n->items, depth + 1)});
            detail::append_count(out, n->min_items, n->max_items, " item", " with ");
        }
        if (bits == object_type && n->properties.empty() && n->additional_properties != no_schema &&
            !all[n->additional_properties].never && depth < 3)
            append_all(out, {" of ", expected_words(all, n->additional_properties, depth + 1)});
        if (bits == object_type) detail::append_count(out, n->min_properties, n->max_properties, " member", " with ");
    }
    return out;
}

}  // namespace haft::inline v0::schema::written

#endif  // HAFT_WRITTEN_EXPECTED_WORDS_HPP
