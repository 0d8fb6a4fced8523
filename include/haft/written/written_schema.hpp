// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_WRITTEN_WRITTEN_SCHEMA_HPP
#define HAFT_WRITTEN_WRITTEN_SCHEMA_HPP

/// A JSON Schema that somebody wrote by hand: checked when it comes, then held against values. [TD-08]

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/result.hpp>
#include <haft/json/document.hpp>
#include <haft/json/fault_text.hpp>
#include <haft/json/read_limits.hpp>
#include <haft/json/value_faults.hpp>
#include <haft/written/lint.hpp>
#include <haft/written/schema_checker.hpp>
#include <haft/written/schema_compiler.hpp>
#include <haft/written/schema_node.hpp>

#include <cstddef>
#include <string_view>
#include <utility>
#include <vector>

namespace haft::inline v0 {

/// What was found wrong with a value.
struct checked_value {
    std::vector<fault> faults = {};  ///< the first 32; their words are those of derived tools
    std::size_t more_faults = 0;

    bool ok() const noexcept { return faults.empty() && more_faults == 0; }
};

/// JSON Schema 2020-12, as far as written::keywords goes; owns what it needs. Any number of threads may check at a time.
class written_schema {
public:
    /// Compiles a schema. Refused, each with its JSON pointer into the schema: what is no JSON or no schema, keywords that are
    /// unknown or not supported (those that begin with `x-` are free), references that lead out of it, nowhere or back to
    /// themselves, patterns beyond json::pattern.
    HAFT_COLD static result<written_schema> compile(std::string_view text) {
        schema::written::schema_compiler compiler(text);
        return finished(compiler, compiler.compile());
    }
    /// The same for the schema of a tool's parameters or result, which is more narrowly looked at: what is required exists,
    /// defaults fit, limits do not contradict each other, no text or name holds a character that nobody sees (but patterns
    /// may); and parameters are an object. [faults 52, 57]
    HAFT_COLD static result<written_schema> compile_for_tool(std::string_view text, schema::written::lint_of what) {
        schema::written::schema_compiler compiler(text);
        std::vector<schema::written::schema_node> schemas = compiler.compile();
        if (compiler.faults().empty()) schema::written::lint(schemas, compiler.text(), compiler.faults(), what);
        return finished(compiler, std::move(schemas));
    }

    /// Holds a JSON text against it. The text is read strictly: a key that stands twice is a fault, as everywhere in haft.
    HAFT_COLD checked_value validate(std::string_view json, const json::read_limits& limits = {},
                                     const schema::written::check_options& options = {}) const {
        json::value_faults faults;
        json::document value;
        if (value.read(json, limits, faults)) schema::written::schema_checker(schemas_, value, options, faults).fits(0);
        return {std::move(faults.faults), faults.more};
    }
    bool accepts(std::string_view json) const { return validate(json).ok(); }

private:
    written_schema() = default;
    HAFT_COLD static result<written_schema> finished(schema::written::schema_compiler& compiler,
                                                     std::vector<schema::written::schema_node>&& schemas) {
        json::value_faults& faults = compiler.faults();
        if (!faults.empty()) {
            error e{errc::bad_schema, {}, std::move(faults.faults), faults.more};
            e.message = concat({"the schema can't be used: ", json::fault_count(e)});
            return e;
        }
        written_schema out;
        out.schemas_ = std::move(schemas);
        return out;
    }

    std::vector<schema::written::schema_node> schemas_;
};

}  // namespace haft::inline v0

#endif  // HAFT_WRITTEN_WRITTEN_SCHEMA_HPP
