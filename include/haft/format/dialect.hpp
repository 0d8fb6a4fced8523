// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_FORMAT_DIALECT_HPP
#define HAFT_FORMAT_DIALECT_HPP

/// A tool's schema in the dialect of a vendor, and what the rewriters of the vendors share. Every rewriting keeps one rule:
/// the schema may become wider, since haft checks each call against the tool's own table anyway, but never narrower.
/// What only narrows and the dialect can't say moves into the description, where the model reads it; what can't be left
/// out without losing calls is an obstacle.

#include <haft/json/pieces.hpp>
#include <haft/json/writer.hpp>

#include <algorithm>
#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace haft::inline v0::formats {

/// A schema in some dialect, or why there is none.
struct dialect_schema {
    std::string text;      ///< JSON; of no use if there is an obstacle
    std::string obstacle;  ///< `/properties/sizes: a map (additionalProperties with a schema)`; empty if there is none

    explicit operator bool() const noexcept { return obstacle.empty(); }
};

namespace detail {

constexpr bool one_of(std::string_view word, std::initializer_list<std::string_view> words) noexcept {
    for (const std::string_view w : words)
        if (w == word) return true;
    return false;
}

/// The types that a schema names, one or a list; none if it names none.
inline std::vector<std::string> types_of(const std::vector<json::member_piece>& schema) {
    const std::string_view type = json::value_of(schema, "type");
    std::vector<std::string> out;
    if (type.starts_with('[')) {
        for (const std::string_view one : json::items_of(type)) out.push_back(json::string_of(one));
    } else if (!type.empty()) {
        out.push_back(json::string_of(type));
    }
    return out;
}
inline bool holds(const std::vector<std::string>& words, std::string_view word) noexcept {
    return std::find(words.begin(), words.end(), word) != words.end();
}

/// Members of the object that is being written.
class object_text {
public:
    explicit object_text(std::string& out) : out_(out) { out_ += '{'; }
    object_text(const object_text&) = delete;
    object_text& operator=(const object_text&) = delete;
    void close() { out_ += '}'; }

    /// The key in its quotes; the value is to be appended next.
    std::string& member(std::string_view key) {
        if (!first_) out_ += ',';
        first_ = false;
        return out_.append(key).append(":");
    }
    void member(std::string_view key, std::string_view value) { json::append_compact(member(key), value); }

private:
    std::string& out_;
    bool first_ = true;
};

/// What stands in a description for a keyword that the dialect lacks: `{minLength: 1, default: 3}`, as the converter of
/// Anthropic's SDK writes it.
class keyword_notes {
public:
    void add(const json::member_piece& m) {
        text_.append(text_.empty() ? "{" : ", ").append(m.name).append(": ");
        json::append_compact(text_, m.value);
    }
    /// What no keyword says, in words.
    void add(std::string_view what, std::string_view words) {
        text_.append(text_.empty() ? "{" : ", ").append(what).append(": ").append(words);
    }
    bool empty() const noexcept { return text_.empty(); }
    /// Writes `"description"` from the author's (JSON, or "") and the notes, if there is any of both.
    void describe(object_text& object, std::string_view description) const {
        if (text_.empty() && description.empty()) return;
        std::string words = json::string_of(description);
        if (!text_.empty()) words.append(words.empty() ? "" : "\n\n").append(text_).append("}");
        json::append_string(object.member("\"description\""), words);
    }

private:
    std::string text_;
};

/// The words for what no strict dialect can say, or null. These keywords change what a value is, rather than narrow it.
inline const char* common_obstacle(std::string_view keyword, std::string_view value) {
    if (keyword == "additionalProperties" && value != "false")
        return value == "true" ? "an open object (additionalProperties: true)"
                               : "a map (additionalProperties with a schema)";
    if (keyword == "patternProperties") return "a map by patterns (patternProperties)";
    if (keyword == "propertyNames") return "a map (propertyNames)";
    if (keyword == "prefixItems") return "a tuple (prefixItems)";
    if (keyword == "items" && value.starts_with('[')) return "a tuple (items as a list)";
    if (keyword == "unevaluatedProperties" || keyword == "unevaluatedItems")
        return "a schema that looks at others (unevaluatedProperties, unevaluatedItems)";
    if (one_of(keyword, {"if", "then", "else", "dependentSchemas", "dependencies"})) return "a condition (if, then, …)";
    if (keyword == "not") return "a negation (not)";
    if (one_of(keyword, {"$dynamicRef", "$dynamicAnchor", "$recursiveRef", "$recursiveAnchor", "$anchor"}))
        return "a reference that is no JSON pointer";
    return nullptr;
}

/// Whether a keyword has a value of the kind that JSON Schema gives it; a schema written by hand may hold anything.
inline bool is_well_formed(std::string_view keyword, std::string_view value) {
    const auto all_of_items = [&](std::string_view starts) {
        for (const std::string_view one : json::items_of(value))
            if (starts.find(one[0]) == std::string_view::npos) return false;
        return true;
    };
    const bool list = value.starts_with('[');
    if (keyword == "type")
        return value.starts_with('"') || (list && !json::items_of(value).empty() && all_of_items("\""));
    if (keyword == "enum") return list && !json::items_of(value).empty();
    if (one_of(keyword, {"anyOf", "oneOf", "allOf"}))
        return list && !json::items_of(value).empty() && all_of_items("{tf");
    if (keyword == "required") return list && all_of_items("\"");
    if (one_of(keyword, {"properties", "$defs", "definitions"})) return value.starts_with('{');
    if (keyword == "items") return one_of(value.substr(0, 1), {"{", "[", "t", "f"});
    if (one_of(keyword, {"description", "title", "pattern", "format", "$ref"})) return value.starts_with('"');
    if (one_of(keyword, {"minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties"}))
        return value[0] >= '0' && value[0] <= '9';
    if (one_of(keyword, {"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"}))
        return value[0] == '-' || (value[0] >= '0' && value[0] <= '9');
    return true;
}

/// A walk over schemas within schemas, with the place where it is and the first obstacle.
class dialect_walk {
public:
    /// Always false, so that a walk ends with `return obstacle("…")`.
    bool obstacle(std::string_view what) {
        if (obstacle_.empty()) obstacle_ = (where_.empty() ? "the schema" : where_) + ": " + std::string(what);
        return false;
    }
    /// Runs a part of the walk one step further inside.
    template <class Part>
    bool within(std::string_view keyword, std::string_view name, Part part) {
        const std::size_t before = where_.size();
        where_.append("/").append(keyword);
        if (!name.empty()) {
            where_ += '/';
            for (const char c : name) {  // RFC 6901
                if (c == '~' || c == '/') where_ += c == '~' ? "~0" : "~1";
                else where_ += c;
            }
        }
        const bool well = part();
        where_.resize(before);
        return well;
    }
    /// Whether a text is a schema of an object; an obstacle if not.
    bool is_object_schema(std::string_view text) {
        if (!json::is_json(text)) return obstacle("no JSON, or nested too deeply");
        const std::vector<std::string> types = types_of(json::members_of(text));
        return (types.size() == 1 && types[0] == "object") || obstacle("the root is not of type object");
    }
    dialect_schema finish() { return {std::move(out_), std::move(obstacle_)}; }

protected:
    /// What is an obstacle in every dialect, among the keywords of one schema.
    bool has_common_obstacle(const std::vector<json::member_piece>& schema) {
        for (const json::member_piece& m : schema) {
            if (!is_well_formed(m.name, m.value)) return !obstacle("a malformed " + m.name);
            if (const char* const what = common_obstacle(m.name, m.value)) return !obstacle(what);
        }
        return false;
    }

    /// Writes the value of `properties` or `$defs`, each schema by `part(schema text, name)`.
    template <class Part>
    bool map_of_schemas(std::string_view keyword, std::string_view value, Part part) {
        object_text all(out_);
        for (const json::member_piece& m : json::members_of(value)) {
            all.member(m.key);
            if (!within(keyword, m.name, [&] { return part(m.value, m.name); })) return false;
        }
        all.close();
        return true;
    }
    /// Writes the value of `anyOf`; `last` is one more schema, or "".
    template <class Part>
    bool list_of_schemas(std::string_view keyword, std::string_view value, std::string_view last, Part part) {
        out_ += '[';
        std::size_t n = 0;
        for (const std::string_view one : json::items_of(value)) {
            if (n) out_ += ',';
            if (!within(keyword, std::to_string(n), [&] { return part(one); })) return false;
            ++n;
        }
        if (!last.empty()) out_.append(n ? "," : "").append(last);
        out_ += ']';
        return true;
    }

    std::string out_;

private:
    std::string where_;
    std::string obstacle_;
};

inline constexpr std::string_view any_value = "any value (a schema without a type)";
inline constexpr std::string_view any_members = "an object of any members";
inline constexpr std::string_view any_items = "an array of anything";
inline constexpr std::string_view two_ways = "anyOf, oneOf or $ref beside a type";

}  // namespace detail
}  // namespace haft::inline v0::formats

#endif  // HAFT_FORMAT_DIALECT_HPP
