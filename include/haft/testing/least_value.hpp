// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_TESTING_LEAST_VALUE_HPP
#define HAFT_TESTING_LEAST_VALUE_HPP

/// One plain value that fits a JSON Schema: what a tool can be called with that nobody knows.

#include <haft/core/config.hpp>
#include <haft/testing/dice.hpp>
#include <haft/testing/flat_schema.hpp>
#include <haft/testing/sample_value.hpp>
#include <haft/testing/value_maker.hpp>
#include <haft/written/schema_compiler.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace haft::inline v0::testing {

/// The least that a schema wants, as JSON: what its author shows, or else what is made from its rules; always the same. Nothing: it is
/// no schema that haft takes, or no value was found that fits it.
HAFT_COLD inline std::optional<std::string> least_value(std::string_view schema) {
    schema::written::schema_compiler compiler(schema);
    auto compiled = compiler.compile();
    if (!compiler.faults().empty()) return std::nullopt;
    dice chance(1);
    schema_pool schemas(std::move(compiled), compiler.text());
    value_maker make(schemas, chance);
    sample_value out;
    if (!make.make(0, fullness::least, out)) return std::nullopt;
    return json_of(out);
}

}  // namespace haft::inline v0::testing

#endif  // HAFT_TESTING_LEAST_VALUE_HPP
