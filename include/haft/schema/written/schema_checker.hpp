// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_SCHEMA_WRITTEN_SCHEMA_CHECKER_HPP
#define HAFT_SCHEMA_WRITTEN_SCHEMA_CHECKER_HPP

/// Holds a value against the rules of a hand-written schema: JSON Schema 2020-12 for the keywords that are supported. Without
/// recursion, and in bounded work whatever schema and value are.

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/nearest.hpp>
#include <haft/core/text.hpp>
#include <haft/json/document.hpp>
#include <haft/json/equal_values.hpp>
#include <haft/json/exact_number.hpp>
#include <haft/json/expected.hpp>
#include <haft/json/pointer.hpp>
#include <haft/json/value_faults.hpp>
#include <haft/schema/written/expected_words.hpp>
#include <haft/schema/written/schema_node.hpp>

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
    std::size_t max_steps = 1'000'000;  ///< schemas that are tried, all together
};

/// One check. The words are those of the matcher of derived tools.
class schema_checker {
public:
    HAFT_COLD schema_checker(const std::vector<schema_node>& schemas, const json::document& value,
                             const check_options& options, json::value_faults& faults)
        : schemas_(schemas), value_(value), options_(options), faults_(faults) {}

    /// Whether the value fits; if not, why stands among the faults.
    HAFT_COLD bool fits(schema_place root) {
        push(root, 0, false);
        bool result = true;
        bool returned = false;
        while (!frames_.empty()) {
            if (steps_ > options_.max_steps) {
                tell(errc::too_large, 0,
                     "takes too many steps to check: the alternatives of its schema branch too often");
                return false;
            }
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

    /// What of a schema comes next.
    enum class stage : unsigned char {
        begin,
        reference,
        all_of,
        any_of,
        one_of,
        not_this,
        if_this,
        branch,
        dependent,
        contains,
        names,
        members,
        items,
        end
    };
    struct frame {
        schema_place schema;
        std::uint32_t value;
        stage now = stage::begin;
        bool muted;  // its faults are nobody's business
        bool ok = true;
        std::uint32_t index = 0;           // within the stage
        std::uint32_t matched = 0;         // of anyOf, oneOf, contains
        std::uint32_t child = 0;           // member or item
        std::uint32_t rule = 0;            // of the rules for one member
        std::uint32_t viable = no_schema;  // the one alternative that the value could be
    };

    void push(schema_place schema, std::uint32_t value, bool muted) {
        ++steps_;
        frames_.push_back({.schema = schema, .value = value, .muted = muted});
    }

    /// A schema that was tried has turned out to fit or not.
    void take(frame& f, bool fitting) {
        switch (f.now) {
            case stage::any_of:
            case stage::one_of:
            case stage::contains: f.matched += fitting; break;
            case stage::not_this:
                if (fitting) f.ok = complain(f, errc::not_allowed, "is what the schema's `not` excludes");
                break;
            case stage::if_this: f.matched = fitting; break;
            default: f.ok = f.ok && fitting;
        }
    }

    /// Goes on with the topmost frame; true if another was pushed, which comes first then.
    HAFT_COLD bool proceed() {
        frame& f = frames_.back();
        const schema_node& n = schemas_[f.schema];
        const json::value_node& v = value_[f.value];
        const auto next = [&](stage s) {
            f.now = s;
            f.index = 0;
            f.matched = 0;
        };
        const auto each = [&](const std::vector<schema_place>& list, stage s, bool muted) {
            if (f.index == list.size()) return next(s), false;
            push(list[f.index++], f.value, muted);  // f is gone
            return true;
        };
        for (;;) switch (f.now) {
                case stage::begin:
                    if (!own_rules(f, n, v)) return f.ok = false;
                    next(stage::reference);
                    break;
                case stage::reference:
                    next(stage::all_of);
                    if (n.ref != no_schema) {
                        f.now = stage::all_of;
                        push(n.ref, f.value, f.muted);
                        return true;
                    }
                    break;
                case stage::all_of:
                    if (each(n.all_of, stage::any_of, f.muted)) return true;
                    find_viable(f, n.any_of);
                    break;
                case stage::any_of:
                    if (f.matched == 0 && f.index < n.any_of.size()) {
                        const schema_place one = n.any_of[f.index++];
                        push(one, f.value, f.muted || one != f.viable);
                        return true;
                    }
                    if (!n.any_of.empty() && f.matched == 0) f.ok = no_alternative(f, n.any_of);
                    next(stage::one_of);
                    find_viable(f, n.one_of);
                    break;
                case stage::one_of:
                    if (f.index < n.one_of.size()) {
                        const schema_place one = n.one_of[f.index++];
                        push(one, f.value, f.muted || one != f.viable);
                        return true;
                    }
                    if (!n.one_of.empty() && f.matched == 0) f.ok = no_alternative(f, n.one_of);
                    if (f.matched > 1)
                        f.ok = complain(
                            f, errc::no_alternative,
                            concat({"fits ", decimal(f.matched), " of the schema's alternatives, and must fit one"}));
                    next(stage::not_this);
                    break;
                case stage::not_this:
                    if (n.not_this != no_schema && f.index++ == 0) {
                        push(n.not_this, f.value, true);
                        return true;
                    }
                    next(stage::if_this);
                    break;
                case stage::if_this:
                    if (n.if_this != no_schema && f.index++ == 0) {
                        push(n.if_this, f.value, true);
                        return true;
                    }
                    f.now = stage::branch;
                    f.index = 0;
                    break;
                case stage::branch: {
                    const schema_place chosen = n.if_this == no_schema ? no_schema
                                                : f.matched            ? n.then_this
                                                                       : n.else_this;
                    next(stage::dependent);
                    if (chosen != no_schema) {
                        push(chosen, f.value, f.muted);
                        return true;
                    }
                    break;
                }
                case stage::dependent:
                    while (v.kind == value_kind::object && f.index < n.dependent_schemas.size()) {
                        const auto& [name, schema] = n.dependent_schemas[f.index++];
                        if (value_.find(f.value, name) == 0) continue;
                        push(schema, f.value, f.muted);
                        return true;
                    }
                    next(stage::contains);
                    f.child = json::document::first_child(f.value);
                    break;
                case stage::contains:
                    if (v.kind == value_kind::array && n.contains != no_schema && f.child < v.behind) {
                        const std::uint32_t item = f.child;
                        f.child = value_[item].behind;
                        push(n.contains, item, true);
                        return true;
                    }
                    if (v.kind == value_kind::array && n.contains != no_schema &&
                        (f.matched < n.min_contains || f.matched > n.max_contains)) {
                        std::string want = "array that contains ";
                        detail::append_count(want, n.min_contains, n.max_contains, " item", "");
                        f.ok = unfit(f, errc::out_of_limits,
                                     concat({want, " such as ", expected_words(schemas_, n.contains)}),
                                     concat({decimal(f.matched), " of them"}));
                    }
                    next(stage::names);
                    f.child = json::document::first_child(f.value);
                    break;
                case stage::names:
                    if (v.kind == value_kind::object && n.property_names != no_schema && f.child < v.behind) {
                        const std::uint32_t member = f.child;
                        f.child = value_[member].behind;
                        if (!name_fits(n.property_names, value_[member].key)) {
                            f.ok = false;
                            if (!f.muted)
                                tell_at_key(errc::unknown_parameter, f.value, value_[member].key,
                                            "has a name that is not allowed");
                        }
                        break;
                    }
                    next(stage::members);
                    f.child = json::document::first_child(f.value);
                    f.rule = 0;
                    break;
                case stage::members:
                    if (v.kind == value_kind::object && f.child < v.behind) {
                        if (member(f, n)) return true;
                        break;
                    }
                    next(stage::items);
                    f.child = json::document::first_child(f.value);
                    break;
                case stage::items:
                    if (v.kind == value_kind::array && f.child < v.behind) {
                        const std::uint32_t item = f.child;
                        const std::uint32_t at = value_[item].index;
                        f.child = value_[item].behind;
                        const schema_place schema = at < n.prefix_items.size() ? n.prefix_items[at] : n.items;
                        if (schema == no_schema) break;
                        push(schema, item, f.muted);
                        return true;
                    }
                    f.now = stage::end;
                    break;
                case stage::end: return false;
            }
    }

    /// The rules for one member, one after the other; true if a schema was pushed.
    HAFT_COLD bool member(frame& f, const schema_node& n) {
        const std::uint32_t member = f.child;
        const json::value_node& m = value_[member];
        const auto own =
            std::find_if(n.properties.begin(), n.properties.end(), [&](const auto& p) { return p.first == m.key; });
        const bool is_own = own != n.properties.end();
        if (f.rule == 0) {
            f.rule = 1;
            if (is_own && !is_absence(n, m, own->second)) {
                push(own->second, member, f.muted);
                return true;
            }
        }
        while (f.rule <= n.pattern_properties.size()) {
            const auto& [rule, schema] = n.pattern_properties[f.rule++ - 1];
            if (!rule.pattern.matches(m.key)) continue;
            push(schema, member, f.muted);
            return true;
        }
        f.child = m.behind;
        f.rule = 0;
        const bool known = is_own || std::any_of(n.pattern_properties.begin(), n.pattern_properties.end(),
                                                 [&](const auto& p) { return p.first.pattern.matches(m.key); });
        if (known || n.additional_properties == no_schema) return false;
        if (!schemas_[n.additional_properties].never) {
            push(n.additional_properties, member, f.muted);
            return true;
        }
        f.ok = false;
        if (!f.muted) tell_unknown(f, n, m);
        return false;
    }
    /// Null for what need not be given.
    bool is_absence(const schema_node& n, const json::value_node& m, schema_place schema) const {
        if (!options_.null_is_absence || m.kind != value_kind::null || (schemas_[schema].types & null_type))
            return false;
        return std::find(n.required.begin(), n.required.end(), m.key) == n.required.end();
    }

    /// The alternative that is the only one for values of this kind: then its own faults are worth telling.
    void find_viable(frame& f, const std::vector<schema_place>& choices) const {
        f.viable = no_schema;
        std::size_t n = 0;
        const std::uint8_t bits = bits_of(value_[f.value]);
        for (const schema_place c : choices)
            if (schemas_[c].types & bits && !schemas_[c].never) ++n, f.viable = c;
        if (n != 1) f.viable = no_schema;
    }
    HAFT_COLD bool no_alternative(const frame& f, const std::vector<schema_place>& choices) {
        if (f.muted || f.viable != no_schema) return false;  // nobody asks, or it was told
        std::string want;
        for (const schema_place c : choices)
            append_all(want, {want.empty() ? "" : " or ", expected_words(schemas_, c, 1)});
        return unfit(f, errc::no_alternative, want, got(f.value), ", which is none of them");
    }

    // --- rules that need no other schema

    static std::uint8_t bits_of(const json::value_node& v) {
        switch (v.kind) {
            case value_kind::null: return null_type;
            case value_kind::boolean: return boolean_type;
            case value_kind::string: return string_type;
            case value_kind::array: return array_type;
            case value_kind::object: return object_type;
            case value_kind::number: break;
        }
        return json::exact_number(v.text).is_integer() ? integer_type : fraction_type;
    }

    HAFT_COLD bool own_rules(frame& f, const schema_node& n, const json::value_node& v) {
        if (n.never) return complain(f, errc::not_allowed, "no value is allowed here");
        if ((n.types & bits_of(v)) == 0)
            return unfit(f, errc::wrong_type, expected_words(schemas_, f.schema), got(f.value));
        if (n.has_values) {
            steps_ += v.behind - f.value;
            const std::string text = json::canonical_text(value_, f.value);
            if (std::find(n.values.begin(), n.values.end(), text) == n.values.end()) return not_among(f, n);
        }
        const auto beyond = [&](std::string came) {
            return f.ok = unfit(f, errc::out_of_limits, expected_words(schemas_, f.schema), std::move(came));
        };
        const auto counted = [](std::size_t count, std::string_view unit) {
            return concat({decimal(count), unit, count == 1 ? "" : "s"});
        };
        switch (v.kind) {
            case value_kind::number:
                if ((n.minimum || n.maximum || n.multiple_of) && !keeps_bounds(n, json::exact_number(v.text)))
                    beyond(got(f.value));
                break;
            case value_kind::string: {
                const std::size_t length = n.min_length || n.max_length != unlimited ? count_code_points(v.text) : 0;
                if (length < n.min_length || (n.max_length != unlimited && length > n.max_length))
                    beyond(counted(length, " character"));
                else if (n.pattern && !n.pattern->pattern.matches(v.text)) beyond(got(f.value));
                break;
            }
            case value_kind::array:
                if (v.count < n.min_items || v.count > n.max_items) beyond(counted(v.count, " item"));
                if (n.unique_items) different_items(f);
                break;
            case value_kind::object: object_rules(f, n, v, beyond, counted); break;
            default: break;
        }
        return true;
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

    template <class Beyond, class Counted>
    void object_rules(frame& f, const schema_node& n, const json::value_node& v, Beyond beyond, Counted counted) {
        if (v.count < n.min_properties || v.count > n.max_properties) beyond(counted(v.count, " member"));
        for (const std::string& name : n.required)
            if (value_.find(f.value, name) == 0) missing(f, n, name);
        for (const auto& [name, wanted] : n.dependent_required) {
            if (value_.find(f.value, name) == 0) continue;
            for (const std::string& other : wanted)
                if (value_.find(f.value, other) == 0) {
                    f.ok = false;
                    if (!f.muted)
                        tell_at_key(errc::missing_parameter, f.value, other,
                                    concat({"has to be given where ", in_quotes(name), " is"}));
                }
        }
    }

    HAFT_COLD void different_items(frame& f) {
        std::vector<std::pair<std::string, std::uint32_t>> texts;
        for (std::uint32_t c = json::document::first_child(f.value); c < value_[f.value].behind; c = value_[c].behind)
            texts.emplace_back(json::canonical_text(value_, c), value_[c].index);
        steps_ += texts.size();
        std::sort(texts.begin(), texts.end());
        for (std::size_t i = 1; i < texts.size(); ++i)
            if (texts[i].first == texts[i - 1].first) {
                f.ok = complain(f, errc::out_of_limits,
                                concat({"the items must all be different; ", decimal(texts[i - 1].second), " and ",
                                        decimal(texts[i].second), " are equal"}));
                return;
            }
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

    // --- words

    std::string got(std::uint32_t at) const {
        const json::value_node& v = value_[at];
        return v.kind == value_kind::string ? concat({"string ", in_quotes(v.text)}) : json::got_text(v.text);
    }

    HAFT_COLD fault* tell(errc code, std::uint32_t at, std::string message) {
        if (faults_.only_counted()) return nullptr;
        return &faults_.add(code, value_.pointer(at), std::move(message), value_[at].offset);
    }
    HAFT_COLD fault* tell_at_key(errc code, std::uint32_t object, std::string_view key, std::string message) {
        if (faults_.only_counted()) return nullptr;
        std::string pointer = value_.pointer(object);
        json::append_pointer_key(pointer, key);
        return &faults_.add(code, std::move(pointer), std::move(message), value_[object].offset);
    }
    HAFT_COLD bool complain(const frame& f, errc code, std::string message) {
        if (!f.muted) tell(code, f.value, std::move(message));
        return false;
    }
    HAFT_COLD bool unfit(const frame& f, errc code, std::string want, std::string came, std::string_view more = {}) {
        if (f.muted) return false;
        if (fault* const told = tell(code, f.value, concat({"expected ", want, ", got ", came, more}))) {
            told->expected = std::move(want);
            told->got = std::move(came);
        }
        return false;
    }
    HAFT_COLD bool not_among(const frame& f, const schema_node& n) {
        if (f.muted) return false;
        std::string want = expected_words(schemas_, f.schema);
        std::string came = got(f.value);
        std::string message = concat({"expected ", want, ", got ", came});
        std::string_view meant;
        if (value_[f.value].kind == value_kind::string) {
            nearest_name nearest(value_[f.value].text);
            for (const std::string& shown : n.shown_values)
                if (shown.size() > 1 && shown[0] == '"')
                    nearest.consider(std::string_view(shown).substr(1, shown.size() - 2));
            meant = nearest.name();
            append_did_you_mean(message, meant);
        }
        if (fault* const told = tell(errc::not_allowed, f.value, std::move(message))) {
            told->expected = std::move(want);
            told->got = std::move(came);
            told->nearest = meant;
        }
        return false;
    }
    HAFT_COLD void missing(frame& f, const schema_node& n, const std::string& name) {
        f.ok = false;
        if (f.muted) return;
        std::string want, words;
        for (const auto& [property, schema] : n.properties)
            if (property == name) want = expected_words(schemas_, schema), words = schemas_[schema].description;
        std::string message = "required, but not given";
        if (!want.empty()) append_all(message, {"; expected ", want});
        if (!words.empty()) append_echo(message += ": ", words);
        if (fault* const told = tell_at_key(errc::missing_parameter, f.value, name, std::move(message)))
            told->expected = std::move(want);
    }
    HAFT_COLD void tell_unknown(const frame& f, const schema_node& n, const json::value_node& m) {
        nearest_name nearest(m.key);
        for (const auto& [name, schema] : n.properties)
            if (value_.find(f.value, name) == 0) nearest.consider(name);
        std::string_view meant = nearest.name();
        if (meant.empty())
            for (const std::string& name : n.required)
                if (meant.empty() && value_.find(f.value, name) == 0) meant = name;
        const std::size_t count = n.properties.size();
        std::string message = count ? "no such parameter" : "no such parameter; there are none";
        append_did_you_mean(message, meant);
        if (count)
            append_all(message, {meant.empty() ? "; the parameter" : " The parameter", count == 1 ? " is " : "s are "});
        for (std::size_t i = 0; i < count; ++i) append_all(message, {i ? ", " : "", n.properties[i].first});
        if (fault* const told = tell_at_key(errc::unknown_parameter, f.value, m.key, std::move(message))) {
            told->got = m.kind == value_kind::string ? concat({"string ", in_quotes(m.text)}) : json::got_text(m.text);
            told->nearest = meant;
            told->offset = m.offset;
        }
    }

    const std::vector<schema_node>& schemas_;
    const json::document& value_;
    const check_options& options_;
    json::value_faults& faults_;
    std::vector<frame> frames_;
    std::size_t steps_ = 0;
};

}  // namespace haft::inline v0::schema::written

#endif  // HAFT_SCHEMA_WRITTEN_SCHEMA_CHECKER_HPP
