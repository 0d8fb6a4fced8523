// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_WRITTEN_SCHEMA_CHECKER_HPP
#define HAFT_WRITTEN_SCHEMA_CHECKER_HPP

/// Holds a value against the rules of a hand-written schema: JSON Schema 2020-12 for the keywords that are supported. Without
/// recursion, and in bounded work whatever schema and value are.

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/text.hpp>
#include <haft/json/document.hpp>
#include <haft/json/equal_values.hpp>
#include <haft/json/exact_number.hpp>
#include <haft/json/string_text.hpp>
#include <haft/json/value_faults.hpp>
#include <haft/written/explain_value.hpp>
#include <haft/written/schema_node.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace haft::inline v0::schema::written {

/// How a value is held against a schema.
struct check_options {
    bool null_is_absence =
        false;  ///< null for what is not required and may not be null counts as not given, as for tools
    /// Schemas that are tried, names that are looked for, every 64 bytes that are compared or matched, all together.
    std::size_t max_steps = 4'000'000;
};

/// One check. The words are those of the matcher of derived tools.
class schema_checker {
public:
    HAFT_COLD schema_checker(const std::vector<schema_node>& schemas, const json::document& value,
                             const check_options& options, json::value_faults& faults)
        : schemas_(schemas), value_(value), options_(options), say_(schemas, value, faults) {}

    /// Whether the value fits; if not, why stands among the faults.
    HAFT_COLD bool fits(schema_place root) {
        push(root, 0, false, options_.null_is_absence);
        bool result = true;
        bool returned = false;
        while (!frames_.empty()) {
            if (steps_ > options_.max_steps) return say_.too_much(), false;
            frame& f = frames_.back();
            if (returned) take(f, result);
            returned = false;
            // (proceed may push, after which f is gone)
            if (proceed()) continue;
            result = frames_.back().ok;
            frames_.pop_back();
            returned = true;
        }
        return result;
    }

private:
    using value_kind = json::value_kind;

    /// What of a schema comes next: first what it says of the value's parts, in the order of derived tools.
    enum class stage : unsigned char {
        begin,
        names,
        members,
        strangers,
        items,
        contains,
        reference,
        all_of,
        any_of,
        one_of,
        not_this,
        if_this,
        branch,
        dependent,
        end
    };
    struct frame {
        schema_place schema;
        std::uint32_t value;
        bool muted;            // its faults are nobody's business, and the first one ends it
        bool null_is_absence;  // of its members
        bool ok = true;
        bool explaining = false;  // of alternatives: none fits, and one says why
        bool narrowed = false;
        stage now = stage::begin;
        std::uint32_t index = 0;    // within the stage
        std::uint32_t matched = 0;  // of anyOf, oneOf, contains
        std::uint32_t child = 0;    // member or item
        std::uint32_t rule = 0;     // of the rules for one member
        std::uint32_t strangers = 0;
        std::size_t room = 0;
    };

    bool push(schema_place schema, std::uint32_t value, bool muted, bool null_is_absence) {
        ++steps_;
        frame f{};
        f.schema = schema;
        f.value = value;
        f.muted = muted;
        f.null_is_absence = null_is_absence;
        frames_.push_back(f);
        return true;
    }
    bool push_part(const frame& f, schema_place schema, std::uint32_t part) {
        return push(schema, part, f.muted, options_.null_is_absence);
    }
    /// Another schema of the same value. Of several that speak of its members none knows alone what is required, so none may take
    /// null for absence.
    bool push_in_place(const frame& f, schema_place schema, bool muted) {
        const schema_node& n = schemas_[f.schema];
        const bool alone = f.now == stage::reference || f.now == stage::any_of || f.now == stage::one_of;
        return push(schema, f.value, muted, f.null_is_absence && alone && !n.speaks_of_members() && n.all_of.empty());
    }

    /// A schema that was tried has turned out to fit or not.
    void take(frame& f, bool fitting) {
        switch (f.now) {
            case stage::any_of:
            case stage::one_of:
            case stage::contains: f.matched += fitting; break;
            case stage::not_this:
                if (fitting)
                    fail(f, [&] { say_.complain(errc::not_allowed, f.value, "is what the schema's `not` excludes"); });
                break;
            case stage::if_this: f.matched = fitting; break;
            default: f.ok = f.ok && fitting;
        }
    }
    template <class Say>
    bool fail(frame& f, Say say) {
        if (!f.muted) say();
        return f.ok = false;
    }

    /// Goes on with the topmost frame; true if another was pushed, which comes first then.
    HAFT_COLD bool proceed() {
        frame& f = frames_.back();
        const schema_node& n = schemas_[f.schema];
        const json::value_node& v = value_[f.value];
        for (;;) {
            if (f.muted && !f.ok) return leave_parts(f), false;
            bool pushed = false;
            switch (f.now) {
                case stage::begin:
                    if (!own_rules(f, n, v)) return false;  // what else it says makes no sense of another type
                    enter_parts(f, n, v);
                    break;
                case stage::names: names(f, n, v); break;
                case stage::members: pushed = v.kind == value_kind::object && members(f, n, v); break;
                case stage::strangers:
                    if (v.kind == value_kind::object) strangers(f, n, v);
                    break;
                case stage::items: pushed = v.kind == value_kind::array && items(f, n, v); break;
                case stage::contains: pushed = v.kind == value_kind::array && contains(f, n, v); break;
                case stage::reference:
                    pushed = f.index++ == 0 && n.ref != no_schema && push_in_place(f, n.ref, f.muted);
                    break;
                case stage::all_of:
                    pushed = f.index < n.all_of.size() && push_in_place(f, n.all_of[f.index++], f.muted);
                    break;
                case stage::any_of: pushed = any_of(f, n.any_of); break;
                case stage::one_of: pushed = one_of(f, n.one_of); break;
                case stage::not_this:
                    pushed = f.index++ == 0 && n.not_this != no_schema && push_in_place(f, n.not_this, true);
                    break;
                case stage::if_this:
                    pushed = f.index++ == 0 && n.if_this != no_schema && push_in_place(f, n.if_this, true);
                    break;
                case stage::branch: pushed = branch(f, n); break;
                case stage::dependent: pushed = v.kind == value_kind::object && dependent(f, n); break;
                case stage::end: return false;
            }
            if (pushed) return true;
            next(f);
        }
    }
    static void next(frame& f) {
        const std::uint32_t kept = f.now == stage::if_this ? f.matched : 0;  // which branch it is
        f.now = static_cast<stage>(static_cast<unsigned char>(f.now) + 1);
        f.index = 0;
        f.matched = kept;
        f.child = json::document::first_child(f.value);
        f.explaining = false;
    }

    /// Of one array or map only some faults are described.
    void enter_parts(frame& f, const schema_node& n, const json::value_node& v) {
        f.narrowed = v.kind == value_kind::array || (v.kind == value_kind::object && n.properties.empty());
        if (f.narrowed) f.room = say_.narrow();
    }
    void leave_parts(frame& f) {
        if (std::exchange(f.narrowed, false)) say_.widen(f.room);
    }

    // --- objects

    void names(frame& f, const schema_node& n, const json::value_node& v) {
        if (v.kind != value_kind::object || n.property_names == no_schema) return;
        for (; f.child < v.behind && f.ok | !f.muted && steps_ <= options_.max_steps; f.child = value_[f.child].behind)
            if (!name_fits(n.property_names, value_[f.child].key))
                fail(f, [&] { say_.bad_name(f.value, value_[f.child].key); });
    }
    /// Whether a name fits a schema for names: a string held against it.
    HAFT_COLD bool name_fits(schema_place schema, std::string_view name) {
        const std::string text = json::string_text(name);
        json::document one;
        json::value_faults ignored;
        if (!one.read(text, {}, ignored)) return false;
        check_options how = options_;
        how.max_steps = options_.max_steps > steps_ ? options_.max_steps - steps_ : 0;
        schema_checker inner(schemas_, one, how, ignored);
        const bool fitting = inner.fits(schema);
        steps_ += inner.steps_;
        return fitting;
    }

    /// The rules for each member, one after the other; true if a schema was pushed.
    bool members(frame& f, const schema_node& n, const json::value_node& v) {
        while (f.child < v.behind) {
            const std::uint32_t child = f.child;
            const json::value_node& m = value_[child];
            ++steps_;
            if (f.rule == 0) {
                f.rule = 1;
                const std::size_t own = n.find_property(m.key);
                f.matched = own != schema_node::no_property;
                if (f.matched && !is_absence(f, n, m)) return push_part(f, n.properties[own].second, child);
            }
            while (f.rule <= n.pattern_properties.size()) {
                const auto& [rule, schema] = n.pattern_properties[f.rule++ - 1];
                if (!matches(rule, m.key)) continue;
                f.matched = 1;
                return push_part(f, schema, child);
            }
            f.child = m.behind;
            f.rule = 0;
            if (f.matched || n.additional_properties == no_schema) continue;
            if (!schemas_[n.additional_properties].never) return push_part(f, n.additional_properties, child);
            ++f.strangers;
            f.ok = false;
            if (f.muted) break;
        }
        return false;
    }
    /// Null for what need not be given. (Where null is a value as well it passes either way.)
    static bool is_absence(const frame& f, const schema_node& n, const json::value_node& m) {
        return f.null_is_absence && m.kind == value_kind::null && !n.is_required(m.key);
    }

    /// Members that nothing names, and names that no member has.
    void strangers(frame& f, const schema_node& n, const json::value_node& v) {
        leave_parts(f);
        if (f.strangers != 0 && !f.muted)
            for (std::uint32_t c = json::document::first_child(f.value); c < v.behind; c = value_[c].behind) {
                bool known = n.find_property(value_[c].key) != schema_node::no_property;
                for (const auto& [rule, schema] : n.pattern_properties) known = known || matches(rule, value_[c].key);
                if (!known) say_.stranger(n, f.value, c);
            }
        steps_ += n.required.size() / 8;
        for (const std::string& name : n.required)
            if (value_.find(f.value, name) == 0) fail(f, [&] { say_.missing(n, f.value, name); });
        if (v.count < n.min_properties || v.count > n.max_properties)
            fail(f, [&] { say_.wrong_count(f.schema, f.value, v.count, " member"); });
        for (const auto& [name, wanted] : n.dependent_required) {
            if (value_.find(f.value, name) == 0) continue;
            for (const std::string& other : wanted)
                if (value_.find(f.value, other) == 0) fail(f, [&] { say_.dependent_missing(f.value, name, other); });
        }
    }

    bool dependent(frame& f, const schema_node& n) {
        while (f.index < n.dependent_schemas.size()) {
            const auto& [name, schema] = n.dependent_schemas[f.index++];
            if (value_.find(f.value, name) != 0) return push_in_place(f, schema, f.muted);
        }
        return false;
    }

    // --- arrays

    bool items(frame& f, const schema_node& n, const json::value_node& v) {
        while (f.child < v.behind) {
            const std::uint32_t item = f.child;
            const std::uint32_t at = value_[item].index;
            f.child = value_[item].behind;
            const schema_place schema = at < n.prefix_items.size() ? n.prefix_items[at] : n.items;
            if (schema == no_schema || at >= n.max_items) break;  // too many are one fault, however wrong they are
            return push_part(f, schema, item);
        }
        leave_parts(f);
        if (n.unique_items && f.ok) different_items(f);
        if (v.count < n.min_items || v.count > n.max_items)
            fail(f, [&] { say_.wrong_count(f.schema, f.value, v.count, " item"); });
        return false;
    }
    HAFT_COLD void different_items(frame& f) {
        spend_bytes(value_[f.value].text.size());
        steps_ += value_[f.value].count;
        if (steps_ > options_.max_steps) return;
        std::vector<std::pair<std::string, std::uint32_t>> texts;
        for (std::uint32_t c = json::document::first_child(f.value); c < value_[f.value].behind; c = value_[c].behind)
            texts.emplace_back(json::canonical_text(value_, c), value_[c].index);
        std::sort(texts.begin(), texts.end());
        for (std::size_t i = 1; i < texts.size(); ++i)
            if (texts[i].first == texts[i - 1].first)
                return static_cast<void>(
                    fail(f, [&] { say_.equal_items(f.value, texts[i - 1].second, texts[i].second); }));
    }
    bool contains(frame& f, const schema_node& n, const json::value_node& v) {
        if (n.contains == no_schema) return false;
        if (f.child < v.behind) {
            const std::uint32_t item = f.child;
            f.child = value_[item].behind;
            return push(n.contains, item, true, false);
        }
        if (f.matched < n.min_contains || f.matched > n.max_contains)
            fail(f, [&] { say_.wrong_number_contained(f.schema, f.value, f.matched); });
        return false;
    }

    // --- schemas made of others: all are tried in silence; if none fits, the one that can only be meant says why

    bool any_of(frame& f, const std::vector<schema_place>& choices) {
        if (choices.empty() || f.matched != 0 || f.explaining) return false;
        if (f.index < choices.size()) return push_in_place(f, choices[f.index++], true);
        return none_fits(f, choices);
    }
    bool one_of(frame& f, const std::vector<schema_place>& choices) {
        if (choices.empty() || f.explaining) return false;
        if (f.index < choices.size()) return push_in_place(f, choices[f.index++], true);
        if (f.matched == 0) return none_fits(f, choices);
        if (f.matched > 1)
            fail(f, [&] {
                say_.complain(errc::no_alternative, f.value,
                              concat({"fits ", decimal(f.matched), " of the schema's alternatives, and must fit one"}));
            });
        return false;
    }
    bool none_fits(frame& f, const std::vector<schema_place>& choices) {
        f.ok = false;
        if (f.muted) return false;
        const schema_place only = say_.only_candidate(choices, f.value);
        if (only == no_schema) return say_.no_alternative(choices, f.value), false;
        f.explaining = true;
        return push_in_place(f, only, false);
    }
    bool branch(frame& f, const schema_node& n) {
        if (f.index++ != 0 || n.if_this == no_schema) return false;
        const schema_place chosen = f.matched ? n.then_this : n.else_this;
        return chosen != no_schema && push_in_place(f, chosen, f.muted);
    }

    // --- rules that need no other schema

    bool own_rules(frame& f, const schema_node& n, const json::value_node& v) {
        if (n.never) return fail(f, [&] { say_.complain(errc::not_allowed, f.value, "no value is allowed here"); });
        if (n.has_values && !is_listed(n, f.value, v)) return fail(f, [&] { say_.not_listed(f.schema, f.value); });
        if (n.types != every_type && (n.types & type_bits_of(v)) == 0)
            return fail(f, [&] { say_.unfit(errc::wrong_type, f.schema, f.value); });
        if (v.kind == value_kind::number) {
            if ((n.minimum || n.maximum || n.multiple_of) && !keeps_bounds(n, json::exact_number(v.text)))
                return fail(f, [&] { say_.unfit(errc::out_of_limits, f.schema, f.value); });
        } else if (v.kind == value_kind::string) {
            const bool counted = n.min_length != 0 || n.max_length != unlimited;
            if (counted) spend_bytes(v.text.size());
            const std::size_t length = counted ? count_code_points(v.text) : 0;
            if (length < n.min_length || (n.max_length != unlimited && length > n.max_length))
                return fail(f, [&] { say_.wrong_count(f.schema, f.value, length, " character"); });
            if (n.pattern && !matches(*n.pattern, v.text))
                return fail(f, [&] { say_.unfit(errc::out_of_limits, f.schema, f.value); });
        }
        return true;
    }
    bool is_listed(const schema_node& n, std::uint32_t at, const json::value_node& v) {
        spend_bytes(v.text.size() + 32 * n.values.size());
        if (steps_ > options_.max_steps) return true;  // it ends anyhow
        const std::string text = json::canonical_text(value_, at);
        return std::find(n.values.begin(), n.values.end(), text) != n.values.end();
    }
    static bool keeps_bounds(const schema_node& n, const json::exact_number& number) {
        if (n.minimum) {
            const int order = number.compare(*n.minimum);
            if (order < 0 || (order == 0 && n.exclusive_minimum)) return false;
        }
        if (n.maximum) {
            const int order = number.compare(*n.maximum);
            if (order > 0 || (order == 0 && n.exclusive_maximum)) return false;
        }
        return !n.multiple_of || number.is_multiple_of(*n.multiple_of);
    }
    bool matches(const pattern_rule& rule, std::string_view text) {
        spend_bytes(16 * text.size());  // a matcher is that much slower than a comparison
        return steps_ <= options_.max_steps && rule.pattern.matches(text);
    }
    void spend_bytes(std::size_t n) noexcept { steps_ += n / 64; }

    const std::vector<schema_node>& schemas_;
    const json::document& value_;
    const check_options& options_;
    value_explainer say_;
    std::vector<frame> frames_;
    std::size_t steps_ = 0;
};

}  // namespace haft::inline v0::schema::written

#endif  // HAFT_WRITTEN_SCHEMA_CHECKER_HPP
