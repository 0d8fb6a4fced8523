// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_FORMAT_DIALECT_HPP
#define HAFT_FORMAT_DIALECT_HPP

/// A tool's schema in the dialect of a vendor, and what the rewriters of the vendors share. Every rewriting keeps one rule:
/// the schema may become wider, since haft checks each call against the tool's own table anyway, but never narrower.
/// What only narrows and the dialect can't say moves into the description, where the model reads it; what can't be left
/// out without losing calls is an obstacle.

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/json/pieces.hpp>
#include <haft/json/write_string.hpp>

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

HAFT_COLD constexpr bool one_of(std::string_view word, std::initializer_list<std::string_view> words) noexcept {
    for (const std::string_view w : words)
        if (w == word) return true;
    return false;
}

/// A note on a tool with the obstacle that it met; "" without one.
HAFT_COLD inline std::string with_reason(std::string_view note, std::string_view obstacle) {
    return obstacle.empty() ? std::string() : concat({note, obstacle});
}

/// The types that a schema names, one or a list; none if it names none.
HAFT_COLD inline std::vector<std::string> types_of(const std::vector<json::member_piece>& schema) {
    const std::string_view type = json::value_of(schema, "type");
    std::vector<std::string> out;
    if (type.starts_with('[')) {
        for (const std::string_view one : json::items_of(type)) out.push_back(json::string_of(one));
    } else if (!type.empty()) {
        out.push_back(json::string_of(type));
    }
    return out;
}
HAFT_COLD inline bool holds(const std::vector<std::string>& words, std::string_view word) noexcept {
    for (const std::string& w : words)
        if (w == word) return true;
    return false;
}

/// Whether a schema allows null alone.
HAFT_COLD inline bool is_null(std::string_view schema) {
    const std::vector<std::string> types = types_of(json::members_of(schema));
    return types.size() == 1 && types[0] == "null";
}

/// Members of the object that is being written.
class object_text {
public:
    HAFT_COLD explicit object_text(std::string& out) : out_(out) { out_ += '{'; }
    object_text(const object_text&) = delete;
    object_text& operator=(const object_text&) = delete;
    void close() { out_ += '}'; }

    /// The key in its quotes; the value is to be appended next.
    HAFT_COLD std::string& member(std::string_view key) {
        if (!first_) out_ += ',';
        first_ = false;
        append_all(out_, {key, ":"});
        return out_;
    }
    HAFT_COLD void member(std::string_view key, std::string_view value) { json::append_compact(member(key), value); }

private:
    std::string& out_;
    bool first_ = true;
};

/// What stands in a description for a keyword that the dialect lacks: `{minLength: 1, default: 3}`, as the converter of
/// Anthropic's SDK writes it.
class keyword_notes {
public:
    HAFT_COLD void add(const json::member_piece& m) {
        append_all(text_, {text_.empty() ? "{" : ", ", m.name, ": "});
        json::append_compact(text_, m.value);
    }
    /// What no keyword says, in words.
    void add(std::string_view what, std::string_view words) {
        text_.append(text_.empty() ? "{" : ", ").append(what).append(": ").append(words);
    }
    bool empty() const noexcept { return text_.empty(); }
    /// Writes `"description"` from the author's (JSON, or "") and the notes, if there is any of both.
    HAFT_COLD void describe(object_text& object, std::string_view description) const {
        if (text_.empty() && description.empty()) return;
        std::string words = json::string_of(description);
        if (!text_.empty()) append_all(words, {words.empty() ? "" : "\n\n", text_, "}"});
        json::append_string(object.member("\"description\""), words);
    }

private:
    std::string text_;
};

/// The words for what no strict dialect can say, or null. These keywords change what a value is, rather than narrow it.
HAFT_COLD inline const char* common_obstacle(std::string_view keyword, std::string_view value) {
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
HAFT_COLD inline bool is_well_formed(std::string_view keyword, std::string_view value) {
    // A list of what begins with one of these.
    const auto is_list_of = [&](std::string_view starts, bool may_be_empty) {
        const std::vector<std::string_view> items = json::items_of(value);
        for (const std::string_view one : items)
            if (starts.find(one[0]) == std::string_view::npos) return false;
        return value.starts_with('[') && (may_be_empty || !items.empty());
    };
    constexpr std::string_view anything = "\"{[tfn-0123456789";
    if (keyword == "type") return value.starts_with('"') || is_list_of("\"", false);
    if (keyword == "enum") return is_list_of(anything, false);
    if (one_of(keyword, {"anyOf", "oneOf", "allOf"})) return is_list_of("{tf", false);
    if (keyword == "required") return is_list_of("\"", true);
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
    HAFT_COLD bool obstacle(std::string_view what) {
        if (obstacle_.empty())
            obstacle_ = concat({where_.empty() ? std::string_view("the schema") : where_, ": ", what});
        return false;
    }
    /// Whether a text is a schema of an object; an obstacle if not.
    HAFT_COLD bool is_object_schema(std::string_view text) {
        if (!json::is_json(text)) return obstacle("no JSON, or nested too deeply");
        const std::vector<std::string> types = types_of(json::members_of(text));
        return (types.size() == 1 && types[0] == "object") || obstacle("the root is not of type object");
    }
    HAFT_COLD dialect_schema finish() { return {std::move(out_), std::move(obstacle_)}; }

protected:
    /// Writes one schema that stands inside another. `nullable`: null has to be allowed too, if it is not.
    virtual bool inner_schema(std::string_view text, bool nullable) = 0;
    ~dialect_walk() = default;

    /// Writes a schema one step further inside.
    HAFT_COLD bool within(std::string_view keyword, std::string_view name, std::string_view schema,
                          bool nullable = false) {
        const std::size_t before = where_.size();
        append_all(where_, {"/", keyword});
        if (!name.empty()) {
            where_ += '/';
            for (const char c : name) {  // RFC 6901
                if (c == '~' || c == '/') where_ += c == '~' ? "~0" : "~1";
                else where_ += c;
            }
        }
        const bool well = inner_schema(schema, nullable);
        where_.resize(before);
        return well;
    }

    /// What is an obstacle in every dialect, among the keywords of one schema.
    HAFT_COLD bool has_common_obstacle(const std::vector<json::member_piece>& schema) {
        for (const json::member_piece& m : schema) {
            if (!is_well_formed(m.name, m.value)) return !obstacle(concat({"a malformed ", m.name}));
            if (const char* const what = common_obstacle(m.name, m.value)) return !obstacle(what);
        }
        return false;
    }

    /// Writes the value of `properties` or `$defs`. If the names of those that must be given are known, the others may be
    /// null.
    HAFT_COLD bool map_of_schemas(std::string_view keyword, std::string_view value,
                                  const std::vector<std::string>* needed = nullptr) {
        object_text all(out_);
        for (const json::member_piece& m : json::members_of(value)) {
            all.member(m.key);
            if (!within(keyword, m.name, m.value, needed && !holds(*needed, m.name))) return false;
        }
        all.close();
        return true;
    }
    /// Writes the value of `anyOf`; `last` is one more schema, or "".
    HAFT_COLD bool list_of_schemas(std::string_view keyword, std::string_view value, std::string_view last = {}) {
        out_ += '[';
        std::size_t n = 0;
        for (const std::string_view one : json::items_of(value)) {
            if (n) out_ += ',';
            if (!within(keyword, decimal(n), one)) return false;
            ++n;
        }
        append_all(out_, {n && !last.empty() ? "," : "", last, "]"});
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
