// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_WRITTEN_SCHEMA_COMPILER_HPP
#define HAFT_WRITTEN_SCHEMA_COMPILER_HPP

/// From a schema's text to its rules. What is not understood is refused and never ignored: a misspelt keyword would be a check
/// that nobody makes. Nothing is fetched. [faults 52 to 56]

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/nearest.hpp>
#include <haft/core/text.hpp>
#include <haft/json/document.hpp>
#include <haft/json/equal_values.hpp>
#include <haft/json/exact_number.hpp>
#include <haft/json/expected.hpp>
#include <haft/json/follow_pointer.hpp>
#include <haft/json/pattern.hpp>
#include <haft/json/read_limits.hpp>
#include <haft/json/string_text.hpp>
#include <haft/json/value_faults.hpp>
#include <haft/written/in_place.hpp>
#include <haft/written/keywords.hpp>
#include <haft/written/schema_node.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace haft::inline v0::schema::written {

/// Who will check what is compiled: haft itself, or a full validator, for which it is only looked through.
enum class checked_by : unsigned char { haft, full_validator };

/// Compiles one text. Everything that is wrong with it is found, up to the usual number of faults.
class schema_compiler {
public:
    HAFT_COLD explicit schema_compiler(std::string_view text, checked_by who = checked_by::haft) : who_(who) {
        valid_ = document_.read(text, limits(), faults_);
    }

    /// The schemas, the root first; none if `faults()` tells of any.
    HAFT_COLD std::vector<schema_node> compile() {
        if (!valid_) return {};
        place_of(0);
        while (next_ < todo_.size()) {
            const auto at = static_cast<schema_place>(next_++);
            compile_one(at, todo_[at]);
        }
        for (const named_reference& r : by_name_) resolve(r);
        if (faults_.empty())
            if (const schema_place looping = find_loop(nodes_); looping != no_schema)
                fail(nodes_[looping].place, "this schema leads back to itself without taking a step into the value");
        return faults_.empty() ? std::move(nodes_) : std::vector<schema_node>{};
    }
    /// What is wrong; pointers lead into the schema.
    json::value_faults& faults() noexcept { return faults_; }
    const json::document& text() const noexcept { return document_; }

private:
    using value_kind = json::value_kind;

    static json::read_limits limits() {
        json::read_limits out;
        out.max_depth = 128;
        return out;
    }

    // --- places

    /// The schema that stands at a value of the text; it is compiled when its turn comes.
    schema_place place_of(std::uint32_t value) {
        const auto [it, fresh] = known_.try_emplace(value, static_cast<schema_place>(todo_.size()));
        if (fresh) {
            todo_.push_back(value);
            nodes_.emplace_back().place = value;
        }
        return it->second;
    }

    HAFT_COLD bool fail(std::uint32_t at, std::string message) {
        if (faults_.only_counted()) return false;
        faults_.add(errc::bad_schema, document_.pointer(at), std::move(message), document_[at].offset);
        return false;
    }

    template <class Each>
    void children(std::uint32_t of, Each each) const {
        for (std::uint32_t c = json::document::first_child(of); c < document_[of].behind; c = document_[c].behind)
            each(c);
    }

    // --- one schema

    HAFT_COLD void compile_one(schema_place here, std::uint32_t at) {
        const json::value_node& v = document_[at];
        if (v.kind == value_kind::boolean) {
            nodes_[here].never = v.text == "false";
            return;
        }
        if (v.kind != value_kind::object) {
            fail(at, concat({"expected a schema, an object or a boolean, got ", json::got_text(v.text)}));
            return;
        }
        schema_node n;
        n.place = at;
        children(at, [&](std::uint32_t c) { read(n, document_[c].key, c, at); });
        n.required_by_name = n.required;
        n.sort_properties();
        nodes_[here] = std::move(n);
    }

    HAFT_COLD void read(schema_node& n, std::string_view key, std::uint32_t c, std::uint32_t at) {
        for (const keyword& k : keywords) {
            if (k.name != key) continue;
            switch (k.use) {
                case keyword_use::checked: read_checked(n, key, c); return;
                case keyword_use::annotation: read_annotation(n, key, c, at); return;
                case keyword_use::holds_schemas:
                    if (is(c, value_kind::object)) children(c, [&](std::uint32_t d) { place_of(d); });
                    return;
                case keyword_use::elsewhere:
                    if (who_ == checked_by::full_validator) return read_elsewhere(n, key, c, at);
                    [[fallthrough]];
                case keyword_use::refused:
                    fail(c, concat({"the keyword ", in_quotes(key),
                                    " is not supported here; say it in other words, or check "
                                    "with a full validator"}));
                    return;
            }
        }
        if (key.starts_with("x-")) return;
        nearest_name nearest(key);
        for (const keyword& k : keywords)
            if (k.use != keyword_use::refused) nearest.consider(k.name);
        std::string message = concat({"no keyword ", in_quotes(key)});
        append_did_you_mean(message, nearest.name());
        fail(c, message + " (keywords of your own begin with x-)");
    }

    HAFT_COLD bool is(std::uint32_t c, value_kind kind) {
        if (document_[c].kind == kind) return true;
        constexpr std::string_view names[]{"null", "a boolean", "a number", "a string", "an array", "an object"};
        return fail(c, concat({"expected ", names[static_cast<std::size_t>(kind)], ", got ", got(c)}));
    }
    std::string got(std::uint32_t c) const {
        const json::value_node& v = document_[c];
        return v.kind == value_kind::string ? concat({"string ", in_quotes(v.text)}) : json::got_text(v.text);
    }

    HAFT_COLD void read_annotation(schema_node& n, std::string_view key, std::uint32_t c, std::uint32_t at) {
        if (key == "description" && is(c, value_kind::string)) n.description = document_[c].text;
        if (key == "$schema") {
            constexpr std::string_view dialect = "https://json-schema.org/draft/2020-12/schema";
            if (is(c, value_kind::string) && document_[c].text != dialect)
                fail(c, concat({"the dialect is ", dialect, ", and not ", in_quotes(document_[c].text)}));
        }
        if (key == "$id" && is(c, value_kind::string) && at != 0)
            fail(c, "an $id is for the root only: within a schema it would change what a $ref means");
    }

    HAFT_COLD void read_checked(schema_node& n, std::string_view key, std::uint32_t c) {
        const auto schema = [&](schema_place& to) { to = place_of(c); };
        const auto count = [&](std::uint32_t& to) {
            if (!is(c, value_kind::number)) return;
            const json::exact_number number(document_[c].text);
            if (!number.is_integer() || document_[c].text.starts_with('-'))
                fail(c, concat({"expected a whole number that is not negative, got ", document_[c].text}));
            else to = number.count();
        };
        if (key == "type") return read_type(n, c);
        if (key == "enum") return read_values(n, c);
        if (key == "const") return add_value(n, c);
        if (key == "properties") return read_named(n.properties, c);
        if (key == "dependentSchemas") return read_named(n.dependent_schemas, c);
        if (key == "patternProperties") return read_patterns(n, c);
        if (key == "required") return read_names(n.required, c);
        if (key == "dependentRequired") {
            if (!is(c, value_kind::object)) return;
            children(c, [&](std::uint32_t d) {
                auto& row = n.dependent_required.emplace_back();
                row.first = document_[d].key;
                read_names(row.second, d);
            });
            return;
        }
        if (key == "additionalProperties") return schema(n.additional_properties);
        if (key == "propertyNames") return schema(n.property_names);
        if (key == "items") return schema(n.items);
        if (key == "contains") return schema(n.contains);
        if (key == "not") return schema(n.not_this);
        if (key == "if") return schema(n.if_this);
        if (key == "then") return schema(n.then_this);
        if (key == "else") return schema(n.else_this);
        if (key == "prefixItems") return read_list(n.prefix_items, c);
        if (key == "allOf") return read_list(n.all_of, c);
        if (key == "anyOf") return read_list(n.any_of, c);
        if (key == "oneOf") return read_list(n.one_of, c);
        if (key == "minProperties") return count(n.min_properties);
        if (key == "maxProperties") return count(n.max_properties);
        if (key == "minItems") return count(n.min_items);
        if (key == "maxItems") return count(n.max_items);
        if (key == "minContains") return count(n.min_contains);
        if (key == "maxContains") return count(n.max_contains);
        if (key == "minLength") return count(n.min_length);
        if (key == "maxLength") return count(n.max_length);
        if (key == "uniqueItems") {
            if (is(c, value_kind::boolean)) n.unique_items = document_[c].text == "true";
            return;
        }
        if (key == "pattern") {
            if (is(c, value_kind::string)) read_pattern(n.pattern.emplace(), document_[c].text, c);
            return;
        }
        if (key == "$ref") return read_reference(n, c);
        read_bound(n, key, c);
    }

    HAFT_COLD void read_bound(schema_node& n, std::string_view key, std::uint32_t c) {
        if (!is(c, value_kind::number)) return;
        const std::string_view text = document_[c].text;
        json::exact_number number(text);
        if (key == "multipleOf") {
            if (!number.is_positive()) fail(c, concat({"expected a number above 0, got ", text}));
            else if (number.digits() > json::exact_number::most_divisor_digits)
                fail(c, concat({"has more than ", decimal(json::exact_number::most_divisor_digits), " digits"}));
            n.multiple_of = std::move(number);
            n.multiple_of_text = text;
            return;
        }
        const bool exclusive = key.starts_with("exclusive");
        const bool lower = key == "minimum" || key == "exclusiveMinimum";
        auto& bound = lower ? n.minimum : n.maximum;
        bool& excludes = lower ? n.exclusive_minimum : n.exclusive_maximum;
        // Of two bounds the narrower one counts.
        if (bound) {
            const int order = number.compare(*bound);
            const bool narrower = lower ? order > 0 : order < 0;
            if (!narrower && !(order == 0 && exclusive)) return;
        }
        bound = std::move(number);
        excludes = exclusive;
        (lower ? n.minimum_text : n.maximum_text) = text;
    }

    HAFT_COLD void read_type(schema_node& n, std::uint32_t c) {
        n.types = 0;
        const auto add = [&](std::uint32_t d) {
            if (!is(d, value_kind::string)) return;
            struct row {
                std::string_view name;
                std::uint8_t bits;
            };
            constexpr row rows[]{{"null", null_type},     {"boolean", boolean_type}, {"integer", integer_type},
                                 {"number", number_type}, {"string", string_type},   {"array", array_type},
                                 {"object", object_type}};
            nearest_name nearest(document_[d].text);
            for (const row& r : rows) {
                if (r.name == document_[d].text) {
                    n.types |= r.bits;
                    return;
                }
                nearest.consider(r.name);
            }
            std::string message = concat({"no type ", in_quotes(document_[d].text)});
            append_did_you_mean(message, nearest.name());
            fail(d, message);
        };
        if (document_[c].kind != value_kind::array) return add(c);
        if (document_[c].count == 0) fail(c, "allows no type at all");
        children(c, add);
    }

    HAFT_COLD void add_value(schema_node& n, std::uint32_t c) {
        const std::vector<std::string> before = std::move(n.values);
        const bool had = n.has_values;
        n.values = {json::canonical_text(document_, c)};
        n.shown_values = {shown(c)};
        n.has_values = true;
        if (had && std::find(before.begin(), before.end(), n.values[0]) == before.end()) n.values.clear();
    }
    HAFT_COLD void read_values(schema_node& n, std::uint32_t c) {
        if (!is(c, value_kind::array)) return;
        std::vector<std::string> values, shown_values;
        children(c, [&](std::uint32_t d) {
            std::string text = json::canonical_text(document_, d);
            if (n.has_values && std::find(n.values.begin(), n.values.end(), text) == n.values.end()) return;
            values.push_back(std::move(text));
            shown_values.push_back(shown(d));
        });
        n.values = std::move(values);
        n.shown_values = std::move(shown_values);
        n.has_values = true;
    }
    std::string shown(std::uint32_t c) const {
        const json::value_node& v = document_[c];
        return v.kind == value_kind::string ? json::string_text(v.text) : std::string(v.text);
    }

    HAFT_COLD void read_named(std::vector<std::pair<std::string, schema_place>>& to, std::uint32_t c) {
        if (!is(c, value_kind::object)) return;
        children(c, [&](std::uint32_t d) { to.emplace_back(document_[d].key, place_of(d)); });
    }
    HAFT_COLD void read_patterns(schema_node& n, std::uint32_t c) {
        if (!is(c, value_kind::object)) return;
        children(c, [&](std::uint32_t d) {
            auto& row = n.pattern_properties.emplace_back();
            read_pattern(row.first, document_[d].key, d);
            row.second = place_of(d);
        });
    }
    HAFT_COLD void read_pattern(pattern_rule& to, std::string_view text, std::uint32_t c) {
        to.text = text;
        if (who_ == checked_by::full_validator) {
            fail(
                c,
                "a pattern, which that validator would match by std::regex: it backtracks, and recurses on long texts");
            return;
        }
        if (const json::pattern_problem problem = json::pattern::compile(text, to.pattern); !problem.ok())
            fail(c, concat({"the pattern ", in_quotes(text), " can't be used: ", problem.why, " at byte ",
                            decimal(problem.at)}));
    }
    HAFT_COLD void read_list(std::vector<schema_place>& to, std::uint32_t c) {
        if (!is(c, value_kind::array)) return;
        if (document_[c].count == 0) fail(c, "has no schema in it");
        children(c, [&](std::uint32_t d) { to.push_back(place_of(d)); });
    }
    HAFT_COLD void read_names(std::vector<std::string>& to, std::uint32_t c) {
        if (!is(c, value_kind::array)) return;
        std::vector<std::pair<std::string_view, std::uint32_t>> names;
        children(c, [&](std::uint32_t d) {
            if (!is(d, value_kind::string)) return;
            names.emplace_back(document_[d].text, d);
            to.emplace_back(document_[d].text);
        });
        std::sort(names.begin(), names.end());
        for (std::size_t i = 1; i < names.size(); ++i)
            if (names[i].first == names[i - 1].first)
                fail(names[i].second, concat({in_quotes(names[i].first), " stands there twice"}));
    }

    // --- references

    HAFT_COLD void read_reference(schema_node& n, std::uint32_t c) {
        if (!is(c, value_kind::string)) return;
        const std::string_view text = document_[c].text;
        if (!text.starts_with('#')) {
            fail(c, concat({"the reference ", in_quotes(text),
                            " leads out of this schema; only `#/…` is followed, and nothing "
                            "is ever fetched"}));
            return;
        }
        std::string pointer;
        const bool decoded = json::decode_percent(text.substr(1), pointer);
        if (decoded && !pointer.empty() && pointer[0] != '/' && who_ == checked_by::full_validator) {
            by_name_.push_back({known_.at(n.place), std::move(pointer), c});
            return;
        }
        if (!decoded || (!pointer.empty() && pointer[0] != '/')) {
            fail(c, concat({"the reference ", in_quotes(text), " is no JSON pointer; write `#/$defs/name`"}));
            return;
        }
        std::uint32_t to = 0;
        if (!json::follow_pointer(document_, pointer, to)) {
            fail(c, concat({"the reference ", in_quotes(text), " leads nowhere"}));
            return;
        }
        n.ref = place_of(to);
    }

    // --- what a full validator checks: looked at as far as it could lead out of the schema, or in a circle

    struct named_reference {
        schema_place from;
        std::string anchor;
        std::uint32_t at;
    };
    HAFT_COLD void read_elsewhere(schema_node& n, std::string_view key, std::uint32_t c, std::uint32_t at) {
        if (key.starts_with("unevaluated")) {
            // As if it were what additional members or items are held against: nearly as much work.
            schema_place& to = key.ends_with("Items") ? n.items : n.additional_properties;
            const schema_place place = place_of(c);
            if (to == no_schema) to = place;
            return;
        }
        if (!is(c, value_kind::string)) return;
        if (key == "$dynamicRef") {
            const schema_place ref = std::exchange(n.ref, no_schema);
            read_reference(n, c);
            if (const schema_place to = std::exchange(n.ref, ref); to != no_schema) n.all_of.push_back(to);
            return;
        }
        if (!anchors_.try_emplace(std::string(document_[c].text), known_.at(at)).second)
            fail(c, concat({"the anchor ", in_quotes(document_[c].text), " stands there twice"}));
    }
    HAFT_COLD void resolve(const named_reference& r) {
        const auto found = anchors_.find(r.anchor);
        if (found == anchors_.end())
            fail(r.at, concat({"the reference ", in_quotes(document_[r.at].text), " leads nowhere"}));
        else nodes_[r.from].all_of.push_back(found->second);  // beside another $ref of the same schema
    }

    checked_by who_;
    json::document document_;
    json::value_faults faults_;
    bool valid_;
    std::unordered_map<std::uint32_t, schema_place> known_;  // by place in the text
    std::vector<std::uint32_t> todo_;                        // places in the text, by place in nodes_
    std::size_t next_ = 0;
    std::vector<schema_node> nodes_;
    std::unordered_map<std::string, schema_place> anchors_;
    std::vector<named_reference> by_name_;
};

}  // namespace haft::inline v0::schema::written

#endif  // HAFT_WRITTEN_SCHEMA_COMPILER_HPP
