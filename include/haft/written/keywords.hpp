// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_WRITTEN_KEYWORDS_HPP
#define HAFT_WRITTEN_KEYWORDS_HPP

/// The keywords of JSON Schema that a hand-written schema may have, a closed set, and what becomes of each. [fault 53]

#include <string_view>

namespace haft::inline v0::schema::written {

/// The keywords that are understood, and those of JSON Schema 2020-12 that are not.
enum class keyword_use : unsigned char {
    checked,
    annotation,
    holds_schemas,
    elsewhere,  ///< known, and left to a full validator
    refused,
};
struct keyword {
    std::string_view name;
    keyword_use use;
};
inline constexpr keyword keywords[]{
    {"type", keyword_use::checked},
    {"enum", keyword_use::checked},
    {"const", keyword_use::checked},
    {"properties", keyword_use::checked},
    {"required", keyword_use::checked},
    {"additionalProperties", keyword_use::checked},
    {"patternProperties", keyword_use::checked},
    {"propertyNames", keyword_use::checked},
    {"minProperties", keyword_use::checked},
    {"maxProperties", keyword_use::checked},
    {"dependentRequired", keyword_use::checked},
    {"dependentSchemas", keyword_use::checked},
    {"items", keyword_use::checked},
    {"prefixItems", keyword_use::checked},
    {"minItems", keyword_use::checked},
    {"maxItems", keyword_use::checked},
    {"uniqueItems", keyword_use::checked},
    {"contains", keyword_use::checked},
    {"minContains", keyword_use::checked},
    {"maxContains", keyword_use::checked},
    {"minimum", keyword_use::checked},
    {"maximum", keyword_use::checked},
    {"exclusiveMinimum", keyword_use::checked},
    {"exclusiveMaximum", keyword_use::checked},
    {"multipleOf", keyword_use::checked},
    {"minLength", keyword_use::checked},
    {"maxLength", keyword_use::checked},
    {"pattern", keyword_use::checked},
    {"allOf", keyword_use::checked},
    {"anyOf", keyword_use::checked},
    {"oneOf", keyword_use::checked},
    {"not", keyword_use::checked},
    {"if", keyword_use::checked},
    {"then", keyword_use::checked},
    {"else", keyword_use::checked},
    {"$ref", keyword_use::checked},
    {"$defs", keyword_use::holds_schemas},
    {"definitions", keyword_use::holds_schemas},
    {"title", keyword_use::annotation},
    {"description", keyword_use::annotation},
    {"default", keyword_use::annotation},
    {"examples", keyword_use::annotation},
    {"deprecated", keyword_use::annotation},
    {"readOnly", keyword_use::annotation},
    {"writeOnly", keyword_use::annotation},
    {"format", keyword_use::annotation},
    {"contentEncoding", keyword_use::annotation},
    {"contentMediaType", keyword_use::annotation},
    {"contentSchema", keyword_use::annotation},
    {"$comment", keyword_use::annotation},
    {"$schema", keyword_use::annotation},
    {"$id", keyword_use::annotation},
    {"unevaluatedProperties", keyword_use::elsewhere},
    {"unevaluatedItems", keyword_use::elsewhere},
    {"$anchor", keyword_use::elsewhere},
    {"$dynamicAnchor", keyword_use::elsewhere},
    {"$dynamicRef", keyword_use::elsewhere},
    {"$vocabulary", keyword_use::refused},
    {"dependencies", keyword_use::refused},
    {"additionalItems", keyword_use::refused},
    {"$recursiveRef", keyword_use::refused},
    {"$recursiveAnchor", keyword_use::refused},
    {"id", keyword_use::refused},
};

}  // namespace haft::inline v0::schema::written

#endif  // HAFT_WRITTEN_KEYWORDS_HPP
