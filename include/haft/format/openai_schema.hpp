// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_FORMAT_OPENAI_SCHEMA_HPP
#define HAFT_FORMAT_OPENAI_SCHEMA_HPP

/// A tool's schema for OpenAI's strict mode, in which the model can't write arguments that the schema refuses.

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/format/dialect.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace haft::inline v0::formats {

namespace detail {

class openai_strict final : public dialect_walk {
public:
    bool root(std::string_view text) {
        if (!is_object_schema(text)) return false;
        return schema(text, false, true);
    }

private:
    static constexpr std::string_view null_schema = "{\"type\":\"null\"}";

    bool inner_schema(std::string_view text, bool nullable) override { return schema(text, nullable); }

    /// Of a member that need not be given null says that it is not, unless null is a value of it by itself: then nothing can
    /// say that, and who wants the default has to write it.
    HAFT_COLD static void note_null(keyword_notes& notes, const std::vector<json::member_piece>& all, bool nullable, bool there) {
        const std::string_view value = json::value_of(all, "default");
        if (nullable && there && !value.empty() && value != "null")
            notes.add("null", "a value like others; for the default write it out");
    }

    /// `nullable`: null has to be allowed too, if it is not.
    HAFT_COLD bool schema(std::string_view text, bool nullable, bool is_root = false) {
        const std::vector<json::member_piece> all = json::members_of(text);
        if (has_common_obstacle(all)) return false;
        for (const json::member_piece& m : all) {
            if (one_of(m.name, {"allOf", "contains", "additionalItems"}))
                return obstacle(concat({"the keyword ", m.name, ", which strict mode lacks"}));
            if (m.name == "$id" && !is_root) return obstacle("a schema with an $id of its own");
        }
        const std::vector<std::string> types = types_of(all);
        const auto has = [&](std::string_view name) { return !json::value_of(all, name).empty(); };
        const bool by_type = !types.empty() || has("enum") || has("const");
        if (has("$ref") + has("anyOf") + has("oneOf") + by_type > 1) return obstacle(two_ways);
        if (has("$ref")) return reference(all, nullable);
        if (has("anyOf") || has("oneOf")) return choice(all, nullable);
        if (!by_type) return obstacle(any_value);
        if (holds(types, "array") && !has("items")) return obstacle(any_items);
        const bool object = holds(types, "object");
        if (object && !has("properties") && !is_root) return obstacle(any_members);
        if (!object && has("properties")) return obstacle("properties of what is no object");

        // A constant has no place for null, so it becomes one of two.
        const bool wrapped = nullable && has("const");
        object_text outer(out_);
        keyword_notes notes;
        if (wrapped) {
            outer.member("\"anyOf\"") += '[';
            object_text inner(out_);
            if (!members(inner, all, false, object, notes)) return false;
            inner.close();
            append_all(out_, {",", null_schema, "]"});
        } else if (!members(outer, all, nullable, object, notes)) {
            return false;
        }
        note_null(notes, all, nullable, holds(types, "null"));
        notes.describe(outer, json::value_of(all, "description"));
        outer.close();
        return true;
    }

    HAFT_COLD bool members(object_text& to, const std::vector<json::member_piece>& all, bool nullable, bool object,
                           keyword_notes& notes) {
        bool has_properties = false;
        for (const json::member_piece& m : all) {
            if (m.name == "type") {
                type(to, m.value, nullable);
            } else if (m.name == "enum") {
                json::append_compact(to.member(m.key), m.value);
                bool there = !nullable;
                for (const std::string_view one : json::items_of(m.value)) there = there || one == "null";
                if (!there) out_.insert(out_.size() - 1, json::items_of(m.value).empty() ? "null" : ",null");
            } else if (m.name == "properties") {
                has_properties = true;
                if (!properties(to, m.value, json::value_of(all, "required"))) return false;
            } else if (m.name == "items") {
                to.member(m.key);
                if (!within("items", "", m.value)) return false;
            } else if (m.name == "$defs" || m.name == "definitions") {
                to.member(m.key);
                if (!map_of_schemas(m.name, m.value)) return false;
            } else if (is_kept(m)) {
                to.member(m.key, m.value);
            } else if (!one_of(m.name,
                               {"required", "additionalProperties", "description", "$schema", "$id", "$comment"})) {
                notes.add(m);
            }
        }
        if (object && !has_properties) {
            if (!json::items_of(json::value_of(all, "required")).empty()) return obstacle(undeclared);
            to.member("\"properties\"", "{}");
            to.member("\"required\"", "[]");
        }
        if (object) to.member("\"additionalProperties\"", "false");
        return true;
    }

    HAFT_COLD void type(object_text& to, std::string_view value, bool nullable) {
        std::string& out = to.member("\"type\"");
        if (!nullable) {
            const std::vector<std::string_view> types = json::items_of(value);
            return json::append_compact(out, types.size() == 1 ? types[0] : value);
        }
        if (!value.starts_with('[')) {
            out += '[';
            json::append_compact(out, value);
            out += value == "\"null\"" ? "]" : ",\"null\"]";
            return;
        }
        json::append_compact(out, value);
        bool there = false;
        for (const std::string_view one : json::items_of(value)) there = there || one == "\"null\"";
        if (!there) out.insert(out.size() - 1, ",\"null\"");
    }

    HAFT_COLD bool properties(object_text& to, std::string_view value, std::string_view required) {
        std::vector<std::string> needed;
        for (const std::string_view one : json::items_of(required)) needed.push_back(json::string_of(one));
        to.member("\"properties\"");
        if (!map_of_schemas("properties", value, &needed)) return false;
        std::size_t declared = 0;
        std::string keys;
        for (const json::member_piece& m : json::members_of(value)) {
            append_all(keys, {keys.empty() ? "" : ",", m.key});
            declared += holds(needed, m.name);
        }
        if (declared < needed.size()) return obstacle(undeclared);
        append_all(to.member("\"required\""), {"[", keys, "]"});
        return true;
    }

    // Neither may have a neighbour: what belongs to the member stands around it.
    HAFT_COLD bool reference(const std::vector<json::member_piece>& all, bool nullable) {
        const std::string_view target = json::value_of(all, "$ref");
        if (!target.starts_with("\"#")) return obstacle("a reference to another document");
        const keyword_notes notes = notes_of(all, {"$ref"});
        const std::string_view description = json::value_of(all, "description");
        object_text outer(out_);
        if (!nullable && notes.empty() && description.empty()) {
            outer.member("\"$ref\"", target);
        } else {
            outer.member("\"anyOf\"") += "[{\"$ref\":";
            json::append_compact(out_, target);
            out_ += '}';
            append_all(out_, {nullable ? "," : "", nullable ? null_schema : "", "]"});
            notes.describe(outer, description);
        }
        outer.close();
        return true;
    }

    HAFT_COLD bool choice(const std::vector<json::member_piece>& all, bool nullable) {
        const std::string_view keyword = json::value_of(all, "anyOf").empty() ? "oneOf" : "anyOf";
        const std::string_view choices = json::value_of(all, keyword);
        bool there = !nullable;
        for (const std::string_view one : json::items_of(choices)) there = there || is_null(one);
        object_text outer(out_);
        outer.member("\"anyOf\"");
        if (!list_of_schemas(keyword, choices, there ? "" : null_schema)) return false;
        if (const std::string_view title = json::value_of(all, "title"); !title.empty())
            outer.member("\"title\"", title);
        keyword_notes notes = notes_of(all, {"anyOf", "oneOf", "title"});
        note_null(notes, all, nullable, there);
        notes.describe(outer, json::value_of(all, "description"));
        outer.close();
        return true;
    }

    HAFT_COLD static keyword_notes notes_of(const std::vector<json::member_piece>& all,
                                            std::initializer_list<std::string_view> written) {
        keyword_notes notes;
        for (const json::member_piece& m : all)
            if (!one_of(m.name, written) && !one_of(m.name, {"description", "$comment"})) notes.add(m);
        return notes;
    }

    HAFT_COLD static bool is_kept(const json::member_piece& m) {
        if (m.name == "format")
            return one_of(m.value, {"\"date-time\"", "\"time\"", "\"date\"", "\"duration\"", "\"email\"",
                                    "\"hostname\"", "\"ipv4\"", "\"ipv6\"", "\"uuid\""});
        if (m.name == "pattern")  // their engine does not look around
            return m.value.find("(?=") == std::string_view::npos && m.value.find("(?!") == std::string_view::npos &&
                   m.value.find("(?<") == std::string_view::npos;
        return one_of(m.name, {"const", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf",
                               "minItems", "maxItems", "title"});
    }

    static constexpr std::string_view undeclared = "a required member that is not declared";
};

}  // namespace detail

/// The schema for `"strict":true`: every member of every object is required, and those that need not be given may be null,
/// which haft reads as not given; objects are closed; `minLength`, `maxLength`, `uniqueItems`, `default`, `examples` and
/// other keywords that strict mode lacks stand in the description. Maps, tuples, free objects and schemas without a type
/// are obstacles. As accepted, unchanged, by `toStrictJsonSchema` of npm openai 6.49.0.
HAFT_COLD inline dialect_schema openai_strict_schema(std::string_view input_schema) {
    detail::openai_strict walk;
    walk.root(input_schema);
    return walk.finish();
}

}  // namespace haft::inline v0::formats

#endif  // HAFT_FORMAT_OPENAI_SCHEMA_HPP
