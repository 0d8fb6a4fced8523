// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_WRITTEN_WRITTEN_SCHEMA_HPP
#define HAFT_WRITTEN_WRITTEN_SCHEMA_HPP

/// A JSON Schema that somebody wrote by hand: checked when it comes, then held against values. [TD-08]

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/result.hpp>
#include <haft/json/document.hpp>
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
        written_schema out;
        out.schemas_ = compiler.compile();
        if (!compiler.faults().empty()) return refused(compiler.faults());
        return out;
    }
    /// The same for the parameters of a tool, which are more narrowly looked at: the root is an object, what is required exists,
    /// defaults fit, limits do not contradict each other. [fault 52]
    HAFT_COLD static result<written_schema> compile_parameters(std::string_view text) {
        schema::written::schema_compiler compiler(text);
        written_schema out;
        out.schemas_ = compiler.compile();
        if (compiler.faults().empty())
            schema::written::lint(out.schemas_, compiler.text(), compiler.faults(),
                                  schema::written::lint_of::parameters);
        if (!compiler.faults().empty()) return refused(compiler.faults());
        return out;
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
    HAFT_COLD static error refused(json::value_faults& faults) {
        error e{errc::bad_schema, {}, std::move(faults.faults), faults.more};
        const std::size_t n = e.faults.size() + e.more_faults;
        e.message = concat({"the schema can't be used: ", decimal(n), n == 1 ? " fault" : " faults"});
        return e;
    }

    std::vector<schema::written::schema_node> schemas_;
};

}  // namespace haft::inline v0

#endif  // HAFT_WRITTEN_WRITTEN_SCHEMA_HPP
