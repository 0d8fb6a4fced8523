// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_WRITTEN_LINT_HPP
#define HAFT_WRITTEN_LINT_HPP

/// What JSON Schema allows and no author of a tool can have meant: a required parameter that does not exist, a default that does
/// not fit, limits that leave nothing, a text that is not what it looks like. [faults 52, 57]

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/nearest.hpp>
#include <haft/core/text.hpp>
#include <haft/core/visible.hpp>
#include <haft/json/document.hpp>
#include <haft/json/pointer.hpp>
#include <haft/json/value_faults.hpp>
#include <haft/written/schema_checker.hpp>
#include <haft/written/schema_node.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace haft::inline v0::schema::written {

enum class lint_of : unsigned char { parameters, result };

namespace detail {

class linter {
public:
    HAFT_COLD linter(const std::vector<schema_node>& schemas, const json::document& text, json::value_faults& faults)
        : schemas_(schemas), text_(text), faults_(faults) {}

    HAFT_COLD void lint(lint_of what) {
        if (what == lint_of::parameters && schemas_[0].types != object_type)
            tell(0, {}, R"(the parameters of a tool are an object: write "type":"object")");
        texts_are_visible();
        find_parts();
        for (const schema_node& n : schemas_) {
            if (text_[n.place].kind != json::value_kind::object) continue;
            if (n.has_values && n.values.empty()) tell(n.place, {}, "enum and const leave no value at all");
            if (n.if_this == no_schema && (n.then_this != no_schema || n.else_this != no_schema))
                tell(n.place, {}, "then and else without if check nothing");
            required_exist(n);
            limits_leave_something(n);
            default_fits(n);
        }
    }

private:
    /// Of more properties than that nobody wants the nearest: each costs a comparison.
    static constexpr std::size_t most_considered = 1'000;

    HAFT_COLD void tell(std::uint32_t at, std::string_view key, std::string message) {
        if (faults_.only_counted()) return;
        std::string pointer = text_.pointer(at);
        if (!key.empty()) json::append_pointer_key(pointer, key);
        faults_.add(errc::bad_schema, std::move(pointer), std::move(message), text_[at].offset);
    }

    /// A model reads every text and name of a schema, whoever looks at it only what can be seen. Patterns may name what they
    /// exclude. [fault 57]
    HAFT_COLD void texts_are_visible() {
        const auto look = [&](std::uint32_t at, std::string_view text) {
            if (find_hidden(text, line_breaks::allowed) != std::string_view::npos)
                tell(at, {},
                     concat({in_quotes(text),
                             " holds a character that nobody sees, and a model reads; write it without"}));
        };
        std::vector<bool> is_pattern(text_.size());
        for (const schema_node& n : schemas_) {
            if (text_[n.place].kind != json::value_kind::object) continue;
            if (const std::uint32_t at = text_.find(n.place, "pattern")) is_pattern[at] = true;
            const std::uint32_t all = text_.find(n.place, "patternProperties");
            for (std::uint32_t c = json::document::first_child(all); all && c < text_[all].behind; c = text_[c].behind)
                is_pattern[c] = true;
        }
        for (std::uint32_t at = 0; at < text_.size(); ++at) {
            if (is_pattern[at]) continue;
            look(at, text_[at].key);
            if (text_[at].kind == json::value_kind::string) look(at, text_[at].text);
        }
    }

    /// Schemas of a value of which another one speaks, too.
    HAFT_COLD void find_parts() {
        is_part_.assign(schemas_.size(), false);
        for (const schema_node& n : schemas_) n.for_each_in_place([&](schema_place c) { is_part_[c] = true; });
    }

    HAFT_COLD void required_exist(const schema_node& n) {
        // What one part requires another may describe: {"anyOf":[{"required":["a"]},{"required":["b"]}]}.
        bool in_parts = is_part_[static_cast<std::size_t>(&n - schemas_.data())];
        n.for_each_in_place([&](schema_place) { in_parts = true; });
        if (in_parts && n.properties.empty()) return;
        if (!n.pattern_properties.empty()) return;
        for (const std::string& name : n.required) {
            if (n.find_property(name) != schema_node::no_property) continue;
            if (faults_.only_counted()) continue;
            nearest_name nearest(name);
            for (std::size_t i = 0; i < n.properties.size() && i < most_considered; ++i)
                nearest.consider(n.properties[i].first);
            std::string message = concat({in_quotes(name), " is required, but no property has that name"});
            append_did_you_mean(message, nearest.name());
            tell(n.place, "required", std::move(message));
        }
    }

    HAFT_COLD void limits_leave_something(const schema_node& n) {
        const auto crossed = [&](std::uint32_t least, std::uint32_t most, std::string_view key) {
            if (least > most)
                tell(n.place, key,
                     concat({"at least ", decimal(least), " and at most ", decimal(most), " is nothing"}));
        };
        crossed(n.min_length, n.max_length, "minLength");
        crossed(n.min_items, n.max_items, "minItems");
        crossed(n.min_properties, n.max_properties, "minProperties");
        if (n.contains != no_schema) crossed(n.min_contains, n.max_contains, "minContains");
        if (!n.minimum || !n.maximum) return;
        const int order = n.minimum->compare(*n.maximum);
        if (order > 0 || (order == 0 && (n.exclusive_minimum || n.exclusive_maximum)))
            tell(n.place, n.exclusive_minimum ? "exclusiveMinimum" : "minimum",
                 concat({"no number is ", n.exclusive_minimum ? "above " : "at least ", n.minimum_text, " and ",
                         n.exclusive_maximum ? "below " : "at most ", n.maximum_text}));
    }

    HAFT_COLD void default_fits(const schema_node& n) {
        const std::uint32_t given = text_.find(n.place, "default");
        if (given == 0) return;
        const json::value_node& v = text_[given];
        const std::string value = v.kind == json::value_kind::string ? json::string_text(v.text) : std::string(v.text);
        json::document document;
        json::value_faults found;
        if (!document.read(value, {}, found)) return;
        const auto schema = static_cast<schema_place>(&n - schemas_.data());
        const check_options options;
        if (schema_checker(schemas_, document, options, found).fits(schema)) return;
        std::string message = "the default does not fit its own schema";
        if (!found.faults.empty()) append_all(message, {": ", found.faults[0].message});
        tell(given, {}, std::move(message));
    }

    const std::vector<schema_node>& schemas_;
    const json::document& text_;
    json::value_faults& faults_;
    std::vector<bool> is_part_;
};

}  // namespace detail

/// Adds what it finds to the faults.
HAFT_COLD inline void lint(const std::vector<schema_node>& schemas, const json::document& text,
                           json::value_faults& faults, lint_of what) {
    detail::linter(schemas, text, faults).lint(what);
}

}  // namespace haft::inline v0::schema::written

#endif  // HAFT_WRITTEN_LINT_HPP
