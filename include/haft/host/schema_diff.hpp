// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_HOST_SCHEMA_DIFF_HPP
#define HAFT_HOST_SCHEMA_DIFF_HPP

/// What differs between two JSON Schemas: which values one takes and the other does not. [NX-16]

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/text.hpp>
#include <haft/json/canonical.hpp>
#include <haft/json/exact_number.hpp>
#include <haft/json/pieces.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace haft::inline v0::host {

/// What a change of a schema does to the values that it takes.
enum class schema_change : unsigned char {
    words,     ///< none: descriptions, titles, examples, the order of keys
    default_,  ///< none, but what is left out means something else
    wider,     ///< more values
    narrower,  ///< fewer values
    added,     ///< a property that need not be there
    removed,   ///< a property that is not known any more, and need not have been there
    lost,      ///< a property that is not known any more, and was always there
    unclear,   ///< it can't be told: some keyword of assertions is another
};

/// One difference.
struct schema_difference {
    std::string where;  ///< `days`, `route.from`, `places[].lat`; "" is the whole
    schema_change change = schema_change::words;
    std::string what;   ///< `maximum was 14, is 7`
};

namespace detail {

/// Walks two schemas side by side. As deep as they are, which their reader has bounded.
class schema_comparison {
public:
    std::vector<schema_difference> found;

    HAFT_COLD void compare(std::string_view before, std::string_view after, const std::string& where) {
        if (json_equal(before, after)) {
            if (before != after) compare_spelling(before, after, where);
            return;
        }
        const std::size_t known = found.size();
        // true and false are schemas, too
        if (!before.starts_with('{') || !after.starts_with('{')) {
            const bool all_before = accepts_all(before), all_after = accepts_all(after);
            if (all_before || before == "false") {
                if (all_after || after == "false") return;
            }
            if (all_before || after == "false") return say(where, schema_change::narrower, {"takes fewer values"});
            if (all_after || before == "false") return say(where, schema_change::wider, {"takes more values"});
            return say(where, schema_change::unclear, {"can't be compared"});
        }
        const pieces a = json::members_of(before), b = json::members_of(after);
        compare_types(a, b, where);
        compare_values(a, b, where);
        compare_limits(a, b, where);
        compare_texts(a, b, where);
        compare_object(a, b, where);
        compare_items(a, b, where);
        compare_choices(a, b, where);
        compare_rest(a, b, where);
        if (found.size() == known) say(where, schema_change::words, {"the same in other words"});
    }

private:
    using pieces = std::vector<json::member_piece>;
    struct limit {
        std::string_view name;
        bool is_least;
    };

    HAFT_COLD void say(const std::string& where, schema_change change, std::initializer_list<std::string_view> what) {
        found.push_back({where, change, concat(what)});
    }

    HAFT_COLD static bool json_equal(std::string_view a, std::string_view b) {
        if (a == b) return true;
        const result<std::string> one = json::canonical(a), other = json::canonical(b);
        return one && other && *one == *other;
    }
    /// Two texts of one value: the order of keys, or how a number is written.
    HAFT_COLD void compare_spelling(std::string_view before, std::string_view after, const std::string& where) {
        std::string a, b;
        json::append_compact(a, before);
        json::append_compact(b, after);
        if (a != b) say(where, schema_change::words, {"the same in another order or spelling"});
    }
    HAFT_COLD static bool accepts_all(std::string_view schema) { return schema == "true" || json_equal(schema, "{}"); }

    HAFT_COLD static std::string shown(std::string_view value) {
        std::string compact, out;
        json::append_compact(compact, value);
        append_echo(out, compact, 60);
        return out;
    }
    HAFT_COLD void say_changed(const std::string& where, schema_change change, std::string_view name, std::string_view a,
                               std::string_view b) {
        if (a.empty()) say(where, change, {name, " ", shown(b), " is new"});
        else if (b.empty()) say(where, change, {name, " ", shown(a), " is gone"});
        else say(where, change, {name, " was ", shown(a), ", is ", shown(b)});
    }

    HAFT_COLD static std::vector<std::string> types_of(std::string_view value) {
        std::vector<std::string> out;
        if (value.starts_with('[')) {
            for (const std::string_view one : json::items_of(value)) out.push_back(json::string_of(one));
        } else if (!value.empty()) {
            out.push_back(json::string_of(value));
        }
        return out;
    }
    static bool takes_type(const std::vector<std::string>& types, const std::string& type) {
        if (types.empty()) return true;
        for (const std::string& one : types)
            if (one == type || (one == "number" && type == "integer")) return true;
        return false;
    }
    static bool takes_types(const std::vector<std::string>& types, const std::vector<std::string>& all) {
        if (types.empty()) return true;
        if (all.empty()) return false;
        for (const std::string& one : all)
            if (!takes_type(types, one)) return false;
        return true;
    }
    HAFT_COLD void compare_types(const pieces& a, const pieces& b, const std::string& where) {
        const std::string_view before = json::value_of(a, "type"), after = json::value_of(b, "type");
        const std::vector<std::string> old_types = types_of(before), new_types = types_of(after);
        const bool takes_old = takes_types(new_types, old_types), takes_new = takes_types(old_types, new_types);
        if (takes_old && takes_new) return;
        say_changed(where, takes_old ? schema_change::wider : schema_change::narrower, "type", before, after);
    }

    /// The values that a schema names, as canonical texts; nothing where it names none.
    HAFT_COLD static std::vector<std::string> values_of(const pieces& of) {
        std::vector<std::string> out;
        const auto add = [&](std::string_view value) {
            const result<std::string> text = json::canonical(value);
            out.push_back(text ? *text : std::string(value));
        };
        for (const std::string_view one : json::items_of(json::value_of(of, "enum"))) add(one);
        if (const std::string_view one = json::value_of(of, "const"); !one.empty()) add(one);
        return out;
    }
    HAFT_COLD static std::string missing(const std::vector<std::string>& of, const std::vector<std::string>& in) {
        std::string out;
        for (const std::string& one : of)
            if (std::find(in.begin(), in.end(), one) == in.end()) append_all(out, {out.empty() ? "" : ", ", shown(one)});
        return out;
    }
    HAFT_COLD void compare_values(const pieces& a, const pieces& b, const std::string& where) {
        const std::vector<std::string> before = values_of(a), after = values_of(b);
        if (before.empty() && after.empty()) return;
        if (before.empty()) return say(where, schema_change::narrower, {"only ", missing(after, {}), " from now on"});
        if (after.empty()) return say(where, schema_change::wider, {"not only ", missing(before, {}), " any more"});
        if (const std::string gone = missing(before, after); !gone.empty())
            say(where, schema_change::narrower, {"does not take ", gone, " any more"});
        if (const std::string fresh = missing(after, before); !fresh.empty())
            say(where, schema_change::wider, {"takes ", fresh, " too"});
    }

    /// The numbers that are least or most of something.
    HAFT_COLD void compare_limits(const pieces& a, const pieces& b, const std::string& where) {
        constexpr std::array<limit, 10> limits{{{"minimum", true},
                                                {"exclusiveMinimum", true},
                                                {"maximum", false},
                                                {"exclusiveMaximum", false},
                                                {"minLength", true},
                                                {"maxLength", false},
                                                {"minItems", true},
                                                {"maxItems", false},
                                                {"minProperties", true},
                                                {"maxProperties", false}}};
        for (const limit& one : limits) {
            const std::string_view before = json::value_of(a, one.name), after = json::value_of(b, one.name);
            if (before == after || (!before.empty() && !after.empty() && json_equal(before, after))) continue;
            schema_change change = schema_change::unclear;
            if (before.empty() || after.empty()) {
                change = before.empty() ? schema_change::narrower : schema_change::wider;
            } else if (is_number(before) && is_number(after)) {
                const bool grows = json::exact_number(before).compare(json::exact_number(after)) < 0;
                change = grows == one.is_least ? schema_change::narrower : schema_change::wider;
            }
            say_changed(where, change, one.name, before, after);
        }
    }
    static bool is_number(std::string_view value) noexcept {
        return !value.empty() && (value[0] == '-' || (value[0] >= '0' && value[0] <= '9'));
    }

    /// Rules of which nobody can say whether one implies the other.
    HAFT_COLD void compare_texts(const pieces& a, const pieces& b, const std::string& where) {
        for (const std::string_view name : {"pattern", "format", "multipleOf", "uniqueItems", "contains", "minContains", "maxContains",
                                            "patternProperties", "propertyNames", "dependentRequired", "dependentSchemas",
                                            "unevaluatedProperties", "unevaluatedItems", "not", "if", "then", "else", "allOf",
                                            "$ref", "$dynamicRef", "contentEncoding", "contentMediaType"}) {
            std::string_view before = json::value_of(a, name), after = json::value_of(b, name);
            if (name == "uniqueItems") {
                if (before == "false") before = {};
                if (after == "false") after = {};
            }
            if (before == after || (!before.empty() && !after.empty() && json_equal(before, after))) continue;
            const bool clear = name != "if" && name != "then" && name != "else" && name != "minContains" && name != "maxContains" &&
                               (before.empty() || after.empty());
            say_changed(where, !clear           ? schema_change::unclear
                               : before.empty() ? schema_change::narrower
                                                : schema_change::wider,
                        name, before, after);
        }
    }

    static std::string below(const std::string& where, std::string_view name) {
        return concat({where, where.empty() ? "" : ".", name});
    }
    HAFT_COLD static bool requires_it(const pieces& of, std::string_view name) {
        for (const std::string_view one : json::items_of(json::value_of(of, "required")))
            if (json::string_of(one) == name) return true;
        return false;
    }
    HAFT_COLD void compare_object(const pieces& a, const pieces& b, const std::string& where) {
        const pieces before = json::members_of(json::value_of(a, "properties"));
        const pieces after = json::members_of(json::value_of(b, "properties"));
        for (const json::member_piece& one : before) {
            const std::string at = below(where, one.name);
            const bool required = requires_it(a, one.name);
            if (const std::string_view now = json::value_of(after, one.name); !now.empty()) {
                compare(one.value, now, at);
                const bool is_required = requires_it(b, one.name);
                if (required != is_required)
                    say(at, is_required ? schema_change::narrower : schema_change::wider,
                        {is_required ? "is required from now on" : "need not be given any more"});
            } else {
                say(at, required ? schema_change::lost : schema_change::removed, {"is gone"});
            }
        }
        for (const json::member_piece& one : after) {
            if (!json::value_of(before, one.name).empty()) continue;
            const bool required = requires_it(b, one.name);
            say(below(where, one.name), required ? schema_change::narrower : schema_change::added,
                {required ? "is new and required" : "is new"});
        }
        const std::string_view others = json::value_of(a, "additionalProperties"), now = json::value_of(b, "additionalProperties");
        const bool was_open = others.empty() || accepts_all(others), is_open = now.empty() || accepts_all(now);
        if (others == "false" && is_open) say(where, schema_change::wider, {"takes other names too"});
        else if (was_open && now == "false") say(where, schema_change::narrower, {"takes no other names any more"});
        else compare(others.empty() ? "true" : others, now.empty() ? "true" : now, below(where, "*"));
        const pieces defined = json::members_of(definitions(a)), redefined = json::members_of(definitions(b));
        for (const json::member_piece& one : defined)
            if (const std::string_view definition = json::value_of(redefined, one.name); !definition.empty())
                compare(one.value, definition, concat({"#", one.name}));
    }
    HAFT_COLD static std::string_view definitions(const pieces& of) {
        const std::string_view now = json::value_of(of, "$defs");
        return now.empty() ? json::value_of(of, "definitions") : now;
    }

    HAFT_COLD void compare_items(const pieces& a, const pieces& b, const std::string& where) {
        const std::vector<std::string_view> before = json::items_of(json::value_of(a, "prefixItems"));
        const std::vector<std::string_view> after = json::items_of(json::value_of(b, "prefixItems"));
        if (before.size() != after.size())
            say(where, schema_change::unclear, {"has ", decimal(after.size()), " items of their own, not ", decimal(before.size())});
        else
            for (std::size_t i = 0; i < before.size(); ++i)
                compare(before[i], after[i], concat({where, "[", decimal(i), "]"}));
        const std::string_view each = json::value_of(a, "items"), now = json::value_of(b, "items");
        compare(each.empty() ? "true" : each, now.empty() ? "true" : now, concat({where, "[]"}));
    }

    HAFT_COLD void compare_choices(const pieces& a, const pieces& b, const std::string& where) {
        for (const std::string_view name : {"anyOf", "oneOf"}) {
            const std::string_view whole_before = json::value_of(a, name), whole_after = json::value_of(b, name);
            if (whole_before.empty() && whole_after.empty()) continue;
            if (whole_before.empty() || whole_after.empty()) {
                say_changed(where, whole_before.empty() ? schema_change::narrower : schema_change::wider, name, whole_before,
                            whole_after);
                continue;
            }
            const std::vector<std::string_view> before = json::items_of(whole_before), after = json::items_of(whole_after);
            const auto lacks = [](const std::vector<std::string_view>& all, std::string_view one) {
                return std::none_of(all.begin(), all.end(), [&](std::string_view other) { return json_equal(one, other); });
            };
            std::vector<std::string_view> gone, fresh;
            for (const std::string_view one : before)
                if (lacks(after, one)) gone.push_back(one);
            for (const std::string_view one : after)
                if (lacks(before, one)) fresh.push_back(one);
            // As many that changed as before: each is the same alternative, probably
            if (gone.size() == fresh.size()) {
                for (std::size_t i = 0; i < gone.size(); ++i) compare(gone[i], fresh[i], where);
                continue;
            }
            for (const std::string_view one : gone) say(where, schema_change::narrower, {"the alternative ", shown(one), " is gone"});
            for (const std::string_view one : fresh) say(where, schema_change::wider, {"the alternative ", shown(one), " is new"});
        }
    }

    HAFT_COLD void compare_rest(const pieces& a, const pieces& b, const std::string& where) {
        for (const std::string_view name : {"description", "title", "examples", "deprecated", "$comment"}) {
            const std::string_view before = json::value_of(a, name), after = json::value_of(b, name);
            if (before == after || (!before.empty() && !after.empty() && json_equal(before, after))) continue;
            say(where, schema_change::words,
                {"another ", name, before.empty() ? ", which was none" : after.empty() ? ", which is none now" : ""});
        }
        const std::string_view before = json::value_of(a, "default"), after = json::value_of(b, "default");
        if (before != after && (before.empty() || after.empty() || !json_equal(before, after)))
            say_changed(where, schema_change::default_, "default", before, after);
    }
};

}  // namespace detail

/// What differs, in the order of the first schema. Requires two schemas, as JSON. What the walk does not understand counts as unclear.
HAFT_COLD inline std::vector<schema_difference> compare_schemas(std::string_view before, std::string_view after) {
    detail::schema_comparison walk;
    walk.compare(before, after, "");
    return std::move(walk.found);
}

}  // namespace haft::inline v0::host

#endif  // HAFT_HOST_SCHEMA_DIFF_HPP
