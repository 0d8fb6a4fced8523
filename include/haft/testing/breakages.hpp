// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_TESTING_BREAKAGES_HPP
#define HAFT_TESTING_BREAKAGES_HPP

/// What can be wrong with a value: for each rule of its schema a value that breaks it, with the fault that has to be told.

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/json/document.hpp>
#include <haft/json/string_format.hpp>
#include <haft/testing/dice.hpp>
#include <haft/testing/flat_schema.hpp>
#include <haft/testing/number_samples.hpp>
#include <haft/testing/sample_value.hpp>
#include <haft/testing/text_samples.hpp>
#include <haft/testing/value_maker.hpp>
#include <haft/written/schema_node.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace haft::inline v0::testing {

/// One value in the place of another, and why it may not stand there.
struct breakage {
    sample_value value;
    std::string why;                      ///< `above the maximum 14`
    std::optional<errc> code = {};        ///< of the fault; nothing where it depends on who checks
    std::optional<std::string> key = {};  ///< the fault stands at this member, and not at the value itself
    bool by_format = false;               ///< JSON Schema leaves it open whether a format binds
};

/// Finds the breakages of one value by one schema, without what that says in other places (those are asked for themselves).
class breakage_finder {
public:
    HAFT_COLD breakage_finder(schema_pool& schemas, value_maker& make, dice& chance)
        : schemas_(schemas), make_(make), chance_(chance) {}

    /// Requires a value that fits. With `null_is_absence` null is no breakage.
    HAFT_COLD std::vector<breakage> find(const schema_node& n, const sample_value& value, bool null_is_absence) {
        out_.clear();
        types(n, null_is_absence);
        if (n.has_values) values(n);
        else if (value.kind == json::value_kind::number) numbers(n);
        else if (value.kind == json::value_kind::string) texts(n);
        if (value.kind == json::value_kind::array) items(n, value);
        if (value.kind == json::value_kind::object) members(n, value);
        return std::move(out_);
    }

private:
    breakage& add(sample_value value, std::optional<errc> code, std::string why) {
        return out_.emplace_back(breakage{std::move(value), std::move(why), code});
    }

    void types(const schema_node& n, bool null_is_absence) {
        using namespace schema::written;
        if (n.types == every_type) return;
        const std::optional<errc> code = n.has_values ? std::nullopt : std::optional(errc::wrong_type);
        const auto wrong = [&](std::uint8_t bit, sample_value value, std::string_view what) {
            if (!(n.types & bit)) add(std::move(value), code, concat({what, ", a type that is not allowed"}));
        };
        if (!null_is_absence) wrong(null_type, {}, "null");
        wrong(boolean_type, sample_value::boolean(true), "a boolean");
        wrong(number_type, sample_value::number("7"), "a number");
        if (n.types & integer_type) wrong(fraction_type, sample_value::number("1.5"), "a fraction");
        wrong(string_type, sample_value::string("text"), "a string");
        wrong(string_type, sample_value::string("7"), "a number in quotes");
        wrong(array_type, sample_value::array(), "an array");
        wrong(object_type, sample_value::object(), "an object");
    }

    void values(const schema_node& n) {
        const auto listed = [&](std::string_view json) {
            return std::find(n.values.begin(), n.values.end(), json) != n.values.end();
        };
        const auto add_unlisted = [&](const sample_value& v, std::optional<errc> code) {
            if (!listed(json_of(v))) add(v, code, "a value that is not listed");
        };
        bool strings = false, numbers = false;
        for (const std::string& shown : n.shown_values) {
            const sample_value v = value_of_json(shown);
            numbers = numbers || v.kind == json::value_kind::number;
            if (v.kind != json::value_kind::string) continue;
            if (!strings) add_unlisted(sample_value::string(v.text + " "), errc::not_allowed);
            if (!strings && !v.text.empty()) {
                std::string other = v.text;  // case counts
                if (other[0] >= 'a' && other[0] <= 'z') other[0] = static_cast<char>(other[0] - 32);
                else other[0] = lower(other[0]);
                add_unlisted(sample_value::string(other), errc::not_allowed);
            }
            strings = true;
        }
        if (strings) add_unlisted(sample_value::string("none of these"), errc::not_allowed);
        if (strings) add_unlisted(sample_value::string(""), errc::not_allowed);
        if (numbers) add_unlisted(sample_value::number("987654321"), {});
    }

    void numbers(const schema_node& n) {
        if (!n.minimum && !n.maximum && !n.multiple_of) return;
        const bool whole = !(n.types & schema::written::fraction_type);
        for (std::string& text : number_samples(n, whole).beyond())
            add(sample_value::number(text), errc::out_of_limits, "a number beyond its limits");
    }

    void texts(const schema_node& n) {
        for (const std::string& text : make_.texts().beyond(n, chance_))
            add(sample_value::string(text), errc::out_of_limits, "a text beyond its length or pattern");
        const json::document& of = schemas_.text();
        const std::uint32_t at = of[n.place].kind == json::value_kind::object ? of.find(n.place, "format") : 0;
        if (at == 0 || of[at].kind != json::value_kind::string) return;
        if (const std::string_view wrong = detail::no_text_of_format(of[at].text); !wrong.empty())
            add(sample_value::string(wrong), {}, concat({"not of the format ", of[at].text})).by_format = true;
    }

    void items(const schema_node& n, const sample_value& value) {
        const std::optional<errc> count_code =
            n.prefix_items.empty() ? std::optional(errc::out_of_limits) : std::nullopt;
        if (n.min_items > 0 && value.parts.size() >= n.min_items && n.min_items <= longest_sample) {
            sample_value v = value;
            v.parts.resize(n.min_items - 1);
            add(std::move(v), count_code, "too few items");
        }
        const bool closed = n.items != no_schema && schemas_[n.items].never;
        if (closed && n.max_items > n.prefix_items.size() && value.parts.size() == n.prefix_items.size()) {
            sample_value v = value;
            v.parts.emplace_back();
            add(std::move(v), {}, "an item too many");
        }
        if (n.max_items <= value_maker::most_items) {
            sample_value v = value;
            while (v.parts.size() <= n.max_items && more_items(n, v)) {}
            if (v.parts.size() > n.max_items) add(std::move(v), count_code, "too many items");
        }
        if (n.unique_items && !value.parts.empty()) {
            sample_value v = value;
            if (v.parts.size() < n.max_items) v.parts.push_back(v.parts.front());
            else if (v.parts.size() > 1) v.parts.back() = v.parts.front();
            else return;
            add(std::move(v), count_code, "two items that are equal");
        }
    }
    bool more_items(const schema_node& n, sample_value& v) {
        sample_value item;
        const std::size_t at = v.parts.size();
        const schema_place p = at < n.prefix_items.size() ? n.prefix_items[at] : n.items;
        if (p == no_schema || !make_.make(p, fullness::some, item, 2)) item = v.parts.empty() ? item : v.parts.back();
        v.parts.push_back(std::move(item));
        return v.parts.size() < 2 * value_maker::most_items;
    }

    void members(const schema_node& n, const sample_value& value) {
        for (std::size_t i = 0; i < value.parts.size(); ++i) {
            if (!n.is_required(value.keys[i])) continue;
            breakage& b = add(value, errc::missing_parameter, concat({in_quotes(value.keys[i]), " left out"}));
            b.key = value.keys[i];
            b.value.erase(i);
        }
        for (const auto& [given, wanted] : n.dependent_required)
            for (const std::string& other : wanted) {
                const std::size_t at = value.find(other);
                if (given == other || value.find(given) == sample_value::nowhere || at == sample_value::nowhere)
                    continue;
                breakage& b = add(value, errc::missing_parameter,
                                  concat({in_quotes(other), " left out where ", in_quotes(given), " is given"}));
                b.key = other;
                b.value.erase(at);
            }
        if (n.additional_properties != no_schema && schemas_[n.additional_properties].never) strangers(n, value);
        if (n.property_names != no_schema) names(n, value);
        if (n.min_properties > 0 && n.min_properties <= value_maker::most_items) {
            sample_value v = value;
            while (v.parts.size() >= n.min_properties) v.erase(v.parts.size() - 1);
            add(std::move(v), n.required.empty() ? std::optional(errc::out_of_limits) : std::nullopt,
                "too few members");
        }
        if (n.max_properties <= value_maker::most_items && n.additional_properties != no_schema) {
            sample_value v = value, one;
            for (std::uint32_t i = 0; v.parts.size() <= n.max_properties; ++i) {
                if (!make_.make(n.additional_properties, fullness::some, one, 2)) return;
                v.put(concat({"more", decimal(i)}), one);
            }
            add(std::move(v), n.property_names == no_schema ? std::optional(errc::out_of_limits) : std::nullopt,
                "too many members");
        }
    }
    void strangers(const schema_node& n, const sample_value& value) {
        std::vector<std::string> names{"no_such_parameter", ""};
        if (!n.properties.empty()) {
            std::string near_one = n.properties[chance_.below(n.properties.size())].first;
            names.push_back(near_one + "s");
            if (!near_one.empty()) {
                near_one[0] = near_one[0] >= 'a' && near_one[0] <= 'z' ? static_cast<char>(near_one[0] - 32) : '_';
                names.push_back(near_one);
            }
        }
        for (const std::string& name : names) {
            bool known = n.find_property(name) != schema_node::no_property || value.find(name) != sample_value::nowhere;
            for (const auto& [rule, schema] : n.pattern_properties) known = known || rule.pattern.matches(name);
            if (known) continue;
            breakage& b = add(value, errc::unknown_parameter, concat({"an unknown member ", in_quotes(name)}));
            b.key = name;
            b.value.put(name, sample_value::number("1"));
        }
    }
    void names(const schema_node& n, const sample_value& value) {
        for (const std::string_view name : {"!", "", "Not A Name", "1.5"}) {
            if (value.find(name) != sample_value::nowhere || make_.fits(n.property_names, sample_value::string(name)))
                continue;
            sample_value one = value.parts.empty() ? sample_value{} : value.parts.front();
            if (value.parts.empty() && n.additional_properties != no_schema)
                make_.make(n.additional_properties, fullness::some, one, 2);
            breakage& b = add(value, {}, concat({"a member whose name ", in_quotes(name), " is not allowed"}));
            b.key = name;
            b.value.put(name, std::move(one));
            return;
        }
    }

    schema_pool& schemas_;
    value_maker& make_;
    dice& chance_;
    std::vector<breakage> out_;
};

}  // namespace haft::inline v0::testing

#endif  // HAFT_TESTING_BREAKAGES_HPP
