// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_FORMAT_GEMINI_SCHEMA_HPP
#define HAFT_FORMAT_GEMINI_SCHEMA_HPP

/// A tool's schema in Gemini's own `Schema`, a subset of OpenAPI 3.0: the older of its two ways to declare parameters.
/// (The other, `parametersJsonSchema`, takes the tool's schema as it is.)

#include <haft/format/dialect.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace haft::inline v0::formats {

namespace detail {

class gemini_openapi : public dialect_walk {
public:
    bool root(std::string_view text) {
        if (!is_object_schema(text)) return false;
        return schema(text, false, true);
    }

private:
    using members = std::vector<json::member_piece>;

    static bool is_null(std::string_view schema) {
        const std::vector<std::string> types = types_of(json::members_of(schema));
        return types.size() == 1 && types[0] == "null";
    }

    bool schema(std::string_view text, bool nullable, bool is_root = false) {
        const members all = json::members_of(text);
        if (has_common_obstacle(all)) return false;
        for (const json::member_piece& m : all) {
            if (m.name == "$ref") return obstacle("a type that is referred to ($ref)");
            if (m.name == "allOf") return obstacle("the keyword allOf, which the subset lacks");
        }
        const auto value = [&](std::string_view name) { return json::value_of(all, name); };
        const std::string_view keyword = value("anyOf").empty() ? "oneOf" : "anyOf";
        std::vector<std::string> types = types_of(all);
        if (!value(keyword).empty()) {
            if (!types.empty()) return obstacle(two_ways);
            return choice(all, keyword, nullable);
        }
        if (holds(types, "null")) {
            nullable = true;
            types.erase(std::find(types.begin(), types.end(), "null"));
        }
        if (types.size() > 1) return obstacle("several types; write anyOf");
        std::string type = types.empty() ? type_of_literals(all) : types[0];
        if (type.empty()) return obstacle(any_value);
        if (type == "object" && members_count(value("properties")) == 0 && !is_root) return obstacle(any_members);
        if (type == "array" && value("items").empty()) return obstacle(any_items);

        object_text to(out_);
        std::string upper = type;
        for (char& c : upper)
            if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 32);
        to.member("\"type\"", "\"" + upper + "\"");
        if (nullable) to.member("\"nullable\"", "true");
        keyword_notes notes;
        for (const json::member_piece& m : all)
            if (!member(to, m, all, type, notes)) return false;
        notes.describe(to, value("description"));
        to.close();
        return true;
    }

    bool member(object_text& to, const json::member_piece& m, const members& all, std::string_view type,
                keyword_notes& notes) {
        if (one_of(m.name, {"type", "required", "additionalProperties", "description", "$schema", "$comment", "$defs",
                            "definitions"}))
            return true;
        if (m.name == "enum" || m.name == "const") {
            literals(to, m, type, notes);
        } else if (m.name == "properties") {
            return properties(to, m.value, json::value_of(all, "required"));
        } else if (m.name == "items") {
            to.member(m.key);
            return within("items", "", [&] { return schema(m.value, false); });
        } else if (one_of(m.name, {"minimum", "maximum", "pattern", "title", "default"})) {
            if (m.value != "null") to.member(m.key, m.value);  // a default of null is what nullable says
        } else if (m.name == "format" && json::value_of(all, "enum").empty() &&
                   one_of(m.value, {"\"date-time\"", "\"int32\"", "\"int64\"", "\"float\"", "\"double\""})) {
            to.member(m.key, m.value);
        } else if (one_of(m.name,
                          {"minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties"})) {
            to.member(m.key, "\"" + std::string(m.value) + "\"");  // int64 is a string in protobuf's JSON
        } else if (m.name == "examples" && !json::items_of(m.value).empty()) {
            to.member("\"example\"", json::items_of(m.value)[0]);
        } else {
            notes.add(m);
        }
        return true;
    }

    /// Of strings and integers they are texts; of other types they stand in the description.
    static void literals(object_text& to, const json::member_piece& m, std::string_view type, keyword_notes& notes) {
        if (type != "string" && type != "integer") return notes.add(m);
        std::string texts;
        for (const std::string_view one : m.name == "const" ? std::vector{m.value} : json::items_of(m.value)) {
            if (one == "null") continue;
            texts += texts.empty() ? "[" : ",";
            if (one.starts_with('"')) json::append_compact(texts, one);
            else json::append_string(texts, one);
        }
        to.member("\"format\"", "\"enum\"");
        to.member("\"enum\"", texts.empty() ? "[]" : texts + "]");
    }

    bool properties(object_text& to, std::string_view value, std::string_view required) {
        std::string keys;
        for (const json::member_piece& m : json::members_of(value)) {
            if (!legal_parameter(m.name))
                return obstacle("a parameter named " + in_quotes(m.name) +
                                "; legal are 1 to 64 of A-Z a-z 0-9 _, no digit first");
            keys.append(keys.empty() ? "[" : ",").append(m.key);
        }
        if (keys.empty()) return true;
        to.member("\"properties\"");
        if (!map_of_schemas("properties", value,
                            [&](std::string_view one, std::string_view) { return schema(one, false); }))
            return false;
        if (!json::items_of(required).empty()) to.member("\"required\"", required);
        to.member("\"propertyOrdering\"", keys + "]");
        return true;
    }

    bool choice(const members& all, std::string_view keyword, bool nullable) {
        std::vector<std::string_view> left;
        for (const std::string_view one : json::items_of(json::value_of(all, keyword))) {
            if (is_null(one)) nullable = true;
            else left.push_back(one);
        }
        if (left.empty()) return obstacle("nothing but null");
        if (left.size() == 1) return only_choice(all, keyword, left[0], nullable);
        std::string list;
        for (const std::string_view one : left) list.append(list.empty() ? "[" : ",").append(one);
        object_text to(out_);
        to.member("\"anyOf\"");
        if (!list_of_schemas(keyword, list + "]", "", [&](std::string_view one) { return schema(one, false); }))
            return false;
        if (nullable) to.member("\"nullable\"", "true");
        keyword_notes notes;
        for (const json::member_piece& m : all)
            if (!one_of(m.name, {"anyOf", "oneOf"}) && !member(to, m, all, "", notes)) return false;
        notes.describe(to, json::value_of(all, "description"));
        to.close();
        return true;
    }

    /// One type or null: that type, with the words that stand around the choice.
    bool only_choice(const members& all, std::string_view keyword, std::string_view only, bool nullable) {
        std::string merged = "{";
        const auto add = [&](const json::member_piece& m) {
            merged.append(merged.size() > 1 ? "," : "").append(m.key).append(":").append(m.value);
        };
        for (const json::member_piece& m : json::members_of(only))
            if (json::value_of(all, m.name).empty()) add(m);
        for (const json::member_piece& m : all)
            if (m.name != keyword) add(m);
        return schema(merged + "}", nullable);
    }

    static std::size_t members_count(std::string_view object) { return json::members_of(object).size(); }

    static std::string type_of_literals(const members& all) {
        std::string_view first = json::value_of(all, "const");
        if (first.empty()) {
            const std::vector<std::string_view> items = json::items_of(json::value_of(all, "enum"));
            if (items.empty()) return "";
            first = items[0];
        }
        return first[0] == '"'                                         ? "string"
               : first == "true" || first == "false"                   ? "boolean"
               : first[0] == '{' || first[0] == '[' || first == "null" ? ""
               : first.find_first_of(".eE") == std::string_view::npos  ? "integer"
                                                                       : "number";
    }

    static bool legal_parameter(std::string_view name) {
        if (name.empty() || name.size() > 64 || (name[0] >= '0' && name[0] <= '9')) return false;
        return std::all_of(name.begin(), name.end(), [](char c) {
            return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
        });
    }
};

}  // namespace detail

/// The schema for `"parameters"`: types in upper case, `nullable` for null, enums as texts, whole limits as texts (as
/// protobuf's JSON has 64-bit integers), `propertyOrdering` for the order that protobuf loses. `exclusiveMinimum`,
/// `multipleOf`, `uniqueItems` and the like stand in the description. Maps, tuples, references, free objects, schemas
/// without a type and parameter names that Gemini refuses are obstacles. After `Schema` of npm @google/genai 2.32.0.
///
inline dialect_schema gemini_openapi_schema(std::string_view input_schema) {
    detail::gemini_openapi walk;
    walk.root(input_schema);
    return walk.finish();
}

}  // namespace haft::inline v0::formats

#endif  // HAFT_FORMAT_GEMINI_SCHEMA_HPP
