// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_FORMAT_ANTHROPIC_SCHEMA_HPP
#define HAFT_FORMAT_ANTHROPIC_SCHEMA_HPP

/// A tool's schema for Anthropic's strict mode. (Without it, `input_schema` is the tool's schema as it is.)

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/format/dialect.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace haft::inline v0::formats {

namespace detail {

/// Appends the targets of all references in a schema, wherever they stand.
HAFT_COLD inline void collect_references(std::string_view schema, std::vector<std::string>& out) {
    if (schema.starts_with('[')) {
        for (const std::string_view one : json::items_of(schema)) collect_references(one, out);
        return;
    }
    for (const json::member_piece& m : json::members_of(schema)) {
        if (m.name == "$ref" && m.value.starts_with('"')) out.push_back(json::string_of(m.value));
        else if (m.name != "$defs" && m.name != "definitions") collect_references(m.value, out);
    }
}

/// Whether some definition leads to itself, or a reference to the root.
HAFT_COLD inline bool is_recursive(std::string_view schema) {
    std::vector<std::string> names;                    // of the definitions, as references have them
    std::vector<std::vector<std::string>> references;  // of each
    std::vector<std::string> all;
    collect_references(schema, all);
    const std::vector<json::member_piece> root = json::members_of(schema);
    for (const std::string_view keyword : {"$defs", "definitions"})
        for (const json::member_piece& m : json::members_of(json::value_of(root, keyword))) {
            names.push_back(concat({"#/", keyword, "/", m.name}));
            references.emplace_back();
            collect_references(m.value, references.back());
            collect_references(m.value, all);
        }
    if (holds(all, "#")) return true;
    for (std::size_t start = 0; start < names.size(); ++start) {  // few definitions, so the simple way
        std::vector<std::string> reached = references[start];
        for (std::size_t i = 0; i < reached.size(); ++i) {
            if (reached[i] == names[start]) return true;
            for (std::size_t d = 0; d < names.size(); ++d) {
                if (names[d] != reached[i]) continue;
                for (const std::string& next : references[d])
                    if (!holds(reached, next)) reached.push_back(std::string(next));
            }
        }
    }
    return false;
}

class anthropic_strict final : public dialect_walk {
public:
    bool root(std::string_view text) {
        if (!is_object_schema(text)) return false;
        if (is_recursive(text)) return obstacle("a type that holds itself");
        return schema(text, true);
    }

private:
    using members = std::vector<json::member_piece>;

    bool inner_schema(std::string_view text, bool) override { return schema(text); }

    HAFT_COLD bool schema(std::string_view text, bool is_root = false) {
        const members all = json::members_of(text);
        if (has_common_obstacle(all)) return false;
        const auto value = [&](std::string_view name) { return json::value_of(all, name); };
        object_text to(out_);
        if (!definitions(to, all)) return false;
        if (!value("$ref").empty()) {
            if (!value("$ref").starts_with("\"#")) return obstacle("a reference to another document");
            to.member("\"$ref\"", value("$ref"));  // alone: the converter drops its neighbours
            to.close();
            return true;
        }
        const bool literal = is_literal_list(value("enum")) || is_primitive(value("const"));
        const std::vector<std::string> types = types_of(all);
        const std::string_view type = literal || types.size() != 1 ? std::string_view() : types[0];
        std::string_view choice;
        for (const std::string_view one : {"anyOf", "oneOf", "allOf"})
            if (choice.empty() && !value(one).empty()) choice = one;
        if (!choice.empty() && (literal || !types.empty())) return obstacle(two_ways);
        if (choice.empty() && !literal && types.empty()) return obstacle(any_value);
        if (types.size() > 1 && (holds(types, "object") || holds(types, "array")))
            return obstacle("an object or array in a list of types");
        if (type == "object" && value("properties").empty() && !is_root) return obstacle(any_members);
        if (type == "array" && value("items").empty()) return obstacle(any_items);

        // What is left of these is said in the description.
        std::vector<std::string_view> written{"$defs", "type",    "anyOf", "oneOf",
                                              "allOf", "$schema", "title", "description"};
        if (literal) literals(to, all, written);
        if (!choice.empty()) {
            to.member(choice == "allOf" ? "\"allOf\"" : "\"anyOf\"");
            if (!list_of_schemas(choice, value(choice))) return false;
        } else if (!literal) {
            to.member("\"type\"", value("type"));
        }
        if (type == "object") {
            to.member("\"properties\"");
            if (!map_of_schemas("properties", value("properties"))) return false;
            if (!value("required").empty()) to.member("\"required\"", value("required"));
            to.member("\"additionalProperties\"", "false");
            for (const std::string_view key : {"properties", "required", "additionalProperties"})
                written.push_back(key);
        } else if (type == "array") {
            to.member("\"items\"");
            if (!within("items", "", value("items"))) return false;
            written.push_back("items");
        }
        keyword_notes notes = note(to, all, type, written);
        if (!value("title").empty()) to.member("\"title\"", value("title"));
        notes.describe(to, value("description"));
        to.close();
        return true;
    }

    HAFT_COLD bool definitions(object_text& to, const members& all) {
        const std::string_view defs = json::value_of(all, "$defs");
        if (defs.empty()) return true;
        to.member("\"$defs\"");
        return map_of_schemas("$defs", defs);
    }

    HAFT_COLD static void literals(object_text& to, const members& all, std::vector<std::string_view>& written) {
        if (const std::string_view list = json::value_of(all, "enum"); is_literal_list(list))
            to.member("\"enum\"", list), written.push_back("enum");
        if (const std::string_view one = json::value_of(all, "const"); is_primitive(one))
            to.member("\"const\"", one), written.push_back("const");
    }

    HAFT_COLD static keyword_notes note(object_text& to, const members& all, std::string_view type,
                                        const std::vector<std::string_view>& written) {
        keyword_notes notes;
        const json::member_piece* last = nullptr;  // where the converter puts it
        for (const json::member_piece& m : all) {
            bool is_written = false;
            for (const std::string_view key : written) is_written = is_written || key == m.name;
            if (is_written) continue;
            const bool format = type == "string" && m.name == "format";
            const bool fewest = type == "array" && m.name == "minItems";
            if ((format && is_kept_format(m.value)) || (fewest && (m.value == "0" || m.value == "1")))
                to.member(m.key, m.value);
            else if (format || fewest) last = &m;
            else notes.add(m);
        }
        if (last) notes.add(*last);
        return notes;
    }

    static bool is_primitive(std::string_view value) { return !value.empty() && value[0] != '{' && value[0] != '['; }
    HAFT_COLD static bool is_literal_list(std::string_view value) {
        const std::vector<std::string_view> items = json::items_of(value);
        for (const std::string_view one : items)
            if (!is_primitive(one)) return false;
        return !items.empty();
    }
    HAFT_COLD static bool is_kept_format(std::string_view value) {
        return one_of(value, {"\"date-time\"", "\"time\"", "\"date\"", "\"duration\"", "\"email\"", "\"hostname\"",
                              "\"uri\"", "\"ipv4\"", "\"ipv6\"", "\"uuid\""});
    }
};

}  // namespace detail

/// The schema for `"strict":true`, which is what `transformJSONSchema` of npm @anthropic-ai/sdk 1.11.0 makes of the tool's:
/// parameters may stay optional, objects are closed, and limits, defaults and other keywords that the subset lacks stand
/// in the description. Maps, tuples, free objects, schemas without a type and types that hold themselves are obstacles.
HAFT_COLD inline dialect_schema anthropic_strict_schema(std::string_view input_schema) {
    detail::anthropic_strict walk;
    walk.root(input_schema);
    return walk.finish();
}

}  // namespace haft::inline v0::formats

#endif  // HAFT_FORMAT_ANTHROPIC_SCHEMA_HPP
