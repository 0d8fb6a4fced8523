// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_FORMAT_GEMINI_SCHEMA_HPP
#define HAFT_FORMAT_GEMINI_SCHEMA_HPP

/// A tool's schema in Gemini's own `Schema`, a subset of OpenAPI 3.0: the older of its two ways to declare parameters.
/// (The other, `parametersJsonSchema`, takes the tool's schema as it is.)

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/text.hpp>
#include <haft/format/dialect.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace haft::inline v0::formats {

namespace detail {

class gemini_openapi final : public dialect_walk {
public:
    bool root(std::string_view text) {
        if (!is_object_schema(text)) return false;
        return schema(text, false, true);
    }

private:
    using members = std::vector<json::member_piece>;

    bool inner_schema(std::string_view text, bool nullable) override { return schema(text, nullable); }

    HAFT_COLD bool schema(std::string_view text, bool nullable, bool is_root = false) {
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
        for (std::size_t i = 0; i < types.size(); ++i)
            if (types[i] == "null") {
                nullable = true;
                types.erase(types.begin() + static_cast<std::ptrdiff_t>(i));
                break;
            }
        if (types.size() > 1) return obstacle("several types; write anyOf");
        const std::string_view type = types.empty() ? type_of_literals(all) : types[0];
        if (type.empty()) return obstacle(any_value);
        if (type == "object" && json::members_of(value("properties")).empty() && !is_root) return obstacle(any_members);
        if (type == "array" && value("items").empty()) return obstacle(any_items);

        object_text to(out_);
        std::string upper = concat({"\"", type, "\""});
        for (char& c : upper)
            if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 32);
        to.member("\"type\"", upper);
        if (nullable) to.member("\"nullable\"", "true");
        keyword_notes notes;
        for (const json::member_piece& m : all)
            if (!member(to, m, all, type, notes)) return false;
        notes.describe(to, value("description"));
        to.close();
        return true;
    }

    HAFT_COLD bool member(object_text& to, const json::member_piece& m, const members& all, std::string_view type,
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
            return within("items", "", m.value);
        } else if (one_of(m.name, {"minimum", "maximum", "pattern", "title", "default"})) {
            if (m.value != "null") to.member(m.key, m.value);  // a default of null is what nullable says
        } else if (m.name == "format" && json::value_of(all, "enum").empty() &&
                   one_of(m.value, {"\"date-time\"", "\"int32\"", "\"int64\"", "\"float\"", "\"double\""})) {
            to.member(m.key, m.value);
        } else if (one_of(m.name,
                          {"minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties"})) {
            to.member(m.key, concat({"\"", m.value, "\""}));  // int64 is a string in protobuf's JSON
        } else if (m.name == "examples" && !json::items_of(m.value).empty()) {
            to.member("\"example\"", json::items_of(m.value)[0]);
        } else {
            notes.add(m);
        }
        return true;
    }

    /// Of strings and integers they are texts; of other types they stand in the description.
    HAFT_COLD static void literals(object_text& to, const json::member_piece& m, std::string_view type,
                                   keyword_notes& notes) {
        if (type != "string" && type != "integer") return notes.add(m);
        std::string texts;
        const std::string only = m.name == "const" ? concat({"[", m.value, "]"}) : std::string();
        for (const std::string_view one : json::items_of(only.empty() ? m.value : only)) {
            if (one == "null") continue;
            texts += texts.empty() ? "[" : ",";
            if (one.starts_with('"')) json::append_compact(texts, one);
            else json::append_string(texts, one);
        }
        to.member("\"format\"", "\"enum\"");
        append_all(to.member("\"enum\""), {texts.empty() ? "[" : "", texts, "]"});
    }

    HAFT_COLD bool properties(object_text& to, std::string_view value, std::string_view required) {
        std::string keys;
        for (const json::member_piece& m : json::members_of(value)) {
            if (!legal_parameter(m.name))
                return obstacle(concat(
                    {"a parameter named ", in_quotes(m.name), "; legal are 1 to 64 of A-Z a-z 0-9 _, no digit first"}));
            append_all(keys, {keys.empty() ? "[" : ",", m.key});
        }
        if (keys.empty()) return true;
        to.member("\"properties\"");
        if (!map_of_schemas("properties", value)) return false;
        if (!json::items_of(required).empty()) to.member("\"required\"", required);
        append_all(to.member("\"propertyOrdering\""), {keys, "]"});
        return true;
    }

    HAFT_COLD bool choice(const members& all, std::string_view keyword, bool nullable) {
        std::vector<std::string_view> left;
        for (const std::string_view one : json::items_of(json::value_of(all, keyword))) {
            if (is_null(one)) nullable = true;
            else left.push_back(one);
        }
        if (left.empty()) return obstacle("nothing but null");
        if (left.size() == 1) return only_choice(all, keyword, left[0], nullable);
        std::string list;
        for (const std::string_view one : left) append_all(list, {list.empty() ? "[" : ",", one});
        list += ']';
        object_text to(out_);
        to.member("\"anyOf\"");
        if (!list_of_schemas(keyword, list)) return false;
        if (nullable) to.member("\"nullable\"", "true");
        keyword_notes notes;
        for (const json::member_piece& m : all)
            if (!one_of(m.name, {"anyOf", "oneOf"}) && !member(to, m, all, "", notes)) return false;
        notes.describe(to, json::value_of(all, "description"));
        to.close();
        return true;
    }

    /// One type or null: that type, with the words that stand around the choice.
    HAFT_COLD bool only_choice(const members& all, std::string_view keyword, std::string_view only, bool nullable) {
        std::string merged = "{";
        const auto add = [&](const json::member_piece& m) {
            append_all(merged, {merged.size() > 1 ? "," : "", m.key, ":", m.value});
        };
        for (const json::member_piece& m : json::members_of(only))
            if (json::value_of(all, m.name).empty()) add(m);
        for (const json::member_piece& m : all)
            if (m.name != keyword) add(m);
        merged += '}';
        return schema(merged, nullable);
    }

    HAFT_COLD static std::string_view type_of_literals(const members& all) {
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

    HAFT_COLD static bool legal_parameter(std::string_view name) {
        if (name.empty() || name.size() > 64 || (name[0] >= '0' && name[0] <= '9')) return false;
        for (const char c : name)
            if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_')) return false;
        return true;
    }
};

}  // namespace detail

/// The schema for `"parameters"`: types in upper case, `nullable` for null, enums as texts, whole limits as texts (as
/// protobuf's JSON has 64-bit integers), `propertyOrdering` for the order that protobuf loses. `exclusiveMinimum`,
/// `multipleOf`, `uniqueItems` and the like stand in the description. Maps, tuples, references, free objects, schemas
/// without a type and parameter names that Gemini refuses are obstacles. After `Schema` of npm @google/genai 2.32.0.
HAFT_COLD inline dialect_schema gemini_openapi_schema(std::string_view input_schema) {
    detail::gemini_openapi walk;
    walk.root(input_schema);
    return walk.finish();
}

}  // namespace haft::inline v0::formats

#endif  // HAFT_FORMAT_GEMINI_SCHEMA_HPP
