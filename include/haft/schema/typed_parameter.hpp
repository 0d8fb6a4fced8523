// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_SCHEMA_TYPED_PARAMETER_HPP
#define HAFT_SCHEMA_TYPED_PARAMETER_HPP

/// The parameters of a tool or a command as somebody who types them sees them: read from its schema, in their order; and what a
/// word that is typed is as JSON. [CM-05]

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/json/document.hpp>
#include <haft/json/lexer.hpp>
#include <haft/json/read_limits.hpp>
#include <haft/json/value_faults.hpp>
#include <haft/json/write_string.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace haft::inline v0 {

/// What a word of a line becomes. What it must be beyond that the reader of the arguments tells.
enum class word_kind : unsigned char {
    text,
    number,   ///< an integer or not
    boolean,  ///< true, yes, on, false, no, off
    json,     ///< an object, or what may be of several types: JSON where it is that, a text otherwise
};

struct typed_parameter {
    std::string name = {};
    std::string description = {};
    word_kind kind = word_kind::text;
    bool required = false;
    bool list = false;                     ///< takes all words that are left; `kind` is that of its items
    bool rest = false;                     ///< a haft::rest_of_line
    std::vector<std::string> values = {};  ///< of an enum: all that it may be
    std::string default_text = {};         ///< as JSON; "" if there is none, or none that JSON can hold

    /// `<city>`, `[<days>]`, `<files>...`
    HAFT_COLD std::string usage() const {
        const std::string_view dots = list || rest ? "..." : "";
        return required ? concat({"<", name, ">", dots}) : concat({"[<", name, ">", dots, "]"});
    }
};

namespace detail {

/// Reads the schema of one parameter, or of the items of one.
HAFT_COLD inline void read_word_kind(const json::document& schema, std::uint32_t at, typed_parameter& out) {
    const auto member = [&](std::string_view key) {
        return schema[at].kind == json::value_kind::object ? schema.find(at, key) : 0;
    };
    if (const std::uint32_t of = member("enum"); of && schema[of].kind == json::value_kind::array)
        for (std::uint32_t v = json::document::first_child(of); v < schema[of].behind; v = schema[v].behind)
            out.values.emplace_back(schema[v].text);
    std::uint32_t type = member("type");
    if (type && schema[type].kind == json::value_kind::array) {  // ["string","null"]
        std::uint32_t known = 0, n = 0;
        for (std::uint32_t t = json::document::first_child(type); t < schema[type].behind; t = schema[t].behind)
            if (schema[t].text != "null") known = t, ++n;
        type = n == 1 ? known : 0;
    }
    const std::string_view name = type ? schema[type].text : std::string_view();
    if (name == "integer" || name == "number") out.kind = word_kind::number;
    else if (name == "boolean") out.kind = word_kind::boolean;
    else if (name != "string" && !(name.empty() && !out.values.empty())) out.kind = word_kind::json;
    if (name == "array" && !out.list) {
        out.list = true;
        if (const std::uint32_t items = member("items")) {
            out.kind = word_kind::text;
            typed_parameter item;
            item.list = true;
            read_word_kind(schema, items, item);
            out.kind = item.kind;
            out.values = std::move(item.values);
        }
    }
    if (const std::uint32_t format = member("format"); format && schema[format].text == "rest-of-line") out.rest = true;
}

}  // namespace detail

/// The parameters that a schema of arguments names, in its order; none if it is no JSON object.
HAFT_LARGE std::vector<typed_parameter> parameters_in(std::string_view input_schema);

#if HAFT_DEFINES_LARGE()
HAFT_LARGE std::vector<typed_parameter> parameters_in(std::string_view input_schema) {
    std::vector<typed_parameter> out;
    json::document schema;
    json::value_faults found;
    if (!schema.read(input_schema, json::read_limits{}, found) || schema[0].kind != json::value_kind::object)
        return out;
    const std::uint32_t all = schema.find(0, "properties");
    if (!all || schema[all].kind != json::value_kind::object) return out;
    for (std::uint32_t p = json::document::first_child(all); p < schema[all].behind; p = schema[p].behind) {
        typed_parameter one;
        one.name = schema[p].key;
        detail::read_word_kind(schema, p, one);
        if (schema[p].kind == json::value_kind::object) {
            if (const std::uint32_t words = schema.find(p, "description")) one.description = schema[words].text;
            if (const std::uint32_t given = schema.find(p, "default")) {
                const bool text = schema[given].kind == json::value_kind::string;
                one.default_text = text ? concat({"\"", schema[given].text, "\""}) : std::string(schema[given].text);
            }
        }
        out.push_back(std::move(one));
    }
    if (const std::uint32_t names = schema.find(0, "required"); names && schema[names].kind == json::value_kind::array)
        for (std::uint32_t n = json::document::first_child(names); n < schema[names].behind; n = schema[n].behind)
            for (typed_parameter& one : out)
                if (one.name == schema[n].text) one.required = true;
    return out;
}
#endif

/// A word as the JSON value that its parameter wants; what can't be that stays a text, and the reader tells.
HAFT_COLD inline void append_word(std::string& out, const typed_parameter& for_it, std::string_view word) {
    const auto is_one_of = [&](std::string_view a, std::string_view b, std::string_view c) {
        return word == a || word == b || word == c;
    };
    if (for_it.kind == word_kind::boolean) {
        if (is_one_of("true", "yes", "on")) return void(out += "true");
        if (is_one_of("false", "no", "off")) return void(out += "false");
    }
    if (for_it.kind == word_kind::number || for_it.kind == word_kind::json) {
        json::lexer in(word, json::hard_depth_limit);
        const bool number = !word.empty() && (word[0] == '-' || (word[0] >= '0' && word[0] <= '9'));
        if ((number || for_it.kind == word_kind::json) && in.skip() && in.rest().empty()) return void(out += word);
    }
    json::append_string(out, word);
}

}  // namespace haft::inline v0

#endif  // HAFT_SCHEMA_TYPED_PARAMETER_HPP
