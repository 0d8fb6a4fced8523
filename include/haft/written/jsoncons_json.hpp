// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_WRITTEN_JSONCONS_JSON_HPP
#define HAFT_WRITTEN_JSONCONS_JSON_HPP

/// All of JSON Schema 2020-12, by jsoncons: for schemas with `unevaluatedProperties`, `$dynamicRef` and the like, which written_schema
/// refuses. Needs jsoncons >= 1.3 and exceptions; nothing else in haft does. [TD-08]
///
/// jsoncons recurses, backtracks and does not count its steps, so it sees only what haft has looked through first: no reference
/// leads out of a schema or in a circle, no keyword is unknown, no pattern is left (it matches those by std::regex), nothing is
/// deep, and a value is tried on haft's own machine, which does count. Its numbers are 64-bit integers and doubles, where
/// written_schema's are exact.

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/result.hpp>
#include <haft/core/text.hpp>
#include <haft/json/document.hpp>
#include <haft/json/fault_text.hpp>
#include <haft/json/read_limits.hpp>
#include <haft/json/value_faults.hpp>
#include <haft/written/in_place.hpp>
#include <haft/written/schema_checker.hpp>
#include <haft/written/schema_compiler.hpp>
#include <haft/written/schema_node.hpp>
#include <haft/written/written_schema.hpp>

#include <algorithm>
#include <cstddef>
#include <exception>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <jsoncons/json.hpp>
#include <jsoncons_ext/jsonschema/jsonschema.hpp>

namespace haft::inline v0 {

/// A schema that jsoncons checks, with the interface of written_schema. Copies share it; any number of threads may check at a time.
class jsoncons_schema {
public:
    /// The most brackets within brackets of a value, whatever the limits say, and the most schemas of one value within each other.
    static constexpr unsigned most_depth = 64;
    static constexpr std::size_t most_in_place = 32;
    /// The most items where they have to be different: jsoncons compares each with each.
    static constexpr std::size_t most_unique_items = 4096;

    /// Compiles a schema. Errors: E0240 with everything that is wrong, as written_schema::compile; beyond that every pattern, and
    /// what is nested too deeply.
    HAFT_COLD static result<jsoncons_schema> compile(std::string_view text) {
        using namespace schema::written;
        schema_compiler compiler(text, checked_by::full_validator);
        std::vector<schema_node> schemas = compiler.compile();
        json::value_faults& faults = compiler.faults();
        if (faults.empty() && in_place_depth(schemas, most_in_place) > most_in_place)
            faults.add(errc::bad_schema, {},
                       concat({"more than ", decimal(most_in_place), " schemas of one value stand within each other"}),
                       0);
        if (faults.empty()) {
            try {
                jsoncons_schema out;
                out.looked_through_ = std::make_shared<const std::vector<schema_node>>(std::move(schemas));
                out.schema_ = std::make_shared<const compiled>(
                    jsoncons::jsonschema::make_json_schema(jsoncons::json::parse(text)));
                return out;
            } catch (const std::exception& e) { faults.add(errc::bad_schema, {}, shown(e.what()), 0); }
        }
        error e{errc::bad_schema, {}, std::move(faults.faults), faults.more};
        e.message = concat({"the schema can't be used: ", json::fault_count(e)});
        return e;
    }

    /// Holds a JSON text against it. What is said of a value that does not fit are jsoncons' words.
    HAFT_COLD checked_value validate(std::string_view text, json::read_limits limits = {}) const {
        using namespace schema::written;
        limits.max_depth = (std::min)(limits.max_depth, most_depth);
        if (std::any_of(looked_through_->begin(), looked_through_->end(),
                        [](const schema_node& n) { return n.unique_items; }))
            limits.max_items = (std::min)(limits.max_items, most_unique_items);
        json::value_faults found;
        json::document value;
        if (!value.read(text, limits, found)) return {std::move(found.faults), found.more};
        if (takes_too_long(value, found)) return {std::move(found.faults), found.more};
        try {
            const jsoncons::json instance = jsoncons::json::parse(text);
            schema_->validate(instance, [&](const jsoncons::jsonschema::validation_message& m) {
                if (!found.only_counted())
                    found.add(code_of(m.keyword()), m.instance_location().string(), shown(m.message()), 0);
                return jsoncons::jsonschema::walk_result::advance;
            });
        } catch (const std::exception& e) { found.add(errc::out_of_limits, {}, shown(e.what()), 0); }
        return {std::move(found.faults), found.more};
    }
    bool accepts(std::string_view text) const { return validate(text).ok(); }

private:
    using compiled = jsoncons::jsonschema::json_schema<jsoncons::json>;

    jsoncons_schema() = default;

    /// A dry run on haft's machine, whose verdict counts for nothing.
    HAFT_COLD bool takes_too_long(const json::document& value, json::value_faults& found) const {
        json::value_faults ignored;
        const schema::written::check_options options{.max_steps = 1'000'000};
        schema::written::schema_checker(*looked_through_, value, options, ignored).fits(0);
        for (fault& f : ignored.faults)
            if (f.code == errc::too_large) return found.faults.push_back(std::move(f)), true;
        return false;
    }

    HAFT_COLD static std::string shown(std::string_view words) {
        std::string out;
        append_echo(out, words, 400);
        return out;
    }
    HAFT_COLD static errc code_of(std::string_view keyword) noexcept {
        if (keyword == "type") return errc::wrong_type;
        if (keyword == "required" || keyword == "dependentRequired") return errc::missing_parameter;
        if (keyword == "additionalProperties" || keyword == "unevaluatedProperties") return errc::unknown_parameter;
        if (keyword == "enum" || keyword == "const" || keyword == "not" || keyword == "false") return errc::not_allowed;
        if (keyword == "anyOf" || keyword == "oneOf") return errc::no_alternative;
        return errc::out_of_limits;
    }

    std::shared_ptr<const std::vector<schema::written::schema_node>> looked_through_;
    std::shared_ptr<const compiled> schema_;
};

}  // namespace haft::inline v0

#endif  // HAFT_WRITTEN_JSONCONS_JSON_HPP
