// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_PLUGIN_LIBRARY_CHECK_SAMPLE_VALUE_HPP
#define HAFT_PLUGIN_LIBRARY_CHECK_SAMPLE_VALUE_HPP

/// A plain value that fits a JSON Schema: what a tool can be called with that nobody knows.

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/json/pieces.hpp>
#include <haft/json/string_text.hpp>
#include <haft/written/written_schema.hpp>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace haft::inline v0::detail {

class sample_maker {
public:
    explicit sample_maker(std::string_view root) : root_(root) {}

    HAFT_COLD std::string make(std::string_view schema, unsigned depth = 0) const {
        if (depth > 16) return "null";
        const auto words = json::members_of(schema);
        const auto word = [&](std::string_view name) { return json::value_of(words, name); };
        for (const std::string_view given : {"const", "default"})
            if (!word(given).empty()) return std::string(word(given));
        for (const std::string_view listed : {"enum", "examples"})
            if (const auto items = json::items_of(word(listed)); !items.empty()) return std::string(items.front());
        if (const std::string to = json::string_of(word("$ref")); to.starts_with("#/$defs/") || to.starts_with("#/definitions/")) {
            const std::size_t slash = to.find('/', 2);
            const auto defined = json::members_of(json::value_of(json::members_of(root_), to.substr(2, slash - 2)));
            return make(json::value_of(defined, to.substr(slash + 1)), depth + 1);
        }
        for (const std::string_view choice : {"anyOf", "oneOf", "allOf"})
            if (const auto items = json::items_of(word(choice)); !items.empty()) return make(items.front(), depth + 1);
        std::string type = json::string_of(word("type"));
        if (type.empty())
            for (const std::string_view one : json::items_of(word("type")))
                if (type.empty() || type == "null") type = json::string_of(one);
        if (type.empty() && (!word("properties").empty() || !word("required").empty())) type = "object";
        if (type == "object") return object(words, depth);
        if (type == "array") {
            std::string out = "[";
            for (double i = 0, most = number(word("minItems"), 0); i < most && i < 64; ++i)
                append_all(out, {i > 0 ? "," : "", make(word("items"), depth + 1)});
            return out + "]";
        }
        if (type == "string") return string(words);
        if (type == "integer" || type == "number") return numeric(words, type == "integer");
        return type == "boolean" ? "false" : "null";
    }

private:
    using members = std::vector<json::member_piece>;

    static double number(std::string_view text, double otherwise) {
        return text.empty() ? otherwise : std::strtod(std::string(text).c_str(), nullptr);
    }
    HAFT_COLD std::string object(const members& words, unsigned depth) const {
        const auto properties = json::members_of(json::value_of(words, "properties"));
        std::string out = "{";
        for (const std::string_view key : json::items_of(json::value_of(words, "required")))
            append_all(out, {out.size() > 1 ? "," : "", key, ":", make(json::value_of(properties, json::string_of(key)), depth + 1)});
        return out + "}";
    }
    HAFT_COLD static std::string string(const members& words) {
        const std::string format = json::string_of(json::value_of(words, "format"));
        constexpr std::pair<std::string_view, std::string_view> known[] = {{"date", "2024-02-29"},
                                                                            {"time", "12:00:00Z"},
                                                                            {"date-time", "2024-02-29T12:00:00Z"},
                                                                            {"duration", "PT1S"},
                                                                            {"email", "a@example.com"},
                                                                            {"uri", "https://example.com/"},
                                                                            {"uuid", "00000000-0000-4000-8000-000000000000"},
                                                                            {"ipv4", "192.0.2.1"},
                                                                            {"ipv6", "2001:db8::1"}};
        for (const auto& [name, value] : known)
            if (name == format) return json::string_text(value);
        const double least = number(json::value_of(words, "minLength"), 0);
        return json::string_text(std::string(least > 0 && least < 4096 ? static_cast<std::size_t>(least) : 0, 'a'));
    }
    HAFT_COLD static std::string numeric(const members& words, bool whole) {
        double least = number(json::value_of(words, "minimum"), -HUGE_VAL);
        if (const std::string_view above = json::value_of(words, "exclusiveMinimum"); !above.empty())
            least = std::fmax(least, number(above, 0) + (whole ? 1 : 0.5));
        double most = number(json::value_of(words, "maximum"), HUGE_VAL);
        if (const std::string_view below = json::value_of(words, "exclusiveMaximum"); !below.empty())
            most = std::fmin(most, number(below, 0) - (whole ? 1 : 0.5));
        const double value = std::fmin(std::fmax(0, least), most);
        if (std::fabs(value) > 1e15) return "0";
        if (value == std::floor(value)) return std::to_string(static_cast<long long>(value));
        const auto thousandths = static_cast<long long>(std::floor(value * 1000));  // no locale
        const long long digits = std::llabs(thousandths) % 1000;
        return concat({thousandths < 0 ? "-" : "", decimal(static_cast<std::uint64_t>(std::llabs(thousandths) / 1000)), ".",
                       digits < 100 ? "0" : "", digits < 10 ? "0" : "", decimal(static_cast<std::uint64_t>(digits))});
    }

    std::string_view root_;
};

/// Nothing if none was found that fits, or it is no schema. "" is the schema of an empty object.
HAFT_COLD inline std::optional<std::string> sample_value(std::string_view schema) {
    if (schema.empty()) return "{}";
    std::string out = sample_maker(schema).make(schema);
    const result<written_schema> holds = written_schema::compile(schema);
    if (!holds || !holds->accepts(out)) return std::nullopt;
    return out;
}

}  // namespace haft::inline v0::detail

#endif  // HAFT_PLUGIN_LIBRARY_CHECK_SAMPLE_VALUE_HPP
