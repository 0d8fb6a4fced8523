// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_VIEWS_TRANSFORMED_SCHEMA_HPP
#define HAFT_VIEWS_TRANSFORMED_SCHEMA_HPP

/// The schema of a tool's arguments in the names that callers see.

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/text.hpp>
#include <haft/json/pieces.hpp>
#include <haft/json/pointer.hpp>
#include <haft/json/string_text.hpp>
#include <haft/views/argument_names.hpp>

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace haft::inline v0::detail {

/// Writes it. What can't be said in other names is a `problem()`; then nothing of it is of use.
class transformed_schema {
public:
    HAFT_COLD transformed_schema(std::string_view schema, const argument_names& names) : names_(names) {
        const members root = json::members_of(schema);
        const std::string required = required_text(json::value_of(root, "required"));
        text_ = R"({"type":"object","properties":{)";
        std::string_view comma;
        for (const json::member_piece& p : json::members_of(json::value_of(root, "properties"))) {
            const named_argument* const a = names.by_inner(p.name);
            if (!a || a->is_hidden()) continue;
            append_all(text_, {comma, json::string_text(a->shown), ":", with_references(property_text(p, *a))});
            comma = ",";
        }
        append_all(text_, {"}", required.empty() ? "" : ",\"required\":[", required, required.empty() ? "" : "]"});
        for (const json::member_piece& m : root) {
            if (m.name == "type" || m.name == "properties" || m.name == "required") continue;
            if (!names.are_the_same() && (m.name == "examples" || m.name == "default")) continue;
            append_all(text_, {",", m.key, ":", names.are_the_same() ? std::string(m.value) : keyword(m)});
            speaks_ = speaks_ || (m.name != "additionalProperties" && is_of_all_arguments(m.name));
        }
        text_ += '}';
    }

    const std::string& text() const noexcept { return text_; }
    /// `its schema …`, or "".
    const std::string& problem() const noexcept { return problem_; }
    /// Whether it says more of the arguments together than which there are and which are required.
    bool speaks_of_several() const noexcept { return speaks_; }

private:
    using members = std::vector<json::member_piece>;

    static bool is_one_of(std::string_view name, std::initializer_list<std::string_view> names) noexcept {
        for (const std::string_view one : names)
            if (one == name) return true;
        return false;
    }
    /// Keywords that hold further schemas of the same arguments, or rules for several of them.
    static bool is_of_all_arguments(std::string_view name) noexcept {
        return is_one_of(
            name, {"allOf", "anyOf", "oneOf", "not", "if", "then", "else", "dependentRequired", "dependentSchemas"});
    }

    HAFT_COLD void refuse(std::initializer_list<std::string_view> why) {
        if (problem_.empty()) problem_ = concat({"its schema ", concat(why)});
    }
    HAFT_COLD void refuse_name(std::string_view name, std::string_view keyword, std::string_view why) {
        refuse({"says something of ", in_quotes(name), " under ", in_quotes(keyword), ", and ", why});
    }

    HAFT_COLD std::string required_text(std::string_view inner_list) {
        std::string out;
        const auto put = [&](const named_argument& a) {
            append_all(out, {out.empty() ? "" : ",", json::string_text(a.shown)});
        };
        std::vector<std::string> names;
        for (const std::string_view item : json::items_of(inner_list)) names.push_back(json::string_of(item));
        for (const std::string& name : names)
            if (const named_argument* const a = names_.by_inner(name); a && !a->is_always_given()) put(*a);
        for (const named_argument& a : names_.all()) {
            bool there = !a.is_required_here();
            for (const std::string& name : names) there = there || name == a.inner;
            if (!there) put(a);
        }
        return out;
    }

    HAFT_COLD static std::string property_text(const json::member_piece& p, const named_argument& a) {
        const argument_transform* const change = a.change;
        if (!change || (change->description.empty() && change->default_value.empty() && !change->required))
            return std::string(p.value);
        std::string out, after;
        std::string description(json::value_of(json::members_of(p.value), "description"));
        if (!change->description.empty()) description = json::string_text(change->description);
        for (const json::member_piece& m : json::members_of(p.value)) {
            if (m.name == "description" || (m.name == "default" && (a.has_default() || change->required))) continue;
            append_all(m.name == "examples" ? after : out,
                       {m.name == "examples" || !out.empty() ? "," : "", m.key, ":", m.value});
        }
        if (a.has_default()) append_all(out, {out.empty() ? "" : ",", "\"default\":", change->default_value});
        if (out.empty() && !after.empty()) after.erase(0, 1);
        out += after;
        if (!description.empty()) append_all(out, {out.empty() ? "" : ",", "\"description\":", description});
        return concat({"{", out, "}"});
    }

    /// What a keyword says, of a schema that speaks of all arguments.
    HAFT_COLD std::string keyword(const json::member_piece& m) {
        if (is_one_of(m.name, {"patternProperties", "propertyNames", "minProperties", "maxProperties", "enum", "const",
                               "$dynamicRef"}))
            refuse({"says ", in_quotes(m.name), " of all names, so none can be changed"});
        if (m.name == "$ref") refuse({"refers to ", m.value, " for all arguments, which can't be said in other names"});
        if (m.name == "required") return concat({"[", names_without_given(m.value), "]"});
        if (is_one_of(m.name, {"allOf", "anyOf", "oneOf"})) return list(m.value);
        if (is_one_of(m.name, {"not", "if", "then", "else"})) return whole(m.value);
        if (is_one_of(m.name, {"properties", "dependentRequired", "dependentSchemas"})) return by_name(m);
        return with_references(m.value, m.name == "$defs" || m.name == "definitions");
    }
    /// A further schema of all arguments.
    HAFT_COLD std::string whole(std::string_view schema) {
        if (!schema.starts_with('{')) return std::string(schema);
        std::string out;
        for (const json::member_piece& m : json::members_of(schema))
            append_all(out, {out.empty() ? "" : ",", m.key, ":", keyword(m)});
        return concat({"{", out, "}"});
    }
    HAFT_COLD std::string list(std::string_view schemas) {
        std::string out;
        for (const std::string_view schema : json::items_of(schemas))
            append_all(out, {out.empty() ? "" : ",", whole(schema)});
        return concat({"[", out, "]"});
    }
    /// A list of names. Those that are always given need not be asked for.
    HAFT_COLD std::string names_without_given(std::string_view list) {
        std::string out;
        for (const std::string_view item : json::items_of(list)) {
            const named_argument* const a = names_.by_inner(json::string_of(item));
            if (a && a->is_always_given()) continue;
            append_all(out, {out.empty() ? "" : ",", a ? json::string_text(a->shown) : std::string(item)});
        }
        return out;
    }
    /// An object whose keys are names of arguments.
    HAFT_COLD std::string by_name(const json::member_piece& m) {
        std::string out;
        for (const json::member_piece& p : json::members_of(m.value)) {
            const named_argument* const a = names_.by_inner(p.name);
            const bool properties = m.name == "properties";
            if (a && properties && a->is_hidden()) refuse_name(p.name, m.name, "callers don't see it");
            if (a && !properties && a->is_always_given()) refuse_name(p.name, m.name, "it is always given");
            append_all(out, {out.empty() ? "" : ",", a ? json::string_text(a->shown) : std::string(p.key), ":",
                             properties                      ? with_references(p.value)
                             : m.name == "dependentRequired" ? concat({"[", names_without_given(p.value), "]"})
                                                             : whole(p.value)});
        }
        return concat({"{", out, "}"});
    }

    /// A schema of something else, in which references may lead to the arguments. `named`: an object of such schemas.
    HAFT_COLD std::string with_references(std::string_view value, bool named = false) {
        if (names_.are_the_same() || value.find("$ref") == std::string_view::npos) return std::string(value);
        std::string out;
        if (value.starts_with('[')) {
            for (const std::string_view item : json::items_of(value))
                append_all(out, {out.empty() ? "" : ",", with_references(item)});
            return concat({"[", out, "]"});
        }
        if (!value.starts_with('{')) return std::string(value);
        for (const json::member_piece& m : json::members_of(value)) {
            const bool is_data = !named && is_one_of(m.name, {"const", "enum", "default", "examples"});
            const bool are_named = !named && is_one_of(m.name, {"properties", "patternProperties", "dependentSchemas",
                                                                "$defs", "definitions"});
            append_all(out, {out.empty() ? "" : ",", m.key, ":",
                             !named && m.name == "$ref" ? reference(m.value)
                             : is_data                  ? std::string(m.value)
                                                        : with_references(m.value, are_named)});
        }
        return concat({"{", out, "}"});
    }
    HAFT_COLD std::string reference(std::string_view value) {
        const std::string to = json::string_of(value);
        constexpr std::string_view start = "#/properties";
        if (to == "#" || (to.starts_with("#/") && !to.starts_with("#/$defs/") && !to.starts_with("#/definitions/") &&
                          !to.starts_with("#/properties/")))
            refuse({"refers to ", value, ", which says something of all arguments"});
        if (!to.starts_with("#/properties/")) return std::string(value);
        std::string way = to.substr(start.size());
        if (!names_.show_pointer(way)) refuse({"refers to ", value, ", which callers don't see"});
        return json::string_text(concat({start, way}));
    }

    const argument_names& names_;
    std::string text_, problem_;
    bool speaks_ = false;
};

}  // namespace haft::inline v0::detail

#endif  // HAFT_VIEWS_TRANSFORMED_SCHEMA_HPP
